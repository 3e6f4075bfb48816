"""Documents as they were uploaded, and the uploads that they came in."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from extractor.storage.tables.shape import Id, Row, TenantId


class StoredDocument(Row):
    """A file of one tenant; the same content uploaded twice is the same document."""

    __tablename__ = "documents"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "sha256"),)

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    sha256: Mapped[str]  # in hex; also the name of the content in the blob store
    name: Mapped[str]  # as it was first uploaded
    media_type: Mapped[str]
    size: Mapped[int]  # bytes
    created_at: Mapped[datetime] = mapped_column(index=True)


class Batch(Row):
    """Documents that were uploaded together."""

    __tablename__ = "batches"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId] = mapped_column(index=True)
    name: Mapped[str | None]
    spec: Mapped[str]
    engine: Mapped[str]
    created_at: Mapped[datetime]
    completed_at: Mapped[datetime | None] = mapped_column(default=None)


class BatchFile(Row):
    """One file of a batch, in the order of the upload. Refused ones have an error and no document."""

    __tablename__ = "batch_files"
    __table_args__ = (sa.Index("ix_batch_files_run_id", "run_id"),)

    batch_id: Mapped[str] = mapped_column(sa.ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    document_id: Mapped[str | None] = mapped_column(
        sa.ForeignKey("documents.id", ondelete="SET NULL"), default=None
    )
    run_id: Mapped[str | None] = mapped_column(sa.ForeignKey("runs.id", ondelete="SET NULL"), default=None)
    error_code: Mapped[str | None] = mapped_column(default=None)
    error_message: Mapped[str | None] = mapped_column(default=None)


class Deletion(Row):
    """That a document was deleted, with all that came of it: what remains of it."""

    __tablename__ = "deletions"
    __table_args__ = (sa.Index("ix_deletions_tenant_id_sha256", "tenant_id", "sha256"),)

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    document_id: Mapped[str]
    sha256: Mapped[str]
    at: Mapped[datetime]
    actor: Mapped[str]
    reason: Mapped[str]  # requested, or retention
