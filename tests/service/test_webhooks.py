"""Webhooks as a client and a receiver meet them: a real server, and a real receiver beside it."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from service.running import Process, uploaded, variants
from standardwebhooks import Webhook, WebhookVerificationError
from webhook_receiver import Receiver, running_receiver

from extractor.storage.access import Scope, create_key, ensure_tenant
from extractor.storage.database import Database

SERVER = ("serve", "--port", "0", "--workers", "1")


def started(folder: Path, **environment: str) -> Process:
    return Process(*SERVER, "--data-dir", str(folder), environment=environment)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    server = started(
        tmp_path_factory.mktemp("data"),
        EXTRACTOR_WEBHOOK_NETWORKS='["127.0.0.0/8"]',
        EXTRACTOR_WEBHOOK_SECONDS="2",
    )
    with server.client() as client:
        yield client
    assert server.stop() == 0


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[tuple[httpx.Client, list[str]]]:
    """Yield a client of a server that asks for keys, and three keys: see `keys`."""
    made = keys(tmp_path)
    server = started(tmp_path, EXTRACTOR_ACCESS="keys", EXTRACTOR_WEBHOOK_NETWORKS='["127.0.0.0/8"]')
    with server.client() as client:
        yield client, made
    assert server.stop() == 0


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture(autouse=True)
def none_left(client: httpx.Client) -> Iterator[None]:
    yield
    for webhook in client.get("/v1/webhooks").json()["items"]:
        assert client.delete(f"/v1/webhooks/{webhook['id']}").status_code == 204


def added(client: httpx.Client, url: str, *events: str) -> tuple[str, str]:
    """Add a webhook and return its path and its secret."""
    answer = client.post("/v1/webhooks", json={"url": url, "events": list(events)})
    assert answer.status_code == 201, answer.text
    return f"/v1/webhooks/{answer.json()['webhook']['id']}", answer.json()["secret"]


def deliveries(client: httpx.Client, path: str, *, state: str, count: int) -> list[dict[str, object]]:
    """Return what was sent, as soon as so many are in a state."""
    until = time.monotonic() + 20
    while True:
        items: list[dict[str, object]] = client.get(f"{path}/deliveries?state={state}").json()["items"]
        if len(items) >= count:
            return items
        assert time.monotonic() < until
        time.sleep(0.05)


def test_a_document_that_is_read_is_told_and_the_message_verifies(
    client: httpx.Client, receiver: Receiver
) -> None:
    path, secret = added(client, receiver.url("/hook"), "document.extracted")
    (extraction,) = uploaded(client, variants(1))
    receiver.wait_for(1, seconds=60)
    (got,) = receiver.requests
    told = Webhook(secret).verify(got.body, got.headers)
    assert set(told) == {"type", "timestamp", "data"}
    assert told["type"] == "document.extracted"
    assert told["data"]["extraction"] == extraction
    detail = client.get(f"/v1/extractions/{extraction}").json()
    assert [result["result"] for result in told["data"]["results"]] == [
        result["id"] for result in detail["results"]
    ]
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(got.body + b" ", got.headers)
    (delivery,) = deliveries(client, path, state="delivered", count=1)
    assert (delivery["event"], delivery["type"]) == (got.headers["webhook-id"], "document.extracted")
    (attempt,) = client.get(f"{path}/deliveries/{delivery['id']}").json()["attempts"]
    assert (attempt["status"], attempt["error"]) == (200, None)


def test_the_secret_is_shown_once_and_rotated_with_a_day_of_both(
    client: httpx.Client, receiver: Receiver
) -> None:
    path, old = added(client, receiver.url("/hook"))
    shown = client.get(path)
    assert old not in shown.text
    assert old not in client.get("/v1/webhooks").text
    assert shown.json()["old_secret_until"] is None
    rotated = client.post(f"{path}/rotate-secret").json()
    assert rotated["secret"].startswith("whsec_")
    assert rotated["secret"] != old
    assert rotated["webhook"]["old_secret_until"] is not None
    assert client.post(f"{path}/test").json()["delivered"] is True
    (got,) = receiver.requests
    for secret in (old, rotated["secret"]):
        assert Webhook(secret).verify(got.body, got.headers)["type"] == "webhook.test"
    client.post(f"{path}/rotate-secret")
    client.post(f"{path}/test")
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(receiver.requests[1].body, receiver.requests[1].headers)


@pytest.mark.parametrize(
    ("at", "status", "error"),
    [
        ("/200", 200, None),
        ("/500", 500, "answered 500"),
        ("/410", 410, "answered 410"),
        ("/302", 302, "answered 302; redirects are not followed"),
        ("/hang", None, "no answer within 2 s"),
        ("/close", None, "the connection ended without an answer that is HTTP"),
    ],
)
def test_a_test_says_how_it_went_and_disables_nothing(
    client: httpx.Client, receiver: Receiver, at: str, status: int | None, error: str | None
) -> None:
    path, _ = added(client, receiver.url(at))
    tested = client.post(f"{path}/test").json()
    assert (tested["delivered"], tested["status"], tested["error"]) == (status == 200, status, error)
    assert client.get(path).json()["enabled"] is True
    state = "delivered" if status == 200 else "dead"
    (delivery,) = deliveries(client, path, state=state, count=1)
    assert delivery["event"] == tested["event"]


def test_410_disables_and_all_that_was_missed_is_replayed(client: httpx.Client, receiver: Receiver) -> None:
    began = "2026-01-01T00:00:00Z"
    path, _ = added(client, receiver.url("/hook"), "document.extracted")
    receiver.answers["/hook"] = 410
    uploaded(client, variants(1, name="de_clean_invoice.pdf"))
    receiver.wait_for(1, seconds=60)
    deliveries(client, path, state="dead", count=1)
    webhook = client.get(path).json()
    assert webhook["enabled"] is False
    assert webhook["disabled_reason"] == "the receiver answered 410 Gone"
    contents = variants(2, name="de_clean_invoice.pdf")[1:]
    (extraction,) = uploaded(client, contents)
    until = time.monotonic() + 60
    while client.get(f"/v1/extractions/{extraction}").json()["extraction"]["state"] != "done":
        assert time.monotonic() < until
        time.sleep(0.1)
    assert client.post(f"{path}/replay", json={"since": began}).status_code == 409
    receiver.answers["/hook"] = 200
    assert client.patch(path, json={"enabled": True}).json()["enabled"] is True
    replayed = client.post(f"{path}/replay", json={"since": began})
    assert (replayed.status_code, replayed.json()) == (202, {"count": 2})
    delivered = deliveries(client, path, state="delivered", count=2)
    assert len({delivery["event"] for delivery in delivered}) == 2
    again = client.post(f"{path}/deliveries/{delivered[0]['id']}/replay")
    assert (again.status_code, again.json()["state"]) == (202, "waiting")
    receiver.wait_for(4)
    assert receiver.ids().count(str(delivered[0]["event"])) >= 2


def test_a_webhook_is_changed_disabled_and_enabled(client: httpx.Client, receiver: Receiver) -> None:
    path, _ = added(client, receiver.url("/old"))
    changed = client.patch(path, json={"url": receiver.url("/new"), "events": ["batch.completed"]}).json()
    assert (changed["url"], changed["events"]) == (receiver.url("/new"), ["batch.completed"])
    assert client.patch(path, json={}).json() == changed
    disabled = client.patch(path, json={"enabled": False}).json()
    assert (disabled["enabled"], disabled["disabled_reason"]) == (False, "disabled by hand")
    enabled = client.patch(path, json={"enabled": True}).json()
    assert (enabled["enabled"], enabled["disabled_at"], enabled["disabled_reason"]) == (True, None, None)


def test_webhooks_and_deliveries_are_listed_by_cursor(client: httpx.Client, receiver: Receiver) -> None:
    paths = [added(client, receiver.url(f"/{number}"))[0] for number in range(3)]
    first = client.get("/v1/webhooks?limit=2").json()
    second = client.get(f"/v1/webhooks?limit=2&cursor={first['next_cursor']}").json()
    listed = [f"/v1/webhooks/{item['id']}" for item in first["items"] + second["items"]]
    assert listed == paths[::-1]
    assert second["next_cursor"] is None
    events = [client.post(f"{paths[0]}/test").json()["event"] for _ in range(3)]
    first = client.get(f"{paths[0]}/deliveries?limit=2").json()
    second = client.get(f"{paths[0]}/deliveries?limit=2&cursor={first['next_cursor']}").json()
    assert [item["event"] for item in first["items"] + second["items"]] == events[::-1]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"url": "http://10.0.0.1/"}, "TargetRefused"),
        ({"url": "https://169.254.169.254/latest"}, "TargetRefused"),
        ({"url": "https://[::1]/"}, "TargetRefused"),
        ({"url": "nonsense"}, "TargetRefused"),
        ({"url": "http://127.0.0.1/", "events": ["webhook.test"]}, "ConfigurationError"),
        ({"url": "http://127.0.0.1/", "events": ["document.eaten"]}, "BadRequest"),
        ({"events": []}, "BadRequest"),
    ],
)
def test_what_cannot_be_a_webhook_is_refused(
    client: httpx.Client, given: dict[str, object], code: str
) -> None:
    answer = client.post("/v1/webhooks", json=given)
    assert answer.status_code == (400 if code == "BadRequest" else 422)
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"] == code
    assert client.get("/v1/webhooks").json()["items"] == []


def test_a_change_is_checked_as_a_new_one_is(client: httpx.Client, receiver: Receiver) -> None:
    path, _ = added(client, receiver.url("/hook"))
    assert client.patch(path, json={"url": "https://10.0.0.1/"}).status_code == 422
    assert client.patch(path, json={"events": ["webhook.test"]}).status_code == 422
    assert client.get(path).json()["url"] == receiver.url("/hook")
    assert client.post(f"{path}/replay", json={"since": "2026-01-01T00:00:00"}).status_code == 422


def test_with_keys_only_an_administrator_s_own_webhooks_are_there(
    guarded: tuple[httpx.Client, list[str]], receiver: Receiver
) -> None:
    client, (mine, theirs, reader) = guarded
    client.headers["Authorization"] = mine
    path, _ = added(client, receiver.url("/hook"))
    assert client.post(f"{path}/test").json()["delivered"] is True
    (delivery,) = client.get(f"{path}/deliveries").json()["items"]
    requests: list[tuple[str, str, object]] = [
        ("GET", path, None),
        ("PATCH", path, {"enabled": False}),
        ("DELETE", path, None),
        ("POST", f"{path}/rotate-secret", None),
        ("POST", f"{path}/test", None),
        ("POST", f"{path}/replay", {"since": "2026-01-01T00:00:00Z"}),
        ("GET", f"{path}/deliveries", None),
        ("GET", f"{path}/deliveries/{delivery['id']}", None),
        ("POST", f"{path}/deliveries/{delivery['id']}/replay", None),
    ]
    for method, url, body in requests:
        statuses = {
            key: client.request(method, url, json=body, headers={"Authorization": key}).status_code
            for key in (theirs, reader, "Bearer xt_none_none")
        }
        assert statuses == {theirs: 404, reader: 403, "Bearer xt_none_none": 401}, url
    client.headers["Authorization"] = theirs
    assert client.get("/v1/webhooks").json()["items"] == []
    other, _ = added(client, receiver.url("/other"))
    crossed = f"{other}/deliveries/{delivery['id']}"
    assert client.get(crossed).status_code == client.post(f"{crossed}/replay").status_code == 404
    client.headers["Authorization"] = mine
    assert client.get(path).json()["enabled"] is True
    assert len(receiver.requests) == 1


def keys(folder: Path) -> list[str]:
    """Return what opens a tenant, another tenant, and the first one to read only."""
    database = Database(f"sqlite:///{folder / 'extractor.db'}")
    database.migrate()
    now = datetime.now(UTC)
    with database.transaction() as session:
        made = [
            create_key(session, ensure_tenant(session, tenant, now=now), name="key", scopes=scopes, now=now)
            for tenant, scopes in (
                ("mine", [Scope.ADMIN]),
                ("theirs", [Scope.ADMIN]),
                ("mine", [Scope.READ, Scope.WRITE, Scope.REVIEW]),
            )
        ]
    database.close()
    return [f"Bearer {key}" for _, key in made]
