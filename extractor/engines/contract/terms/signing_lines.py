"""The line in which the parties put place and date beside their signatures."""

import re
from collections.abc import Iterator

from extractor.engines.contract.rules import LIKELY, Found, Rule, Span, Statement
from extractor.values.dates import find_dates

_MAX_LINE = 120  # characters
_DATE = "\0"
_LINE = re.compile(
    rf"(?:(?:[A-ZÄÖÜ][\w./-]*(?:\s[\w./()-]+){{0,3}},\s*(?:den\s|am\s|this\s|the\s)?|"
    rf"(?:签\s*[订署约字]\s*)?(?:日\s*期|时\s*间)\s*:)\s*{_DATE}[\s,;/|_.]*)+(?:(?:gez\.|/s/|signed)[^\d]{{0,80}})?"
)


def find_signing_line(statement: Statement) -> Iterator[Found]:
    """Find "Ort, den 9. März 2024" or "日期：2024.11.08": the last of its dates."""
    if len(statement.text) > _MAX_LINE:
        return
    dates = find_dates(statement.text, is_day_first=statement.conventions.is_day_first)
    if not dates:
        return
    masked = statement.text
    for found in reversed(dates):
        masked = masked[: found.start] + _DATE + masked[found.end :]
    if _LINE.fullmatch(masked):
        last = max(dates, key=lambda each: each.date)
        span = Span(start=last.start, end=last.end, value=last.date)
        yield Found(term="signing_date", span=span, score=LIKELY)


RULES: tuple[Rule, ...] = (find_signing_line,)
