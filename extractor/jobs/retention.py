"""Delete what is kept too long: documents with all that came of them, and contents without a document."""

from datetime import timedelta
from itertools import islice

from extractor.jobs.backend import Backend
from extractor.storage.access import note
from extractor.storage.documents import delete_document, expired_documents, without_document

SERVICE = "service"  # who did it, in the audit log
_AT_ONCE = 100
_LOOKED_UP_AT_ONCE = 500
_LONGEST_INTAKE = timedelta(days=1)  # what was put later may be about to get its document


def delete_expired(backend: Backend) -> int:
    """Delete what is older than the operator wants it kept; return how many documents that were.

    Raises:
        SinkUnavailable: a content cannot be deleted; its document stays until the next time.
    """
    days = backend.settings.retention_days
    if days is None:
        return 0
    count = 0
    before = backend.clock() - timedelta(days=days)
    while True:
        with backend.database.snapshot() as session:
            expired = expired_documents(session, before=before, limit=_AT_ONCE)
        if not expired:
            return count
        for document in expired:
            now = backend.clock()
            with backend.database.transaction() as session:
                delete_document(
                    session,
                    backend.blobs,
                    document.tenant_id,
                    document.id,
                    actor=SERVICE,
                    reason="retention",
                    now=now,
                )
                note(
                    session,
                    document.tenant_id,
                    actor=SERVICE,
                    action="document.deleted",
                    subject=document.id,
                    now=now,
                    detail="retention",
                )
            count += 1


def delete_left_over(backend: Backend) -> int:
    """Delete contents that an intake left behind when it was cut off; return how many.

    Each is looked at once more before: one that was uploaded again meanwhile stays.

    Raises:
        SinkUnavailable: the store cannot be read or written.
    """
    before = backend.clock() - _LONGEST_INTAKE
    names = backend.blobs.names(before=before)
    count = 0
    while some := list(islice(names, _LOOKED_UP_AT_ONCE)):
        with backend.database.snapshot() as session:
            left_over = without_document(session, some)
        count += sum(backend.blobs.delete_if_older(name, before) for name in left_over)
    return count
