"""A pool of worker processes that outlives the death of any of them. The only module that imports pebble."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

import pebble

from extractor.errors import EngineTimeout, EngineUnavailable

DEFAULT_TIMEOUT_SECONDS = 300.0

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Workers:
    """Worker processes, each with its own memory; PyMuPDF must not be shared by threads.

    A worker that dies, or takes longer than `timeout_seconds` (it is killed), costs the
    call that it worked on; the pool starts another in its place.
    """

    def __init__(self, count: int, *, preload: str, timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS) -> None:
        """Prepare `count` processes; they start with the first call and import module `preload` once."""
        self._timeout_seconds = timeout_seconds
        self._pool = pebble.ProcessPool(
            max_workers=count,
            initializer=_start_worker,
            initargs=[preload],
            context=get_context("spawn"),  # a fork would copy threads' locks and PyMuPDF's state
        )

    def __enter__(self) -> Self:
        """Return the pool; it is stopped on exit."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the processes; calls that still run are abandoned."""
        self.stop()

    def stop(self) -> None:
        """Stop the processes; calls that still run are abandoned."""
        self._pool.stop()
        self._pool.join()

    def submit(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> "Future[_T]":
        """Queue one call; ask for its outcome under `worker_errors()`."""
        future: Future[_T] = self._pool.schedule(
            work, args=args, kwargs=kwargs, timeout=self._timeout_seconds
        )
        return future


@contextmanager
def worker_errors() -> Iterator[None]:
    """Raise our errors in place of what a call's future raises where its worker is gone.

    Raises:
        EngineTimeout: the call took too long and was stopped.
        EngineUnavailable: the process died (out of memory, or killed).
    """
    try:
        yield
    except TimeoutError as cause:
        raise EngineTimeout("reading took too long and was stopped") from cause
    except pebble.ProcessExpired as cause:
        raise EngineUnavailable(
            f"the process that read this document died (exit code {cause.exitcode}): "
            "it was killed, or there is too little memory"
        ) from cause


def default_worker_count() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start_worker(preload: str) -> None:
    """Leave interrupts to the parent, and import what every call needs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import_module(preload)
