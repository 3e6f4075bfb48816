from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from webhook_rows import NOW, SECRET, happen, new_tenant, new_webhook, the_delivery

from extractor.errors import Conflict, NotFound
from extractor.storage.database import Database
from extractor.storage.deliveries import (
    Claim,
    Tried,
    claim,
    deliveries_of,
    receivers_due,
    record_attempt,
    release,
    replay,
    replay_since,
)
from extractor.storage.events import EventKind
from extractor.storage.tables import Delivery
from extractor.storage.tables.events import DeliveryState
from extractor.storage.webhooks import (
    delete_webhook,
    disable_webhook,
    enable_webhook,
    rotate_secret,
    webhook_of,
)

LEASE = timedelta(seconds=45)
TAKEN = Tried(at=NOW, status=200, error=None, took_ms=5)


def claimed(database: Database, webhook_id: str, *, now: datetime = NOW, limit: int = 100) -> list[Claim]:
    with database.transaction() as session:
        return claim(session, webhook_id, limit=limit, lease=LEASE, now=now)


def recorded(database: Database, one: Claim, tried: Tried = TAKEN) -> Delivery | None:
    with database.transaction() as session:
        return record_attempt(session, one, tried)


def ended(database: Database, one: Claim, state: DeliveryState) -> None:
    with database.transaction() as session:
        row = record_attempt(session, one, TAKEN)
        assert row is not None
        row.state = state


def test_what_is_due_is_claimed_with_all_that_is_needed_to_send_it(database: Database) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant)
    event = happen(database, tenant)
    with database.snapshot() as session:
        assert receivers_due(session, now=NOW) == [webhook.id]
        assert receivers_due(session, now=NOW - timedelta(seconds=1)) == []
    (one,) = claimed(database, webhook.id)
    assert (one.event_id, one.kind, one.url) == (event, "document.extracted", webhook.url)
    assert (one.secrets, one.body, one.at) == ((SECRET,), {"document": "doc_1"}, NOW)
    assert SECRET not in repr(one)
    assert SECRET not in repr(webhook)


def test_a_claim_holds_until_its_lease_has_run_out_and_then_another_has_it(database: Database) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant)
    happen(database, tenant)
    (first,) = claimed(database, webhook.id)
    almost = NOW + LEASE - timedelta(microseconds=1)
    assert claimed(database, webhook.id, now=almost) == []
    (second,) = claimed(database, webhook.id, now=NOW + LEASE)
    assert second.event_id == first.event_id
    assert second.delivery_id == first.delivery_id


def test_whoever_lost_a_claim_decides_nothing_but_its_attempt_is_recorded(database: Database) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant)
    happen(database, tenant)
    (first,) = claimed(database, webhook.id)
    (second,) = claimed(database, webhook.id, now=NOW + LEASE)
    assert recorded(database, first) is None
    row = the_delivery(database, second)
    assert (row.state, row.attempts, row.claim) == (DeliveryState.WAITING, 0, second.id)
    kept = recorded(database, second)
    assert kept is not None
    assert (kept.attempts, kept.claim) == (1, None)


def test_a_claim_that_is_given_back_can_be_had_at_once(database: Database) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant)
    happen(database, tenant)
    (first,) = claimed(database, webhook.id)
    with database.transaction() as session:
        release(session, first, now=NOW)
    assert len(claimed(database, webhook.id)) == 1
    with database.transaction() as session:
        release(session, first, now=NOW)  # no longer held: the other's claim stays
    assert claimed(database, webhook.id) == []


def test_many_that_claim_at_once_never_have_the_same_delivery(database: Database) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant)
    events = {happen(database, tenant, number=number) for number in range(60)}

    def take_all(_: int) -> list[str]:
        taken: list[str] = []
        empty = 0
        while empty < 5:  # another may hold the last ones for a moment
            got = claimed(database, webhook.id, limit=3)
            taken += [one.event_id for one in got]
            empty = 0 if got else empty + 1
        return taken

    with ThreadPoolExecutor(6) as threads:
        taken = [event for events in threads.map(take_all, range(6)) for event in events]
    assert set(Counter(taken).values()) == {1}
    assert set(taken) == events


def test_the_longest_due_come_first_and_no_more_than_asked_for(database: Database) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant)
    events = [happen(database, tenant, now=NOW - timedelta(minutes=minutes)) for minutes in (1, 3, 2)]
    assert [one.event_id for one in claimed(database, webhook.id, limit=2)] == [events[1], events[2]]


def test_only_events_that_a_receiver_wants_are_for_it(database: Database) -> None:
    tenant, other = new_tenant(database), new_tenant(database)
    webhook = new_webhook(database, tenant, events=["batch.completed"])
    happen(database, tenant)
    happen(database, other, kind=EventKind.BATCH_COMPLETED)
    assert claimed(database, webhook.id) == []
    wanted = happen(database, tenant, kind=EventKind.BATCH_COMPLETED)
    assert [one.event_id for one in claimed(database, webhook.id)] == [wanted]


def test_a_disabled_receiver_gets_nothing_and_what_waited_is_given_up(database: Database) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant)
    happen(database, tenant, number=1)
    (under_way,) = claimed(database, webhook.id)
    happen(database, tenant, number=2)
    with database.transaction() as session:
        row = webhook_of(session, tenant, webhook.id, to_change=True)
        disable_webhook(session, row, reason="a reason", actor="key_1", now=NOW)
    happen(database, tenant, number=3)
    with database.snapshot() as session:
        assert receivers_due(session, now=NOW + LEASE) == []
        page = deliveries_of(session, webhook.id, state=None, cursor=None, limit=10)
    assert [row.state for row in page.rows] == [DeliveryState.DEAD, DeliveryState.WAITING]
    assert page.rows[1].id == under_way.delivery_id  # it ends by itself
    assert claimed(database, webhook.id, now=NOW + LEASE) == []


def test_all_that_was_missed_is_sent_by_one_replay(database: Database) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant, now=NOW - timedelta(days=9))
    before = happen(database, tenant, now=NOW - timedelta(days=8))
    (old,) = claimed(database, webhook.id)
    ended(database, old, DeliveryState.DEAD)
    delivered = happen(database, tenant)
    (one,) = claimed(database, webhook.id)
    ended(database, one, DeliveryState.DELIVERED)
    given_up = happen(database, tenant)
    with database.transaction() as session:
        row = webhook_of(session, tenant, webhook.id, to_change=True)
        disable_webhook(session, row, reason="a reason", actor="key_1", now=NOW)
        with pytest.raises(Conflict):
            replay_since(session, row, NOW - timedelta(days=1), now=NOW)
    missed = happen(database, tenant)
    later = NOW + timedelta(days=5)
    with database.transaction() as session:
        row = webhook_of(session, tenant, webhook.id, to_change=True)
        enable_webhook(row)
        assert replay_since(session, row, NOW - timedelta(days=1), now=later) == 2
        assert replay_since(session, row, NOW - timedelta(days=1), now=later) == 0
    again = claimed(database, webhook.id, now=later)
    assert {one.event_id for one in again} == {given_up, missed}
    assert before not in {given_up, missed, delivered}
    row_again = the_delivery(database, again[0])
    assert (row_again.first_at, row_again.attempts) == (later, 0)


def test_one_that_has_ended_can_be_replayed_and_one_that_waits_cannot(database: Database) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant)
    event = happen(database, tenant)
    (one,) = claimed(database, webhook.id)
    ended(database, one, DeliveryState.DELIVERED)
    with database.transaction() as session:
        row = webhook_of(session, tenant, webhook.id, to_change=True)
        replay(session, row, one.delivery_id, now=NOW)
        with pytest.raises(Conflict):
            replay(session, row, one.delivery_id, now=NOW)
        with pytest.raises(NotFound):
            replay(session, row, "dlv_none", now=NOW)
    assert [again.event_id for again in claimed(database, webhook.id)] == [event]


@pytest.mark.parametrize(("after", "signing"), [(timedelta(hours=24), 1), (timedelta(hours=23.9), 2)])
def test_after_a_rotation_the_old_secret_signs_for_a_day(
    database: Database, after: timedelta, signing: int
) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant)
    with database.transaction() as session:
        rotate_secret(session, tenant, webhook.id, "whsec_new", now=NOW)
    happen(database, tenant)
    (one,) = claimed(database, webhook.id, now=NOW + after)
    assert one.secrets == ("whsec_new", SECRET)[:signing]


def test_two_rotations_end_the_first_secret_at_once(database: Database) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant)
    with database.transaction() as session:
        rotate_secret(session, tenant, webhook.id, "whsec_new", now=NOW)
        rotate_secret(session, tenant, webhook.id, "whsec_newer", now=NOW)
    happen(database, tenant)
    (one,) = claimed(database, webhook.id)
    assert one.secrets == ("whsec_newer", "whsec_new")


def test_a_receiver_that_is_deleted_meanwhile_takes_its_deliveries_with_it(database: Database) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant)
    happen(database, tenant)
    (one,) = claimed(database, webhook.id)
    with database.transaction() as session:
        delete_webhook(session, tenant, webhook.id)
    assert recorded(database, one) is None
    with database.snapshot() as session, pytest.raises(NotFound):
        webhook_of(session, tenant, webhook.id)


def test_another_tenant_s_receiver_is_not_there(database: Database) -> None:
    tenant, other = new_tenant(database), new_tenant(database)
    webhook = new_webhook(database, tenant)
    with database.transaction() as session:
        for to_change in (False, True):
            with pytest.raises(NotFound):
                webhook_of(session, other, webhook.id, to_change=to_change)
        with pytest.raises(NotFound):
            delete_webhook(session, other, webhook.id)
        with pytest.raises(NotFound):
            rotate_secret(session, other, webhook.id, "whsec_theirs", now=datetime.now(UTC))


def test_a_tenant_has_twenty_receivers_at_most(database: Database) -> None:
    tenant, other = new_tenant(database), new_tenant(database)
    for _ in range(20):
        new_webhook(database, tenant)
    with pytest.raises(Conflict):
        new_webhook(database, tenant)
    assert new_webhook(database, other)
