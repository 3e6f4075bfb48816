"""Requests with an Idempotency-Key: the second one gets the whole answer of the first one."""

from collections.abc import Iterator

import httpx
import pytest
from service.served import content, served

KEY = "Idempotency-Key"
OF_THE_ANSWER = ("content-type", "location", "etag", "content-length")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with served(tmp_path_factory.mktemp("repeated")) as running:
        yield running.client


@pytest.fixture(scope="module")
def result(client: httpx.Client) -> str:
    answer = client.post("/v1/extract", files={"file": ("a.pdf", content("de_clean_invoice.pdf"))})
    kept = client.get(answer.headers["location"]).json()
    name: str = kept["results"][0]["id"]
    return name


def same(first: httpx.Response, second: httpx.Response, *, having: str) -> bool:
    assert having in first.headers
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    told = [(answer.status_code, answer.content) for answer in (first, second)]
    shown = [[answer.headers.get(name) for name in OF_THE_ANSWER] for answer in (first, second)]
    return told[0] == told[1] and shown[0] == shown[1]


def test_what_was_read_at_once_says_again_where_it_is(client: httpx.Client) -> None:
    first, second = (
        client.post("/v1/extract", files={"file": ("a.pdf", content("ubl.xml"))}, headers={KEY: "read"})
        for _ in range(2)
    )
    assert first.status_code == 200
    assert same(first, second, having="location")


def test_what_a_person_confirmed_says_again_which_version_it_has(client: httpx.Client, result: str) -> None:
    version = client.get(f"/v1/results/{result}").headers["etag"]
    first, second = (
        client.post(f"/v1/results/{result}/confirm", headers={KEY: "confirm", "If-Match": version})
        for _ in range(2)
    )
    assert first.status_code == 200
    assert first.headers["etag"] != version
    assert same(first, second, having="etag")  # without the key it would be a conflict of versions


def test_a_refused_request_is_tried_again_with_the_same_key(client: httpx.Client) -> None:
    for _ in range(2):
        answer = client.post("/v1/specs", json={"toml": "name ="}, headers={KEY: "refused"})
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"
        assert "idempotent-replayed" not in answer.headers


def test_a_key_is_of_one_request(client: httpx.Client) -> None:
    def asked(toml: str) -> httpx.Response:
        return client.post("/v1/policies", json={"name": "one", "toml": toml}, headers={KEY: "policy"})

    assert asked("").status_code == 201
    assert asked("# another").status_code == 422


@pytest.mark.parametrize("key", ["", "x" * 256, "\x7f", "ü", "a\tb"])
def test_a_key_that_is_none_is_refused(client: httpx.Client, key: str) -> None:
    headers = {KEY.encode(): key.encode("latin-1")}
    answer = client.post("/v1/policies", json={"name": "two", "toml": ""}, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_key_of_the_greatest_length_is_taken(client: httpx.Client) -> None:
    answer = client.post("/v1/policies", json={"name": "two", "toml": ""}, headers={KEY: "x" * 255})
    assert answer.status_code == 201


def test_an_answer_goes_with_the_document_that_it_is_about(client: httpx.Client) -> None:
    def read(name: str) -> httpx.Response:
        return client.post("/v1/extract", files={"file": ("a.pdf", content(name))}, headers={KEY: name})

    gone, other = read("factur_x.pdf"), read("two_pages.pdf")
    document = client.get(gone.headers["location"]).json()["extraction"]["document"]
    assert client.delete(f"/v1/documents/{document}").status_code == 204
    assert read("two_pages.pdf").headers["location"] == other.headers["location"]
    again = read("factur_x.pdf")
    assert "idempotent-replayed" not in again.headers
    assert again.headers["location"] != gone.headers["location"]
