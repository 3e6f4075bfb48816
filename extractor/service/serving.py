"""Run the service: the API alone, or with a worker in the same process."""

import contextlib
import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from math import ceil
from threading import Timer
from typing import NoReturn

import uvicorn

from extractor.errors import ConfigurationError
from extractor.jobs.backend import Backend, open_backend
from extractor.jobs.metrics import Metrics, served_metrics
from extractor.jobs.queue import Queue
from extractor.jobs.runtime import JobRuntime, prepare_queue
from extractor.jobs.traces import opened_traces
from extractor.jobs.work import PIPELINE
from extractor.service.app import create_app
from extractor.service.logs import configure_logs
from extractor.settings import ServiceSettings
from extractor.webhooks.dispatching import Dispatcher
from extractor.webhooks.sending import sender_of
from extractor.workers import Workers

_LOG = logging.getLogger(__name__)
_LAST_SECONDS = 30.0  # for closing what work that has ended or been left still holds
_WAIT_SECONDS = 1.0  # see `wait_to_be_stopped`
_REQUEST_STOP_SECONDS = 10.0  # then an upload that has not ended is broken off: nothing of it was accepted


def serve(settings: ServiceSettings, *, with_worker: bool, on_start: Callable[[str], None]) -> None:
    """Serve until interrupted; port 0 takes a free one. `on_start` is told the address.

    Raises:
        ConfigurationError: the port, the database or the store cannot be used.
    """
    if settings.is_embedded and not with_worker:
        raise ConfigurationError("without a worker nothing is read: SQLite is for one process alone")
    configure_logs(settings)
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(_listener(settings.host, settings.port))
        backend = open_backend(settings)
        stack.callback(backend.close)
        metrics = Metrics(backend.database)
        traces = stack.enter_context(opened_traces(settings))
        workers = stack.enter_context(_processes(settings))
        queue = Queue(settings.database)
        stack.callback(queue.close)
        if with_worker:
            stack.enter_context(_dispatcher(backend))  # before what it tells of: so it is stopped after it
            stack.enter_context(JobRuntime(backend, workers, queue, metrics, traces=traces))
        else:
            prepare_queue(settings)
        app = create_app(backend, queue, workers, metrics, traces=traces)
        patience = max(1, ceil(min(settings.stop_seconds, _REQUEST_STOP_SECONDS)))  # 0 is taken for an error
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=patience)
        server = uvicorn.Server(config)
        app.state.is_stopping = lambda: server.should_exit  # streams of events end then, else they hold it up
        # from before anyone is told that there is something to stop
        with until_stopped(settings.stop_seconds + _LAST_SECONDS):
            on_start(f"http://{settings.host}:{listener.getsockname()[1]}")
            server.run(sockets=[listener])


def work(settings: ServiceSettings, *, on_start: Callable[[str], None]) -> None:
    """Read what is queued until interrupted. `on_start` is told what this worker is called.

    Raises:
        ConfigurationError: the database or the store cannot be used.
    """
    if settings.is_embedded:
        raise ConfigurationError(
            "workers beside the service need PostgreSQL: set EXTRACTOR_DATABASE_URL=postgresql://…; "
            "with SQLite `extractor serve` reads by itself"
        )
    configure_logs(settings)
    with contextlib.ExitStack() as stack:
        backend = open_backend(settings)
        stack.callback(backend.close)
        metrics = Metrics(backend.database)
        queue = Queue(settings.database)
        stack.callback(queue.close)
        traces = stack.enter_context(opened_traces(settings))
        processes = stack.enter_context(_processes(settings))
        runtime = JobRuntime(backend, processes, queue, metrics, traces=traces)
        if settings.metrics_port is not None:
            stack.enter_context(served_metrics(metrics, host=settings.host, port=settings.metrics_port))
        with until_stopped(settings.stop_seconds + _LAST_SECONDS):
            stack.enter_context(_dispatcher(backend))
            stack.enter_context(runtime)
            on_start(runtime.executor_id)
            wait_to_be_stopped()


def _processes(settings: ServiceSettings) -> Workers:
    return Workers(
        settings.workers,
        preload=PIPELINE,
        timeout_seconds=settings.document_seconds,
        max_memory_bytes=settings.worker_memory_bytes,
    )


def _dispatcher(backend: Backend) -> Dispatcher:
    settings = backend.settings
    return Dispatcher(
        backend.database, sender_of(settings), clock=backend.clock, stop_seconds=settings.stop_seconds
    )


@contextlib.contextmanager
def until_stopped(patience: float) -> Iterator[None]:
    """End the block at Ctrl-C or SIGTERM, so that what was opened is closed.

    What has not closed `patience` seconds after a SIGTERM is left as a power cut leaves it:
    taking over is made for that, and whoever stops a process must not wait for ever.
    """
    told = ("the stop took more than %g s: what runs is left to be taken over", patience)

    def stop(_number: int, _frame: object) -> None:
        # Two, for to tell can wait for ever as well: for a log that nobody reads.
        for limit in (Timer(patience, _LOG.warning, told), Timer(patience + 1.0, os._exit, (0,))):
            limit.daemon = True
            limit.start()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            yield
    finally:
        signal.signal(signal.SIGTERM, before)


def wait_to_be_stopped() -> NoReturn:
    """Wait for what `until_stopped` ends with.

    A signal that another thread is given, or that comes just before a wait begins, interrupts no wait:
    its handler runs when the wait is over. So none of them may be for ever.
    """
    while True:
        time.sleep(_WAIT_SECONDS)


@contextlib.contextmanager
def _listener(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a socket that whoever is told the address may connect to at once.

    Raises:
        ConfigurationError: the port cannot be used.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen()
        except OSError as cause:
            raise ConfigurationError(
                f"port {port} of {host} cannot be used: {os.strerror(cause.errno or 0)}"
            ) from cause
        yield listener
