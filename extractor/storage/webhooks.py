"""A tenant's receivers: where they are, what they want to know, and what signs for them.

Secrets are kept as they are: to sign a message one needs the secret itself, not its hash. No answer
shows a secret but the one to the request that made it, and no row prints it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.errors import Conflict, NotFound
from extractor.storage.access import note
from extractor.storage.paging import Listed, listed
from extractor.storage.tables import Delivery, Webhook
from extractor.storage.tables.events import DeliveryState
from extractor.storage.tables.shape import new_id

MAX_WEBHOOKS = 20  # of one tenant: so many receivers that hang cannot take all there is to send with
OLD_SECRET_SIGNS = timedelta(hours=24)  # after a rotation
SERVICE = "service"  # what the audit log calls us, where nobody asked


def add_webhook(
    session: Session, tenant_id: str, *, url: str, events: Sequence[str], secret: str, now: datetime
) -> Webhook:
    """Return a new receiver; no `events` are all of them.

    Raises:
        Conflict: the tenant has as many as it may have.
    """
    count = sa.select(sa.func.count()).select_from(Webhook).where(Webhook.tenant_id == tenant_id)
    if (session.scalar(count) or 0) >= MAX_WEBHOOKS:
        raise Conflict(f"there are {MAX_WEBHOOKS} webhooks already, and that is how many there may be")
    row = Webhook(
        id=new_id("whk"),
        tenant_id=tenant_id,
        url=url,
        events=list(dict.fromkeys(events)),
        secret=secret,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def webhook_of(session: Session, tenant_id: str, webhook_id: str, *, to_change: bool = False) -> Webhook:
    """Return one receiver; `to_change` keeps others from changing it until the transaction ends.

    Raises:
        NotFound: the tenant has no such receiver.
    """
    query = _of(tenant_id).where(Webhook.id == webhook_id)
    # `key_share`: on PostgreSQL, results that write deliveries need not wait.
    row = session.scalar(query.with_for_update(key_share=True) if to_change else query)
    if row is None:
        raise NotFound(f"there is no webhook {webhook_id}")
    return row


def webhooks_of(session: Session, tenant_id: str, *, cursor: str | None, limit: int) -> Listed[Webhook]:
    """Return a page of the tenant's receivers, the newest first."""
    return listed(session, _of(tenant_id), by=Webhook.id, cursor=cursor, limit=limit)


def rotate_secret(
    session: Session, tenant_id: str, webhook_id: str, secret: str, *, now: datetime
) -> Webhook:
    """Give a receiver a new secret; the one before signs too for a day, older ones no more.

    Raises:
        NotFound: the tenant has no such receiver.
    """
    row = webhook_of(session, tenant_id, webhook_id, to_change=True)
    row.previous_secret, row.previous_until = row.secret, now + OLD_SECRET_SIGNS
    row.secret = secret
    return row


def secrets_of(webhook: Webhook, *, now: datetime) -> tuple[str, ...]:
    """Return what signs for a receiver at a moment, the newest first."""
    if webhook.previous_secret is None or webhook.previous_until is None or webhook.previous_until <= now:
        return (webhook.secret,)
    return (webhook.secret, webhook.previous_secret)


def enable_webhook(webhook: Webhook) -> None:
    """Send to a receiver again; what it missed is not sent by itself (`replay_since`)."""
    webhook.disabled_at = webhook.disabled_reason = None


def disable_webhook(session: Session, webhook: Webhook, *, reason: str, actor: str, now: datetime) -> None:
    """Send nothing more to a receiver, and give up what waits; what is being sent ends by itself.

    The row must be locked (`to_change`). Who did it and why goes to the audit log.
    """
    if webhook.disabled_at is not None:
        return
    webhook.disabled_at, webhook.disabled_reason = now, reason
    session.execute(
        sa.update(Delivery)
        .where(
            Delivery.webhook_id == webhook.id,
            Delivery.state == DeliveryState.WAITING,
            sa.or_(Delivery.claim.is_(None), Delivery.next_at <= now),
        )
        .values(state=DeliveryState.DEAD, claim=None)
    )
    note(
        session,
        webhook.tenant_id,
        actor=actor,
        action="webhook.disabled",
        subject=webhook.id,
        now=now,
        detail=reason,
    )


def delete_webhook(session: Session, tenant_id: str, webhook_id: str) -> None:
    """Delete a receiver and the record of what was sent to it; events stay.

    Raises:
        NotFound: the tenant has no such receiver.
    """
    row = webhook_of(session, tenant_id, webhook_id, to_change=True)
    session.execute(sa.delete(Webhook).where(Webhook.id == row.id))


def _of(tenant_id: str) -> sa.Select[Webhook]:
    return sa.select(Webhook).where(Webhook.tenant_id == tenant_id)
