"""Pages of other sites get nothing of a service without keys, and programs all of it."""

from collections.abc import Iterator

import httpx
import pytest
from litestar.exceptions import PermissionDeniedException
from service.served import content, served

from extractor.service.browsers import refuse_other_sites

HERE = "127.0.0.1:8000"
OURS: tuple[dict[str, str], ...] = (
    {"host": HERE},
    {"host": "localhost"},
    {"host": "LOCALHOST:1"},
    {"host": "[::1]:8000"},
    {"host": "192.168.1.5:8000"},
    {"host": "extractor.lan:8000"},
    {},
    {"host": HERE, "origin": f"http://{HERE}"},
    {"host": "extractor.lan", "origin": "https://extractor.lan"},  # behind a proxy with TLS
    {"host": HERE, "sec-fetch-site": "same-origin"},
    {"host": HERE, "sec-fetch-site": "none"},
)
REBOUND = (
    {"host": "evil.example"},
    {"host": "evil.example:8000", "origin": "http://evil.example:8000"},
    {"host": "127.0.0.1.evil.example"},
    {"host": "localhost.evil.example"},
    {"host": "[::1"},
)
FROM_ELSEWHERE = (
    {"host": HERE, "origin": "https://evil.example"},
    {"host": HERE, "origin": "http://127.0.0.1:3000"},
    {"host": HERE, "origin": "http://127.0.0.1"},
    {"host": HERE, "origin": "null"},
    {"host": HERE, "origin": ""},
    {"host": HERE, "sec-fetch-site": "cross-site"},
    {"host": HERE, "sec-fetch-site": "same-site"},
    {"origin": "null"},
)


@pytest.mark.parametrize("headers", OURS)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_programs_and_our_own_pages_pass(headers: dict[str, str], method: str) -> None:
    refuse_other_sites(headers, method=method, hosts=["extractor.lan"])


@pytest.mark.parametrize("headers", REBOUND)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_under_names_of_others_nothing_is_answered(headers: dict[str, str], method: str) -> None:
    with pytest.raises(PermissionDeniedException, match="EXTRACTOR_ALLOWED_HOSTS"):
        refuse_other_sites(headers, method=method, hosts=["extractor.lan"])


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_pages_of_other_sites_change_nothing(headers: dict[str, str], method: str) -> None:
    with pytest.raises(PermissionDeniedException, match="another site"):
        refuse_other_sites(headers, method=method, hosts=[])
    refuse_other_sites(headers, method="GET", hosts=[])  # a browser keeps the answer from the page


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with served(tmp_path_factory.mktemp("browsers"), allowed_hosts='["Extractor.lan"]') as running:
        yield running.client


def upload(client: httpx.Client, **headers: str) -> httpx.Response:
    files = {"file": ("a.pdf", content("two_pages.pdf"))}
    return client.post("/v1/documents", files=files, headers={key.title(): headers[key] for key in headers})


def test_the_service_refuses_what_a_page_of_another_site_sends(client: httpx.Client) -> None:
    refused = upload(client, origin="https://evil.example")
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    assert upload(client, host="evil.example").status_code == 403
    assert client.get("/v1/documents", headers={"Host": "evil.example"}).status_code == 403
    assert client.get("/v1/documents").json()["items"] == []
    assert client.get("/health", headers={"Host": "evil.example"}).status_code == 200  # of nobody's documents


def test_the_service_takes_what_a_page_of_its_own_sends(client: httpx.Client) -> None:
    assert upload(client, host="extractor.lan", origin="https://extractor.lan").status_code == 202


def test_with_keys_the_key_decides(tmp_path_factory: pytest.TempPathFactory) -> None:
    with served(tmp_path_factory.mktemp("keys"), access="keys") as running:
        assert upload(running.client, origin="https://evil.example").status_code == 401
