"""What the service needs to know of itself."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from extractor.storage.tables.shape import Id, Row, TenantId


class Heartbeat(Row):
    """When a worker was last alive. Whose beat is old has died, and its work is taken over."""

    __tablename__ = "heartbeats"

    executor_id: Mapped[Id]
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]


class IdempotentAnswer(Row):
    """What was answered to a request with an Idempotency-Key, for when it comes again."""

    __tablename__ = "idempotent_answers"

    tenant_id: Mapped[TenantId] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]  # of the request: another one under the same key is refused
    created_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[int | None] = mapped_column(default=None)  # None while the first one runs
    headers: Mapped[dict[str, str] | None] = mapped_column(sa.JSON, default=None)
    body: Mapped[bytes | None] = mapped_column(sa.LargeBinary, default=None)
