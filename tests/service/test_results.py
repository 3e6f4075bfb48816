"""Results over HTTP: listed, found, looked at, exported, and shown on their pages."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from openpyxl import load_workbook
from PIL import Image
from service.served import completed, content, served

NAMES = ("en_clean_invoice.pdf", "contradicting.pdf", "ubl.xml", "en_clean_contract.pdf")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with served(tmp_path_factory.mktemp("store")) as running:
        files = [("files", (name, content(name))) for name in NAMES]
        batch = running.client.post("/v1/batches", files=files).json()
        completed(running.client, batch["id"])
        yield running.client


def found(client: httpx.Client, **asked: object) -> list[str]:
    """Return the names of the files whose results are found."""
    answer = client.get("/v1/results", params={name: str(value) for name, value in asked.items()})
    assert answer.status_code == 200, answer.text
    return sorted(item["result"]["source"] for item in answer.json()["items"])


def one(client: httpx.Client, name: str) -> dict[str, str]:
    items = client.get("/v1/results").json()["items"]
    (shown,) = [item for item in items if item["result"]["source"] == name]
    return {"id": shown["id"], "document": shown["document"], "created_at": shown["created_at"]}


def test_filters_find_results(client: httpx.Client) -> None:
    assert found(client) == sorted(NAMES)
    assert found(client, spec="contract") == ["en_clean_contract.pdf"]
    assert "contradicting.pdf" in found(client, review="open")
    assert "contradicting.pdf" not in found(client, review="not_required")
    assert found(client, number="F2025-0642") == ["contradicting.pdf"]
    assert found(client, number="F2025-064") == []
    assert found(client, seller="MENUISERIE") == ["contradicting.pdf"]
    assert found(client, seller="%") == found(client, seller="_") == []
    assert found(client, document=one(client, "ubl.xml")["document"]) == ["ubl.xml"]
    assert found(client, seller="Menuiserie", spec="contract") == []


def test_since_is_the_moment_of_the_last_change_inclusive(client: httpx.Client) -> None:
    newest = client.get("/v1/results?limit=1").json()["items"][0]["updated_at"]
    assert len(found(client, since=newest)) >= 1
    after = datetime.fromisoformat(newest) + timedelta(microseconds=1)
    assert found(client, since=after.isoformat()) == []
    assert found(client, since=datetime.now(UTC).replace(tzinfo=None).isoformat()) == []


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"review": "nonsense"}, 400),
        ({"since": "yesterday"}, 422),
        ({"since": "0.5"}, 422),
        ({"since": "0001-01-01T00:00:00+14:00"}, 422),
        ({"number": "a\x00"}, 400),
        ({"cursor": "!"}, 422),
        ({"limit": "0"}, 400),
        ({"limit": "201"}, 400),
    ],
)
def test_a_filter_that_makes_no_sense_is_told(
    client: httpx.Client, asked: dict[str, str], status: int
) -> None:
    answer = client.get("/v1/results", params=asked)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_pages_of_results_have_each_once(client: httpx.Client) -> None:
    seen, cursor = [], None
    for _ in NAMES:
        asked = {"limit": "1"} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/results", params=asked).json()
        seen += [item["result"]["source"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert sorted(seen) == sorted(NAMES)
    assert cursor is None


def test_a_result_carries_its_version_as_etag(client: httpx.Client) -> None:
    path = f"/v1/results/{one(client, 'ubl.xml')['id']}"
    answer = client.get(path)
    assert answer.headers["etag"] == '"1"'
    assert answer.json()["result"]["source"] == "ubl.xml"
    for known in ('"1"', 'W/"1"', '"7", "1"', "*"):
        again = client.get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"if-none-match": '"2"'}).status_code == 200


def test_what_is_not_there_is_not_found(client: httpx.Client) -> None:
    contradicting, ubl = one(client, "contradicting.pdf"), one(client, "ubl.xml")
    page = f"/v1/documents/{contradicting['document']}/pages"
    for path in (
        "/v1/results/res_nothing",
        "/v1/documents/doc_nothing/pages/1",
        f"{page}/0",
        f"{page}/2",
        f"{page}/1?evidence=res_nothing",
        f"{page}/1?evidence={ubl['id']}",
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound"), path


def test_a_page_is_a_picture_and_with_evidence_another(client: httpx.Client) -> None:
    shown = one(client, "contradicting.pdf")
    path = f"/v1/documents/{shown['document']}/pages/1"
    plain = client.get(path, params={"dpi": 72})
    drawn = client.get(path, params={"dpi": 72, "evidence": shown["id"]})
    assert plain.headers["content-type"] == drawn.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(plain.content)).size == (595, 842)
    assert plain.content != drawn.content
    tags = {answer.headers["etag"] for answer in (plain, drawn, client.get(path, params={"dpi": 73}))}
    assert len(tags) == 3
    known = client.get(path, params={"dpi": 72}, headers={"if-none-match": plain.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.parametrize(("dpi", "status"), [(35, 400), (36, 200), (300, 200), (301, 400)])
def test_dpi_has_bounds(client: httpx.Client, dpi: int, status: int) -> None:
    path = f"/v1/documents/{one(client, 'contradicting.pdf')['document']}/pages/1"
    assert client.get(path, params={"dpi": dpi}).status_code == status


def test_xml_has_no_pages_to_show(client: httpx.Client) -> None:
    answer = client.get(f"/v1/documents/{one(client, 'ubl.xml')['document']}/pages/1")
    assert (answer.status_code, answer.json()["code"]) == (422, "UnsupportedDocument")


def exported(client: httpx.Client, written_as: str, **asked: str) -> httpx.Response:
    return client.get("/v1/exports/results", params={"format": written_as, **asked})


def test_json_and_json_lines_have_results_as_they_are_shown(client: httpx.Client) -> None:
    items = client.get("/v1/results").json()["items"]
    whole, lines = exported(client, "json"), exported(client, "jsonl")
    assert whole.headers["content-disposition"] == 'attachment; filename="results.json"'
    assert whole.json() == items
    assert [json.loads(line) for line in lines.text.splitlines()] == items


def test_exports_have_the_same_filters(client: httpx.Client) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(client, "csv", number="F2025-0642").text)))
    assert [row["source"] for row in rows] == ["contradicting.pdf"]
    assert rows[0]["seller_bank_account.bic"] == "RXSDFRMB"
    assert "payment_days" not in rows[0]
    everything = list(csv.DictReader(io.StringIO(exported(client, "csv").text)))
    assert len(everything) == len(NAMES)
    assert "payment_days" in everything[0]


def test_a_workbook_has_results_and_lines(client: httpx.Client) -> None:
    book = load_workbook(io.BytesIO(exported(client, "xlsx", number="F2025-0642").content))
    assert book.sheetnames == ["results", "lines"]
    assert (book["results"].max_row, book["lines"].max_row) == (2, 1 + 1 + 3)  # one rate, three items


def test_ubl_is_of_one_invoice_and_can_be_read_again(client: httpx.Client) -> None:
    shown = one(client, "contradicting.pdf")
    written = exported(client, "ubl", result=shown["id"])
    assert written.headers["content-type"].startswith("application/xml")
    (again,) = client.post("/v1/extract", files={"file": ("again.xml", written.content)}).json()
    assert again["engine"] == "einvoice"
    assert again["fields"]["gross_amount"]["value"] == "1493.04"
    client.delete(f"/v1/documents/{one(client, 'again.xml')['document']}")


def test_ubl_of_several_of_none_and_of_a_contract_is_refused(client: httpx.Client) -> None:
    contract = one(client, "en_clean_contract.pdf")["id"]
    for asked, code in (
        ({}, "ConfigurationError"),
        ({"result": "res_nothing"}, "ConfigurationError"),
        ({"result": contract}, "ExportIncomplete"),
    ):
        answer = exported(client, "ubl", **asked)
        assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_an_export_of_nothing_is_empty(client: httpx.Client) -> None:
    assert exported(client, "json", number="nothing").json() == []
    assert exported(client, "jsonl", number="nothing").content == b""
    assert len(exported(client, "csv", number="nothing").text.splitlines()) == 1
    assert exported(client, "xlsx", number="nothing").status_code == 200
    assert exported(client, "nonsense").status_code == 400
