"""The documentation page has every operation, its examples and the source, and loads nothing."""

import re
from collections.abc import Iterator

import httpx
import pytest
from service.served import served

from extractor.service.documentation import documentation_page


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with served(tmp_path_factory.mktemp("documentation"), access="keys") as running:
        yield running.client


def test_the_page_has_every_operation_and_needs_no_key(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert (page.status_code, page.headers["content-type"].partition(";")[0]) == (200, "text/html")
    paths = client.get("/schema").json()["paths"]
    assert len(paths) > 30
    for path, methods in paths.items():
        assert page.text.count(f"<code>{path}</code> ") == len(methods)
    assert 'href="/source"' in page.text
    assert "PEludm9pY2UvPg==" in page.text  # the example of an upload


def test_the_page_loads_nothing_and_runs_nothing(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert not re.search(r"<(script|link|img|iframe)|src=|@import|url\(", page.text)


def test_what_the_document_says_is_shown_as_text() -> None:
    operation = {
        "tags": ["<b>"],
        "operationId": "a",
        "summary": "<script>",
        "parameters": [
            {"name": "n", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}
        ],
        "responses": {
            "200": {"description": "well", "content": {"text/html": {"schema": {"$ref": "#/x/A"}}}}
        },
    }
    document = {"paths": {"/a": {"get": operation}}, "components": {"schemas": {}}}
    page = documentation_page(document, source_url="https://example.org/?a&b")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "list of string" in page
    assert "<code>text/html</code>: A" in page
    assert 'href="https://example.org/?a&amp;b"' in page
