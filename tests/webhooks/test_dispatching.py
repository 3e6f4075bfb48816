import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from ipaddress import ip_network

import pytest
import sqlalchemy as sa
from webhook_receiver import Receiver
from webhook_rows import happen, new_tenant, new_webhook

from extractor.jobs.backend import utc_now
from extractor.storage.database import Database
from extractor.storage.events import EventKind, emit
from extractor.storage.tables import Attempt, Delivery
from extractor.storage.tables.events import DeliveryState
from extractor.storage.webhooks import webhook_of
from extractor.webhooks.addresses import Guard
from extractor.webhooks.dispatching import Dispatcher
from extractor.webhooks.sending import Sender

LOOPBACK = Guard(allowed=(ip_network("127.0.0.0/8"),))

_KILLED = """
import sys, time
from datetime import timedelta
from ipaddress import ip_network
from extractor.jobs.backend import utc_now
from extractor.storage.database import Database
from extractor.webhooks.addresses import Guard
from extractor.webhooks.dispatching import Dispatcher
from extractor.webhooks.sending import Sender

sender = Sender(guard=Guard(allowed=(ip_network("127.0.0.0/8"),)), seconds=20)
lease = timedelta(seconds=22)
Dispatcher(Database(sys.argv[1]), sender, clock=utc_now, stop_seconds=0, lease=lease).start()
time.sleep(600)
"""


@contextmanager
def dispatching(
    database: Database,
    *,
    seconds: float = 5.0,
    stop_seconds: float = 5.0,
    lease: timedelta | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Iterator[Dispatcher]:
    sender = Sender(guard=LOOPBACK, seconds=seconds)
    with Dispatcher(database, sender, clock=clock, stop_seconds=stop_seconds, lease=lease) as dispatcher:
        yield dispatcher


def states(database: Database) -> Counter[str]:
    with database.snapshot() as session:
        return Counter(session.scalars(sa.select(Delivery.state)))


def wait_until(is_so: Callable[[], bool], *, seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not come to that in time"
        time.sleep(0.02)


def test_what_is_due_is_sent_and_recorded(database: Database, receiver: Receiver) -> None:
    tenant = new_tenant(database)
    new_webhook(database, tenant, url=receiver.url("/hook"))
    with dispatching(database):
        event = happen(database, tenant, now=utc_now())
        assert receiver.wait_for(1) == [event]
        wait_until(lambda: states(database) == {DeliveryState.DELIVERED: 1})
    with database.snapshot() as session:
        kept = session.scalars(sa.select(Attempt)).one()
    assert (kept.status, kept.error) == (200, None)


def test_what_fails_comes_again_under_the_same_id(database: Database, receiver: Receiver) -> None:
    tenant = new_tenant(database)
    new_webhook(database, tenant, url=receiver.url("/hook"))
    receiver.answers["/hook"] = 500
    ahead = timedelta()

    def clock() -> datetime:
        return utc_now() + ahead

    event = happen(database, tenant, now=utc_now())
    with dispatching(database, clock=clock):
        receiver.wait_for(1)
        receiver.answers["/hook"] = 200
        ahead = timedelta(seconds=6)
        receiver.wait_for(2)
        wait_until(lambda: states(database) == {DeliveryState.DELIVERED: 1})
    assert receiver.ids() == [event, event]


def test_several_dispatchers_send_each_delivery_once(database: Database, receiver: Receiver) -> None:
    tenant = new_tenant(database)
    for path in ("/a", "/b", "/c"):
        new_webhook(database, tenant, url=receiver.url(path))
    events = {happen(database, tenant, number=number, now=utc_now()) for number in range(40)}
    receiver.busy_seconds = 0.02
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(dispatching(database))
        receiver.wait_for(3 * len(events), seconds=60)
        wait_until(lambda: states(database) == {DeliveryState.DELIVERED: 3 * len(events)})
    for path in ("/a", "/b", "/c"):
        assert Counter(receiver.ids(path)) == dict.fromkeys(events, 1)
    assert receiver.overlaps == 0


def test_a_receiver_that_hangs_does_not_hold_up_the_others(database: Database, receiver: Receiver) -> None:
    slow, quick = new_tenant(database), new_tenant(database)
    new_webhook(database, slow, url=receiver.url("/hang"))
    new_webhook(database, quick, url=receiver.url("/quick"))
    for number in range(50):
        happen(database, slow, number=number, now=utc_now())
    events = [happen(database, quick, number=number, now=utc_now()) for number in range(20)]
    began = time.monotonic()
    with dispatching(database, seconds=20, stop_seconds=0):
        receiver.wait_for(len(events), "/quick", seconds=15)
        assert time.monotonic() - began < 15
        assert len(receiver.ids("/hang")) == 4  # as many as one receiver gets at once


def test_a_stop_waits_for_what_is_being_sent(database: Database, receiver: Receiver) -> None:
    tenant = new_tenant(database)
    new_webhook(database, tenant, url=receiver.url("/hook"))
    receiver.busy_seconds = 0.5
    happen(database, tenant, now=utc_now())
    with dispatching(database):
        receiver.wait_for(1)
    assert states(database) == {DeliveryState.DELIVERED: 1}


def test_a_stop_gives_back_what_takes_too_long(database: Database, receiver: Receiver) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant, url=receiver.url("/hang"))
    event = happen(database, tenant, now=utc_now())
    began = time.monotonic()
    with dispatching(database, seconds=20, stop_seconds=0.2):
        receiver.wait_for(1)
    assert time.monotonic() - began < 10
    with database.transaction() as session:
        webhook_of(session, tenant, webhook.id, to_change=True).url = receiver.url("/other")
    with dispatching(database):
        assert receiver.wait_for(1, "/other", seconds=5) == [event]


@pytest.mark.slow
def test_what_a_killed_dispatcher_was_sending_another_sends_again(
    url: str, database: Database, receiver: Receiver
) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant, url=receiver.url("/hang"))
    event = happen(database, tenant, now=utc_now())
    with subprocess.Popen([sys.executable, "-c", _KILLED, url]) as killed:
        receiver.wait_for(1)
        killed.kill()
    with database.transaction() as session:
        webhook_of(session, tenant, webhook.id, to_change=True).url = receiver.url("/other")
    with dispatching(database):
        time.sleep(1.5)
        assert receiver.ids("/other") == []  # the claim still holds
        with dispatching(database, clock=lambda: utc_now() + timedelta(seconds=23)):
            assert receiver.wait_for(1, "/other") == [event]
        wait_until(lambda: states(database) == {DeliveryState.DELIVERED: 1})
    assert receiver.ids() == [event, event]


def test_a_test_whose_sender_died_is_sent_once_by_a_dispatcher(
    database: Database, receiver: Receiver
) -> None:
    tenant = new_tenant(database)
    webhook = new_webhook(database, tenant, url=receiver.url("/500"))
    with database.transaction() as session:
        kind, now = EventKind.WEBHOOK_TEST, utc_now()
        emit(session, tenant, kind, subject=webhook.id, body={}, now=now, only=webhook.id)
    with dispatching(database):
        receiver.wait_for(1)
        wait_until(lambda: states(database) == {DeliveryState.DEAD: 1})


def test_one_that_was_never_started_can_be_stopped(database: Database) -> None:
    Dispatcher(database, Sender(guard=LOOPBACK, seconds=1), clock=utc_now, stop_seconds=0).stop()
