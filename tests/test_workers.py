"""Worker processes: what a call costs when its process dies or hangs, and what it does not."""

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError

import pytest

from extractor.errors import EngineTimeout, EngineUnavailable
from extractor.workers import Workers


def _double(number: int) -> int:
    return 2 * number


def _die(code: int) -> int:
    os._exit(code)


def _hang(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def _sleep_longer_first(number: int) -> int:
    time.sleep(0.02 if number % 2 == 0 else 0.0)
    return 2 * number


def _die_at_1(number: int) -> int:
    return _die(9) if number == 1 else number


def _grow(mebibytes: int) -> int:
    taken = bytearray(b"x") * (mebibytes * 1024 * 1024)
    time.sleep(1.0)
    return len(taken)


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
    with pytest.raises(EngineUnavailable, match="exit code 9"):
        dying.result()
    assert after.result() == 4


def test_a_call_over_the_time_limit_is_stopped_and_the_next_one_runs(pool: Workers) -> None:
    hanging, after = pool.submit(_hang, 60.0), pool.submit(_double, 3)
    with pytest.raises(EngineTimeout, match="over 2 s"):
        hanging.result()
    assert after.result() == 6


def test_a_call_within_the_time_limit_is_not_stopped(pool: Workers) -> None:
    assert pool.submit(_hang, 0.1).result() == 0.1


def test_what_is_given_comes_back_in_order_with_its_call() -> None:
    with Workers(2, preload="json", timeout_seconds=60.0) as workers:
        found = [(given, done.result()) for given, done in workers.in_order(_sleep_longer_first, range(40))]
    assert found == [(number, 2 * number) for number in range(40)]


def test_only_some_calls_are_queued_ahead() -> None:
    taken = []

    def given() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with Workers(1, preload="json", timeout_seconds=60.0) as workers:
        next(workers.in_order(_double, given()))
    assert len(taken) == 8


def test_a_lost_call_is_handed_out_in_its_place(pool: Workers) -> None:
    outcomes = [done.exception() for _, done in pool.in_order(_die_at_1, range(3))]
    assert [type(outcome) for outcome in outcomes] == [type(None), EngineUnavailable, type(None)]


def test_our_errors_cross_the_process_boundary_as_they_are(pool: Workers) -> None:
    refused = pool.submit(_refuse, "not installed")
    with pytest.raises(EngineUnavailable, match="not installed"):
        refused.result()


class _UnpicklableError(Exception):
    def __init__(self, code: int, reason: str) -> None:
        super().__init__(f"{code}: {reason}")


def _raise_what_cannot_be_pickled() -> None:
    raise _UnpicklableError(7, "odd")


def _return_what_cannot_be_pickled() -> object:
    return lambda: None


def test_an_error_that_cannot_be_pickled_is_described(pool: Workers) -> None:
    with pytest.raises(RuntimeError, match="_UnpicklableError: 7: odd"):
        pool.submit(_raise_what_cannot_be_pickled).result()


def test_a_result_or_a_call_that_cannot_be_pickled_costs_only_itself(pool: Workers) -> None:
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        pool.submit(_return_what_cannot_be_pickled).result()
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)):
        pool.submit(lambda: 1).result()
    assert pool.submit(_double, 4).result() == 8


def test_an_error_carries_its_traceback_from_the_worker(pool: Workers) -> None:
    with pytest.raises(EngineUnavailable) as raised:
        pool.submit(_refuse, "not installed").result()
    assert any("in _refuse" in note for note in raised.value.__notes__)


def test_workers_that_keep_dying_are_replaced_each_time() -> None:
    with Workers(2, preload="json") as workers:
        calls = [
            workers.submit(_die, 9) if number % 2 else workers.submit(_double, number) for number in range(12)
        ]
        for number, call in enumerate(calls):
            if number % 2:
                with pytest.raises(EngineUnavailable):
                    call.result()
            else:
                assert call.result() == 2 * number


def test_a_worker_that_cannot_start_says_why() -> None:
    with Workers(1, preload="extractor.no_such_module") as workers:
        for _ in range(2):
            with pytest.raises((ModuleNotFoundError, EngineUnavailable)):
                workers.submit(_double, 1).result()


def test_stopping_does_not_wait_for_what_still_runs() -> None:
    started = time.monotonic()
    with Workers(1, preload="json") as workers:
        running, waiting = workers.submit(_hang, 60.0), workers.submit(_double, 1)
        while not running.running():
            time.sleep(0.01)
    assert time.monotonic() - started < 30
    assert running.done()
    assert waiting.cancelled()


def test_a_call_to_a_stopped_pool_is_cancelled_and_waited_for_by_nobody() -> None:
    with Workers(1, preload="json") as workers:
        assert workers.submit(_double, 1).result() == 2
    with pytest.raises(CancelledError):
        workers.submit(_double, 1).result(timeout=30)


def test_a_call_that_takes_too_much_memory_is_stopped_and_the_next_one_runs() -> None:
    with Workers(1, preload="json", max_memory_bytes=200 * 1024 * 1024) as workers:
        growing, modest = workers.submit(_grow, 300), workers.submit(_grow, 20)
        with pytest.raises(EngineUnavailable, match="of memory, over 200"):
            growing.result()
        assert modest.result() == 20 * 1024 * 1024


_GONE = """
import os, time
from extractor.workers import Workers
Workers(1, preload="extractor.pipeline").submit(len, ())
time.sleep(0.3)  # its process has begun to import
os._exit(0)
"""


def test_a_process_whose_parent_has_gone_ends_in_silence() -> None:
    gone = subprocess.run(
        [sys.executable, "-c", _GONE], capture_output=True, text=True, check=True, timeout=120
    )
    assert gone.stderr == ""
