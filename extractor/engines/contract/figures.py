"""Figures in a sentence: counted times (thirty (30) days, 30 Tage, 三十日) and money."""

import re
from dataclasses import dataclass, replace

from extractor.values.amounts import FoundAmount, find_amounts
from extractor.values.conventions import Conventions
from extractor.values.numerals import find_counts, parse_number_words
from extractor.values.rates import FoundRate, find_rates

_DAYS = re.compile(
    r"[\s\-)]*(?:\(\s*\d{1,3}\s*\))?\s*(?P<kind>(?:full\s+|consecutive\s+)?(?:calendar|business|"
    r"banking|bank|working|clear)?\s*(?:days?)\b'?|"
    r"(?:kalender|werk|arbeits|bank(?:arbeits)?|geschäfts)?tage[ns]?\b|个?\s*(?:工作|自然|日历|银行工作|"
    r"营业)?\s*(?:日|天)(?!期)|"
    r"(?:weeks?|wochen?)\b|个?\s*(?:周|星期)|(?:calendar\s+)?months?\b|monate?n?\b|个月|"
    r"(?:contract\s+)?years?\b|jahre?n?s?\b|年(?![\d月]))",
    re.IGNORECASE,
)
_HINT = re.compile(r"day|tag|日|天|week|woche|周|星期|month|monat|月|year|jahr|年", re.IGNORECASE)
_SINGLE = re.compile(
    r"\b(?:an?|one|eine?[nrms]?)\s+(?P<unit>day|week|month|year|tag|woche|monat|jahr)\w*\b", re.IGNORECASE
)
_WORDED = re.compile(r"\b(?P<words>[a-zäöüß]+(?:-[a-z]+)?)\s+(?:per\s?cent|percent|prozent)\b", re.IGNORECASE)
_DATE_TAIL = re.compile(r"(?:\d\s*(?:年|月)|[每当次下本翌]个?月的?)\s*$")  # 每月5日前 is a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A counted time. Exactly one of days and months is set (a year is twelve months)."""

    start: int
    end: int
    days: int | None = None
    months: int | None = None


def find_durations(text: str) -> list[Duration]:
    """Return the counted times in a sentence, left to right. Dates are none."""
    if not _HINT.search(text):
        return []
    found: list[Duration] = []
    for count in find_counts(text):
        match = _DAYS.match(text, count.end)
        if match is None or _DATE_TAIL.search(text[: count.start]):
            continue
        found.append(_duration(count.start, match.end(), count.count, match["kind"].casefold()))
    taken = [(each.start, each.end) for each in found]
    found += [
        _duration(match.start(), match.end(), 1, match["unit"].casefold())
        for match in _SINGLE.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    return sorted(found, key=lambda each: each.start)


def find_money(text: str, conventions: Conventions) -> list[FoundAmount]:
    """Return the amounts in a sentence. Contracts write none below zero: brackets repeat."""
    found = find_amounts(text, decimal_mark=conventions.decimal_mark)
    return [replace(each, amount=replace(each.amount, value=abs(each.amount.value))) for each in found]


def find_shares(text: str) -> list[FoundRate]:
    """Return the percentages in a sentence, in figures or in words, left to right."""
    found = find_rates(text)
    for match in _WORDED.finditer(text):
        share = parse_number_words(match["words"])
        is_new = all(match.end() <= each.start or each.end <= match.start() for each in found)
        if share is not None and is_new:
            found.append(FoundRate(start=match.start(), end=match.end(), rate=share))
    return sorted(found, key=lambda each: each.start)


def rate_distance(start: int, end: int, rate: FoundRate) -> int:
    """Return how many characters lie between a stretch of a sentence and a percentage."""
    return max(0, rate.start - end, start - rate.end)


def _duration(start: int, end: int, count: int, unit: str) -> Duration:
    if re.search(r"week|woche|周|星期", unit):
        return Duration(start=start, end=end, days=7 * count)
    if re.search(r"month|monat|月", unit):
        return Duration(start=start, end=end, months=count)
    if re.search(r"year|jahr|年", unit):
        return Duration(start=start, end=end, months=12 * count)
    return Duration(start=start, end=end, days=count)
