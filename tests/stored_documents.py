"""Documents and readings of them for tests, kept as an upload keeps them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from extractor.storage.blobs import Blobs
from extractor.storage.database import Database
from extractor.storage.documents import Received, keep_contents, keep_documents, new_contents
from extractor.storage.runs import Question, ask_for_runs
from extractor.storage.tables import Run, StoredDocument


def keep_files(database: Database, blobs: Blobs, tenant_id: str, files: Sequence[Received]) -> frozenset[str]:
    """Put the contents that the tenant does not have yet into the store."""
    with database.snapshot() as session:
        contents = new_contents(session, tenant_id, files)
    return keep_contents(blobs, tenant_id, contents)


def keep_document(
    database: Database, blobs: Blobs, tenant_id: str, file: Received, *, now: datetime
) -> tuple[StoredDocument, bool]:
    """Return the tenant's document with this content, and whether it is new."""
    contents = keep_files(database, blobs, tenant_id, [file])
    with database.transaction() as session:
        (kept,) = keep_documents(session, blobs, tenant_id, [file], kept=contents, now=now)
        return kept


def ask_for_run(
    session: Session, document: StoredDocument, question: Question, *, now: datetime
) -> tuple[Run, bool]:
    """Return the reading of a document that answers a question, and whether it is new."""
    (asked,) = ask_for_runs(session, [document], question, priority=10, now=now)
    return asked
