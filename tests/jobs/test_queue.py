"""How readings are put together into pieces of work."""

from collections import Counter
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.jobs.backend import Backend
from extractor.jobs.queue import Queue
from extractor.jobs.runtime import prepare_queue
from extractor.storage.access import Caller, ensure_tenant
from extractor.storage.tables import Run, StoredDocument
from extractor.storage.tables.shape import new_id


@pytest.fixture
def queue(backend: Backend) -> Iterator[Queue]:
    prepare_queue(backend.settings)
    opened = Queue(backend.settings.database)
    yield opened
    opened.close()


def asked(session: Session, backend: Backend, tenant_id: str, count: int, *, priority: int = 10) -> list[Run]:
    runs = []
    for _ in range(count):
        document = StoredDocument(
            id=new_id("doc"),
            tenant_id=tenant_id,
            sha256=new_id("content"),
            name="a.pdf",
            media_type="application/pdf",
            size=1,
            created_at=backend.clock(),
        )
        session.add(document)
        session.flush()
        run = Run(
            id=new_id("run"),
            tenant_id=tenant_id,
            document_id=document.id,
            spec="auto",
            spec_version=0,
            engine="auto",
            pipeline="1",
            priority=priority,
            created_at=backend.clock(),
        )
        runs.append(run)
    session.add_all(runs)
    return runs


def pieces(runs: list[Run]) -> list[int]:
    return list(Counter(run.workflow_id for run in runs).values())


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(1, [1]), (16, [1] * 16), (17, [2] * 8 + [1]), (512, [32] * 16), (528, [32] * 16 + [16])],
)
def test_more_readings_are_put_together_so_that_many_workers_can_share_them(
    backend: Backend, queue: Queue, caller: Caller, count: int, sizes: list[int]
) -> None:
    with backend.database.transaction() as session:
        runs = asked(session, backend, caller.tenant_id, count)
        queue.put(session, runs)
    assert pieces(runs) == sizes


@pytest.mark.parametrize(("number", "sizes"), [(2, [5, 4]), (9, [1] * 9), (1, [9])])
def test_readings_are_put_to_as_many_pieces_as_asked_for(
    backend: Backend, queue: Queue, caller: Caller, number: int, sizes: list[int]
) -> None:
    with backend.database.transaction() as session:
        runs = asked(session, backend, caller.tenant_id, 9)
        queue.put(session, runs, pieces=number)
    assert pieces(runs) == sizes


def test_a_piece_is_of_one_tenant_and_one_priority(backend: Backend, queue: Queue, caller: Caller) -> None:
    with backend.database.transaction() as session:
        other = ensure_tenant(session, "other", now=backend.clock())
        mine = asked(session, backend, caller.tenant_id, 20)
        urgent = asked(session, backend, caller.tenant_id, 20, priority=1)
        theirs = asked(session, backend, other.id, 20)
        queue.put(session, [run for three in zip(mine, urgent, theirs, strict=True) for run in three])
    with backend.database.snapshot() as session:
        found = session.execute(
            sa.text("SELECT workflow_uuid, queue_partition_key, priority FROM workflow_status")
        ).all()
    works = {row.workflow_uuid: (row.queue_partition_key, row.priority) for row in found}
    assert len(works) == 30
    for run in (*mine, *urgent, *theirs):
        assert run.workflow_id is not None
        assert works[run.workflow_id] == (run.tenant_id, run.priority)


def test_what_is_not_committed_is_not_queued(backend: Backend, queue: Queue, caller: Caller) -> None:
    with backend.database.transaction() as session:
        queue.put(session, asked(session, backend, caller.tenant_id, 2))
        session.rollback()
    with backend.database.snapshot() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM workflow_status")) == 0
