"""Figures in a sentence: counted times (thirty (30) days, 30 Tage, 三十日) and money."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.values.amounts import Amount, FoundAmount, find_amounts
from extractor.values.conventions import Conventions
from extractor.values.currencies import find_currency
from extractor.values.numerals import find_counts, parse_chinese_amount, parse_number_words
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
_CURRENCY_BEHIND = re.compile(
    r"\s+(?:euros?|pounds?(?:\s+sterling)?|(?:us\s+|u\.s\.\s+)?dollars?|(?:swiss\s+)?francs?|franken|yuan|renminbi|rmb|yen|eur|gbp|usd|"
    r"chf|cny|jpy)\b",
    re.IGNORECASE,
)
_CURRENCY_BEFORE = re.compile(r"\b(?:EUR|GBP|USD|CHF|CNY|RMB|JPY)\s+$")
_CHINESE_MONEY = re.compile(
    r"(?:人民币)?[一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾]"
    r"[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]*[元圆]整?"
)
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
    """Return the amounts in a sentence. Contracts write none below zero: brackets repeat.

    Where none is in figures, those in words: "fifty thousand euros", 人民币伍万元整.
    """
    found = find_amounts(text, decimal_mark=conventions.decimal_mark) or _in_words(text)
    return [replace(each, amount=replace(each.amount, value=abs(each.amount.value))) for each in found]


def _in_words(text: str) -> list[FoundAmount]:
    """Return amounts whose number is written in words, with a currency beside it."""
    found = []
    for count in find_counts(text):
        is_in_words = text[count.start : count.end].replace("-", "").replace(" ", "").isalpha()
        behind = _CURRENCY_BEHIND.match(text, count.end) if is_in_words else None
        before = _CURRENCY_BEFORE.search(text[: count.start]) if is_in_words and behind is None else None
        named = behind or before
        if named is not None:
            amount = Amount(value=Decimal(count.count), currency=find_currency(named.group().strip()))
            start, end = min(count.start, named.start()), max(count.end, named.end())
            found.append(FoundAmount(start=start, end=end, amount=amount))
    for match in _CHINESE_MONEY.finditer(text):
        value = parse_chinese_amount(match.group())
        if value is not None:
            amount = Amount(value=value, currency="CNY")
            found.append(FoundAmount(start=match.start(), end=match.end(), amount=amount))
    return found


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
