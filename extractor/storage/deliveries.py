"""Deliveries: claimed by one dispatcher at a time, recorded, given up, replayed.

A claim pushes `next_at` forward. Whoever claimed and died is overtaken: when that moment comes,
another claims. What the first one then still says of its attempt is recorded, but decides nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.delivery.encoding import Json
from extractor.errors import Conflict, NotFound
from extractor.storage.events import EventKind
from extractor.storage.paging import Listed, listed
from extractor.storage.tables import Attempt, Delivery, Event, Webhook
from extractor.storage.tables.events import DeliveryState
from extractor.storage.tables.shape import new_id
from extractor.storage.webhooks import secrets_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A delivery that is ours to send until `until`, with all that is needed for it."""

    id: str
    delivery_id: str
    webhook_id: str
    tenant_id: str
    until: datetime
    url: str
    secrets: tuple[str, ...] = field(repr=False)
    event_id: str
    kind: str
    at: datetime
    body: Mapping[str, Json] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """How one attempt went: the receiver's status, or None and why there is none."""

    at: datetime
    status: int | None
    error: str | None
    took_ms: int


def receivers_due(session: Session, *, now: datetime) -> list[str]:
    """Return the ids of receivers, of any tenant, that something is to be sent to."""
    due = (
        sa.select(Delivery.id)
        .where(
            Delivery.webhook_id == Webhook.id,
            Delivery.state == DeliveryState.WAITING,
            Delivery.next_at <= now,
        )
        .exists()
    )
    return list(session.scalars(sa.select(Webhook.id).where(Webhook.disabled_at.is_(None), due)))


def claim(session: Session, webhook_id: str, *, limit: int, lease: timedelta, now: datetime) -> list[Claim]:
    """Claim what is due for a receiver, the longest due first; what others are claiming is left out."""
    query = (
        _joined()
        .where(
            Delivery.webhook_id == webhook_id,
            Delivery.state == DeliveryState.WAITING,
            Delivery.next_at <= now,
            Webhook.disabled_at.is_(None),
        )
        .order_by(Delivery.next_at, Delivery.id)
        .limit(limit)
        .with_for_update(of=Delivery, skip_locked=True)
    )
    return [
        _claimed(delivery, event, webhook, lease=lease, now=now)
        for delivery, event, webhook in session.execute(query)
    ]


def claim_new(session: Session, event: Event, *, lease: timedelta, now: datetime) -> Claim:
    """Claim the only delivery of an event that this very transaction wrote: nobody else can have it."""
    delivery, _, webhook = session.execute(_joined().where(Delivery.event_id == event.id)).one()
    return _claimed(delivery, event, webhook, lease=lease, now=now)


def release(session: Session, claimed: Claim, *, now: datetime) -> None:
    """Give a claim back, so that others need not wait for its end."""
    row = _held(session, claimed)
    if row is not None:
        row.claim, row.next_at = None, now


def record_attempt(session: Session, claimed: Claim, tried: Tried) -> Delivery | None:
    """Record an attempt and end the claim; None if it no longer held, or the receiver is deleted."""
    if session.get(Delivery, claimed.delivery_id) is None:
        return None
    session.add(
        Attempt(
            id=new_id("att"),
            delivery_id=claimed.delivery_id,
            at=tried.at,
            status=tried.status,
            error=tried.error,
            took_ms=tried.took_ms,
        )
    )
    row = _held(session, claimed)
    if row is not None:
        row.attempts += 1
        row.claim = None
    return row


def has_taken_since(session: Session, webhook_id: str, since: datetime) -> bool:
    """Say whether a receiver has taken anything since a moment."""
    taken = (
        sa.select(Attempt.id)
        .join(Delivery, Delivery.id == Attempt.delivery_id)
        .where(Delivery.webhook_id == webhook_id, Attempt.at >= since, Attempt.status.between(200, 299))
    )
    return bool(session.scalar(sa.select(taken.exists())))


def deliveries_of(
    session: Session, webhook_id: str, *, state: DeliveryState | None, cursor: str | None, limit: int
) -> Listed[Delivery]:
    """Return a page of what was and is to be sent to a receiver, the newest first."""
    query = sa.select(Delivery).where(Delivery.webhook_id == webhook_id)
    if state is not None:
        query = query.where(Delivery.state == state)
    return listed(session, query, by=Delivery.id, cursor=cursor, limit=limit)


def delivery_of(session: Session, webhook_id: str, delivery_id: str) -> Delivery:
    """Return one delivery to a receiver.

    Raises:
        NotFound: the receiver has no such delivery.
    """
    query = sa.select(Delivery).where(Delivery.webhook_id == webhook_id, Delivery.id == delivery_id)
    row = session.scalar(query)
    if row is None:
        raise NotFound(f"there is no delivery {delivery_id}")
    return row


def events_of(session: Session, deliveries: Sequence[Delivery]) -> dict[str, Event]:
    """Return what deliveries tell of, by the event's id."""
    ids = {delivery.event_id for delivery in deliveries}
    return {event.id: event for event in session.scalars(sa.select(Event).where(Event.id.in_(ids)))}


def attempts_of(session: Session, deliveries: Sequence[Delivery]) -> dict[str, list[Attempt]]:
    """Return the attempts of deliveries, by the delivery's id, the oldest first."""
    ids = [delivery.id for delivery in deliveries]
    query = sa.select(Attempt).where(Attempt.delivery_id.in_(ids)).order_by(Attempt.at, Attempt.id)
    attempts: dict[str, list[Attempt]] = {delivery_id: [] for delivery_id in ids}
    for attempt in session.scalars(query):
        attempts[attempt.delivery_id].append(attempt)
    return attempts


def replay(session: Session, webhook: Webhook, delivery_id: str, *, now: datetime) -> Delivery:
    """Send a delivery again that has ended, with three new days. The receiver's row must be locked.

    Raises:
        NotFound: the receiver has no such delivery.
        Conflict: it waits to be sent already, or the receiver is disabled.
    """
    _require_enabled(webhook)
    row = delivery_of(session, webhook.id, delivery_id)
    if row.state == DeliveryState.WAITING:
        raise Conflict(f"{delivery_id} waits to be sent already")
    _begin_again([row], now=now)
    return row


def replay_since(session: Session, webhook: Webhook, since: datetime, *, now: datetime) -> int:
    """Send all that a receiver missed since a moment; return how many. Its row must be locked.

    Missed is what was given up, and what happened while it was disabled.

    Raises:
        Conflict: the receiver is disabled.
    """
    _require_enabled(webhook)
    of_webhook = sa.select(Delivery).join(Event, Event.id == Delivery.event_id)
    dead = session.scalars(
        of_webhook.where(
            Delivery.webhook_id == webhook.id,
            Delivery.state == DeliveryState.DEAD,
            Event.at >= since,
            Event.kind != EventKind.WEBHOOK_TEST,
        )
    ).all()
    _begin_again(dead, now=now)
    never_sent = sa.select(Event.id).where(
        Event.tenant_id == webhook.tenant_id,
        Event.at >= max(since, webhook.created_at),
        Event.kind.in_(webhook.events) if webhook.events else Event.kind != EventKind.WEBHOOK_TEST,
        ~sa.select(Delivery.id)
        .where(Delivery.event_id == Event.id, Delivery.webhook_id == webhook.id)
        .exists(),
    )
    missed = session.scalars(never_sent).all()
    session.add_all(
        Delivery(
            id=new_id("dlv"),
            tenant_id=webhook.tenant_id,
            event_id=event_id,
            webhook_id=webhook.id,
            first_at=now,
            next_at=now,
        )
        for event_id in missed
    )
    return len(dead) + len(missed)


def _require_enabled(webhook: Webhook) -> None:
    if webhook.disabled_at is not None:
        raise Conflict(f"{webhook.id} is disabled ({webhook.disabled_reason}); enable it first")


def _begin_again(deliveries: Sequence[Delivery], *, now: datetime) -> None:
    for row in deliveries:
        row.state = DeliveryState.WAITING
        row.attempts = 0
        row.first_at = row.next_at = now


def _joined() -> sa.Select[Delivery, Event, Webhook]:
    return (
        sa.select(Delivery, Event, Webhook)
        .join(Event, Event.id == Delivery.event_id)
        .join(Webhook, Webhook.id == Delivery.webhook_id)
    )


def _claimed(delivery: Delivery, event: Event, webhook: Webhook, *, lease: timedelta, now: datetime) -> Claim:
    delivery.claim, delivery.next_at = new_id("clm"), now + lease
    return Claim(
        id=delivery.claim,
        delivery_id=delivery.id,
        webhook_id=webhook.id,
        tenant_id=delivery.tenant_id,
        until=delivery.next_at,
        url=webhook.url,
        secrets=secrets_of(webhook, now=now),
        event_id=event.id,
        kind=event.kind,
        at=event.at,
        body=event.body,
    )


def _held(session: Session, claimed: Claim) -> Delivery | None:
    """Return the delivery, locked, if the claim still holds."""
    query = sa.select(Delivery).where(
        Delivery.id == claimed.delivery_id,
        Delivery.state == DeliveryState.WAITING,
        Delivery.claim == claimed.id,
    )
    return session.scalar(query.with_for_update())
