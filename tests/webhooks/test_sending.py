import asyncio
import ssl
import time
from collections.abc import Iterator, Sequence
from ipaddress import ip_network

import pytest
import trustme
from webhook_receiver import Receiver, running_receiver

from extractor.settings import ServiceSettings
from extractor.webhooks.addresses import Guard
from extractor.webhooks.sending import Answer, Sender, sender_of

HEADERS = {"webhook-id": "evt_1", "content-type": "application/json"}
LOOPBACK = Guard(allowed=(ip_network("127.0.0.0/8"),))


def sent(
    url: str, *, seconds: float = 5.0, guard: Guard = LOOPBACK, tls: ssl.SSLContext | None = None
) -> Answer:
    sender = (
        Sender(guard=guard, seconds=seconds) if tls is None else Sender(guard=guard, seconds=seconds, tls=tls)
    )
    return asyncio.run(sender.send(url, b'{"a":1}', HEADERS))


def guard_with(*addresses: str, allowed: Sequence[str] = ("127.0.0.0/8",)) -> Guard:
    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return Guard(allowed=tuple(ip_network(network) for network in allowed), resolver=resolver)


def test_the_bytes_and_headers_arrive_as_they_were_given(receiver: Receiver) -> None:
    answer = sent(receiver.url("/hook?tenant=7"))
    assert (answer.status, answer.error, answer.is_taken) == (200, None, True)
    (got,) = receiver.requests
    assert got.path == "/hook?tenant=7"
    assert got.body == b'{"a":1}'
    assert got.headers["webhook-id"] == "evt_1"
    assert got.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert "cookie" not in got.headers


@pytest.mark.parametrize(
    ("status", "is_taken"),
    [
        (200, True),
        (202, True),
        (204, True),
        (299, True),
        (300, False),
        (304, False),
        (400, False),
        (401, False),
        (404, False),
        (410, False),
        (429, False),
        (500, False),
        (503, False),
    ],
)
def test_two_hundreds_take_a_message_and_nothing_else_does(
    receiver: Receiver, status: int, *, is_taken: bool
) -> None:
    answer = sent(receiver.url(f"/{status}"))
    assert (answer.status, answer.is_taken) == (status, is_taken)
    assert answer.is_gone is (status == 410)
    assert answer.retry_after == ("7200" if status in (429, 503) else None)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(receiver: Receiver, status: int) -> None:
    answer = sent(receiver.url(f"/{status}"))
    assert (answer.status, answer.is_taken) == (status, False)
    assert [got.path for got in receiver.requests] == [f"/{status}"]


@pytest.mark.parametrize("path", ["/hang", "/drip"])
def test_a_receiver_that_does_not_answer_in_time_is_left(receiver: Receiver, path: str) -> None:
    began = time.monotonic()
    answer = sent(receiver.url(path), seconds=0.7)
    assert answer.status is None
    assert answer.error == "no answer within 0.7 s"
    assert 0.7 <= time.monotonic() - began < 3
    assert 700 <= answer.took_ms < 3000


@pytest.mark.parametrize("path", ["/endless", "/unfinished"])
def test_a_body_without_an_end_is_not_read_and_the_status_counts(receiver: Receiver, path: str) -> None:
    began = time.monotonic()
    answer = sent(receiver.url(path), seconds=1.0)
    assert (answer.status, answer.is_taken) == (200, True)
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("path", ["/close", "/noise"])
def test_a_connection_that_ends_without_an_answer_is_told(receiver: Receiver, path: str) -> None:
    answer = sent(receiver.url(path))
    assert answer.status is None
    assert answer.error == "the connection ended without an answer that is HTTP"


def test_a_port_where_nobody_listens_is_told(receiver: Receiver) -> None:
    url = receiver.url("/")
    with running_receiver() as other:
        gone = other.url("/")
    assert gone != url
    answer = sent(gone)
    assert (answer.status, answer.error) == (None, "the host cannot be connected to")


def test_what_the_guard_refuses_is_not_connected_to(receiver: Receiver) -> None:
    answer = sent(receiver.url("/hook"), guard=Guard())
    assert answer.status is None
    assert answer.error == "the host of the URL is in a network that webhooks may not reach"
    assert receiver.requests == []


def test_a_name_that_hangs_counts_as_time(receiver: Receiver) -> None:
    async def slow(_host: str, _port: int) -> Sequence[str]:
        await asyncio.sleep(60)
        return ["127.0.0.1"]

    answer = sent(receiver.url("/", host="slow.example"), seconds=0.3, guard=Guard(resolver=slow))
    assert answer.error == "no answer within 0.3 s"


def test_a_name_that_answers_differently_the_second_time_has_no_second_time(receiver: Receiver) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])

    async def rebinding(_host: str, _port: int) -> Sequence[str]:
        return next(answers)

    guard = Guard(allowed=(ip_network("127.0.0.1/32"),), resolver=rebinding)
    assert sent(receiver.url("/hook", host="rebinding.example"), guard=guard).is_taken
    assert sent(receiver.url("/hook", host="rebinding.example"), guard=guard).status is None
    assert len(receiver.requests) == 1
    assert receiver.requests[0].headers["host"] == f"rebinding.example:{receiver.port}"


def test_an_address_that_is_not_connected_to_gives_way_to_the_next(receiver: Receiver) -> None:
    guard = guard_with("127.0.0.9", "127.0.0.1")  # the receiver listens on the second alone
    assert sent(receiver.url("/hook", host="two.example"), guard=guard).is_taken
    assert len(receiver.requests) == 1


def test_an_attempt_that_reached_a_receiver_is_not_repeated_at_its_next_address(receiver: Receiver) -> None:
    guard = guard_with("127.0.0.1", "127.0.0.1")
    assert sent(receiver.url("/close", host="two.example"), guard=guard).status is None
    assert len(receiver.requests) == 1


def test_a_proxy_of_the_environment_is_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert sent(receiver.url("/hook")).is_taken


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secured(authority: trustme.CA) -> Iterator[Receiver]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("hooks.example").configure_cert(context)
    with running_receiver(context) as receiver:
        yield receiver


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_over_tls_the_certificate_is_the_name_s_not_the_address_s(
    secured: Receiver, authority: trustme.CA
) -> None:
    url = secured.url("/hook", host="hooks.example", scheme="https")
    answer = sent(url, guard=guard_with("127.0.0.1"), tls=trusting(authority))
    assert (answer.status, answer.error) == (200, None)
    assert secured.requests[0].headers["host"] == f"hooks.example:{secured.port}"


@pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
def test_a_certificate_of_another_name_is_refused(
    secured: Receiver, authority: trustme.CA, host: str
) -> None:
    url = secured.url("/hook", host=host, scheme="https")
    answer = sent(url, guard=guard_with("127.0.0.1"), tls=trusting(authority))
    assert answer.error == "the connection cannot be secured: check the host's certificate"
    assert secured.requests == []


def test_a_certificate_that_nobody_vouches_for_is_refused(secured: Receiver) -> None:
    url = secured.url("/hook", host="hooks.example", scheme="https")
    answer = sent(url, guard=guard_with("127.0.0.1"))
    assert answer.error == "the connection cannot be secured: check the host's certificate"


def test_the_settings_say_where_to_and_how_long() -> None:
    sender = sender_of(ServiceSettings(webhook_networks=("10.1.0.0/16", "fd00::/8"), webhook_seconds=3))
    assert sender.seconds == 3
    assert sender.guard.allowed == (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))
    assert sender_of(ServiceSettings()).guard.allowed == ()
