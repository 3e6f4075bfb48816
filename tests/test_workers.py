"""Worker processes: what a call costs when its process dies or hangs, and what it does not."""

import os
import time
from collections.abc import Iterator

import pytest

from extractor.errors import EngineTimeout, EngineUnavailable
from extractor.workers import Workers, worker_errors


def _double(number: int) -> int:
    return 2 * number


def _die(code: int) -> int:
    os._exit(code)


def _hang(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def _refuse(message: str) -> None:
    raise EngineUnavailable(message)


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with Workers(1, preload="json", timeout_seconds=2.0) as workers:
        yield workers


def test_a_call_returns_what_the_function_returns(pool: Workers) -> None:
    assert pool.submit(_double, 21).result() == 42


def test_calls_before_and_after_a_dead_worker_are_not_touched(pool: Workers) -> None:
    before, dying, after = pool.submit(_double, 1), pool.submit(_die, 9), pool.submit(_double, 2)
    assert before.result() == 2
    with pytest.raises(EngineUnavailable, match="died"), worker_errors():
        dying.result()
    assert after.result() == 4


def test_a_call_over_the_time_limit_is_stopped_and_the_next_one_runs(pool: Workers) -> None:
    hanging, after = pool.submit(_hang, 60.0), pool.submit(_double, 3)
    with pytest.raises(EngineTimeout, match="too long"), worker_errors():
        hanging.result()
    assert after.result() == 6


def test_a_call_within_the_time_limit_is_not_stopped(pool: Workers) -> None:
    assert pool.submit(_hang, 0.1).result() == 0.1


def test_our_errors_cross_the_process_boundary_as_they_are(pool: Workers) -> None:
    refused = pool.submit(_refuse, "not installed")
    with pytest.raises(EngineUnavailable, match="not installed"), worker_errors():
        refused.result()
