"""Times to pay that end with a month: "by the end of the month following the invoice", 次月底.

Days are counted on to the last one that a date can hold, and no further.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_END = r"(?:the\s+)?(?:end|last\s+(?:\w+\s+)?day)\s+of\s+(?:the\s+)?"
_ENDS: tuple[tuple[int, re.Pattern[str]], ...] = (  # months after that of the invoice, the furthest first
    (
        2,
        re.compile(
            rf"{_END}second\s+(?:calendar\s+)?month\s+(?:following|after)|(?:über)nächsten\s+folgemonats"
        ),
    ),
    (
        1,
        re.compile(
            rf"{_END}(?:calendar\s+)?month\s+(?:following|after|next)|{_END}(?:following|next)\s+(?:calendar\s+)?month|"
            r"(?:ende|letzten\s+(?:\w+)?tag|ultimo)\s+des\s+(?:(?:auf\s+\w+\s+(?:\w+\s+)*?)?folgenden\s+(?:kalender)?monats|folgemonats|"
            r"nächsten\s+monats)|monatsende\s+des\s+folgemonats|(?:次|下个?)月(?:的)?(?:月?[底末]|最后一[日天]|月[底末])"
        ),
    ),
    (
        0,
        re.compile(
            rf"{_END}(?:calendar\s+)?month\s+(?:of|in\s+which)\s+(?:the\s+)?(?:invoice|it\s+is\s+issued)|"
            r"ende\s+des\s+(?:rechnungsmonats|monats\s+der\s+rechnung\w*)|(?:当|本|开票当?)月(?:的)?(?:月?[底末])"
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEnd:
    """Where a text names the end of a month, and how many months after the invoice's it is."""

    start: int
    end: int
    months: int


def find_month_end(folded: str) -> MonthEnd | None:
    """Return the end of a month up to which a folded text lets be paid, None where it names none."""
    for months, pattern in _ENDS:
        match = pattern.search(folded)
        if match is not None:
            return MonthEnd(start=match.start(), end=match.end(), months=months)
    return None


def month_end(day: date, *, months: int = 0) -> date:
    """Return the last day of the month that lies so many months after that of a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def months_later(day: date, months: int) -> date:
    """Return the day that lies so many months behind another, at most the last of its month."""
    if (date.max.year - day.year) * 12 + date.max.month - day.month < months:
        return date.max
    last = month_end(day, months=months)
    return last.replace(day=min(day.day, last.day))


def days_later(day: date, days: int) -> date:
    """Return the day that lies so many days behind another."""
    return day + timedelta(days=min(days, (date.max - day).days))
