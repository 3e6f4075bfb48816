"""A tenant's documents: kept once by content, deleted with all that came of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.errors import Conflict
from extractor.storage.batches import complete_batches_without
from extractor.storage.blobs import CONTENT_NAME, Blobs, content_name
from extractor.storage.idempotency import forget_answers_about
from extractor.storage.inserting import insert_unless_there
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


def new_contents(session: Session, tenant_id: str, files: Iterable[Received]) -> dict[str, Path]:
    """Return where the contents lie that the tenant does not have yet, by SHA-256."""
    paths = {file.sha256: file.path for file in files}
    query = sa.select(StoredDocument.sha256).where(
        StoredDocument.tenant_id == tenant_id, StoredDocument.sha256.in_(paths)
    )
    known = set(session.scalars(query))
    return {sha256: path for sha256, path in paths.items() if sha256 not in known}


def keep_contents(blobs: Blobs, tenant_id: str, contents: Mapping[str, Path]) -> frozenset[str]:
    """Put new contents into the store; return their SHA-256s.

    This comes before the transaction of `keep_documents`, because stores are slow: so a row never points
    at nothing, and what a failure in between leaves behind is a content without a row, which
    `jobs/retention.py` deletes later.

    Raises:
        SinkUnavailable: the store cannot be written.
    """
    blobs.adopt({content_name(tenant_id, sha256): path for sha256, path in contents.items()})
    return frozenset(contents)


def keep_documents(
    session: Session,
    blobs: Blobs,
    tenant_id: str,
    files: Sequence[Received],
    *,
    kept: frozenset[str],
    now: datetime,
) -> list[tuple[StoredDocument, bool]]:
    """Return the tenant's document with each content, and whether it is new; `kept` were put just now.

    Raises:
        Conflict: one is deleted at this moment.
    """
    rows = {
        file.sha256: StoredDocument(
            id=new_id("doc"),
            tenant_id=tenant_id,
            sha256=file.sha256,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            created_at=now,
        )
        for file in reversed(files)  # of the same content twice, the first name counts
    }
    insert_unless_there(session, [rows[sha256] for sha256 in sorted(rows)])
    there = _of(tenant_id).where(StoredDocument.sha256.in_(rows)).with_for_update(read=True, key_share=True)
    found = {row.sha256: row for row in session.scalars(there)}
    new = {sha256 for sha256, row in found.items() if row.id == rows[sha256].id}
    if len(found) < len(rows) or not _has_contents(session, blobs, tenant_id, new, kept=kept):
        raise Conflict("a document with the same content is deleted at this moment; upload it again")
    seen: set[str] = set()
    documents = []
    for file in files:
        documents.append((found[file.sha256], file.sha256 in new and file.sha256 not in seen))
        seen.add(file.sha256)
    return documents


def _has_contents(
    session: Session, blobs: Blobs, tenant_id: str, new: set[str], *, kept: frozenset[str]
) -> bool:
    """Say whether the contents of new rows are still there.

    A deletion holds its row until the content is gone, and a row with the same content waits for it: so
    whoever deleted what was put before is known now.
    """
    deleted = session.scalars(
        sa.select(Deletion.sha256).where(Deletion.tenant_id == tenant_id, Deletion.sha256.in_(new))
    )
    return new <= kept and all(blobs.has(content_name(tenant_id, sha256)) for sha256 in set(deleted))


def document_of(
    session: Session, tenant_id: str, document_id: str, *, is_held: bool = False
) -> StoredDocument:
    """Return one document; `is_held`: it is not deleted before the transaction ends.

    Raises:
        NotFound: the tenant has no such document.
    """
    return owned(session, StoredDocument, tenant_id, document_id, called="document", for_update=is_held)


def documents_by_id(session: Session, document_ids: Collection[str]) -> dict[str, StoredDocument]:
    """Return documents of any tenant, by id; those that are not there any more are left out."""
    query = sa.select(StoredDocument).where(StoredDocument.id.in_(document_ids))
    return {row.id: row for row in session.scalars(query)}


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
    forget_answers_about(session, tenant_id, [document.id, document.sha256])
    session.execute(sa.delete(StoredDocument).where(StoredDocument.id == document.id))
    session.flush()
    blobs.delete(content_name(tenant_id, document.sha256))  # a failure undoes the rows too
    return record


def expired_documents(session: Session, *, before: datetime, limit: int) -> list[StoredDocument]:
    """Return documents of any tenant that were uploaded before a moment, the oldest first."""
    query = sa.select(StoredDocument).where(StoredDocument.created_at < before)
    return list(session.scalars(query.order_by(StoredDocument.created_at).limit(limit)))


def without_document(session: Session, names: Iterable[str]) -> list[str]:
    """Return the names of contents that no document has. What is called otherwise is none of ours."""
    contents = {name: found.groups() for name in names if (found := CONTENT_NAME.fullmatch(name))}
    query = sa.select(StoredDocument.tenant_id, StoredDocument.sha256).where(
        StoredDocument.sha256.in_([sha256 for _, sha256 in contents.values()])
    )
    known = {content_name(tenant_id, sha256) for tenant_id, sha256 in session.execute(query)}
    return [name for name in contents if name not in known]


def _of(tenant_id: str) -> sa.Select[StoredDocument]:
    return sa.select(StoredDocument).where(StoredDocument.tenant_id == tenant_id)
