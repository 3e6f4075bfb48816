"""Batches are complete once, and told of once, whatever ends at the same time; on SQLite and PostgreSQL."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from noted_queue import NotedQueue
from postgres_server import missing_postgres, new_database, running_postgres

from extractor.delivery.failure import Failure
from extractor.errors import DocumentError, NotFound, UnsupportedDocument
from extractor.jobs.backend import Backend
from extractor.jobs.intake import QueueFull, take_batch
from extractor.jobs.reading import record
from extractor.settings import load_settings
from extractor.storage.access import Caller, Scope, ensure_tenant
from extractor.storage.batches import batch_of, files_of, progress_of
from extractor.storage.blobs import Blobs
from extractor.storage.database import Database
from extractor.storage.documents import Received, delete_document
from extractor.storage.runs import Outcome, Question
from extractor.storage.tables import Batch, BatchFile, Event

ASKED = Question(spec="invoice", engine="layout", pipeline="1")
_NUMBERS = count(1)


@dataclass(frozen=True, kw_only=True)
class Refused:
    name: str
    error: DocumentError


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    missing = missing_postgres()
    if missing is not None:
        pytest.skip(missing)
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    url = f"sqlite:///{tmp_path / 'extractor.db'}"
    if request.param == "postgresql":
        url = new_database(request.getfixturevalue("postgres"), f"batches_{next(_NUMBERS)}")
    settings = load_settings(data_dir=tmp_path, database_url=url, max_waiting=50)
    database = Database(url)
    database.migrate()
    yield Backend(settings=settings, database=database, blobs=Blobs(settings.blobs))
    database.close()


def somebody(backend: Backend, name: str = "default") -> Caller:
    with backend.database.transaction() as session:
        tenant = ensure_tenant(session, name, now=backend.clock())
    return Caller(tenant_id=tenant.id, scopes=frozenset(Scope))


def file(folder: Path, text: str) -> Received:
    path = folder / f"arrived-{next(_NUMBERS)}"
    path.write_text(text)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Received(path=path, name=f"{text}.xml", sha256=sha256, size=len(text), media_type="text/xml")


def refused(name: str) -> Refused:
    return Refused(name=name, error=UnsupportedDocument("words"))


def end(backend: Backend, *run_ids: str) -> None:
    outcome = Outcome(told=Failure(source="a", code="DamagedDocument", message="cut"))
    with backend.database.transaction() as session:
        record(session, NotedQueue(), dict.fromkeys(run_ids, outcome), now=backend.clock())


def told(backend: Backend) -> list[tuple[str, object]]:
    with backend.database.snapshot() as session:
        query = sa.select(Event).where(Event.kind == "batch.completed").order_by(Event.id)
        return [(event.subject, event.body) for event in session.scalars(query)]


def is_complete(backend: Backend, batch: Batch) -> bool:
    with backend.database.snapshot() as session:
        return batch_of(session, batch.tenant_id, batch.id).completed_at is not None


def test_a_batch_is_told_of_when_its_last_reading_ends(backend: Backend, tmp_path: Path) -> None:
    queue, caller = NotedQueue(), somebody(backend)
    files: list[Received | Refused] = [file(tmp_path, "a"), refused("b"), file(tmp_path, "c")]
    batch = take_batch(backend, queue, caller, files, ASKED, name="March")
    assert len(queue.runs) == 2
    end(backend, queue.runs[0])
    assert (is_complete(backend, batch), told(backend)) == (False, [])
    end(backend, queue.runs[1])
    assert is_complete(backend, batch)
    body = {"batch": batch.id, "name": "March", "total": 3, "done": 0, "failed": 3}
    assert told(backend) == [(batch.id, body)]


def test_files_keep_their_order_and_refused_ones_their_error(backend: Backend, tmp_path: Path) -> None:
    files: list[Received | Refused] = [refused("z"), file(tmp_path, "a"), refused("y")]
    batch = take_batch(backend, NotedQueue(), somebody(backend), files, ASKED, name=None)
    with backend.database.snapshot() as session:
        rows = files_of(session, batch.id, cursor=None, limit=10).rows
    assert [(row.position, row.name, row.error_code) for row, _ in rows] == [
        (1, "z", "UnsupportedDocument"),
        (2, "a.xml", None),
        (3, "y", "UnsupportedDocument"),
    ]


def test_a_batch_of_refused_files_is_told_of_at_once(backend: Backend) -> None:
    batch = take_batch(backend, NotedQueue(), somebody(backend), [refused("a")], ASKED, name=None)
    assert batch.completed_at is not None
    assert [subject for subject, _ in told(backend)] == [batch.id]


def test_a_batch_of_files_that_were_read_before_is_told_of_at_once(backend: Backend, tmp_path: Path) -> None:
    queue, caller = NotedQueue(), somebody(backend)
    first = take_batch(backend, queue, caller, [file(tmp_path, "a")], ASKED, name=None)
    end(backend, queue.runs[0])
    again = take_batch(backend, queue, caller, [file(tmp_path, "a")], ASKED, name=None)
    assert len(queue.runs) == 1
    assert [subject for subject, _ in told(backend)] == [first.id, again.id]


def test_a_file_twice_in_a_batch_is_read_once(backend: Backend, tmp_path: Path) -> None:
    queue = NotedQueue()
    files = [file(tmp_path, "a"), file(tmp_path, "a")]
    batch = take_batch(backend, queue, somebody(backend), files, ASKED, name=None)
    assert len(queue.runs) == 1
    end(backend, queue.runs[0])
    with backend.database.snapshot() as session:
        assert progress_of(session, batch.id).failed == 2
    assert len(told(backend)) == 1


def test_a_reading_that_ends_while_a_batch_is_taken_in_leaves_none_open(
    backend: Backend, tmp_path: Path
) -> None:
    queue, caller = NotedQueue(), somebody(backend)
    batches = []
    with ThreadPoolExecutor(2) as threads:
        for number in range(40):
            take_batch(backend, queue, caller, [file(tmp_path, f"{number}")], ASKED, name="first")
            again = file(tmp_path, f"{number}")
            ended = threads.submit(end, backend, queue.runs[-1])
            taken = threads.submit(take_batch, backend, queue, caller, [again], ASKED, name="again")
            ended.result()
            batches.append(taken.result())
    assert all(is_complete(backend, batch) for batch in batches)
    subjects = [subject for subject, _ in told(backend)]
    assert len(subjects) == len(set(subjects)) == 80


def test_readings_that_end_at_the_same_time_complete_their_batches_once(
    backend: Backend, tmp_path: Path
) -> None:
    queue, caller = NotedQueue(), somebody(backend)
    with ThreadPoolExecutor(4) as threads:
        for number in range(10):
            names = [f"{number} {letter}" for letter in "abcd"]
            first = take_batch(
                backend, queue, caller, [file(tmp_path, name) for name in names], ASKED, name="1"
            )
            others = [file(tmp_path, name) for name in reversed(names)]
            second = take_batch(backend, queue, caller, others, ASKED, name="2")
            list(threads.map(lambda run: end(backend, run), queue.runs[-4:]))
            assert is_complete(backend, first)
            assert is_complete(backend, second)
    assert len(told(backend)) == 20


def test_a_batch_that_waits_for_deleted_documents_alone_is_complete(backend: Backend, tmp_path: Path) -> None:
    queue, caller = NotedQueue(), somebody(backend)
    files = [file(tmp_path, "a"), file(tmp_path, "b")]
    batch = take_batch(backend, queue, caller, files, ASKED, name=None)
    with backend.database.snapshot() as session:
        documents = list(session.scalars(sa.select(BatchFile.document_id).order_by(BatchFile.position)))
    for number, document in enumerate(documents, 1):
        with backend.database.transaction() as session:
            now = backend.clock()
            delete_document(
                session, backend.blobs, caller.tenant_id, str(document), actor="x", reason="y", now=now
            )
        assert is_complete(backend, batch) is (number == 2)
    assert len(told(backend)) == 1
    with backend.database.snapshot() as session:
        rows = files_of(session, batch.id, cursor=None, limit=10).rows
        assert [(row.name, row.document_id) for row, _ in rows] == [(one, None) for one in documents]


def test_a_full_queue_leaves_neither_batch_nor_files(backend: Backend, tmp_path: Path) -> None:
    caller = somebody(backend)
    files = [file(tmp_path, f"{number}") for number in range(51)]
    with pytest.raises(QueueFull):
        take_batch(backend, NotedQueue(), caller, files, ASKED, name=None)
    with backend.database.snapshot() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Batch)) == 0
    assert list(backend.blobs.names()) == []
    assert take_batch(backend, NotedQueue(), caller, files[:50], ASKED, name=None).id


def test_a_batch_of_another_tenant_is_not_found(backend: Backend) -> None:
    batch = take_batch(backend, NotedQueue(), somebody(backend), [refused("a")], ASKED, name=None)
    other = somebody(backend, "other")
    with backend.database.snapshot() as session, pytest.raises(NotFound):
        batch_of(session, other.tenant_id, batch.id)
