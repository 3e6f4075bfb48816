"""Dates in the notations in use, in seven languages and Chinese. Finds them, reads them.

Day or month first: what the numbers leave open ("03/04/2026") goes by `is_day_first`,
else day first. Dotted dates are day first wherever they are in use, so they are
ambiguous only in name. Two-digit years 00 to 68 are 2000 to 2068, 69 to 99 are 1969 to 1999.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from extractor.values.text import plain, without_accents

LANGUAGES: Final = ("en", "de", "fr", "nl", "es", "it", "pt")
FIRST_YEAR: Final = 1900  # inclusive, as is LAST_YEAR: no business document is dated outside
LAST_YEAR: Final = 2199
MAX_LENGTH: Final = 80  # of a text that is one date, in characters


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date in a text. Ambiguous: day and month could change places, and nothing tells."""

    start: int
    end: int
    date: date
    is_ambiguous: bool


def parse_date(text: str, *, is_day_first: bool | None = None) -> date | None:
    """Read the whole text as one date, None where it is none or no such day exists.

    A weekday or article before the date and a time behind it are passed over.
    Eight digits alone are year, month, day.
    """
    even = _bare(text)
    if even is None:
        return None
    for shape in _shapes(even):
        if shape.end == len(even):
            return shape.resolve(is_day_first)
    return None


def looks_like_date(text: str) -> bool:
    """Say whether the whole text has the form of a date, whether or not the day exists."""
    even = _bare(text)
    return even is not None and any(shape.end == len(even) for shape in _shapes(even))


def find_dates(text: str, *, is_day_first: bool | None = None) -> list[FoundDate]:
    """Return the dates in a line of text, left to right, without overlap.

    Days that do not exist and what is part of a longer number or id are left out.
    """
    if not _MAY_HOLD_DATE.search(text):
        return []
    found: list[FoundDate] = []
    for start, shape in _dated(text):
        day = shape.resolve(is_day_first)
        if day is not None:
            is_ambiguous = is_day_first is None and shape.is_ambiguous
            found.append(FoundDate(start=start, end=shape.end, date=day, is_ambiguous=is_ambiguous))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """Something written like a date. `first` and `second` are month and day if fixed."""

    end: int
    year: int
    first: int
    second: int
    is_fixed: bool = True
    is_dotted: bool = False

    @property
    def is_ambiguous(self) -> bool:
        """Say whether day and month can change places and make another day."""
        return (
            not self.is_fixed
            and not self.is_dotted
            and self.first != self.second
            and _day(self.year, self.first, self.second) is not None
            and _day(self.year, self.second, self.first) is not None
        )

    def resolve(self, is_day_first: bool | None) -> date | None:  # noqa: FBT001 - three states, passed on
        """Return the day, in the order asked for if that makes one, else the other way."""
        if self.is_fixed:
            return _day(self.year, self.first, self.second)
        day_first = _day(self.year, self.second, self.first)
        month_first = _day(self.year, self.first, self.second)
        return (month_first or day_first) if is_day_first is False else (day_first or month_first)


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None  # no such day


_START = r"(?<![A-Za-zÀ-ɏ\d])(?<![A-Za-z\d][-./_])"
_RANGE_START = r"(?<![A-Za-zÀ-ɏ\d])(?<![A-Za-z\d][./_])(?<![A-Za-z]-)"  # "01.01.2024-31.01.2024"
_RANGE_END = r"(?![./_:,]?\d|[A-Za-zÀ-ɏ])"
_END = r"(?![-./_:,]?\d|(?!T\d\d:)[A-Za-zÀ-ɏ])"  # or a time
_WORD = r"(?P<month>[^\W\d_]{3,12})"
_YEAR = r"(?P<year>\d{4}|'?\d{2})"
_GAP = r"[ ./-]{0,3}"

_CHINESE_DIGIT = "[〇○零一二三四五六七八九]"
_TENS = "[一二三四五六七八九十]"
_OF_YEAR = rf"(?:(?:de|del|of) )?{_YEAR}"
_BEFORE_YEAR = r"(?: ?,? |,|-|/|\.)(?:of )?"
_YEAR_BEHIND = r"(?P<year>\d{4}|(?<=-)\d{2}|'\d{2})"
_OF = r"(?:(?:days? of|de|of|di) )?"
_TH = r"(?: ?(?:st|nd|rd|th))?"
_FORMS: Final = (
    rf"{_RANGE_START}(?P<year>\d{{4}}) ?年 ?(?P<first>\d{{1,2}}) ?月 ?(?P<second>\d{{1,2}}) ?[日号]?(?!\d)",
    rf"{_START}(?P<year>\d{{4}})- ?(?P<first>\d{{1,2}})- ?(?P<second>\d{{1,2}}){_END}",
    rf"{_RANGE_START}(?P<year>\d{{4}})(?P<mark>[/.]) ?(?P<first>\d{{1,2}})(?P=mark) ?(?P<second>\d{{1,2}})"
    + _RANGE_END,
    rf"{_START}(?P<a>\d{{1,2}})(?P<mark>-) ?(?P<b>\d{{1,2}})- ?{_YEAR}{_END}",
    rf"{_RANGE_START}(?P<a>\d{{1,2}})(?P<mark>[./]) ?(?P<b>\d{{1,2}})(?P=mark) ?{_YEAR}{_RANGE_END}",
    rf"{_RANGE_START}(?P<second>\d{{1,2}})(?:er|[ªº°]|{_TH}){_GAP}{_OF}{_WORD}\.?,?{_GAP}{_OF_YEAR}{_RANGE_END}",
    rf"{_START}{_WORD}\.?{_GAP}(?:the )?(?P<second>\d{{1,2}}){_TH}{_BEFORE_YEAR}{_YEAR_BEHIND}{_END}",
    rf"{_START}(?P<year>\d{{4}})[ ./-]{_WORD}\.?[ ./-](?P<second>\d{{1,2}}){_END}",
    rf"{_START}(?P<year>\d{{4}}) (?P<mark>[-./]) (?P<first>\d{{1,2}}) (?P=mark) (?P<second>\d{{1,2}}){_END}",
    rf"{_START}(?P<a>\d{{1,2}}) (?P<mark>[-./]) (?P<b>\d{{1,2}}) (?P=mark) (?P<year>\d{{4}}){_END}",
    rf"(?P<year>{_CHINESE_DIGIT}{{4}})年(?P<first>{_TENS}{{1,2}})月(?P<second>{_TENS}{{1,3}})[日号]",
)
_SHAPES: Final = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
_ALONE: Final = (
    re.compile(r"(?P<year>(?:19|20)\d\d)(?P<first>0[1-9]|1[0-2])(?P<second>0[1-9]|[12]\d|3[01])"),
    re.compile(r"(?P<a>\d{2}) (?P<b>\d{2}) (?P<year>(?:19|20)\d{2})"),
    re.compile(r"(?P<year>(?:19|20)\d{2}) (?P<first>\d{2}) (?P<second>\d{2})"),
)
_MAY_HOLD_DATE = re.compile(r"\d\D+\d|年")
_CANDIDATE = re.compile(
    r"(?<![A-Za-zÀ-ɏ\d])"
    rf"(?:\d{{1,4}}(?=[-/.年' ]|[^\W\d_])|[^\W\d_]{{3,12}}(?=\.?[ ./-]{{0,3}}\d)|{_CHINESE_DIGIT}{{4}}年)"
)


@lru_cache(maxsize=1024)  # the texts of a page: each is looked through several times
def _dated(text: str) -> tuple[tuple[int, _Shape], ...]:
    """Return where the dates of a text begin, each with its shape, whichever order day and month have."""
    even = plain(text)
    found: list[tuple[int, _Shape]] = []
    place = 0
    for start in _starts(even):
        shape = _shape_at(even, start) if start >= place else None
        if shape is not None and shape.resolve(None) is not None:
            found.append((start, shape))
            place = shape.end
    return tuple(found)


def _starts(even: str) -> list[int]:
    starts: list[int] = []
    for match in _CANDIDATE.finditer(even):
        if match[0].isalpha() and match[0][-1] != "年" and _month(match[0]) is None:
            continue
        starts.append(match.start())
    return starts


def _shapes(even: str) -> list[_Shape]:
    """Return every reading of the start of a text as a date."""
    matches = [pattern.match(even) for pattern in _SHAPES] + [pattern.fullmatch(even) for pattern in _ALONE]
    return [shape for match in matches if match and (shape := _shape(match))]


def _shape_at(even: str, start: int) -> _Shape | None:
    for pattern in _SHAPES:
        match = pattern.match(even, start)
        if match and not _is_clause_number(match, even) and (shape := _shape(match)):
            return shape
    return None


def _is_clause_number(match: re.Match[str], even: str) -> bool:
    """Say whether it reads "4.2.10 Delivery": a heading, not a date."""
    groups = match.groupdict()
    if "a" not in groups or groups["mark"] != "." or len(groups["year"]) > 2:  # noqa: PLR2004
        return False
    behind = even[match.end() : match.end() + 2]
    return not even[: match.start()].strip() and behind[:1] == " " and behind[1:].isalpha()


def _shape(match: re.Match[str]) -> _Shape | None:
    groups = match.groupdict()
    year = _year(groups["year"])
    if "a" in groups:
        return _Shape(
            end=match.end(),
            year=year,
            first=int(groups["a"]),
            second=int(groups["b"]),
            is_fixed=False,
            is_dotted=groups.get("mark") == ".",
        )
    if "month" in groups:
        month = _month(groups["month"])
        if month is None or (
            year and groups["month"].lower() in _ALSO_WORDS and len(groups["year"]) < _FULL_YEAR
        ):
            return None
        return _Shape(end=match.end(), year=year, first=month, second=int(groups["second"]))
    return _Shape(end=match.end(), year=year, first=_count(groups["first"]), second=_count(groups["second"]))


_FULL_YEAR: Final = 4
_PIVOT: Final = 68  # the last two-digit year of this century
_CHINESE_DIGITS: Final = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
}


def _year(text: str) -> int:
    digits = "".join(_CHINESE_DIGITS.get(character, character) for character in text.lstrip("'"))
    year = int(digits)
    if len(digits) == _FULL_YEAR:
        return year
    return 2000 + year if year <= _PIVOT else 1900 + year


def _count(text: str) -> int:
    """Read a day or month in digits or Chinese, 0 where it is neither."""
    if text.isdecimal():
        return int(text)
    tens, mark, ones = text.rpartition("十")
    digits = (_CHINESE_DIGITS.get(tens or "一", ""), _CHINESE_DIGITS.get(ones or "零", ""))
    if not mark:
        return int(_CHINESE_DIGITS.get(text, "0"))
    return int("".join(digits)) if all(digits) else 0


# The names of months and days


_MORE_MONTHS: Final = {"sept": 9, "mrz": 3, "maerz": 3, "jaenner": 1, "janner": 1, "feber": 2, "set": 9}
_ALSO_WORDS: Final = frozenset({"set", "out", "ago", "gen", "mag"})  # months only before a full year
_LEADS: Final = frozenset(
    {"the", "this", "on", "of", "dated", "date", "as", "from", "den", "dem", "der", "am", "vom", "datum"}
    | {"le", "du", "el", "il", "lo", "op"}
)
_ZONE = r"(?: ?(?:Z|[ap]\.?m\.?|Uhr|UTC|GMT|CES?T|[+-]\d{2}:?\d{2}))*"
_TIME = re.compile(rf"[T ,]+\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?{_ZONE}$", re.IGNORECASE)
_LEAD = re.compile(r"([^\W\d_]{2,12})[.,]{0,2} +")


def _month(name: str) -> int | None:
    return _months().get(without_accents(name.casefold()))


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Return the months by their names, folded, from CLDR. Babel is slow to import."""
    from babel.dates import get_month_names  # noqa: PLC0415

    months = dict(_MORE_MONTHS)
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale=language).items():
                    months.setdefault(without_accents(name.rstrip(".").casefold()), number)
    return months


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    from babel.dates import get_day_names  # noqa: PLC0415

    return frozenset(
        without_accents(name.rstrip(".").casefold())
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, locale=language).values()
    )


def _bare(text: str) -> str | None:
    """Return the text without what may stand before and behind a date, None if too long."""
    even = plain(text).strip().rstrip(".,;") if len(text) <= MAX_LENGTH else ""
    if not _MAY_HOLD_DATE.search(even) and not even.isdecimal():
        return None
    even = _TIME.sub("", even)
    while (lead := _LEAD.match(even)) and (
        lead[1].casefold() in _LEADS or without_accents(lead[1].casefold()) in _weekdays()
    ):
        if _month(lead[1]) and any(pattern.match(even) for pattern in _SHAPES):
            break  # "mar" is a Tuesday too
        even = even[lead.end() :]
    return even
