"""A process that is told to stop does so, whatever does not let go."""

import os
import signal
import subprocess
import sys
import time

import pytest

HELD_UP = """
import threading
from extractor.service.serving import until_stopped
with until_stopped({patience}):
    print("ready", flush=True)
    threading.Event().wait()
print("closing", flush=True)
threading.Event().wait({closing})
"""


@pytest.mark.parametrize(("patience", "closing", "limit"), [(1.0, 3600, 30.0), (3600.0, 0.1, 30.0)])
def test_a_stop_ends_by_itself_or_after_its_patience(patience: float, closing: float, limit: float) -> None:
    code = HELD_UP.format(patience=patience, closing=closing)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        before = time.monotonic()
        os.kill(process.pid, signal.SIGTERM)
        assert process.stdout.readline() == "closing\n"
        assert process.wait(timeout=limit) == 0
    assert time.monotonic() - before < limit
