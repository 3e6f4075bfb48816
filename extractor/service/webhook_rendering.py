"""What receivers, and what was sent to them, look like in requests and answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from extractor.storage.events import EventKind
from extractor.storage.tables import Attempt, Delivery, Event, Webhook
from extractor.webhooks.delivering import Sent, tried_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookGiven:
    """A receiver to be added. No `events` are all of them."""

    url: str
    events: list[EventKind] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookChange:
    """What is to change of a receiver; what is left out stays."""

    url: str | None = None
    events: list[EventKind] | None = None
    enabled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookShown:
    """A receiver. One that is disabled gets nothing, for the reason that is told."""

    id: str
    url: str
    events: list[str]
    enabled: bool
    disabled_at: datetime | None
    disabled_reason: str | None
    old_secret_until: datetime | None  # until then the secret before the last rotation signs too
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookWithSecret:
    """A receiver, and the secret that signs for it: shown here and never again."""

    webhook: WebhookShown
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptShown:
    """One try: the receiver's status, or why there is none."""

    at: datetime
    status: int | None
    error: str | None
    took_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryShown:
    """One event for one receiver: waiting, delivered or dead (given up). `event` is the `webhook-id`."""

    id: str
    event: str
    type: str
    subject: str
    state: str
    created_at: datetime
    next_at: datetime | None  # when it is tried again, if it waits
    attempts: list[AttemptShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTested:
    """How the test message went."""

    event: str
    delivered: bool
    status: int | None
    error: str | None
    took_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayAsked:
    """From when on what was missed is to be sent; with a zone."""

    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """How many messages are sent again."""

    count: int


def show_webhook(row: Webhook, *, now: datetime) -> WebhookShown:
    """Return a receiver as answers show it, without its secret."""
    is_rotating = row.previous_until is not None and row.previous_until > now
    return WebhookShown(
        id=row.id,
        url=row.url,
        events=list(row.events),
        enabled=row.disabled_at is None,
        disabled_at=row.disabled_at,
        disabled_reason=row.disabled_reason,
        old_secret_until=row.previous_until if is_rotating else None,
        created_at=row.created_at,
    )


def show_delivery(row: Delivery, event: Event, attempts: Sequence[Attempt]) -> DeliveryShown:
    """Return a delivery as answers show it."""
    return DeliveryShown(
        id=row.id,
        event=event.id,
        type=event.kind,
        subject=event.subject,
        state=row.state,
        created_at=event.at,
        next_at=row.next_at if row.state == "waiting" else None,
        attempts=[
            AttemptShown(at=attempt.at, status=attempt.status, error=attempt.error, took_ms=attempt.took_ms)
            for attempt in attempts
        ],
    )


def show_test(sent: Sent) -> WebhookTested:
    """Return how a test message went."""
    tried = tried_of(sent)
    return WebhookTested(
        event=sent.claim.event_id,
        delivered=sent.answer.is_taken,
        status=tried.status,
        error=tried.error,
        took_ms=tried.took_ms,
    )
