"""One worker: takes readings out of the queue, a few at a time, until it is told to stop.

DBOS keeps which work is whose. What it does not see is that a worker has died: that is what
heartbeats are for (`watching.py`).
"""

import logging
import math
import os
from datetime import datetime, timedelta
from threading import Event
from typing import Self
from uuid import uuid4

from dbos import DBOS, DBOSConfig
from dbos import DBOSPortableJSONSerializer as Serializer
from dbos import error as dbos_error
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from extractor.errors import ConfigurationError
from extractor.jobs.backend import Backend
from extractor.jobs.metrics import Metrics
from extractor.jobs.queue import APPLICATION, COMPARE, COMPARISONS, READ_DOCUMENTS, READINGS, VERSION, Queue
from extractor.jobs.reading import Reader
from extractor.jobs.reconciling import Comparer
from extractor.jobs.repeating import Repeating
from extractor.jobs.retention import delete_expired, delete_left_over
from extractor.jobs.traces import NoTraces, Traces
from extractor.jobs.watching import Watch
from extractor.settings import ServiceSettings
from extractor.storage.database import make_engine
from extractor.storage.idempotency import forget_old
from extractor.workers import Workers

EMBEDDED = "embedded"  # the executor of an installation that has only one
_RECOVERIES = 1000  # a dead worker is not its document's fault; documents that kill are parked by `reading`
_POLL_SECONDS = 0.1  # each look costs some milliseconds of a processor
_COMPARISONS_POLL_SECONDS = 0.5
_READ_AHEAD = (
    3  # pieces of work taken out of the queue for each process, so that none waits for the next poll
)
_HOUSEKEEPING_SECONDS = 600.0
_SWEPT_EVERY = timedelta(days=1)  # it lists the whole store
_TRACES_KEPT = timedelta(days=7)
_DELETED_AT_ONCE = 500
_STORE_ATTEMPTS = 8  # of a step: 1, 2, 4 … seconds apart
_LOG = logging.getLogger(__name__)


class JobRuntime:
    """A running worker. One process can have one."""

    def __init__(
        self,
        backend: Backend,
        workers: Workers,
        queue: Queue,
        metrics: Metrics,
        *,
        traces: Traces = NoTraces(),  # noqa: B008 - it keeps nothing
    ) -> None:
        """Prepare a worker that reads in these processes."""
        self._traces = traces
        self._backend = backend
        self._workers = workers
        self._queue = queue
        self._metrics = metrics
        settings = backend.settings
        self.executor_id = settings.executor_id or (EMBEDDED if settings.is_embedded else f"worker-{uuid4()}")
        self._engine = make_engine(settings.database, is_for_queue=True)
        self._watch = Watch(backend, self.executor_id, recover=_recover)
        self._housekeeping = Repeating("housekeeping", self._keep_house, every_seconds=_HOUSEKEEPING_SECONDS)
        self._running: set[str] = set()  # what is being done; adding and discarding are atomic
        self._is_stopping = Event()
        self._swept_at: datetime | None = None

    def __enter__(self) -> Self:
        """Start to take work."""
        try:
            self.start()
        except BaseException as error:  # a stop may come meanwhile, when work has been taken already
            self.stop(code=0 if isinstance(error, KeyboardInterrupt) else 1)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, as `stop` does."""
        self.stop()

    def start(self) -> None:
        """Start to take work; what this executor had begun before it died is taken up again."""
        settings = self._backend.settings
        DBOS(config=_config(self._engine, self.executor_id))
        reader = Reader(
            backend=self._backend,
            workers=self._workers,
            metrics=self._metrics,
            queue=self._queue,
            traces=self._traces,
            is_stopping=self._is_stopping.is_set,
        )
        _register(reader, Comparer(backend=self._backend), self._running)
        DBOS.listen_queues([READINGS, COMPARISONS])
        self._watch.beat()  # before any work is begun, so that it can be taken over
        DBOS.launch()
        _open_queues(settings)
        self._watch.start()
        self._housekeeping.start()

    def stop(self, *, code: int = 0) -> None:
        """Take no more work, wait for what runs (`stop_seconds`), and leave the rest to be taken over.

        If there is such a rest the process ends here, with `code`.
        """
        self._is_stopping.set()
        self._housekeeping.stop()
        self._watch.stop()
        try:
            DBOS.destroy(
                destroy_registry=True,
                workflow_completion_timeout_sec=math.ceil(self._backend.settings.stop_seconds),
            )
            self._watch.resign()
        except SQLAlchemyError as error:  # its text may hold values
            _LOG.error("the end of this worker could not be told of (%s)", type(error).__name__)
            raise
        finally:
            if self._running:
                # What still runs must record neither an end nor a failure: it ends as by a power cut,
                # which is what taking over is made and tested for.
                os._exit(code)
        self._engine.dispose()

    def _keep_house(self) -> None:
        """Delete what is kept too long: documents by the operator's rule, and traces of work done."""
        delete_expired(self._backend)
        now = self._backend.clock()
        with self._backend.database.transaction() as session:
            forget_old(session, now=now)
        if self._swept_at is None or now - self._swept_at >= _SWEPT_EVERY:
            delete_left_over(self._backend)
            self._swept_at = now
        before = now - _TRACES_KEPT
        while done := DBOS.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED"],
            completed_before=before.isoformat(),
            limit=_DELETED_AT_ONCE,
            load_input=False,
            load_output=False,
        ):
            DBOS.delete_workflows([workflow.workflow_id for workflow in done])


def prepare_queue(settings: ServiceSettings) -> None:
    """Make the queue's tables, and the queue, for processes that only put work in.

    Raises:
        ConfigurationError: the database cannot be reached.
    """
    engine = make_engine(settings.database, is_for_queue=True)
    try:
        DBOS(config=_config(engine, f"setup-{uuid4()}"))
        DBOS.listen_queues([])
        DBOS.launch()
        _open_queues(settings)
    except SQLAlchemyError as cause:
        raise ConfigurationError(f"the queue cannot be used: {cause}") from cause
    finally:
        DBOS.destroy(destroy_registry=True)
        engine.dispose()


def _config(engine: Engine, executor_id: str) -> DBOSConfig:
    return DBOSConfig(
        name=APPLICATION,
        system_database_engine=engine,
        application_version=VERSION,
        executor_id=executor_id,
        serializer=Serializer(),
        log_level="WARNING",
    )


def _register(reader: Reader, comparer: Comparer, running: set[str]) -> None:
    """Tell DBOS what its workflows are."""

    @DBOS.step(name="read", retries_allowed=True, max_attempts=_STORE_ATTEMPTS, interval_seconds=1.0)
    def read(workflow_id: str) -> None:
        reader.read(workflow_id)

    @DBOS.step(name="give_up", retries_allowed=True, max_attempts=_STORE_ATTEMPTS, interval_seconds=1.0)
    def give_up(workflow_id: str) -> None:
        reader.give_up(workflow_id)

    @DBOS.workflow(name=READ_DOCUMENTS, max_recovery_attempts=_RECOVERIES)
    def read_documents(workflow_id: str) -> None:
        running.add(workflow_id)
        try:
            read(workflow_id)
        except dbos_error.DBOSMaxStepRetriesExceeded:
            give_up(workflow_id)
        finally:
            running.discard(workflow_id)

    @DBOS.step(name="compare", retries_allowed=True, max_attempts=_STORE_ATTEMPTS, interval_seconds=1.0)
    def compare(reconciliation_id: str, number: int) -> None:
        comparer.compare(reconciliation_id, number)

    @DBOS.workflow(name=COMPARE, max_recovery_attempts=_RECOVERIES)
    def compare_invoices(reconciliation_id: str, number: int) -> None:
        running.add(reconciliation_id)
        try:
            compare(reconciliation_id, number)
        finally:
            running.discard(reconciliation_id)


def _open_queues(settings: ServiceSettings) -> None:
    """Make the queues. Readings are parted by tenant, so that a large upload of one holds up no other."""
    DBOS.register_queue(
        READINGS,
        worker_concurrency=settings.workers * _READ_AHEAD,
        partition_concurrency=settings.tenant_concurrency or settings.workers * 1000,
        polling_interval_sec=_POLL_SECONDS,
        on_conflict="always_update",
    )
    DBOS.register_queue(
        COMPARISONS,
        worker_concurrency=1,
        polling_interval_sec=_COMPARISONS_POLL_SECONDS,
        on_conflict="always_update",
    )


def _recover(executor_ids: list[str]) -> None:
    """Put what dead executors had begun back into the queue; twice does no harm."""
    DBOS._recover_pending_workflows(executor_ids)  # noqa: SLF001 - DBOS 3.4 has no public name for it; pinned, and tested by kills
