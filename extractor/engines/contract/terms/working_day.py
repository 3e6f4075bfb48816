"""How many hours a day has, where prices are by the day or by the hour."""

from collections.abc import Iterator

from extractor.engines.contract.rules import LIKELY, Found, Rule, Span, Statement
from extractor.values.working_day import find_working_day


def find_hours_per_day(statement: Statement) -> Iterator[Found]:
    """Find a sentence that says how long a day of work is."""
    day = find_working_day(statement.text)
    if day is not None:
        span = Span(start=day.start, end=day.end, value=day.hours)
        yield Found(term="hours_per_day", span=span, score=LIKELY)


RULES: tuple[Rule, ...] = (find_hours_per_day,)
