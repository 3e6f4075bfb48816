"""What a tenant does with its receivers: add, change, rotate, try, delete, replay. All of it is audited."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from extractor.errors import ConfigurationError
from extractor.storage import deliveries, webhooks
from extractor.storage.access import Caller, note
from extractor.storage.database import Database
from extractor.storage.deliveries import Claim
from extractor.storage.events import SUBSCRIBABLE, EventKind, emit
from extractor.storage.tables import Delivery, Webhook
from extractor.webhooks.delivering import Sent, attempt, lease_of, settle
from extractor.webhooks.sending import Sender
from extractor.webhooks.signing import new_secret

BY_CALLER = "disabled by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where one caller's requests about webhooks are done. Functions that send are asynchronous."""

    database: Database
    sender: Sender
    caller: Caller
    clock: Callable[[], datetime]

    async def add(self, url: str, events: Sequence[EventKind]) -> Webhook:
        """Return a new receiver, with its secret.

        Raises:
            TargetRefused: the URL may not be sent to.
            ConfigurationError: one of the events is none that can be asked for.
            Conflict: there are too many receivers.
        """
        _require_subscribable(events)
        await self.sender.guard.check(url)

        def added() -> Webhook:
            now = self.clock()
            with self.database.transaction() as session:
                row = webhooks.add_webhook(
                    session, self.caller.tenant_id, url=url, events=events, secret=new_secret(), now=now
                )
                self._note(session, "webhook.created", row, now=now)
                return row

        return await asyncio.to_thread(added)

    async def change(
        self,
        webhook_id: str,
        *,
        url: str | None = None,
        events: Sequence[EventKind] | None = None,
        is_enabled: bool | None = None,
    ) -> Webhook:
        """Change what is given of a receiver. What still waits is sent to the new URL.

        Raises:
            NotFound: there is no such receiver.
            TargetRefused: the URL may not be sent to.
            ConfigurationError: one of the events is none that can be asked for.
        """
        _require_subscribable(events or ())
        if url is not None:
            await self.sender.guard.check(url)

        def changed() -> Webhook:
            now = self.clock()
            with self.database.transaction() as session:
                row = self._to_change(session, webhook_id)
                if url is not None:
                    row.url = url
                if events is not None:
                    row.events = list(dict.fromkeys(events))
                self._note(session, "webhook.changed", row, now=now)
                if is_enabled is True:
                    webhooks.enable_webhook(row)
                elif is_enabled is False:
                    webhooks.disable_webhook(session, row, reason=BY_CALLER, actor=self.caller.actor, now=now)
                return row

        return await asyncio.to_thread(changed)

    def rotate(self, webhook_id: str) -> Webhook:
        """Give a receiver a new secret; the old one signs too for a day.

        Raises:
            NotFound: there is no such receiver.
        """
        now = self.clock()
        with self.database.transaction() as session:
            row = webhooks.rotate_secret(session, self.caller.tenant_id, webhook_id, new_secret(), now=now)
            self._note(session, "webhook.secret_rotated", row, now=now)
            return row

    def delete(self, webhook_id: str) -> None:
        """Delete a receiver, and the record of what was sent to it.

        Raises:
            NotFound: there is no such receiver.
        """
        with self.database.transaction() as session:
            row = self._to_change(session, webhook_id)
            self._note(session, "webhook.deleted", row, now=self.clock())
            webhooks.delete_webhook(session, self.caller.tenant_id, webhook_id)

    async def test(self, webhook_id: str) -> Sent:
        """Send `webhook.test` now and return how it went; it is not repeated, and disables nothing.

        Raises:
            NotFound: there is no such receiver.
        """
        claim = await asyncio.to_thread(self._claimed_test, webhook_id)
        sent = await attempt(self.sender, claim, now=self.clock())

        def settled() -> None:
            with self.database.transaction() as session:
                settle(session, sent, now=self.clock(), chance=random.Random())  # noqa: S311 - a test has no next time

        await asyncio.to_thread(settled)
        return sent

    def replay(self, webhook_id: str, delivery_id: str) -> Delivery:
        """Send a delivery again that has ended.

        Raises:
            NotFound: there is no such receiver or delivery.
            Conflict: it waits to be sent already, or the receiver is disabled.
        """
        now = self.clock()
        with self.database.transaction() as session:
            webhook = self._to_change(session, webhook_id)
            row = deliveries.replay(session, webhook, delivery_id, now=now)
            self._note(session, "webhook.replayed", webhook, now=now, detail=row.id)
            return row

    def replay_since(self, webhook_id: str, since: datetime) -> int:
        """Send all that a receiver missed since a moment; return how many.

        Raises:
            NotFound: there is no such receiver.
            ConfigurationError: the moment has no zone.
            Conflict: the receiver is disabled.
        """
        if since.tzinfo is None:
            raise ConfigurationError("`since` needs a zone: 2026-03-05T00:00:00Z")
        now = self.clock()
        with self.database.transaction() as session:
            webhook = self._to_change(session, webhook_id)
            count = deliveries.replay_since(session, webhook, since, now=now)
            self._note(
                session, "webhook.replayed", webhook, now=now, detail=f"{count} since {since.isoformat()}"
            )
            return count

    def _claimed_test(self, webhook_id: str) -> Claim:
        now = self.clock()
        with self.database.transaction() as session:
            webhook = webhooks.webhook_of(session, self.caller.tenant_id, webhook_id)
            event = emit(
                session,
                webhook.tenant_id,
                EventKind.WEBHOOK_TEST,
                subject=webhook.id,
                body={"webhook": webhook.id},
                now=now,
                only=webhook.id,
            )
            self._note(session, "webhook.tested", webhook, now=now)
            return deliveries.claim_new(session, event, lease=lease_of(self.sender), now=now)

    def _to_change(self, session: Session, webhook_id: str) -> Webhook:
        return webhooks.webhook_of(session, self.caller.tenant_id, webhook_id, to_change=True)

    def _note(
        self, session: Session, action: str, webhook: Webhook, *, now: datetime, detail: str | None = None
    ) -> None:
        note(
            session,
            webhook.tenant_id,
            actor=self.caller.actor,
            action=action,
            subject=webhook.id,
            now=now,
            detail=detail,
        )


def _require_subscribable(events: Sequence[EventKind]) -> None:
    for event in events:
        if event not in SUBSCRIBABLE:
            raise ConfigurationError(f"{event} cannot be asked for; there are: {', '.join(SUBSCRIBABLE)}")
