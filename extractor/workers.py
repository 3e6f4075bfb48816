"""A pool of worker processes that outlives the death of any of them. The only module that starts processes.

The standard library's pool gives up as a whole when one process dies. Here each process
has a thread and a pipe of its own, so it is always known which call a death has cost.
"""

import contextlib
import os
import pickle
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

import psutil

from extractor.errors import EngineTimeout, EngineUnavailable

DEFAULT_TIMEOUT_SECONDS = 600.0  # a scan takes a few seconds a page
THREADS_VARIABLE = "EXTRACTOR_THREADS"  # how many threads the libraries of one process may use
_QUEUED_PER_WORKER = 8  # calls ahead of the one that is awaited, so that no worker runs dry
_START_SECONDS = 120.0  # to import everything, on a machine that is busy
_MIB = 1024 * 1024
_LOOK_SECONDS = 0.25  # how often a process's memory is looked at

_I = TypeVar("_I")
_P = ParamSpec("_P")
_T = TypeVar("_T")


class Workers:
    """Worker processes, each with its own memory; PyMuPDF must not be shared by threads.

    A worker that dies, takes longer than `timeout_seconds` or more memory than `max_memory_bytes`
    (resident; it is killed), costs the call that it worked on: EngineUnavailable or EngineTimeout.
    Another one takes its place.
    """

    def __init__(
        self,
        count: int,
        *,
        preload: str,
        timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
        max_memory_bytes: int | None = None,
    ) -> None:
        """Prepare `count` processes; each starts with its first call, and imports module `preload` once."""
        self._preload = preload
        self._threads_each = max(1, default_worker_count() // count)
        self._timeout_seconds = timeout_seconds
        self._max_memory_bytes = max_memory_bytes
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._is_stopping = False
        self._running: dict[int, _Worker] = {}  # by thread
        self._threads = [Thread(target=self._serve, args=(number,), daemon=True) for number in range(count)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        """Return the pool; it is stopped on exit."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the processes; calls that still run or wait are abandoned."""
        self.stop()

    def stop(self) -> None:
        """Stop the processes; calls that still run or wait are abandoned."""
        self._is_stopping = True
        for _ in self._threads:
            self._calls.put(None)
        for worker in list(self._running.values()):
            worker.stop()
        for thread in self._threads:
            thread.join()

    def submit(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> "Future[_T]":
        """Queue one call. What it raises, its future raises; so does the loss of its worker.

        A pool that is being stopped takes no call: its future is cancelled.
        """
        future: Future[_T] = Future()
        self._calls.put(_Call(future=future, request=(work, args, kwargs)))
        if self._is_stopping:  # nobody may be left to take it; what was queued before is seen by `_serve`
            future.cancel()
        return future

    def in_order(self, work: Callable[[_I], _T], given: Iterable[_I]) -> "Iterator[tuple[_I, Future[_T]]]":
        """Yield what is given with its done call, in order and as soon as may be.

        Nothing is collected: only some calls are queued ahead of the one that is awaited,
        so that memory stays flat however much is given.
        """
        remaining = iter(given)
        waiting: deque[tuple[_I, Future[_T]]] = deque()
        while True:
            for one in islice(remaining, len(self._threads) * _QUEUED_PER_WORKER - len(waiting)):
                waiting.append((one, self.submit(work, one)))
            if not waiting:
                return
            one, future = waiting.popleft()
            wait([future])
            yield one, future

    def _serve(self, number: int) -> None:
        """Hand calls to one process after the other, until told to stop."""
        while (call := self._calls.get()) is not None:
            if self._is_stopping:
                call.future.cancel()
            elif call.future.set_running_or_notify_cancel():
                try:
                    call.future.set_result(self._answer(number, call.request))
                except Exception as error:  # noqa: BLE001 - whatever it is, it is the caller's
                    call.future.set_exception(error)
        if (worker := self._running.pop(number, None)) is not None:
            worker.close()

    def _answer(self, number: int, request: object) -> object:
        """Ask the thread's process, which is started if there is none; forget it if it is lost."""
        worker = self._running.get(number)
        if worker is None:
            worker = self._running[number] = _Worker(self._preload, threads=self._threads_each)
            if self._is_stopping:  # too late for `stop` to see this one
                worker.stop()
        try:
            return worker.ask(
                request, timeout_seconds=self._timeout_seconds, max_memory_bytes=self._max_memory_bytes
            )
        except _WorkerLost as loss:
            del self._running[number]
            worker.close()
            raise loss.error from loss


def default_worker_count() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    future: "Future[Any]"  # the request's type is known where it is made, and where it is awaited
    request: object


class _WorkerLost(Exception):
    """The process is gone or must go; `error` is what the caller is told."""

    def __init__(self, error: EngineTimeout | EngineUnavailable) -> None:
        super().__init__(str(error))
        self.error = error


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, preload: str, *, threads: int) -> None:
        context = get_context("spawn")  # a fork would copy threads' locks and PyMuPDF's state
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_work, args=(theirs, preload, threads), daemon=True
        )
        self._process.start()
        theirs.close()  # else its death would not close the pipe
        self._is_ready = False

    def ask(self, request: object, *, timeout_seconds: float, max_memory_bytes: int | None) -> object:
        """Return the answer to one call, or raise what it raised.

        Raises:
            _WorkerLost: the process died, or took too long; it must not be asked again.
        """
        if not self._is_ready:
            self._receive(_START_SECONDS)
            self._is_ready = True
        try:
            self._pipe.send(request)
        except OSError as cause:
            raise _WorkerLost(self._death()) from cause
        return self._receive(timeout_seconds, max_memory_bytes=max_memory_bytes)

    def stop(self) -> None:
        """End the process, whatever it does; any thread may."""
        self._process.kill()

    def close(self) -> None:
        """End the process and close the pipe; only the thread that asks may."""
        self.stop()
        self._process.join()
        self._pipe.close()

    def _memory_bytes(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0  # it has just died: reading from its pipe tells

    def _receive(self, timeout_seconds: float, *, max_memory_bytes: int | None = None) -> object:
        try:
            if not self._is_answered(timeout_seconds, max_memory_bytes):
                raise _WorkerLost(EngineTimeout(f"reading took over {timeout_seconds:.0f} s and was stopped"))
            answer, error = self._pipe.recv()
        except (EOFError, OSError) as cause:
            raise _WorkerLost(self._death()) from cause
        if error is not None:
            raise error
        return answer

    def _is_answered(self, timeout_seconds: float, max_memory_bytes: int | None) -> bool:
        """Wait for an answer until the time is up, and look at the process's memory first and meanwhile."""
        until = monotonic() + timeout_seconds
        while (left := until - monotonic()) > 0:
            if max_memory_bytes is not None and (taken := self._memory_bytes()) > max_memory_bytes:
                said = f"reading took {taken // _MIB} MiB of memory, over {max_memory_bytes // _MIB}"
                raise _WorkerLost(EngineUnavailable(f"{said}, and was stopped"))
            if self._pipe.poll(min(left, _LOOK_SECONDS)):
                return True
        return False

    def _death(self) -> EngineUnavailable:
        self._process.join()
        return EngineUnavailable(
            f"the process that read this document died (exit code {self._process.exitcode}): "
            "it was killed, or there is too little memory"
        )


def _work(pipe: Connection, preload: str, threads: int) -> None:
    """Answer calls until the other end is closed: what a worker process runs."""
    os.environ.setdefault(THREADS_VARIABLE, str(threads))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupts are the parent's to handle
    with contextlib.suppress(EOFError, OSError):  # the other end is closed
        try:
            import_module(preload)
        except Exception as error:  # noqa: BLE001 - told to the parent
            pipe.send((None, _portable(error)))
            return
        pipe.send((None, None))
        while True:
            _answer_one(pipe)


def _answer_one(pipe: Connection) -> None:
    """Take one call and send what it returns, or what it raises.

    Raises:
        EOFError, OSError: the other end is closed.
    """
    request = pipe.recv_bytes()
    try:
        work, args, kwargs = pickle.loads(request)  # noqa: S301 - our own
        answer = pickle.dumps((work(*args, **kwargs), None))
    except Exception as error:  # noqa: BLE001 - told to the parent
        answer = pickle.dumps((None, _portable(error)))
    pipe.send_bytes(answer)


def _portable(error: Exception) -> Exception:
    """Return the error with its traceback as a note; one that cannot be pickled is described."""
    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - pickling calls whatever code the error's class has
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
