"""When a message that was not taken is sent again: ever more seldom, for three days."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

GIVEN_UP_AFTER = timedelta(days=3)
_DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
)  # together just over two days; the last attempt is at the end of the third
_JITTER = 0.2  # so much longer or shorter, so that what failed together does not come again together


def next_attempt(
    *,
    attempts: int,
    first_at: datetime,
    now: datetime,
    retry_after: timedelta | None = None,
    chance: random.Random,
) -> datetime | None:
    """Return when to send again after so many attempts (from 1), or None to give up.

    Not before the receiver asks for (`retry_after`), and never later than at the end of the three days:
    then once more, and no more.
    """
    end = first_at + GIVEN_UP_AFTER
    if now >= end:
        return None
    delay = _DELAYS[min(attempts, len(_DELAYS)) - 1] * chance.uniform(1 - _JITTER, 1 + _JITTER)
    if retry_after is not None:
        delay = max(delay, min(retry_after, GIVEN_UP_AFTER))
    return min(now + delay, end)


def read_retry_after(header: str | None, *, now: datetime) -> timedelta | None:
    """Return how long a receiver wants to be left alone (RFC 9110, 10.2.3): seconds, or until a date.

    None if it does not say, or not so that it can be read; never less than nothing, nor over three days.
    """
    text = (header or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        digits = text.lstrip("0")[:9] or "0"  # nine digits are thirty years
        return min(timedelta(seconds=int(digits)), GIVEN_UP_AFTER)
    try:
        until = parsedate_to_datetime(text)
        if until.tzinfo is None:
            until = until.replace(tzinfo=UTC)
        return min(max(until - now, timedelta()), GIVEN_UP_AFTER)
    except (ValueError, OverflowError):  # no date, or none that a calendar has
        return None
