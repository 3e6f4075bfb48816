import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.webhooks.schedule import next_attempt, read_retry_after

FIRST = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
THREE_DAYS = timedelta(days=3)


def chance_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - chance that can be repeated


def attempts_made(chance: random.Random, *, took: timedelta = timedelta()) -> list[timedelta]:
    """Return when a receiver that never takes anything is tried, from the first attempt on."""
    at, made = FIRST, [timedelta()]
    while True:
        after = next_attempt(attempts=len(made), first_at=FIRST, now=at + took, chance=chance)
        if after is None:
            return made
        at = after
        made.append(at - FIRST)


@settings(deadline=None)  # the time of a busy machine is no fault
@given(seed=st.integers(), took=st.integers(0, 15))
@example(seed=12_925_383_062_062, took=14)  # the last one goes on beyond the third day
def test_a_silent_receiver_is_tried_ever_more_seldom_until_the_third_day_ends(seed: int, took: int) -> None:
    made = attempts_made(chance_of(seed), took=timedelta(seconds=took))
    assert 9 <= len(made) <= 12
    assert made[-1] <= THREE_DAYS <= made[-1] + timedelta(seconds=took)
    waits = [after - before for before, after in pairwise(made)]
    assert timedelta(seconds=4) <= waits[0] <= timedelta(seconds=6 + took)
    assert waits[:7] == sorted(waits[:7])
    assert all(timedelta(hours=8) <= wait <= timedelta(hours=24) for wait in waits[6:-1])


def test_what_fails_together_does_not_come_again_together() -> None:
    chance = chance_of(1)
    moments = {next_attempt(attempts=4, first_at=FIRST, now=FIRST, chance=chance) for _ in range(100)}
    assert len(moments) == 100


@pytest.mark.parametrize(
    ("after", "is_given_up"), [(THREE_DAYS - timedelta(microseconds=1), False), (THREE_DAYS, True)]
)
def test_after_three_days_it_is_given_up(after: timedelta, *, is_given_up: bool) -> None:
    again = next_attempt(attempts=9, first_at=FIRST, now=FIRST + after, chance=chance_of(1))
    assert (again is None) is is_given_up


def test_a_receiver_is_left_alone_for_as_long_as_it_asks() -> None:
    again = next_attempt(
        attempts=1, first_at=FIRST, now=FIRST, retry_after=timedelta(hours=2), chance=chance_of(1)
    )
    assert again == FIRST + timedelta(hours=2)


def test_asking_for_less_than_the_schedule_does_not_hurry_it() -> None:
    again = next_attempt(
        attempts=5, first_at=FIRST, now=FIRST, retry_after=timedelta(seconds=1), chance=chance_of(1)
    )
    assert again is not None
    assert again >= FIRST + timedelta(hours=1.6)


def test_asking_for_a_month_still_gets_the_last_attempt_on_the_third_day() -> None:
    asked = read_retry_after("2592000", now=FIRST)
    again = next_attempt(attempts=1, first_at=FIRST, now=FIRST, retry_after=asked, chance=chance_of(1))
    assert again == FIRST + THREE_DAYS


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("Thu, 05 Mar 2026 09:01:00 GMT", 60),
        ("Thursday, 05-Mar-26 09:01:00 GMT", 60),
        ("Thu, 05 Mar 2026 08:00:00 GMT", 0),  # past
        ("9" * 5000, 3 * 24 * 3600),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str, seconds: int) -> None:
    assert read_retry_after(header, now=FIRST) == timedelta(seconds=seconds)


@pytest.mark.parametrize("header", [None, "", "soon", "-5", "1.5", "٣", "Thu, 99 Mar 2026 09:01:00 GMT"])
def test_what_is_no_retry_after_asks_for_nothing(header: str | None) -> None:
    assert read_retry_after(header, now=FIRST) is None


@settings(deadline=None)  # as above
@given(header=st.text())
def test_no_header_stops_the_schedule(header: str) -> None:
    asked = read_retry_after(header, now=FIRST)
    assert asked is None or timedelta() <= asked <= THREE_DAYS
