"""Take documents in: kept, and queued to be read, in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from extractor import __version__
from extractor.engines.registry import engine_names
from extractor.errors import Conflict, DocumentError, UnknownEngine
from extractor.jobs.backend import Backend
from extractor.jobs.queue import Queue
from extractor.storage.access import Caller, note
from extractor.storage.batches import close_if_complete, open_batch
from extractor.storage.documents import Received, document_of, keep_contents, keep_documents, new_contents
from extractor.storage.runs import Question, ask_for_runs, reopen_run, waiting_of
from extractor.storage.specs import AUTO, choose_spec
from extractor.storage.tables import Batch, BatchFile, Run, StoredDocument

ROUTINE_PRIORITY = 10
URGENT_PRIORITY = 1  # somebody waits for the answer


class QueueFull(Conflict):
    """Too many documents of the tenant wait to be read: try again later."""

    http_status = 429
    is_retryable = True


class FileRefused(Protocol):
    """A file that was refused when it came in."""

    @property
    def name(self) -> str:
        """Return what it is called."""

    @property
    def error(self) -> DocumentError:
        """Return why it was refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A document that was taken in, and its reading. `is_new` is False for a content that was known."""

    document: StoredDocument
    run: Run
    is_new: bool


def question(backend: Backend, caller: Caller, *, spec: str, engine: str) -> Question:
    """Return how a document is to be read, by this program and the latest version of the spec.

    Raises:
        UnknownSpec: there is no such spec.
        UnknownEngine: there is no such engine.
    """
    if engine not in (AUTO, *engine_names()):
        raise UnknownEngine(f"there is no engine {engine!r}; there are: {AUTO}, {', '.join(engine_names())}")
    with backend.database.snapshot() as session:
        chosen = choose_spec(session, caller.tenant_id, spec)
    return Question(spec=chosen.name, spec_version=chosen.version, engine=engine, pipeline=__version__)


def take_in(
    backend: Backend,
    queue: Queue,
    caller: Caller,
    files: Iterable[Received],
    asked: Question,
    *,
    priority: int = ROUTINE_PRIORITY,
) -> list[Taken]:
    """Keep files and queue them to be read. What was read before in the same way is not read again.

    Raises:
        QueueFull: the tenant has too many documents in the queue.
        Conflict: a document with the same content is deleted at this moment.
        SinkUnavailable: the contents cannot be kept; nothing is queued.
    """
    received = list(files)
    contents = _kept(backend, caller, received)
    with backend.database.transaction() as session:
        return _taken(session, backend, queue, caller, received, asked, contents=contents, priority=priority)


def take_batch(
    backend: Backend,
    queue: Queue,
    caller: Caller,
    files: Sequence[Received | FileRefused],
    asked: Question,
    *,
    name: str | None,
) -> Batch:
    """Keep files as one batch, refused ones among them, and queue them to be read.

    It is complete, and told of, at once if there is nothing to be read: all refused, or known.

    Raises:
        QueueFull: the tenant has too many documents in the queue.
        Conflict: a document with the same content is deleted at this moment.
        SinkUnavailable: the contents cannot be kept; nothing is queued.
    """
    now = backend.clock()
    kept = [file for file in files if isinstance(file, Received)]
    contents = _kept(backend, caller, kept)
    with backend.database.transaction() as session:
        batch = open_batch(
            session, caller.tenant_id, name=name, spec=asked.spec, engine=asked.engine, now=now
        )
        taken = iter(
            _taken(session, backend, queue, caller, kept, asked, contents=contents, priority=ROUTINE_PRIORITY)
        )
        for position, file in enumerate(files, 1):
            row = BatchFile(batch_id=batch.id, position=position, name=file.name)
            if isinstance(file, Received):
                one = next(taken)
                row.document_id, row.run_id = one.document.id, one.run.id
            else:
                row.error_code, row.error_message = file.error.code, str(file.error)
            session.add(row)
        # Only now is it asked what is open: a worker that ends one of these readings waits for the
        # reference to it that is written here, and then sees the batch.
        session.flush()
        close_if_complete(session, batch, now=now)
        return batch


def _kept(backend: Backend, caller: Caller, files: Sequence[Received]) -> frozenset[str]:
    """Put new contents into the store before there is a transaction for others to wait for."""
    with backend.database.snapshot() as session:
        _require_room(waiting_of(session, caller.tenant_id) + len(files), backend)  # refused, it leaves none
        contents = new_contents(session, caller.tenant_id, files)
    return keep_contents(backend.blobs, caller.tenant_id, contents)


def _taken(
    session: Session,
    backend: Backend,
    queue: Queue,
    caller: Caller,
    files: Sequence[Received],
    asked: Question,
    *,
    contents: frozenset[str],
    priority: int,
) -> list[Taken]:
    now = backend.clock()
    _require_room(waiting_of(session, caller.tenant_id) + len(files), backend)
    documents = keep_documents(session, backend.blobs, caller.tenant_id, files, kept=contents, now=now)
    runs = ask_for_runs(session, [document for document, _ in documents], asked, priority=priority, now=now)
    for document, is_new in documents:
        if is_new:
            _note(session, caller, "document.uploaded", document.id, now=now)
    queue.put(session, [run for run, is_asked_first in runs if is_asked_first])
    return [
        Taken(document=document, run=run, is_new=is_new)
        for (document, is_new), (run, _) in zip(documents, runs, strict=True)
    ]


def read_again(
    backend: Backend,
    queue: Queue,
    caller: Caller,
    document_id: str,
    asked: Question,
    *,
    priority: int = ROUTINE_PRIORITY,
) -> Run:
    """Queue a document to be read in another way; the same way twice is the same reading.

    Raises:
        NotFound: the tenant has no such document.
        QueueFull: the tenant has too many documents in the queue.
    """
    now = backend.clock()
    with backend.database.transaction() as session:
        document = document_of(session, caller.tenant_id, document_id, is_held=True)
        _require_room(waiting_of(session, caller.tenant_id) + 1, backend)
        ((run, is_new),) = ask_for_runs(session, [document], asked, priority=priority, now=now)
        if is_new:
            queue.put(session, [run])
            _note(session, caller, "extraction.asked", document.id, now=now, detail=run.id)
        return run


def retry(backend: Backend, queue: Queue, caller: Caller, run_id: str) -> Run:
    """Queue a reading that has failed once more.

    Raises:
        NotFound: the tenant has no such reading.
        Conflict: it has not failed.
    """
    with backend.database.transaction() as session:
        run = reopen_run(session, caller.tenant_id, run_id)
        queue.put(session, [run])
        _note(session, caller, "extraction.retried", run.document_id, now=backend.clock(), detail=run.id)
        return run


def _note(
    session: Session,
    caller: Caller,
    action: str,
    document_id: str,
    *,
    now: datetime,
    detail: str | None = None,
) -> None:
    note(
        session,
        caller.tenant_id,
        actor=caller.actor,
        action=action,
        subject=document_id,
        now=now,
        detail=detail,
    )


def _require_room(wanted: int, backend: Backend) -> None:
    if wanted > backend.settings.max_waiting:
        raise QueueFull(
            f"over {backend.settings.max_waiting} documents would wait to be read; try again in a minute"
        )
