"""Tenants, receivers and events for tests."""

from datetime import UTC, datetime

from extractor.storage.database import Database
from extractor.storage.deliveries import Claim
from extractor.storage.events import EventKind, emit
from extractor.storage.tables import Delivery, Tenant, Webhook
from extractor.storage.tables.shape import new_id
from extractor.storage.webhooks import add_webhook

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - published, as an example
NOWHERE = "https://hooks.example/"


def new_tenant(database: Database, *, now: datetime = NOW) -> str:
    with database.transaction() as session:
        tenant = Tenant(id=new_id("ten"), name=new_id("name"), created_at=now)
        session.add(tenant)
        return tenant.id


def new_webhook(
    database: Database,
    tenant_id: str,
    *,
    url: str = NOWHERE,
    events: list[str] | None = None,
    now: datetime = NOW,
) -> Webhook:
    with database.transaction() as session:
        return add_webhook(session, tenant_id, url=url, events=events or [], secret=SECRET, now=now)


def happen(
    database: Database,
    tenant_id: str,
    *,
    kind: EventKind = EventKind.DOCUMENT_EXTRACTED,
    now: datetime = NOW,
    number: int = 1,
) -> str:
    """Have something happen and return the event's id."""
    with database.transaction() as session:
        body = {"document": f"doc_{number}"}
        return emit(session, tenant_id, kind, subject=f"doc_{number}", body=dict(body), now=now).id


def the_delivery(database: Database, claimed: Claim) -> Delivery:
    with database.snapshot() as session:
        return session.get_one(Delivery, claimed.delivery_id)
