"""A process that is told to stop does so, whatever does not let go."""

import os
import signal
import subprocess
import sys
import time

import pytest

HELD_UP = """
import logging
import threading
from extractor.service.serving import until_stopped, wait_to_be_stopped
with until_stopped({patience}):
    print("ready", flush=True)
    wait_to_be_stopped()
print("closing", flush=True)
{closing}
"""
FOR_EVER = "threading.Event().wait()"
LOGS_BLOCKED = f"logging.lastResort.acquire()\n{FOR_EVER}"  # as by a reader of theirs that has stopped
SIGNALLED_ELSEWHERE = """
import signal
import threading
from extractor.service.serving import until_stopped, wait_to_be_stopped
def signalled():
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)  # the main thread's wait is not interrupted
with until_stopped(3600.0):
    threading.Timer(0.5, signalled).start()
    wait_to_be_stopped()
"""


@pytest.mark.parametrize(
    ("patience", "closing", "limit"),
    [(1.0, FOR_EVER, 30.0), (1.0, LOGS_BLOCKED, 30.0), (3600.0, "threading.Event().wait(0.1)", 30.0)],
)
def test_a_stop_ends_by_itself_or_after_its_patience(patience: float, closing: str, limit: float) -> None:
    code = HELD_UP.format(patience=patience, closing=closing)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        before = time.monotonic()
        os.kill(process.pid, signal.SIGTERM)
        assert process.stdout.readline() == "closing\n"
        assert process.wait(timeout=limit) == 0
    assert time.monotonic() - before < limit


def test_a_signal_that_another_thread_is_given_ends_the_wait() -> None:
    assert (
        subprocess.run([sys.executable, "-c", SIGNALLED_ELSEWHERE], timeout=30.0, check=False).returncode == 0
    )
