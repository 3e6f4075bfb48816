"""A tenant's own specs and policies, each with all its versions."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from extractor.storage.tables.shape import Id, Row, TenantId


class StoredSpec(Row):
    """One version of a spec. Versions count from 1; none is ever changed."""

    __tablename__ = "specs"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "name", "version"),)

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    name: Mapped[str]
    version: Mapped[int]
    toml: Mapped[str]
    created_at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(default="operator")


class StoredPolicy(Row):
    """One version of a tolerance policy. Versions count from 1; none is ever changed."""

    __tablename__ = "policies"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "name", "version"),)

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    name: Mapped[str]
    version: Mapped[int]
    toml: Mapped[str]
    created_at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(default="operator")
