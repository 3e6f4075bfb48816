import asyncio
import random
from datetime import timedelta
from ipaddress import ip_network

import pytest
import sqlalchemy as sa
from standardwebhooks import Webhook as Verifier
from webhook_receiver import Receiver
from webhook_rows import NOW, SECRET, happen, new_tenant, new_webhook, the_delivery

from extractor.jobs.backend import utc_now
from extractor.storage.database import Database
from extractor.storage.deliveries import Claim, claim, claim_new, delivery_of
from extractor.storage.events import EventKind, emit
from extractor.storage.tables import Attempt, AuditEntry, Delivery
from extractor.storage.tables.events import DeliveryState
from extractor.storage.webhooks import disable_webhook, webhook_of
from extractor.webhooks.addresses import Guard
from extractor.webhooks.delivering import GONE, SILENT, Sent, attempt, lease_of, settle
from extractor.webhooks.sending import Answer, Sender

LEASE = timedelta(seconds=45)
THREE_DAYS = timedelta(days=3)
OK = Answer(status=200)
FAILED = Answer(status=500)
CHANCE = random.Random(1)  # noqa: S311 - chance that can be repeated


class Case:
    """One receiver of one tenant, and a clock that the test sets."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = NOW
        self.tenant = new_tenant(database)
        self.webhook_id = new_webhook(database, self.tenant).id

    def event(self) -> Claim:
        """Have something happen, and claim it."""
        happen(self.database, self.tenant, now=self.now)
        return self.claim()

    def claim(self) -> Claim:
        with self.database.transaction() as session:
            (one,) = claim(session, self.webhook_id, limit=1, lease=LEASE, now=self.now)
            return one

    def answered(self, claimed: Claim, answer: Answer) -> Delivery:
        sent = Sent(claim=claimed, at=self.now, answer=answer)
        with self.database.transaction() as session:
            settle(session, sent, now=self.now, chance=CHANCE)
        return the_delivery(self.database, claimed)

    def disabled_reason(self) -> str | None:
        with self.database.snapshot() as session:
            return webhook_of(session, self.tenant, self.webhook_id).disabled_reason

    def audited(self) -> list[tuple[str, str, str | None]]:
        with self.database.snapshot() as session:
            rows = session.scalars(sa.select(AuditEntry).where(AuditEntry.tenant_id == self.tenant))
            return [(row.action, row.actor, row.detail) for row in rows]


@pytest.fixture
def case(database: Database) -> Case:
    return Case(database)


def test_a_message_that_is_taken_is_delivered(case: Case) -> None:
    row = case.answered(case.event(), OK)
    assert (row.state, row.attempts, row.claim) == (DeliveryState.DELIVERED, 1, None)


def test_a_message_that_is_not_taken_waits_for_its_next_turn(case: Case) -> None:
    row = case.answered(case.event(), FAILED)
    assert (row.state, row.attempts, row.claim) == (DeliveryState.WAITING, 1, None)
    assert timedelta(seconds=4) <= row.next_at - NOW <= timedelta(seconds=6)
    case.now = row.next_at
    row = case.answered(case.claim(), Answer(status=None, error="no answer within 15 s"))
    assert timedelta(seconds=48) <= row.next_at - case.now <= timedelta(seconds=72)
    with case.database.snapshot() as session:
        kept = session.scalars(sa.select(Attempt).order_by(Attempt.at)).all()
    assert [(one.status, one.error) for one in kept] == [
        (500, "answered 500"),
        (None, "no answer within 15 s"),
    ]


def test_a_redirect_says_that_it_is_not_followed(case: Case) -> None:
    case.answered(case.event(), Answer(status=302))
    with case.database.snapshot() as session:
        assert session.scalars(sa.select(Attempt.error)).one() == "answered 302; redirects are not followed"


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured(case: Case, status: int) -> None:
    row = case.answered(case.event(), Answer(status=status, retry_after="7200"))
    assert row.next_at == NOW + timedelta(hours=2)


def test_410_ends_it_at_once_and_disables_the_receiver(case: Case) -> None:
    row = case.answered(case.event(), Answer(status=410))
    assert row.state == DeliveryState.DEAD
    assert case.disabled_reason() == GONE
    assert case.audited() == [("webhook.disabled", "service", GONE)]


def test_after_three_days_it_is_dead_the_receiver_disabled_and_the_rest_given_up(case: Case) -> None:
    first = case.event()
    case.answered(first, FAILED)
    case.now = NOW + THREE_DAYS - timedelta(microseconds=1)
    assert case.answered(case.claim(), FAILED).next_at == NOW + THREE_DAYS
    other = case.event()
    assert case.answered(other, FAILED).state == DeliveryState.WAITING
    case.now = NOW + THREE_DAYS
    assert case.disabled_reason() is None
    assert case.answered(case.claim(), FAILED).state == DeliveryState.DEAD
    assert the_delivery(case.database, other).state == DeliveryState.DEAD
    assert case.disabled_reason() == SILENT
    assert case.audited() == [
        ("webhook.delivery_given_up", "service", first.delivery_id),
        ("webhook.disabled", "service", SILENT),
    ]


def test_a_receiver_that_takes_other_messages_stays_enabled(case: Case) -> None:
    bad = case.event()
    case.answered(bad, FAILED)
    case.now = NOW + THREE_DAYS - timedelta(seconds=30)
    again = case.claim()
    case.answered(case.event(), OK)
    case.now = NOW + THREE_DAYS
    assert case.answered(again, FAILED).state == DeliveryState.DEAD
    assert case.disabled_reason() is None
    assert case.audited() == [("webhook.delivery_given_up", "service", bad.delivery_id)]


def test_what_was_under_way_when_the_receiver_was_disabled_is_not_tried_again(case: Case) -> None:
    one = case.event()
    with case.database.transaction() as session:
        row = webhook_of(session, case.tenant, case.webhook_id, to_change=True)
        disable_webhook(session, row, reason="by hand", actor="key_1", now=NOW)
    assert case.answered(one, FAILED).state == DeliveryState.DEAD
    assert case.disabled_reason() == "by hand"


@pytest.mark.parametrize(
    ("answer", "state"),
    [(OK, DeliveryState.DELIVERED), (FAILED, DeliveryState.DEAD), (Answer(status=410), DeliveryState.DEAD)],
)
def test_a_test_is_sent_once_and_disables_nothing(case: Case, answer: Answer, state: DeliveryState) -> None:
    with case.database.transaction() as session:
        event = emit(
            session,
            case.tenant,
            EventKind.WEBHOOK_TEST,
            subject="whk",
            body={},
            now=NOW,
            only=case.webhook_id,
        )
        one = claim_new(session, event, lease=LEASE, now=NOW)
    assert case.answered(one, answer).state == state
    assert case.disabled_reason() is None


def test_an_attempt_whose_claim_has_run_out_disables_nothing(case: Case) -> None:
    one = case.event()
    case.now = NOW + LEASE
    case.claim()
    assert case.answered(one, Answer(status=410)).state == DeliveryState.WAITING
    assert case.disabled_reason() is None


def test_each_attempt_is_signed_anew_under_the_same_id(case: Case, receiver: Receiver) -> None:
    with case.database.transaction() as session:
        webhook_of(session, case.tenant, case.webhook_id, to_change=True).url = receiver.url("/hook")
    case.now = utc_now()
    one = case.event()
    sender = Sender(guard=Guard(allowed=(ip_network("127.0.0.0/8"),)), seconds=5)
    for moment in (case.now - timedelta(seconds=60), case.now):
        sent = asyncio.run(attempt(sender, one, now=moment))
        assert sent.answer.is_taken
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == one.event_id
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 60
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]
    assert first.body == second.body
    told = Verifier(SECRET).verify(second.body, second.headers)
    assert told["type"] == "document.extracted"
    assert told["data"] == {"document": "doc_1"}


def test_a_claim_outlives_the_longest_attempt() -> None:
    sender = Sender(guard=Guard(), seconds=15)
    assert lease_of(sender) >= timedelta(seconds=15 + 20)


def test_deliveries_are_found_by_receiver_only(case: Case) -> None:
    one = case.event()
    with case.database.snapshot() as session:
        assert delivery_of(session, case.webhook_id, one.delivery_id).id == one.delivery_id
