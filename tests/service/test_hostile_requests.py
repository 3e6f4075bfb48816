"""Requests that no honest client sends are refused as problem details, on both databases: never a fault."""

import base64
import json
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from postgres_server import missing_postgres, new_database, running_postgres
from service.served import served

MIB = 1024 * 1024
LONG = "x" * 10_000
NUL = "%00"
GETS = (
    "/v1/documents/{}",
    "/v1/documents/{}/content",
    "/v1/documents/{}/pages/1",
    "/v1/batches/{}",
    "/v1/batches/{}/files",
    "/v1/batches/{}/events",
    "/v1/extractions/{}",
    "/v1/results/{}",
    "/v1/results/{}/history",
    "/v1/reconciliations/{}",
    "/v1/specs/{}",
    "/v1/policies/own/{}",
    "/v1/webhooks/{}",
    "/v1/webhooks/{}/deliveries",
    "/v1/webhooks/w/deliveries/{}",
)
QUERIES = (
    "/v1/results?result={}",
    "/v1/results?document={}",
    "/v1/results?spec={}",
    "/v1/results?number={}",
    "/v1/results?seller={}",
    "/v1/results?since={}",
    "/v1/results?cursor={}",
    "/v1/exports/results?number={}",
    "/v1/reviews?reason={}",
    "/v1/audit?subject={}",
    "/v1/documents?cursor={}",
)
BODIES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("POST", "/v1/extractions", {"document": "{}"}),
    ("POST", "/v1/reconciliations", {"contract": "{}", "invoices": ["{}"]}),
    ("PATCH", "/v1/results/r", {"path": "{}", "value": "{}"}),
    ("POST", "/v1/reconciliations/r/verdict", {"verdict": "approve", "note": "{}"}),
    ("POST", "/v1/policies", {"name": "{}", "toml": "nonsense = 1"}),
    ("POST", "/v1/specs", {"toml": "{}"}),
    ("POST", "/v1/webhooks", {"url": "https://{}"}),
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def client(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    with ExitStack() as stack:
        settings: dict[str, str] = {}
        if request.param == "postgresql":
            if reason := missing_postgres():
                pytest.skip(reason)
            settings["database_url"] = new_database(stack.enter_context(running_postgres()), "hostile")
        yield stack.enter_context(served(tmp_path_factory.mktemp("hostile"), **settings)).client


def is_problem(answer: httpx.Response, *statuses: int) -> bool:
    problem = answer.json()
    assert answer.status_code in statuses, (str(answer.url)[:100], answer.text[:300])
    assert answer.headers["content-type"] == "application/problem+json"
    return bool(problem["status"] == answer.status_code and problem["detail"])


@pytest.mark.parametrize("path", GETS)
@pytest.mark.parametrize("name", [NUL, f"a{NUL}b", LONG, "%ff%fe", "..%2f..", "🧾", "'; --"])
def test_what_is_called_by_no_name_of_ours_is_not_found(client: httpx.Client, path: str, name: str) -> None:
    assert is_problem(client.get(path.format(name)), 404)


@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.parametrize("value", [NUL, base64.b64encode(b"a\0b").decode().rstrip("=") + NUL])
def test_a_nul_in_a_query_is_refused(client: httpx.Client, path: str, value: str) -> None:
    assert is_problem(client.get(path.format(value)), 400)


@pytest.mark.parametrize("path", QUERIES)
def test_a_query_of_ten_thousand_characters_finds_nothing_or_is_refused(
    client: httpx.Client, path: str
) -> None:
    answer = client.get(path.format(LONG))
    if answer.status_code == 200:
        assert "x" * 20 not in answer.text
        assert answer.content in (b"", b"[]") or answer.json()["items"] == []
    else:
        assert is_problem(answer, 400, 422)


@pytest.mark.parametrize("path", ["/v1/documents", "/v1/results", "/v1/reviews", "/v1/audit", "/v1/webhooks"])
@pytest.mark.parametrize("hidden", [b"doc_\0", b"\xff\xfe", b"9" * 100, b"\n"])
def test_a_cursor_that_hides_something_else_is_refused_or_finds_nothing(
    client: httpx.Client, path: str, hidden: bytes
) -> None:
    cursor = base64.urlsafe_b64encode(hidden).decode().rstrip("=")
    answer = client.get(path, params={"cursor": cursor})
    assert answer.status_code == 200 or is_problem(answer, 422)
    assert (answer.status_code == 200) == hidden.isdigit()


@pytest.mark.parametrize(("method", "path", "body"), BODIES)
def test_a_nul_in_a_body_is_refused(
    client: httpx.Client, method: str, path: str, body: dict[str, object]
) -> None:
    content = json.dumps(body).replace("{}", "a\\u0000b")
    headers = {"Content-Type": "application/json", "If-Match": '"1"'}
    assert is_problem(client.request(method, path, content=content, headers=headers), 400)


def test_a_backslash_before_the_letters_of_a_nul_is_a_backslash(client: httpx.Client) -> None:
    content = rb'{"name": "slashes", "toml": "# \\u0000"}'
    answer = client.post("/v1/policies", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 201
    assert answer.json()["toml"] == r"# \u0000"


@pytest.mark.parametrize(("method", "path", "body"), BODIES)
def test_half_a_character_in_a_body_is_refused(
    client: httpx.Client, method: str, path: str, body: dict[str, object]
) -> None:
    content = json.dumps(body).replace("{}", "a\\ud800b")
    headers = {"Content-Type": "application/json", "If-Match": '"1"'}
    assert is_problem(client.request(method, path, content=content, headers=headers), 400)


@pytest.mark.parametrize(("method", "path", "body"), BODIES)
@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", "x", ""],
)
def test_json_that_is_not_called_so_is_refused(
    client: httpx.Client, method: str, path: str, body: dict[str, object], kind: str
) -> None:
    headers = {"Content-Type": kind, "If-Match": '"1"'}
    assert is_problem(client.request(method, path, content=json.dumps(body), headers=headers), 415)


@pytest.mark.parametrize(("method", "path", "body"), BODIES)
def test_a_body_of_the_greatest_length_is_read_and_a_longer_one_is_not(
    client: httpx.Client, method: str, path: str, body: dict[str, object]
) -> None:
    content = json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "If-Match": '"1"'}
    longest = client.request(method, path, content=content + b" " * (MIB - len(content)), headers=headers)
    assert is_problem(longest, 404, 422)
    longer = client.request(method, path, content=content + b" " * (MIB + 1 - len(content)), headers=headers)
    assert is_problem(longer, 413)


def test_a_body_without_a_length_is_bounded_too(client: httpx.Client) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(200):
            sent += MIB
            yield b" " * MIB

    headers = {"Content-Type": "application/json"}
    try:
        assert is_problem(client.post("/v1/specs", content=endless(), headers=headers), 413)
    except httpx.WriteError:  # the server answered, and hung up before all was sent
        assert sent < 200 * MIB


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[",
        b"[]",
        b"null",
        b"1",
        b"[" * 100_000,
        b'{"toml": ' + b"[" * 100_000,
        b'{"toml": 1}',
        b'{"a": 1e999999999}',
        b"\xff",
    ],
)
def test_what_is_no_json_of_ours_is_refused(client: httpx.Client, content: bytes) -> None:
    answer = client.post("/v1/specs", content=content, headers={"Content-Type": "application/json"})
    assert is_problem(answer, 400)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/documents?limit=0",
        "/v1/documents?limit=201",
        f"/v1/documents?limit={'9' * 40}",
        f"/v1/specs/own?version={'9' * 40}",
        "/v1/specs/own?version=0",
    ],
)
def test_a_number_out_of_bounds_is_refused_and_named(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert is_problem(answer, 400)
    assert path.partition("?")[2].partition("=")[0] in answer.json()["detail"]


def test_a_shipped_spec_has_no_versions(client: httpx.Client) -> None:
    assert client.get("/v1/specs/invoice").json()["version"] == 0
    assert is_problem(client.get("/v1/specs/invoice?version=1"), 404)


@pytest.mark.parametrize("path", ["/v1/documents", "/v1/batches", "/v1/extract"])
@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"files":' + b"[" * 100_000, b"{}", b"\xff"])
def test_an_upload_of_no_json_of_ours_is_refused(client: httpx.Client, path: str, content: bytes) -> None:
    answer = client.post(path, content=content, headers={"Content-Type": "application/json"})
    assert is_problem(answer, 400)
