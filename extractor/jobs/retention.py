"""Delete documents that are kept too long, with all that came of them."""

from datetime import timedelta

from extractor.jobs.backend import Backend
from extractor.storage.access import note
from extractor.storage.documents import delete_document, expired_documents

SERVICE = "service"  # who did it, in the audit log
_AT_ONCE = 100


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
