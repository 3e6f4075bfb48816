"""Batches: documents that were uploaded together, and how far they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.delivery.encoding import Json
from extractor.errors import ConfigurationError
from extractor.storage.events import EventKind, emit
from extractor.storage.owned import owned
from extractor.storage.paging import Listed, decode_cursor, encode_cursor, listed, require_limit
from extractor.storage.tables import Batch, BatchFile, Run
from extractor.storage.tables.runs import OPEN_STATES
from extractor.storage.tables.shape import new_id

_POSITION_DIGITS = 10  # more are no position that was given out


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
    return owned(session, Batch, tenant_id, batch_id, called="batch")


def batches_of(session: Session, tenant_id: str, *, cursor: str | None, limit: int) -> Listed[Batch]:
    """Return a page of the tenant's batches, the newest first."""
    query = sa.select(Batch).where(Batch.tenant_id == tenant_id)
    return listed(session, query, by=Batch.id, cursor=cursor, limit=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFiles:
    """One page of a batch's files in order, each with its reading; `next_cursor` is None on the last one."""

    rows: Sequence[tuple[BatchFile, Run | None]]
    next_cursor: str | None


def files_of(session: Session, batch_id: str, *, cursor: str | None, limit: int) -> ListedFiles:
    """Return a page of a batch's files.

    Raises:
        ConfigurationError: the cursor is none of ours, or the limit is out of bounds (1 to 200).
    """
    require_limit(limit)
    query = (
        sa.select(BatchFile, Run)
        .outerjoin(Run, Run.id == BatchFile.run_id)
        .where(BatchFile.batch_id == batch_id, BatchFile.position > _position(cursor))
        .order_by(BatchFile.position)
        .limit(limit + 1)
    )
    rows = [(file, run) for file, run in session.execute(query)]
    shown = rows[:limit]
    return ListedFiles(
        rows=shown, next_cursor=encode_cursor(str(shown[-1][0].position)) if len(rows) > limit else None
    )


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


def complete_batches(session: Session, run_ids: Collection[str], *, now: datetime) -> None:
    """Close the batches whose last open readings these were, and tell of each; each is closed once."""
    for batch in _waiting_for(session, BatchFile.run_id.in_(run_ids)):
        close_if_complete(session, batch, now=now)


def complete_batches_without(session: Session, document_id: str, *, now: datetime) -> None:
    """Close the batches that wait for a document alone, which is about to be deleted, and tell of each.

    Its readings are taken for ended: nothing will come of them any more. Its name goes with it.
    """
    its_files = BatchFile.document_id == document_id
    batches = _waiting_for(session, its_files)
    session.execute(sa.update(BatchFile).where(its_files).values(run_id=None, name=document_id))
    for batch in batches:
        close_if_complete(session, batch, now=now)


def _waiting_for(session: Session, files: sa.ColumnElement[bool]) -> Sequence[Batch]:
    """Return the open batches with such files, locked in one order, so that no two wait for each other."""
    theirs = sa.select(BatchFile.batch_id).where(files)
    query = sa.select(Batch).where(Batch.id.in_(theirs), Batch.completed_at.is_(None)).order_by(Batch.id)
    return session.scalars(query.with_for_update()).all()


def close_if_complete(session: Session, batch: Batch, *, now: datetime) -> None:
    """Close a batch if nothing in it is open, and tell of it."""
    still_open = (
        sa.select(sa.literal(1))
        .select_from(BatchFile)
        .join(Run, Run.id == BatchFile.run_id)
        .where(BatchFile.batch_id == batch.id, Run.state.in_(OPEN_STATES))
        .limit(1)
    )
    if batch.completed_at is not None or session.scalar(still_open):
        return
    batch.completed_at = now
    progress = progress_of(session, batch.id)
    body: dict[str, Json] = {
        "batch": batch.id,
        "name": batch.name,
        "total": progress.total,
        "done": progress.done,
        "failed": progress.failed,
    }
    emit(session, batch.tenant_id, EventKind.BATCH_COMPLETED, subject=batch.id, body=body, now=now)


def _position(cursor: str | None) -> int:
    if cursor is None:
        return 0
    position = decode_cursor(cursor)
    if not (position.isascii() and position.isdigit() and len(position) < _POSITION_DIGITS):
        raise ConfigurationError("the cursor is none that was given out here")
    return int(position)
