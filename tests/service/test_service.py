"""The HTTP API as a client meets it: a real server process on a free port."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import httpx
import pytest
from service.served import content, served, until

import extractor
from extractor.documents.drawing import joined


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with served(tmp_path_factory.mktemp("store")) as running:
        yield running.client


def pdf(name: str) -> tuple[str, bytes, str]:
    return name, content(name), "application/pdf"


def test_one_file_gives_its_results(client: httpx.Client) -> None:
    answer = client.post("/v1/extract", files={"file": pdf("en_clean_invoice.pdf")})
    assert answer.status_code == 200
    (result,) = answer.json()
    assert result["source"] == "en_clean_invoice.pdf"
    assert result["spec"] == "invoice"
    assert result["fields"]["invoice_number"]["value"] == "BI-20457"
    assert result["fields"]["invoice_number"]["page"] == 1


def test_what_was_read_at_once_is_kept_like_any_other(client: httpx.Client) -> None:
    answer = client.post("/v1/extract", files={"file": pdf("en_clean_invoice.pdf")})
    kept = client.get(answer.headers["location"]).json()
    assert kept["extraction"]["state"] == "done"
    assert [result["result"] for result in kept["results"]] == answer.json()
    document = client.get(f"/v1/documents/{kept['extraction']['document']}").json()
    assert document["document"]["name"] == "en_clean_invoice.pdf"


def test_a_file_of_several_invoices_gives_a_result_for_each(client: httpx.Client) -> None:
    whole = joined(content(name) for name in ("en_clean_invoice.pdf", "en_deviating_invoice.pdf"))
    answer = client.post("/v1/extract", files={"file": ("all.pdf", whole, "application/pdf")})
    assert [result["part"]["pages"] for result in answer.json()] == [[1], [2]]


def test_several_requests_at_once_are_all_answered(client: httpx.Client) -> None:
    def number(name: str) -> object:
        answer = client.post("/v1/extract", files={"file": pdf(name)})
        return answer.json()[0]["fields"]["invoice_number"]["value"]

    names = ["en_clean_invoice.pdf", "de_clean_invoice.pdf"] * 4
    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(number, names))
    assert len(set(numbers)) == 2
    assert numbers == numbers[:2] * 4


def test_one_file_is_read_at_once_not_several(client: httpx.Client) -> None:
    files = [("file", pdf("en_clean_invoice.pdf")), ("file", pdf("de_clean_invoice.pdf"))]
    assert client.post("/v1/extract", files=files).status_code == 400


def test_what_takes_too_long_is_answered_with_where_its_results_will_be(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with served(tmp_path_factory.mktemp("slow"), synchronous_seconds=0.001) as running:
        answer = running.client.post("/v1/extract", files={"file": pdf("en_clean_invoice.pdf")})
        assert answer.status_code == 202
        assert answer.json()["state"] in {"queued", "running"}
        address = answer.headers["location"]
        assert address == f"/v1/extractions/{answer.json()['id']}"
        until(lambda: running.client.get(address).json()["extraction"]["state"] == "done")


def test_the_audit_log_says_what_was_done_to_a_document(client: httpx.Client) -> None:
    taken = client.post("/v1/documents", files={"file": pdf("two_pages.pdf")}).json()
    document = taken[0]["document"]["id"]
    asked = client.post("/v1/extractions", json={"document": document, "spec": "invoice"}).json()
    client.get(f"/v1/documents/{document}/content")
    client.post("/v1/documents", files={"file": pdf("two_pages.pdf")})  # known already
    client.delete(f"/v1/documents/{document}")
    entries = client.get("/v1/audit", params={"subject": document}).json()["items"]
    assert [(entry["action"], entry["detail"]) for entry in reversed(entries)] == [
        ("document.uploaded", None),
        ("extraction.asked", asked["id"]),
        ("document.downloaded", None),
        ("document.deleted", None),
    ]


def test_health_names_the_version_and_the_source(client: httpx.Client) -> None:
    health = client.get("/health").json()
    assert health == {"status": "ok", "version": extractor.__version__, "source": "/source"}
    archive = zipfile.ZipFile(BytesIO(client.get(health["source"]).content))
    assert "extractor/service/app.py" in archive.namelist()


def test_the_openapi_document_shows_what_uploads_take_and_loads_nothing_from_elsewhere(
    client: httpx.Client,
) -> None:
    document = client.get("/schema").json()
    assert document["info"]["license"]["identifier"] == "AGPL-3.0-or-later"
    for path in ("/v1/documents", "/v1/batches", "/v1/extract"):
        upload = document["paths"][path]["post"]
        assert set(upload["requestBody"]["content"]) == {
            "multipart/form-data",
            "application/zip",
            "application/json",
        }
        assert {"400", "413", "415", "422", "429"} <= set(upload["responses"])


@pytest.mark.parametrize(
    ("path", "file", "status", "code"),
    [
        ("/v1/extract", ("a.pdf", b"", "application/pdf"), 422, "UnsupportedDocument"),
        ("/v1/extract", ("a.pdf", b"words", "application/pdf"), 422, "UnsupportedDocument"),
        ("/v1/extract", ("a.pdf", b"%PDF-1.7 and no more", "application/pdf"), 422, "DamagedDocument"),
        ("/v1/extract?spec=nonsense", pdf("en_clean_invoice.pdf"), 404, "UnknownSpec"),
        ("/v1/extract?spec=/etc/own.toml", pdf("en_clean_invoice.pdf"), 404, "UnknownSpec"),
        ("/v1/extract?engine=nonsense", pdf("en_clean_invoice.pdf"), 422, "UnknownEngine"),
    ],
)
def test_what_is_wrong_is_told_as_problem_details(
    client: httpx.Client, path: str, file: tuple[str, bytes, str], status: int, code: str
) -> None:
    answer = client.post(path, files={"file": file})
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["detail"]
    assert problem["instance"] == "/v1/extract"


def test_a_request_without_a_file_is_a_bad_request(client: httpx.Client) -> None:
    answer = client.post("/v1/extract", files={"spec": (None, "invoice")})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_an_unknown_path_is_not_found(client: httpx.Client) -> None:
    assert client.get("/v2/extract").json()["status"] == 404


def test_a_port_that_is_taken_is_told_in_one_line(client: httpx.Client) -> None:
    command = [sys.executable, "-m", "extractor", "serve", "--port", str(client.base_url.port)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be used" in done.stderr
