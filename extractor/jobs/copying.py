"""Export the whole store into a file, and fill an empty one from it; what is open there is queued again."""

import os
from pathlib import Path

import sqlalchemy as sa

from extractor.errors import ConfigurationError
from extractor.jobs.backend import Backend
from extractor.jobs.queue import Queue
from extractor.storage.exporting import Copied, export_store
from extractor.storage.reconciliations import is_ready
from extractor.storage.restoring import restore_store
from extractor.storage.tables import Run, StoredReconciliation
from extractor.storage.tables.reconciliations import ReconciliationState
from extractor.storage.tables.runs import OPEN_STATES, RunState


def export_to(backend: Backend, path: Path) -> Copied:
    """Write an archive that only its owner may read; the file is there when it is whole.

    Raises:
        ConfigurationError: it cannot be written.
        NotFound: a document's content is missing.
    """
    unfinished = path.with_name(f"{path.name}.part")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as target:
            copied = export_store(backend.database, backend.blobs, target, now=backend.clock())
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(path)
    except OSError as cause:
        raise ConfigurationError(f"{path} cannot be written: {cause.strerror}") from cause
    finally:
        unfinished.unlink(missing_ok=True)
    return copied


def restore_from(backend: Backend, queue: Queue, path: Path) -> Copied:
    """Fill an empty store, and queue what was open; the queue's tables must be there.

    Raises:
        NotRestorable: the store is not empty, or the archive is damaged or of another version.
        ConfigurationError: the file cannot be read.
        SinkUnavailable: contents cannot be kept.
    """
    try:
        source = path.open("rb")
    except OSError as cause:
        raise ConfigurationError(f"{path} cannot be read: {cause.strerror}") from cause
    with source, backend.database.transaction() as session:
        copied = restore_store(session, backend.blobs, source, now=backend.clock())
        runs = session.scalars(sa.select(Run).where(Run.state.in_(OPEN_STATES)).order_by(Run.id)).all()
        for run in runs:
            run.state = RunState.QUEUED
        queue.put(session, runs)
        waiting = sa.select(StoredReconciliation).where(
            StoredReconciliation.state == ReconciliationState.WAITING
        )
        queue.put_comparisons(
            session, [row for row in session.scalars(waiting).all() if is_ready(session, row)]
        )
    return copied
