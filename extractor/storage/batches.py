"""Batches: documents that were uploaded together, and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.errors import NotFound
from extractor.storage.paging import Listed, listed
from extractor.storage.tables import Batch, BatchFile, Run
from extractor.storage.tables.runs import OPEN_STATES
from extractor.storage.tables.shape import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many files of a batch are in which state; refused ones count as failed."""

    total: int
    waiting: int
    running: int
    done: int
    failed: int

    @property
    def is_complete(self) -> bool:
        """Say whether every file has ended."""
        return self.waiting == self.running == 0


def open_batch(
    session: Session, tenant_id: str, *, name: str | None, spec: str, engine: str, now: datetime
) -> Batch:
    """Return a new batch without files."""
    row = Batch(id=new_id("bat"), tenant_id=tenant_id, name=name, spec=spec, engine=engine, created_at=now)
    session.add(row)
    session.flush()
    return row


def batch_of(session: Session, tenant_id: str, batch_id: str) -> Batch:
    """Return one batch.

    Raises:
        NotFound: the tenant has no such batch.
    """
    row = session.scalar(sa.select(Batch).where(Batch.tenant_id == tenant_id, Batch.id == batch_id))
    if row is None:
        raise NotFound(f"there is no batch {batch_id}")
    return row


def batches_of(session: Session, tenant_id: str, *, cursor: str | None, limit: int) -> Listed[Batch]:
    """Return a page of the tenant's batches, the newest first."""
    query = sa.select(Batch).where(Batch.tenant_id == tenant_id)
    return listed(session, query, by=Batch.id, cursor=cursor, limit=limit)


def files_of(session: Session, batch_id: str) -> Sequence[tuple[BatchFile, Run | None]]:
    """Return a batch's files in order, each with its reading."""
    query = (
        sa.select(BatchFile, Run)
        .outerjoin(Run, Run.id == BatchFile.run_id)
        .where(BatchFile.batch_id == batch_id)
        .order_by(BatchFile.position)
    )
    return [(file, run) for file, run in session.execute(query)]


def progress_of(session: Session, batch_id: str) -> Progress:
    """Count a batch's files by state."""
    query = (
        sa.select(Run.state, sa.func.count().label("files"))
        .select_from(BatchFile)
        .outerjoin(Run, Run.id == BatchFile.run_id)
        .where(BatchFile.batch_id == batch_id)
        .group_by(Run.state)
    )
    counted = {row.state: row.files for row in session.execute(query)}
    waiting, running, done = (counted.get(state, 0) for state in ("queued", "running", "done"))
    total = sum(counted.values())
    return Progress(
        total=total, waiting=waiting, running=running, done=done, failed=total - waiting - running - done
    )


def complete_batches(session: Session, run_id: str, *, now: datetime) -> list[Batch]:
    """Close the batches whose last open reading this was; each is closed once."""
    query = (
        sa.select(Batch)
        .join(BatchFile, BatchFile.batch_id == Batch.id)
        .where(BatchFile.run_id == run_id, Batch.completed_at.is_(None))
        .with_for_update(of=Batch)
    )
    batches = session.scalars(query).unique().all()
    return [batch for batch in batches if close_if_complete(session, batch, now=now)]


def close_if_complete(session: Session, batch: Batch, *, now: datetime) -> bool:
    """Close a batch if nothing in it is open, and say whether that was so."""
    still_open = (
        sa.select(sa.func.count())
        .select_from(BatchFile)
        .join(Run, Run.id == BatchFile.run_id)
        .where(BatchFile.batch_id == batch.id, Run.state.in_(OPEN_STATES))
    )
    if batch.completed_at is not None or session.scalar(still_open):
        return False
    batch.completed_at = now
    return True
