"""The outbox: events and their deliveries, written in the transaction in which something happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.delivery.encoding import Json
from extractor.storage.tables import Delivery, Event, Webhook
from extractor.storage.tables.shape import new_id


class EventKind(StrEnum):
    """What receivers are told of. Stable: add, never rename."""

    DOCUMENT_EXTRACTED = "document.extracted"
    DOCUMENT_FAILED = "document.failed"
    REVIEW_COMPLETED = "review.completed"
    RECONCILIATION_COMPLETED = "reconciliation.completed"
    BATCH_COMPLETED = "batch.completed"
    WEBHOOK_TEST = "webhook.test"


SUBSCRIBABLE = tuple(kind for kind in EventKind if kind is not EventKind.WEBHOOK_TEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that has happened to a subject, and what is said of it."""

    kind: EventKind
    subject: str
    body: Mapping[str, Json]


def emit(
    session: Session,
    tenant_id: str,
    kind: EventKind,
    *,
    subject: str,
    body: Mapping[str, Json],
    now: datetime,
    only: str | None = None,
) -> Event:
    """Write an event, and a delivery to each receiver that wants its kind.

    `only`: to that one, whatever it wants, even if it is disabled.
    """
    told = Told(kind=kind, subject=subject, body=body)
    (event,) = emit_all(session, tenant_id, [told], now=now, only=only)
    return event


def emit_all(
    session: Session, tenant_id: str, told: Iterable[Told], *, now: datetime, only: str | None = None
) -> list[Event]:
    """Write events of one tenant, as `emit` does one."""
    events = [
        Event(
            id=new_id("evt"),
            tenant_id=tenant_id,
            kind=str(one.kind),
            subject=one.subject,
            at=now,
            body=dict(one.body),
        )
        for one in told
    ]
    session.add_all(events)
    session.flush()
    wanted = sa.select(Webhook).where(Webhook.tenant_id == tenant_id)
    narrowed = wanted.where(Webhook.disabled_at.is_(None) if only is None else Webhook.id == only)
    for webhook in session.scalars(narrowed):
        session.add_all(
            Delivery(
                id=new_id("dlv"),
                tenant_id=tenant_id,
                event_id=event.id,
                webhook_id=webhook.id,
                first_at=now,
                next_at=now,
            )
            for event in events
            if only or not webhook.events or event.kind in webhook.events
        )
    return events
