"""Read documents and record what they say: what a workflow does, in the order it does it."""

import logging
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic, time_ns
from typing import TypeAlias

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from extractor.delivery.encoding import Json
from extractor.delivery.failure import Failure
from extractor.errors import EngineError, EngineUnavailable, ExtractorError, SinkUnavailable
from extractor.jobs.backend import Backend
from extractor.jobs.metrics import Metrics
from extractor.jobs.queue import Queue
from extractor.jobs.traces import NoTraces, Traces
from extractor.jobs.work import Reading, ReadPart, read_content
from extractor.storage.batches import complete_batches
from extractor.storage.blobs import content_name
from extractor.storage.documents import documents_by_id
from extractor.storage.events import EventKind, Told, emit_all
from extractor.storage.reconciliations import ready_with
from extractor.storage.runs import Outcome, begin_runs, end_runs, hand_back_runs
from extractor.storage.specs import choose_spec
from extractor.storage.tables import Run, StoredDocument, StoredResult
from extractor.workers import Workers

_PIECES_LEFT = 2  # so that slow documents are shared among more and more workers
_TOGETHER_SECONDS = 0.5  # what ends within it is recorded together
_MOST_LOSSES = 5  # of workers, by one document; most die of something else
_Told: TypeAlias = Sequence[ReadPart] | Failure
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A document that is to be read, and how."""

    run: Run
    document: StoredDocument
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads documents in worker processes; each run ends exactly once, whatever dies meanwhile.

    The documents of a piece of work are read one after the other and recorded some at a time. None may cost
    the others anything: one that makes trouble, or is slow, keeps the work, and they go back into the queue.
    """

    backend: Backend
    workers: Workers
    metrics: Metrics
    queue: Queue
    traces: Traces = field(default_factory=NoTraces)
    is_stopping: Callable[[], bool] = lambda: False
    begun: set[str] = field(default_factory=set)  # work that this process has begun and not ended
    turn_seconds: float = 2.0  # then what is left of a piece of work goes back into the queue, to others' end

    def read(self, workflow_id: str) -> None:
        """Read a piece of work and end its runs; after a while, hand back what is left of it.

        Safe to repeat: a run that has ended stays as it is, and what was handed back is not read here.

        Raises:
            ExtractorError: the one document that is left could not be fetched; a repetition can help.
            SQLAlchemyError: nothing can be recorded; a repetition can help.
        """
        try:
            self._read(workflow_id)
        except SQLAlchemyError as error:
            self._scatter(workflow_id, error)
        self.begun.discard(workflow_id)

    def give_up(self, workflow_id: str) -> None:
        """End the runs that could not be fetched, or not be recorded, again and again."""
        message = "the stored document could not be fetched or its results not be kept; try again"
        with self.backend.database.transaction() as session:
            left = begin_runs(session, workflow_id, now=self.backend.clock(), is_repeated=True).runs
            documents = documents_by_id(session, [run.document_id for run in left])
            outcomes = {
                run.id: Outcome(
                    told=Failure(
                        source=documents[run.document_id].name, code=SinkUnavailable.__name__, message=message
                    )
                )
                for run in left
            }
            record(session, self.queue, outcomes, now=self.backend.clock())
        self.begun.discard(workflow_id)

    def _read(self, workflow_id: str) -> None:
        waiting = deque(self._begun(workflow_id))
        outcomes: dict[str, Outcome] = {}
        recorded = monotonic()
        is_over = recorded + self.turn_seconds

        def let_others_go() -> None:
            if waiting or outcomes:
                self._end(workflow_id, outcomes, keeping=asked.run.id)
                waiting.clear()
                outcomes.clear()

        def unless_it_is_slow(reading: "Future[_Told]") -> None:
            wait([reading], timeout=max(0.0, is_over - monotonic()))
            if not reading.done():
                let_others_go()

        while waiting and not self.is_stopping():
            asked = waiting.popleft()
            try:
                outcome = self._outcome(asked, meanwhile=unless_it_is_slow)
            except ExtractorError as error:
                let_others_go()
                outcome = self._outcome_after(error, asked)
            outcomes[asked.run.id] = outcome
            if monotonic() >= is_over:
                break
            if waiting and monotonic() >= recorded + _TOGETHER_SECONDS:
                with self.backend.database.transaction() as session:
                    record(session, self.queue, outcomes, now=self.backend.clock())
                outcomes.clear()
                recorded = monotonic()
        self._end(workflow_id, outcomes)

    def _begun(self, workflow_id: str) -> list[Asked]:
        """Begin the work, but let nobody wait for what may have killed the worker that had begun it."""
        now = self.backend.clock()
        is_repeated = workflow_id in self.begun
        self.begun.add(workflow_id)
        with self.backend.database.transaction() as session:
            begun = begin_runs(session, workflow_id, now=now, is_repeated=is_repeated)
            runs = begun.runs
            if begun.was_lost and len(runs) > 1:
                self.queue.put(session, hand_back_runs(session, workflow_id), pieces=len(runs))
                return []
            if begun.was_lost and runs[0].losses >= _MOST_LOSSES:
                record(session, self.queue, {runs[0].id: _lost(runs[0])}, now=now)
                return []
            documents = documents_by_id(session, [run.document_id for run in runs])
            asked = []
            for run in runs:
                document = documents[run.document_id]
                spec = choose_spec(session, run.tenant_id, run.spec, run.spec_version)
                reading = Reading(name=document.name, spec=run.spec, engine=run.engine, spec_toml=spec.toml)
                asked.append(Asked(run=run, document=document, reading=reading))
            return asked

    def _outcome(
        self, asked: Asked, *, meanwhile: "Callable[[Future[_Told]], None]" = lambda _reading: None
    ) -> Outcome:
        """Try to read a document.

        Raises:
            EngineError: it cost its process its life, or its engine is not there; a repetition can help.
            NotFound, SinkUnavailable: its content cannot be fetched.
        """
        started_ns = time_ns()
        content = self.backend.blobs.get(content_name(asked.document.tenant_id, asked.document.sha256))
        reading = self.workers.submit(read_content, content, asked.reading)
        meanwhile(reading)
        return self._noted(asked, Outcome(told=reading.result()), started_ns=started_ns)

    def _outcome_after(self, error: ExtractorError, asked: Asked) -> Outcome:
        """Try again to read a document that made trouble, and park it when it was tried too often.

        Raises:
            NotFound, SinkUnavailable: its content cannot be fetched.
        """
        started_ns = time_ns()
        attempts = 1
        while isinstance(error, EngineError) and attempts < self.backend.settings.attempts:
            try:
                return self._outcome(asked)
            except ExtractorError as again:
                error = again
                attempts += 1
        if not isinstance(error, EngineError):
            raise error
        message = f"given up after {attempts} attempts: {error}"
        failure = Failure(source=asked.document.name, code=error.code, message=message)
        return self._noted(asked, Outcome(told=failure, is_parked=True), started_ns=started_ns)

    def _noted(self, asked: Asked, outcome: Outcome, *, started_ns: int) -> Outcome:
        self.traces.read(asked.run, outcome.told, started_ns=started_ns)
        self.metrics.read(outcome.told, is_parked=outcome.is_parked)
        return outcome

    def _end(self, workflow_id: str, outcomes: Mapping[str, Outcome], *, keeping: str | None = None) -> None:
        """Record, and put what is left of the work back into the queue, but not what it keeps."""
        with self.backend.database.transaction() as session:
            record(session, self.queue, outcomes, now=self.backend.clock())
            self.queue.put(session, hand_back_runs(session, workflow_id, but=keeping), pieces=_PIECES_LEFT)

    def _scatter(self, workflow_id: str, error: SQLAlchemyError) -> None:
        """Have documents whose results could not be recorded together read again, each alone.

        Raises:
            SQLAlchemyError: only one is left, or the database is not there.
        """
        with self.backend.database.transaction() as session:
            left = hand_back_runs(session, workflow_id)
            if len(left) <= 1:
                raise error
            self.queue.put(session, left, pieces=len(left))
        _LOG.error("%d documents could not be recorded together (%s)", len(left), type(error).__name__)


def _lost(run: Run) -> Outcome:
    message = f"given up: {run.losses} workers died while they read it, and nothing else"
    failure = Failure(source=run.document_id, code=EngineUnavailable.__name__, message=message)
    return Outcome(told=failure, is_parked=True)


def record(session: Session, queue: Queue, outcomes: Mapping[str, Outcome], *, now: datetime) -> None:
    """End runs of one tenant (by id), tell receivers of it, and queue what waited for nothing else."""
    ended = end_runs(
        session, outcomes, now=now
    )  # of those that another worker has ended, nothing is told again
    if not ended:
        return
    documents = documents_by_id(session, [run.document_id for run, _ in ended])
    emit_all(
        session,
        ended[0][0].tenant_id,
        [_told(run, documents[run.document_id], outcomes[run.id], results) for run, results in ended],
        now=now,
    )
    ids = [run.id for run, _ in ended]
    complete_batches(session, ids, now=now)
    queue.put_comparisons(session, ready_with(session, ids))


def _told(run: Run, document: StoredDocument, outcome: Outcome, results: Sequence[StoredResult]) -> Told:
    body: dict[str, Json] = {"document": document.id, "extraction": run.id, "sha256": document.sha256}
    if isinstance(outcome.told, Failure):
        error: Json = {"code": outcome.told.code, "message": outcome.told.message}
        body |= {"state": run.state, "error": error}
        return Told(kind=EventKind.DOCUMENT_FAILED, subject=document.id, body=body)
    body["results"] = [
        {"result": result.id, "part": result.part, "spec": result.spec, "review": result.review}
        for result in results
    ]
    return Told(kind=EventKind.DOCUMENT_EXTRACTED, subject=document.id, body=body)
