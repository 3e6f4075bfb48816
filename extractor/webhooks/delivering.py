"""One delivery: signed, sent, and what follows from how the receiver answered."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from extractor.errors import NotFound
from extractor.storage.access import note
from extractor.storage.deliveries import Claim, Tried, has_taken_since, record_attempt
from extractor.storage.events import EventKind
from extractor.storage.tables import Delivery, Webhook
from extractor.storage.tables.events import DeliveryState
from extractor.storage.webhooks import SERVICE, disable_webhook, webhook_of
from extractor.webhooks.schedule import GIVEN_UP_AFTER, next_attempt, read_retry_after
from extractor.webhooks.sending import Answer, Sender
from extractor.webhooks.signing import message, signed_headers

LEASE_MARGIN = timedelta(seconds=30)  # for all but sending itself
GONE = "the receiver answered 410 Gone"
SILENT = f"the receiver took nothing for {GIVEN_UP_AFTER.days} days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An attempt at a claimed delivery, and when it was made."""

    claim: Claim
    at: datetime
    answer: Answer


def lease_of(sender: Sender) -> timedelta:
    """Return how long a claim must hold, so that no attempt outlives it."""
    return timedelta(seconds=sender.seconds) + LEASE_MARGIN


async def attempt(sender: Sender, claim: Claim, *, now: datetime) -> Sent:
    """Sign and send a claimed delivery."""
    content = message(kind=claim.kind, at=claim.at, body=claim.body)
    headers = signed_headers(content, event_id=claim.event_id, secrets=claim.secrets, sent_at=now)
    return Sent(claim=claim, at=now, answer=await sender.send(claim.url, content, headers))


def settle(session: Session, sent: Sent, *, now: datetime, chance: random.Random) -> None:
    """Record an attempt, and what becomes of the delivery and of its receiver."""
    claim, answer = sent.claim, sent.answer
    webhook = None if answer.is_taken else _locked(session, claim)  # before the delivery: so does all else
    delivery = record_attempt(session, claim, tried_of(sent))
    if delivery is None:
        return  # the claim had run out, or the receiver is deleted
    if answer.is_taken:
        delivery.state = DeliveryState.DELIVERED
    elif webhook is not None:
        _settle_failure(session, delivery, webhook, sent, now=now, chance=chance)


def _settle_failure(
    session: Session,
    delivery: Delivery,
    webhook: Webhook,
    sent: Sent,
    *,
    now: datetime,
    chance: random.Random,
) -> None:
    if sent.claim.kind == EventKind.WEBHOOK_TEST:
        delivery.state = DeliveryState.DEAD  # whoever asked is told at once; no use later
        return
    again_at = next_attempt(
        attempts=delivery.attempts,
        first_at=delivery.first_at,
        now=now,
        retry_after=read_retry_after(sent.answer.retry_after, now=now),
        chance=chance,
    )
    if again_at is None:
        note(
            session,
            webhook.tenant_id,
            actor=SERVICE,
            action="webhook.delivery_given_up",
            subject=webhook.id,
            now=now,
            detail=delivery.id,
        )
    if again_at is None or sent.answer.is_gone or webhook.disabled_at is not None:
        delivery.state = DeliveryState.DEAD
    else:
        delivery.next_at = again_at
    if sent.answer.is_gone:
        disable_webhook(session, webhook, reason=GONE, actor=SERVICE, now=now)
    elif again_at is None and not has_taken_since(session, webhook.id, delivery.first_at):
        disable_webhook(session, webhook, reason=SILENT, actor=SERVICE, now=now)


def _locked(session: Session, claim: Claim) -> Webhook | None:
    try:
        return webhook_of(session, claim.tenant_id, claim.webhook_id, to_change=True)
    except NotFound:
        return None


def tried_of(sent: Sent) -> Tried:
    """Return what is recorded of an attempt: the status, or in words of ours why there is none."""
    answer = sent.answer
    error = answer.error
    if error is None and not answer.is_taken:
        is_redirect = answer.status is not None and 300 <= answer.status <= 399  # noqa: PLR2004 - the class
        error = f"answered {answer.status}" + ("; redirects are not followed" if is_redirect else "")
    return Tried(at=sent.at, status=answer.status, error=error, took_ms=answer.took_ms)
