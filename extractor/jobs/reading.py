"""Read one document and record what it says: what a workflow does, in the order it does it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import time_ns

from sqlalchemy.orm import Session

from extractor.delivery.encoding import Json
from extractor.delivery.failure import Failure
from extractor.errors import EngineTimeout, EngineUnavailable, SinkUnavailable
from extractor.jobs.backend import Backend
from extractor.jobs.metrics import Metrics
from extractor.jobs.queue import Queue
from extractor.jobs.traces import NoTraces, Traces
from extractor.jobs.work import Reading, ReadPart, read_content
from extractor.storage.batches import complete_batches
from extractor.storage.blobs import content_name
from extractor.storage.events import EventKind, emit
from extractor.storage.reconciliations import ready_with
from extractor.storage.runs import begin_run, end_run
from extractor.storage.specs import choose_spec
from extractor.storage.tables import Run, StoredDocument, StoredResult
from extractor.workers import Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a reading came out: results, one for each part of the document, or why there are none."""

    told: Sequence[ReadPart] | Failure
    is_parked: bool = False  # the document cost too many processes their lives


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads documents in worker processes; each run ends exactly once, whatever dies meanwhile."""

    backend: Backend
    workers: Workers
    metrics: Metrics
    queue: Queue
    traces: Traces = field(default_factory=NoTraces)

    def read(self, run_id: str) -> None:
        """Read the run's document and end the run. Safe to repeat: a run that has ended stays as it is.

        Raises:
            SinkUnavailable: the store could not be reached; a repetition can help.
        """
        with self.backend.database.transaction() as session:
            run = begin_run(session, run_id, now=self.backend.clock())
            document = None if run is None else session.get(StoredDocument, run.document_id)
            spec = None if run is None else choose_spec(session, run.tenant_id, run.spec, run.spec_version)
        if run is None or document is None or spec is None:
            return  # ended by another worker, or deleted
        asked = Reading(name=document.name, spec=run.spec, engine=run.engine, spec_toml=spec.toml)
        started_ns = time_ns()
        outcome = self._outcome(document, asked)
        self.traces.read(run, outcome.told, started_ns=started_ns)
        self.metrics.read(outcome.told, is_parked=outcome.is_parked)
        with self.backend.database.transaction() as session:
            self._record(session, run, document, outcome)

    def give_up(self, run_id: str) -> None:
        """End a run whose document could not be fetched, or not be recorded, again and again."""
        with self.backend.database.transaction() as session:
            run = session.get(Run, run_id)
            document = None if run is None else session.get(StoredDocument, run.document_id)
            if run is not None and document is not None:
                message = "the stored document could not be fetched or its results not be kept; try again"
                failure = Failure(source=document.name, code=SinkUnavailable.__name__, message=message)
                self._record(session, run, document, Outcome(told=failure))

    def _record(self, session: Session, run: Run, document: StoredDocument, outcome: Outcome) -> None:
        """End the run; comparisons that waited for nothing else are queued."""
        record(session, run, document, outcome, now=self.backend.clock())
        self.queue.put_comparisons(session, ready_with(session, run.id))

    def _outcome(self, document: StoredDocument, asked: Reading) -> Outcome:
        content = self.backend.blobs.get(content_name(document.tenant_id, document.sha256))
        attempts = 0
        while True:
            attempts += 1
            try:
                return Outcome(told=self.workers.submit(read_content, content, asked).result())
            except (EngineTimeout, EngineUnavailable) as error:
                if attempts >= self.backend.settings.attempts:
                    message = f"given up after {attempts} attempts: {error}"
                    failure = Failure(source=document.name, code=error.code, message=message)
                    return Outcome(told=failure, is_parked=True)


def record(session: Session, run: Run, document: StoredDocument, outcome: Outcome, *, now: datetime) -> None:
    """End a run, and write what receivers are told of it, in one transaction."""
    results = end_run(session, run.id, outcome.told, now=now, is_parked=outcome.is_parked)
    if results is None:
        return  # another worker was quicker
    failure = outcome.told if isinstance(outcome.told, Failure) else None
    about: dict[str, Json] = {"document": document.id, "extraction": run.id, "sha256": document.sha256}
    emit(
        session,
        run.tenant_id,
        EventKind.DOCUMENT_EXTRACTED if failure is None else EventKind.DOCUMENT_FAILED,
        subject=document.id,
        body=about | (_told(results) if failure is None else _failed(failure, is_parked=outcome.is_parked)),
        now=now,
    )
    complete_batches(session, run.id, now=now)


def _told(results: Sequence[StoredResult]) -> dict[str, Json]:
    return {
        "results": [
            {"result": result.id, "part": result.part, "spec": result.spec, "review": result.review}
            for result in results
        ]
    }


def _failed(failure: Failure, *, is_parked: bool) -> dict[str, Json]:
    error: Json = {"code": failure.code, "message": failure.message}
    return {"state": "parked" if is_parked else "failed", "error": error}
