"""How a document writes numbers and dates, where a single value cannot tell."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from extractor.values.countries import US_STATES
from extractor.values.currencies import is_currency
from extractor.values.text import is_chinese, plain

DecimalMark: TypeAlias = Literal[".", ","]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What `1.234` and `03/04/2026` mean in one document. None: nothing tells."""

    decimal_mark: DecimalMark | None = None
    is_day_first: bool | None = None
    language: str | None = None  # ISO 639-1


def infer_conventions(texts: Iterable[str]) -> Conventions:
    """Infer a document's conventions from all its texts (lines, in any order).

    The decimal mark is the one that most unambiguous numbers use. Day or month first
    goes by dates that allow one order only, then dotted dates, then dates with the
    month's name, then addresses and phone numbers of the US, then words of taxes and banks
    that only one part of the world uses, then the language. The
    language goes by Chinese characters, else by function words: None if few stand there.
    """
    lines = [plain(text) for text in texts]
    language = _language(lines)
    return Conventions(
        decimal_mark=_decimal_mark(lines, language),
        is_day_first=_is_day_first(lines, language),
        language=language,
    )


# The decimal mark

_NUMBER = re.compile(  # "24.62-" is one, "24.62-A" is none
    r"(?<![\w.,/§-])[0-9][0-9.,']*[0-9](?![\w/]|-\w| ?Uhr)"
)
_BOTH_MARKS: Final = {
    ".": re.compile(r"\d{1,3}(?:[,']\d{2,3})*[,']\d{3}\.\d+|\d{1,3}(?:,\d{3}){2,}"),
    ",": re.compile(r"\d{1,3}(?:[.']\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"),
}
_TWO_DECIMALS: Final = {".": re.compile(r"\d+\.\d\d|0\.\d+"), ",": re.compile(r"\d+,\d\d|0,\d+")}
_CLAUSE_WORDS = "clause|section|article|annex|ziffer|ziff|artikel|kapitel|item|para|nr|no|version|v"
_CLAUSE_CUE = re.compile(rf"^\W*$|(?:§|\b(?:{_CLAUSE_WORDS})\.?|第) ?$", re.IGNORECASE)
_SIGN_BEHIND = re.compile(r"[^\w\s]{1,3}|R")
_WINDOW: Final = 16  # characters that the longest cue fits in
_CERTAIN: Final = 5  # votes of a number that uses both marks
_COMMA_LANGUAGES: Final = frozenset({"de", "fr", "nl", "es", "it", "pt"})
_POINT_LANGUAGES: Final = frozenset({"en", "zh"})


def _decimal_mark(lines: list[str], language: str | None) -> DecimalMark | None:
    votes: Counter[DecimalMark] = Counter()
    for line in lines:
        for match in _NUMBER.finditer(line):
            _vote(votes, match, line)
    if votes["."] != votes[","]:
        return "." if votes["."] > votes[","] else ","
    if language in _POINT_LANGUAGES:
        return "."
    return "," if language in _COMMA_LANGUAGES else None


def _vote(votes: Counter[DecimalMark], match: re.Match[str], line: str) -> None:
    marks: tuple[DecimalMark, ...] = (".", ",")
    for mark in marks:
        if _BOTH_MARKS[mark].fullmatch(match[0]):
            votes[mark] += _CERTAIN
        elif _TWO_DECIMALS[mark].fullmatch(match[0]):
            votes[mark] += 0 if _is_clause(line, match) else 1


def _is_clause(line: str, match: re.Match[str]) -> bool:
    """Say whether a number may be that of a clause: "4.20 Delivery", but not "4.20 CHF"."""
    rest = line[match.end() :].strip(" -")
    is_money = not rest or _SIGN_BEHIND.fullmatch(rest) is not None or is_currency(rest)
    return not is_money and _CLAUSE_CUE.search(_before(line, match.start())) is not None


def _before(line: str, place: int) -> str:
    """Return the end of what stands before a place, with a letter in front if it was cut."""
    return line[:place] if place <= _WINDOW else "x" + line[place - _WINDOW : place]


# Day or month first

_DATE = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\w/-]|\.\d)")
_LAST_MONTH: Final = 12
_MONTH_DAY = re.compile(r"\b[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?, (?:19|20)\d{2}\b")
_DAY_MONTH = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?[ -][A-Z][a-z]{2,8}\.?[ -](?:19|20)\d{2}\b")
_IN_THE_US = re.compile(
    rf"\b(?:{US_STATES}),? \d{{5}}(?:-\d{{4}})?(?!\d)"
    r"|(?:(?<![\d+])(?<!\d )|\+1 ?)\(\d{3}\) ?\d{3}-\d{4}(?!\d)"
)


_OF_ONE_ORDER = re.compile(
    r"\b(?:(VAT|ABN|ACN|GSTIN|IFSC|BSB|SORT CODE|TRN|NZBN|UEN|PTY|IBAN)|SALES TAX|EIN|ZIP CODE)\b|£",
    re.IGNORECASE,
)


def _is_day_first(lines: list[str], language: str | None) -> bool | None:
    day_first = month_first = dotted = 0
    for line in lines:
        for first, mark, second in _DATE.findall(line):
            day_first += int(first) > _LAST_MONTH >= int(second)
            month_first += int(second) > _LAST_MONTH >= int(first)
            dotted += mark == "."
    if day_first != month_first:
        return day_first > month_first
    if dotted:
        return True
    named = sum(bool(_DAY_MONTH.search(line)) - bool(_MONTH_DAY.search(line)) for line in lines)
    if named:
        return named > 0
    if language in _COMMA_LANGUAGES:
        return True  # whatever its phone numbers look like
    if any(_IN_THE_US.search(line) for line in lines):
        return False
    told = {
        match[1] is not None or match[0] == "£" for line in lines for match in _OF_ONE_ORDER.finditer(line)
    }
    return told.pop() if len(told) == 1 else None


# The language

_WORDS: Final = {
    "en": """the of and to for in is this be by with shall any or invoice date number total amount due your
        from payment bill price quantity tax""",
    "de": """der die das und für den mit von bei zu auf ist wird nicht eine einer rechnung datum betrag gesamt
        bis sie netto brutto menge nr zahlbar ihre zzgl""",
    "fr": """le la les et des du pour par sur est dans une facture montant total à au aux date vous nous prix
        quantité""",
    "nl": """de het een en van voor met op is bij naar factuur bedrag totaal datum btw aantal onze uw wij
        prijs""",
    "es": "el la los las de y del para por con en una factura fecha importe total cantidad precio su se",
    "it": "il lo la gli di e del della per con una fattura data importo totale quantità prezzo da al",
    "pt": "o a os as de e do da para por com em uma fatura data valor total quantidade preço dos não",
}
_LANGUAGES_OF: Final[dict[str, tuple[str, ...]]] = {
    word: tuple(language for language, words in _WORDS.items() if word in words.split())
    for word in " ".join(_WORDS.values()).split()
}
_SHARED: Final = 12  # points of a word, divided among the languages that have it
_LEAST_POINTS: Final = 12
_WORD = re.compile(r"[^\W\d_]+")
_CHINESE_SHARE: Final = 5  # one Chinese character in so many letters makes a Chinese document


def _language(lines: list[str]) -> str | None:
    points: Counter[str] = Counter()
    letters = chinese = 0
    for line in lines:
        chinese += 0 if line.isascii() else sum(map(is_chinese, line))
        for word in _WORD.findall(line.casefold()):
            letters += len(word)
            languages = _LANGUAGES_OF.get(word, ())
            for language in languages:
                points[language] += _SHARED // len(languages)
    if chinese and chinese * _CHINESE_SHARE >= letters:
        return "zh"
    (best, most), (_, next_most) = [*points.most_common(2), ("", 0), ("", 0)][:2]
    return best if most >= _LEAST_POINTS and most > next_most else None
