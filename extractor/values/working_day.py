"""How many hours a text gives a day of work: "a day is eight hours", 每人天按8小时计."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractor.values.numerals import find_counts
from extractor.values.text import plain

_FEWEST: Final = Decimal(4)  # hours; less and more are no day of work
_MOST: Final = Decimal(12)
_REACH = 40  # signs between the day and its hours
_DAY_WORD = re.compile(
    r"\b(?:(?:man|person|work(?:ing)?|business|consult\w*|engineer\w*|service)[- ]?days?|"
    r"day[- ]rates?|daily rates?|days?|pd|md|"
    r"(?:personen|mann|arbeits|werk|berater|leistungs|einsatz)-?tage?s?|manntage?s?|tages?s[aä]tze?s?|tage?s?|pt)\b|"
    r"人天|人日|工日|工作日|人工日|每天|一天|每日|一日"
)
_HOURS = re.compile(
    r"^\s*\)?[\s-]*(?:(?:working|man|person|clock|full|productive|volle\w*|je)[\s-]+)?"
    r"(?:hours?\b|h\b|hrs?\b|(?:arbeits|zeit)?stunden?\b|std\b|个?(?:工作)?小时|工时)"
)
_MEANS = re.compile(
    r"\b(?:is|are|means?|equals?|equivalent|compris\w+|consists?|consist\w+|corresponds?|counts?|contains?|deemed|calculated|"
    r"based|reckoned|taken|defined|of|for|has|"
    r"entspr\w+|umfass\w+|besteht|beträgt|bedeutet|gelten|gilt|hat|à|zu|mit|sind|ist|bezieh\w+|bezogen|basier\w+|"
    r"zugrunde|von)\b|"
    r"[=(:（：]|按|为|等于|折合|折算|相当于|计|以|是"
)
_OTHER_MATTER = re.compile(
    r"\b(?:notice|respon\w+|within|at least|no later|repair|opening|available|support (?:is|hours)|"
    r"binnen|innerhalb|spätestens|mindestens|reaktions\w*|erreichbar\w*|geöffnet|öffnungs\w*)\b|"
    r"响应|以内|之内|内到|提前|通知|至少|不少于"
)
_MAKES = re.compile(
    r"^\s*(?:shall\s+)?(?:make|makes|constitute|equals?|are|form|count as|"
    r"ergeben|bilden|entsprechen|gelten als|折合|折算|算|为|按|计|等于)\W*"
    r"(?:a|one|ein|einen|einem|einer|full|1|为)?\W*"
)
_DECIMAL = re.compile(r"(?<![\d.,])(\d{1,2})[.,](\d{1,2})(?![\d.,]*\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDay:
    """The hours of a day, and where in the text their number stands."""

    start: int
    end: int
    hours: Decimal


def find_working_day(text: str) -> WorkingDay | None:
    """Return the first number of hours that a sentence gives a day; None where it gives none.

    Hours within which something must happen, and hours of opening, are no day of work.
    """
    low = _lowered(text)
    for start, end, hours in sorted(_numbers(low)):
        unit = _HOURS.match(low[end:])
        if unit is None or not _FEWEST <= hours <= _MOST:
            continue
        before = low[max(0, start - _REACH) : start]
        day = next(reversed(list(_DAY_WORD.finditer(before))), None)
        link = before[day.end() :] if day is not None else ""
        behind = low[end + unit.end() :]
        if _OTHER_MATTER.search(low):
            continue
        if day is not None and (_MEANS.search(link) or not link.strip()):
            return WorkingDay(start=start, end=end, hours=hours)
        makes = _MAKES.match(behind)
        if makes is not None and _DAY_WORD.match(behind[makes.end() :]):
            return WorkingDay(start=start, end=end, hours=hours)
    return None


def _lowered(text: str) -> str:
    """Return the text in small letters and of the same length: spans stay true."""
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in plain(text))


def _numbers(low: str) -> Iterator[tuple[int, int, Decimal]]:
    decimals = list(_DECIMAL.finditer(low))
    for found in decimals:
        yield found.start(), found.end(), Decimal(f"{found[1]}.{found[2]}")
    for count in find_counts(low):
        if not any(found.start() <= count.start < found.end() for found in decimals):
            yield count.start, count.end, Decimal(count.count)
