"""A run ends once, with what the document says or why it says nothing; the outbox says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from extractor.jobs.backend import Backend
from extractor.jobs.metrics import Metrics
from extractor.jobs.reading import Reader
from extractor.jobs.work import PIPELINE
from extractor.storage.access import Caller
from extractor.storage.documents import Received, keep_document
from extractor.storage.runs import Question, ask_for_run
from extractor.storage.tables import Event, Run, StoredResult
from extractor.workers import Workers

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, preload=PIPELINE) as pool:
        yield pool


def queued(backend: Backend, caller: Caller, content: bytes, *, engine: str = "auto") -> Run:
    path = backend.settings.data_dir / "upload"
    path.write_bytes(content)
    file = Received(path=path, name="a.pdf", sha256="cd" * 32, size=1, media_type="application/pdf")
    with backend.database.transaction() as session:
        document, _ = keep_document(session, backend.blobs, caller.tenant_id, file, now=backend.clock())
        asked = Question(spec="auto", engine=engine, pipeline="1")
        return ask_for_run(session, document, asked, priority=10, now=backend.clock())[0]


def ended(backend: Backend) -> tuple[Run, list[StoredResult], list[Event]]:
    with backend.database.snapshot() as session:
        return (
            session.scalars(sa.select(Run)).one(),
            list(session.scalars(sa.select(StoredResult))),
            list(session.scalars(sa.select(Event))),
        )


def read(backend: Backend, workers: Workers, run: Run) -> Metrics:
    metrics = Metrics(backend.database)
    Reader(backend=backend, workers=workers, metrics=metrics).read(run.id)
    return metrics


def test_a_document_that_is_read_has_results_and_an_event(
    backend: Backend, caller: Caller, workers: Workers
) -> None:
    run = queued(backend, caller, (FIXTURES / "en_clean_invoice.pdf").read_bytes())
    metrics = read(backend, workers, run)
    done, results, events = ended(backend)
    assert (done.state, [result.number for result in results]) == ("done", ["BI-20457"])
    assert [event.kind for event in events] == ["document.extracted"]
    assert events[0].body["results"] == [
        {"result": results[0].id, "part": 1, "spec": "invoice", "review": "not_required"}
    ]
    assert b'extractor_documents_total{outcome="done"} 1.0' in metrics.text()
    assert b'extractor_results{review="not_required"} 1.0' in metrics.text()


def test_reading_again_changes_nothing(backend: Backend, caller: Caller, workers: Workers) -> None:
    run = queued(backend, caller, (FIXTURES / "en_clean_invoice.pdf").read_bytes())
    read(backend, workers, run)
    before = ended(backend)
    read(backend, workers, run)
    after = ended(backend)
    assert [result.id for result in after[1]] == [result.id for result in before[1]]
    assert len(after[2]) == 1


def test_a_document_that_cannot_be_read_fails_with_its_reason(
    backend: Backend, caller: Caller, workers: Workers
) -> None:
    run = queued(backend, caller, b"%PDF-1.7 broken")
    read(backend, workers, run)
    done, results, events = ended(backend)
    assert (done.state, done.error_code, results) == ("failed", "DamagedDocument", [])
    assert [(event.kind, event.body["state"]) for event in events] == [("document.failed", "failed")]


def test_a_document_that_kills_its_processes_is_parked(backend: Backend, caller: Caller) -> None:
    run = queued(backend, caller, (FIXTURES / "en_clean_invoice.pdf").read_bytes())
    with Workers(1, preload=PIPELINE, max_memory_bytes=1024) as starved:
        metrics = read(backend, starved, run)
    done, _, events = ended(backend)
    assert (done.state, done.error_code) == ("parked", "EngineUnavailable")
    assert done.error_message is not None
    assert "given up after 2 attempts" in done.error_message
    assert events[0].body["state"] == "parked"
    assert b'extractor_engine_errors_total{code="EngineUnavailable"} 1.0' in metrics.text()


def test_a_store_that_is_gone_for_good_ends_the_run(
    backend: Backend, caller: Caller, workers: Workers
) -> None:
    run = queued(backend, caller, b"%PDF-1.7")
    reader = Reader(backend=backend, workers=workers, metrics=Metrics(backend.database))
    reader.give_up(run.id)
    done, _, events = ended(backend)
    assert (done.state, done.error_code) == ("failed", "SinkUnavailable")
    assert [event.kind for event in events] == ["document.failed"]


def test_a_deleted_document_is_not_read(backend: Backend, caller: Caller, workers: Workers) -> None:
    run = queued(backend, caller, b"%PDF-1.7")
    with backend.database.transaction() as session:
        session.execute(sa.delete(Run))
    read(backend, workers, run)
    with backend.database.snapshot() as session:
        assert session.scalars(sa.select(Event)).all() == []
