"""Who may do what, and who did what."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from extractor.storage.tables.shape import Id, Row, TenantId


class Tenant(Row):
    """A customer of the service: sees its own documents and nobody else's."""

    __tablename__ = "tenants"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class ApiKey(Row):
    """A key to one tenant. The secret itself is not kept, only its hash."""

    __tablename__ = "api_keys"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId] = mapped_column(index=True)
    name: Mapped[str]
    secret_hash: Mapped[str]
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    last_used_at: Mapped[datetime | None] = mapped_column(default=None)


class AuditEntry(Row):
    """Who did what to what, when. Holds no contents of documents."""

    __tablename__ = "audit"
    __table_args__ = (sa.Index("ix_audit_tenant_id_subject", "tenant_id", "subject"),)

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    at: Mapped[datetime]
    actor: Mapped[str]  # a key's id, "service" or "operator"
    action: Mapped[str]  # document.uploaded, review.corrected …
    subject: Mapped[str]  # the id of what it was done to
    detail: Mapped[str | None] = mapped_column(default=None)
