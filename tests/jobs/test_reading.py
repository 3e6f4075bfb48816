"""A run ends once, with what the document says or why it says nothing; none costs another anything."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pymupdf
import pytest
import sqlalchemy as sa
from noted_queue import NotedQueue
from service.served import until
from stored_documents import ask_for_run, keep_document

from extractor.delivery.encoding import Json
from extractor.errors import NotFound
from extractor.jobs.backend import Backend
from extractor.jobs.metrics import Metrics
from extractor.jobs.reading import Reader
from extractor.jobs.work import PIPELINE, Reading, ReadPart
from extractor.storage.access import Caller
from extractor.storage.blobs import content_name
from extractor.storage.documents import Received
from extractor.storage.runs import Question, begin_runs
from extractor.storage.tables import Event, Run, StoredDocument, StoredResult
from extractor.workers import Workers

FIXTURES = Path(__file__).parents[2] / "fixtures"
CLEAN = (FIXTURES / "en_clean_invoice.pdf").read_bytes()
WORK = "work"
ASKED = Question(spec="auto", engine="auto", pipeline="1")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, preload=PIPELINE) as pool:
        yield pool


class Answering(Workers):
    """Workers that answer at once, but of b"slow" when the test does."""

    def __init__(self) -> None:
        self.read: list[bytes] = []
        self.slow: Future[Sequence[ReadPart]] = Future()

    def submit(self, _work: object, content: bytes, _reading: Reading) -> "Future[Sequence[ReadPart]]":  # type: ignore[override]
        self.read.append(content)
        body: dict[str, Json] = {"spec": "invoice"}
        if content == b"cannot be kept":
            body["fields"] = {"number": object()}  # type: ignore[dict-item] # no JSON: as what a database refuses
        if content == b"slow":
            return self.slow
        future: Future[Sequence[ReadPart]] = Future()
        future.set_result([ReadPart(body=body, printed={})])
        return future


def queued(backend: Backend, caller: Caller, *contents: bytes) -> list[Run]:
    """Keep documents that are one piece of work."""
    now = backend.clock()
    runs = []
    for number, content in enumerate(contents):
        path = backend.settings.data_dir / "upload"
        path.write_bytes(content)
        name, sha256 = f"{number}.pdf", f"{number:064}"
        file = Received(path=path, name=name, sha256=sha256, size=1, media_type="application/pdf")
        document, _ = keep_document(backend.database, backend.blobs, caller.tenant_id, file, now=now)
        with backend.database.transaction() as session:
            run, _ = ask_for_run(session, document, ASKED, now=now)
            run.workflow_id = WORK
            runs.append(run)
    return runs


def reader(
    backend: Backend, workers: Workers, queue: NotedQueue | None = None, *, turn_seconds: float = 60
) -> Reader:
    return Reader(
        backend=backend,
        workers=workers,
        metrics=Metrics(backend.database),
        queue=queue or NotedQueue(),
        turn_seconds=turn_seconds,
    )


def read(backend: Backend, workers: Workers) -> Metrics:
    one = reader(backend, workers)
    one.read(WORK)
    return one.metrics


def ended(backend: Backend) -> tuple[Run, list[StoredResult], list[Event]]:
    with backend.database.snapshot() as session:
        return (
            session.scalars(sa.select(Run)).one(),
            list(session.scalars(sa.select(StoredResult))),
            list(session.scalars(sa.select(Event))),
        )


def states(backend: Backend) -> list[str]:
    with backend.database.snapshot() as session:
        return list(session.scalars(sa.select(Run.state).order_by(Run.id)))


def told(backend: Backend) -> list[str]:
    with backend.database.snapshot() as session:
        return list(session.scalars(sa.select(Event.kind).order_by(Event.id)))


def test_a_document_that_is_read_has_results_and_an_event(
    backend: Backend, caller: Caller, workers: Workers
) -> None:
    queued(backend, caller, CLEAN)
    metrics = read(backend, workers)
    done, results, events = ended(backend)
    assert (done.state, [result.number for result in results]) == ("done", ["BI-20457"])
    assert [event.kind for event in events] == ["document.extracted"]
    assert events[0].body["results"] == [
        {"result": results[0].id, "part": 1, "spec": "invoice", "review": "not_required"}
    ]
    assert b'extractor_documents_total{outcome="done"} 1.0' in metrics.text()
    assert b'extractor_results{review="not_required"} 1.0' in metrics.text()


def test_reading_again_changes_nothing(backend: Backend, caller: Caller, workers: Workers) -> None:
    queued(backend, caller, CLEAN)
    read(backend, workers)
    before = ended(backend)
    read(backend, workers)
    after = ended(backend)
    assert [result.id for result in after[1]] == [result.id for result in before[1]]
    assert len(after[2]) == 1


def test_a_document_that_cannot_be_read_fails_with_its_reason(
    backend: Backend, caller: Caller, workers: Workers
) -> None:
    queued(backend, caller, b"%PDF-1.7 broken")
    read(backend, workers)
    done, results, events = ended(backend)
    assert (done.state, done.error_code, results) == ("failed", "DamagedDocument", [])
    assert [(event.kind, event.body["state"]) for event in events] == [("document.failed", "failed")]


def test_a_document_that_kills_its_processes_is_parked(backend: Backend, caller: Caller) -> None:
    queued(backend, caller, CLEAN)
    with Workers(1, preload=PIPELINE, max_memory_bytes=1024) as starved:
        metrics = read(backend, starved)
    done, _, events = ended(backend)
    assert (done.state, done.error_code) == ("parked", "EngineUnavailable")
    assert done.error_message is not None
    assert "given up after 2 attempts" in done.error_message
    assert events[0].body["state"] == "parked"
    assert b'extractor_engine_errors_total{code="EngineUnavailable"} 1.0' in metrics.text()


def test_a_document_that_kills_its_processes_leaves_the_others_of_its_work_to_the_queue(
    backend: Backend, caller: Caller
) -> None:
    with pymupdf.open(stream=CLEAN) as file:  # type: ignore[no-untyped-call] # PyMuPDF has no types
        scan = file[0].get_pixmap(dpi=200).tobytes("png")
    runs = queued(backend, caller, CLEAN, scan, CLEAN + b"\n%")
    queue = NotedQueue()
    with Workers(1, preload=PIPELINE, max_memory_bytes=400 * 1024**2) as pool:  # a scan takes more
        reader(backend, pool, queue).read(WORK)
        assert states(backend) == ["done", "parked", "queued"]
        assert queue.runs == [runs[2].id]
        reader(backend, pool).read("work_1")
    assert states(backend) == ["done", "parked", "done"]
    assert told(backend) == ["document.extracted", "document.failed", "document.extracted"]


def test_a_document_that_cannot_be_fetched_ends_alone(backend: Backend, caller: Caller) -> None:
    runs = queued(backend, caller, b"a", b"b", b"c")
    backend.blobs.delete(content_name(caller.tenant_id, f"{1:064}"))
    queue, workers = NotedQueue(), Answering()
    one = reader(backend, workers, queue)
    with pytest.raises(NotFound):
        one.read(WORK)
    assert states(backend) == ["done", "running", "queued"]
    assert queue.runs == [runs[2].id]
    with pytest.raises(NotFound):  # as the workflow does, some times
        one.read(WORK)
    assert workers.read == [b"a"]
    one.give_up(WORK)
    assert states(backend) == ["done", "failed", "queued"]
    with backend.database.snapshot() as session:
        assert session.get_one(Run, runs[1].id).error_code == "SinkUnavailable"
    one.read("work_1")
    assert states(backend) == ["done", "failed", "done"]
    assert told(backend) == ["document.extracted", "document.failed", "document.extracted"]


def test_documents_that_cannot_be_recorded_together_are_read_alone(backend: Backend, caller: Caller) -> None:
    runs = queued(backend, caller, b"a", b"cannot be kept", b"c")
    queue = NotedQueue()
    one = reader(backend, Answering(), queue)
    one.read(WORK)
    assert (states(backend), told(backend)) == (["queued"] * 3, [])
    assert queue.alone == [run.id for run in runs]
    one.read("work_1")
    with pytest.raises(sa.exc.StatementError):
        one.read("work_2")
    one.read("work_3")
    assert states(backend) == ["done", "running", "done"]
    one.give_up("work_2")
    assert states(backend) == ["done", "failed", "done"]


def test_what_is_left_after_a_while_goes_back_into_the_queue(backend: Backend, caller: Caller) -> None:
    runs = queued(backend, caller, b"a", b"b", b"c")
    queue = NotedQueue()
    reader(backend, Answering(), queue, turn_seconds=0).read(WORK)
    assert states(backend) == ["done", "queued", "queued"]
    assert queue.runs == [runs[1].id, runs[2].id]


def test_a_slow_document_holds_up_neither_what_was_read_before_nor_what_comes_after(
    backend: Backend, caller: Caller
) -> None:
    runs = queued(backend, caller, b"a", b"slow", b"c")
    queue, workers = NotedQueue(), Answering()
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(reader(backend, workers, queue, turn_seconds=0.2).read, WORK)
        until(lambda: states(backend) == ["done", "running", "queued"])
        assert (queue.runs, told(backend)) == ([runs[2].id], ["document.extracted"])
        assert not reading.done()
        workers.slow.set_result([ReadPart(body={"spec": "invoice"}, printed={})])
        reading.result(timeout=60)
    assert states(backend) == ["done", "done", "queued"]


def test_a_worker_that_is_stopped_hands_its_work_back(backend: Backend, caller: Caller) -> None:
    runs = queued(backend, caller, b"a", b"b", b"c")
    queue, workers = NotedQueue(), Answering()
    stopped = Reader(
        backend=backend,
        workers=workers,
        metrics=Metrics(backend.database),
        queue=queue,
        is_stopping=lambda: bool(workers.read),
    )
    stopped.read(WORK)
    assert states(backend) == ["done", "queued", "queued"]
    assert queue.runs == [runs[1].id, runs[2].id]


def test_a_deleted_document_is_not_read(backend: Backend, caller: Caller) -> None:
    queued(backend, caller, b"a", b"b")
    workers = Answering()
    with backend.database.transaction() as session:
        session.execute(sa.delete(StoredDocument).where(StoredDocument.name == "0.pdf"))
    reader(backend, workers).read(WORK)
    assert workers.read == [b"b"]
    assert told(backend) == ["document.extracted"]


def test_what_a_dead_worker_had_begun_together_is_read_alone(backend: Backend, caller: Caller) -> None:
    runs = queued(backend, caller, b"a", b"b", b"c")
    with backend.database.transaction() as session:
        begin_runs(session, WORK, now=backend.clock())
    queue, workers = NotedQueue(), Answering()
    reader(backend, workers, queue).read(WORK)
    assert queue.alone == [run.id for run in runs]
    assert (workers.read, states(backend)) == ([], ["queued"] * 3)


@pytest.mark.parametrize(("deaths", "state"), [(4, "done"), (5, "parked")])
def test_a_document_that_workers_die_of_is_parked_after_some(
    backend: Backend, caller: Caller, deaths: int, state: str
) -> None:
    queued(backend, caller, b"a")
    for _ in range(deaths):
        with backend.database.transaction() as session:
            begin_runs(session, WORK, now=backend.clock())
    reader(backend, Answering()).read(WORK)
    run, _, events = ended(backend)
    assert run.state == state
    assert len(events) == 1
    assert (run.error_message is None) is (state == "done")
