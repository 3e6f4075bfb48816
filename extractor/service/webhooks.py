"""Webhooks over HTTP: who is told of what, and what was told to whom."""

from typing import Annotated

from litestar import Controller, delete, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter, SkipValidation

from extractor.jobs.backend import Backend
from extractor.service.access import requires
from extractor.service.parameters import Cursor, Limit
from extractor.service.problems import problems
from extractor.service.rendering import Page
from extractor.service.webhook_rendering import (
    DeliveryShown,
    ReplayAsked,
    Replayed,
    WebhookChange,
    WebhookGiven,
    WebhookShown,
    WebhookTested,
    WebhookWithSecret,
    show_delivery,
    show_test,
    show_webhook,
)
from extractor.storage.access import Caller, Scope
from extractor.storage.deliveries import attempts_of, deliveries_of, delivery_of, events_of
from extractor.storage.tables import Delivery, Webhook
from extractor.storage.tables.events import DeliveryState
from extractor.storage.webhooks import webhook_of, webhooks_of
from extractor.webhooks.managing import Desk
from extractor.webhooks.sending import Sender

ProvidedDesk = NamedDependency[SkipValidation[Desk]]  # ours: there is nothing to convert
ProvidedSender = NamedDependency[SkipValidation[Sender]]


def desk(caller: Caller, backend: Backend, sender: ProvidedSender) -> Desk:
    """Provide what does the caller's requests."""
    return Desk(database=backend.database, sender=sender, caller=caller, clock=backend.clock)


class Webhooks(Controller):
    """Receivers of events, what was sent to them, and how it went."""

    path = "/v1/webhooks"
    tags = ["webhooks"]  # noqa: RUF012 - Litestar's own declaration
    guards = [requires(Scope.ADMIN)]  # noqa: RUF012
    dependencies = {"desk": Provide(desk, sync_to_thread=False)}  # noqa: RUF012

    @post("/", summary="Have events sent to a URL", responses=problems(400, 409, 422))
    async def add(self, data: WebhookGiven, desk: ProvidedDesk) -> WebhookWithSecret:
        """Answer with the receiver and its secret, which is not shown again.

        The URL is checked at once: https, and a public host, unless the operator allows its network.
        """
        return _with_secret(await desk.add(data.url, data.events), desk)

    @get("/", sync_to_thread=True, summary="List webhooks, the newest first", responses=problems(400, 422))
    def list_all(
        self, caller: Caller, backend: Backend, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[WebhookShown]:
        """Answer with one page, without secrets."""
        now = backend.clock()
        with backend.database.snapshot() as session:
            page = webhooks_of(session, caller.tenant_id, cursor=cursor, limit=limit)
            return Page(items=[show_webhook(row, now=now) for row in page.rows], next_cursor=page.next_cursor)

    @get("/{webhook_id:str}", sync_to_thread=True, summary="Look at a webhook", responses=problems(404))
    def look_at(self, caller: Caller, backend: Backend, webhook_id: str) -> WebhookShown:
        """Answer with the receiver: if it is disabled, with the reason."""
        with backend.database.snapshot() as session:
            return show_webhook(webhook_of(session, caller.tenant_id, webhook_id), now=backend.clock())

    @patch(
        "/{webhook_id:str}", summary="Change a webhook, or enable it again", responses=problems(400, 404, 422)
    )
    async def change(self, data: WebhookChange, desk: ProvidedDesk, webhook_id: str) -> WebhookShown:
        """Change what is given. What a receiver missed while it was disabled is sent by a replay only."""
        row = await desk.change(webhook_id, url=data.url, events=data.events, is_enabled=data.enabled)
        return show_webhook(row, now=desk.clock())

    @delete("/{webhook_id:str}", sync_to_thread=True, summary="Delete a webhook", responses=problems(404))
    def remove(self, desk: ProvidedDesk, webhook_id: str) -> None:
        """Send nothing more, and delete the record of what was sent."""
        desk.delete(webhook_id)

    @post(
        "/{webhook_id:str}/rotate-secret",
        status_code=200,
        sync_to_thread=True,
        summary="Give it a new secret",
        responses=problems(404),
    )
    def rotate(self, desk: ProvidedDesk, webhook_id: str) -> WebhookWithSecret:
        """Answer with the new secret. The one before signs too for 24 hours; older ones no more."""
        return _with_secret(desk.rotate(webhook_id), desk)

    @post("/{webhook_id:str}/test", status_code=200, summary="Send webhook.test now", responses=problems(404))
    async def test(self, desk: ProvidedDesk, webhook_id: str) -> WebhookTested:
        """Answer with how it went; it is sent once, also to a webhook that is disabled."""
        return show_test(await desk.test(webhook_id))

    @get(
        "/{webhook_id:str}/deliveries",
        sync_to_thread=True,
        summary="List what was sent, the newest first",
        responses=problems(400, 404, 422),
    )
    def deliveries(
        self,
        caller: Caller,
        backend: Backend,
        webhook_id: str,
        in_state: Annotated[
            DeliveryState | None, QueryParameter(name="state", description="only those in this state")
        ] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[DeliveryShown]:
        """Answer with one page, each delivery with its attempts."""
        with backend.database.snapshot() as session:
            webhook = webhook_of(session, caller.tenant_id, webhook_id)
            page = deliveries_of(session, webhook.id, state=in_state, cursor=cursor, limit=limit)
            events, attempts = events_of(session, page.rows), attempts_of(session, page.rows)
            shown = [show_delivery(row, events[row.event_id], attempts[row.id]) for row in page.rows]
            return Page(items=shown, next_cursor=page.next_cursor)

    @get(
        "/{webhook_id:str}/deliveries/{delivery_id:str}",
        sync_to_thread=True,
        summary="Look at what was sent, and how it went",
        responses=problems(404),
    )
    def delivery(self, caller: Caller, backend: Backend, webhook_id: str, delivery_id: str) -> DeliveryShown:
        """Answer with one delivery and its attempts."""
        return _delivery(caller, backend, webhook_id, delivery_id)

    @post(
        "/{webhook_id:str}/deliveries/{delivery_id:str}/replay",
        status_code=202,
        sync_to_thread=True,
        summary="Send one delivery again",
        responses=problems(404, 409),
    )
    def replay(
        self, desk: ProvidedDesk, caller: Caller, backend: Backend, webhook_id: str, delivery_id: str
    ) -> DeliveryShown:
        """Queue it, delivered or dead, for three new days. Its `webhook-id` stays the same."""
        desk.replay(webhook_id, delivery_id)
        return _delivery(caller, backend, webhook_id, delivery_id)

    @post(
        "/{webhook_id:str}/replay",
        status_code=202,
        sync_to_thread=True,
        summary="Send all that was missed since a time",
        responses=problems(400, 404, 409, 422),
    )
    def replay_since(self, data: ReplayAsked, desk: ProvidedDesk, webhook_id: str) -> Replayed:
        """Queue what was given up, and what happened while the webhook was disabled."""
        return Replayed(count=desk.replay_since(webhook_id, data.since))


def _with_secret(row: Webhook, desk: Desk) -> WebhookWithSecret:
    return WebhookWithSecret(webhook=show_webhook(row, now=desk.clock()), secret=row.secret)


def _delivery(caller: Caller, backend: Backend, webhook_id: str, delivery_id: str) -> DeliveryShown:
    with backend.database.snapshot() as session:
        webhook = webhook_of(session, caller.tenant_id, webhook_id)
        row: Delivery = delivery_of(session, webhook.id, delivery_id)
        return show_delivery(
            row, events_of(session, [row])[row.event_id], attempts_of(session, [row])[row.id]
        )
