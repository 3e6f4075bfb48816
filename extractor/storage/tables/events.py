"""The outbox: what happened, who is to be told, and how that went."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from extractor.delivery.encoding import Json
from extractor.storage.tables.shape import Id, Row, TenantId


class DeliveryState(StrEnum):
    """Where a message is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"  # given up; it can be replayed


class Webhook(Row):
    """A receiver of a tenant. During a rotation the old secret signs too, until it ends."""

    __tablename__ = "webhooks"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId] = mapped_column(index=True)
    url: Mapped[str]
    events: Mapped[list[str]]  # their types; empty: all
    secret: Mapped[str] = mapped_column(repr=False)
    created_at: Mapped[datetime]
    previous_secret: Mapped[str | None] = mapped_column(default=None, repr=False)
    previous_until: Mapped[datetime | None] = mapped_column(default=None)
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)
    disabled_reason: Mapped[str | None] = mapped_column(default=None)


class Event(Row):
    """Something that happened, written in the transaction in which it did."""

    __tablename__ = "events"

    id: Mapped[Id]  # also the message's id, stable over attempts
    tenant_id: Mapped[TenantId] = mapped_column(index=True)
    kind: Mapped[str]  # document.extracted …
    subject: Mapped[str]  # the id of what it is about
    at: Mapped[datetime]
    body: Mapped[dict[str, Json]] = mapped_column(sa.JSON)


class Delivery(Row):
    """One event for one receiver."""

    __tablename__ = "deliveries"
    __table_args__ = (
        sa.UniqueConstraint("event_id", "webhook_id"),
        sa.Index("ix_deliveries_webhook_id_state_next_at", "webhook_id", "state", "next_at"),
    )

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    event_id: Mapped[str] = mapped_column(sa.ForeignKey("events.id", ondelete="CASCADE"))
    webhook_id: Mapped[str] = mapped_column(sa.ForeignKey("webhooks.id", ondelete="CASCADE"))
    next_at: Mapped[datetime]  # when it is tried; while it is tried, when others may take it over
    first_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)  # since `first_at`; a replay counts anew
    claim: Mapped[str | None] = mapped_column(default=None)  # whoever tries it knows it; none: nobody does


class Attempt(Row):
    """One try of a delivery."""

    __tablename__ = "attempts"

    id: Mapped[Id]
    delivery_id: Mapped[str] = mapped_column(sa.ForeignKey("deliveries.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    status: Mapped[int | None]  # the receiver's; None if it did not answer
    error: Mapped[str | None]
    took_ms: Mapped[int]
