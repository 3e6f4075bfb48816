"""A tenant's documents: kept once by content, deleted with all that came of them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.storage.batches import complete_batches_without
from extractor.storage.blobs import Blobs, content_name
from extractor.storage.owned import owned
from extractor.storage.paging import Listed, listed
from extractor.storage.tables import Deletion, StoredDocument
from extractor.storage.tables.shape import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file as it came in: on this machine's disk, hashed while it was written."""

    path: Path
    name: str
    sha256: str
    size: int
    media_type: str


def keep_document(
    session: Session, blobs: Blobs, tenant_id: str, received: Received, *, now: datetime
) -> tuple[StoredDocument, bool]:
    """Return the tenant's document with this content, and whether it is new.

    The content is in the store before the row is: a row never points at nothing, if the file was
    settled before (`Blobs.settle`), and its name is kept before the commit (`Blobs.keep_names`). What a
    failure in between leaves behind is a content without a row, which `unreferenced` finds.
    """
    known = session.scalar(_of(tenant_id).where(StoredDocument.sha256 == received.sha256))
    if known is not None:
        received.path.unlink(missing_ok=True)
        return known, False
    blobs.adopt(received.path, content_name(tenant_id, received.sha256))
    row = StoredDocument(
        id=new_id("doc"),
        tenant_id=tenant_id,
        sha256=received.sha256,
        name=received.name,
        media_type=received.media_type,
        size=received.size,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except sa.exc.IntegrityError:  # somebody uploads the same at the same time
        return session.scalars(_of(tenant_id).where(StoredDocument.sha256 == received.sha256)).one(), False
    return row, True


def document_of(session: Session, tenant_id: str, document_id: str) -> StoredDocument:
    """Return one document.

    Raises:
        NotFound: the tenant has no such document.
    """
    return owned(session, StoredDocument, tenant_id, document_id, called="document")


def documents_of(
    session: Session, tenant_id: str, *, cursor: str | None, limit: int
) -> Listed[StoredDocument]:
    """Return a page of the tenant's documents, the newest first."""
    return listed(session, _of(tenant_id), by=StoredDocument.id, cursor=cursor, limit=limit)


def delete_document(
    session: Session,
    blobs: Blobs,
    tenant_id: str,
    document_id: str,
    *,
    actor: str,
    reason: str,
    now: datetime,
) -> Deletion:
    """Delete a document and all that came of it; that it was deleted is kept.

    Raises:
        NotFound: the tenant has no such document.
    """
    document = document_of(session, tenant_id, document_id)
    record = Deletion(
        id=new_id("del"),
        tenant_id=tenant_id,
        document_id=document.id,
        sha256=document.sha256,
        at=now,
        actor=actor,
        reason=reason,
    )
    session.add(record)
    complete_batches_without(session, document.id, now=now)
    session.execute(sa.delete(StoredDocument).where(StoredDocument.id == document.id))
    session.flush()
    blobs.delete(content_name(tenant_id, document.sha256))  # a failure undoes the rows too
    return record


def expired_documents(session: Session, *, before: datetime, limit: int) -> list[StoredDocument]:
    """Return documents of any tenant that were uploaded before a moment, the oldest first."""
    query = sa.select(StoredDocument).where(StoredDocument.created_at < before)
    return list(session.scalars(query.order_by(StoredDocument.created_at).limit(limit)))


def _of(tenant_id: str) -> sa.Select[StoredDocument]:
    return sa.select(StoredDocument).where(StoredDocument.tenant_id == tenant_id)
