"""The HTTP API as a client meets it: a real server process on a free port."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import httpx
import pytest

import extractor
from extractor.documents.drawing import joined

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    command = [sys.executable, "-m", "extractor", "serve", "--port", "0", "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        assert address is not None
        with httpx.Client(base_url=address.group(), timeout=60) as client:
            yield client
        server.terminate()


def pdf(name: str) -> tuple[str, bytes, str]:
    return name, (FIXTURES / name).read_bytes(), "application/pdf"


def test_one_file_gives_its_results(client: httpx.Client) -> None:
    answer = client.post("/v1/extract", files={"file": pdf("en_clean_invoice.pdf")})
    assert answer.status_code == 200
    (result,) = answer.json()
    assert result["source"] == "en_clean_invoice.pdf"
    assert result["spec"] == "invoice"
    assert result["fields"]["invoice_number"]["value"] == "BI-20457"
    assert result["fields"]["invoice_number"]["page"] == 1


def test_a_file_of_several_invoices_gives_a_result_for_each(client: httpx.Client) -> None:
    names = ("en_clean_invoice.pdf", "en_deviating_invoice.pdf")
    content = joined((FIXTURES / name).read_bytes() for name in names)
    answer = client.post("/v1/extract", files={"file": ("all.pdf", content, "application/pdf")})
    assert [result["part"]["pages"] for result in answer.json()] == [[1], [2]]
    files = [
        ("invoices", ("all.pdf", content, "application/pdf")),
        ("contract", pdf("en_clean_contract.pdf")),
    ]
    compared = client.post("/v1/reconcile", files=files).json()
    assert [invoice["part"]["index"] for invoice in compared["invoices"]] == [1, 2]


def test_invoices_and_contract_give_the_reconciliation(client: httpx.Client) -> None:
    files = [
        ("invoices", pdf("en_deviating_invoice.pdf")),
        ("contract", pdf("en_deviating_contract.pdf")),
    ]
    answer = client.post("/v1/reconcile", files=files)
    assert answer.status_code == 200
    compared = answer.json()
    assert compared["verdict"] == "block"
    assert "BANK_ACCOUNT_CHANGED" in {c["code"] for c in compared["checks"] if c["state"] == "mismatch"}


def test_several_requests_at_once_are_all_answered(client: httpx.Client) -> None:
    def number(name: str) -> object:
        answer = client.post("/v1/extract", files={"file": pdf(name)})
        return answer.json()[0]["fields"]["invoice_number"]["value"]

    names = ["en_clean_invoice.pdf", "de_clean_invoice.pdf"] * 4
    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(number, names))
    assert len(set(numbers)) == 2
    assert numbers == numbers[:2] * 4


def test_health_names_the_version_and_the_source(client: httpx.Client) -> None:
    health = client.get("/health").json()
    assert health == {"status": "ok", "version": extractor.__version__, "source": "/source"}
    archive = zipfile.ZipFile(BytesIO(client.get(health["source"]).content))
    assert "extractor/service/app.py" in archive.namelist()


def test_the_openapi_document_lists_the_paths_and_loads_nothing_from_elsewhere(client: httpx.Client) -> None:
    document = client.get("/schema").json()
    assert set(document["paths"]) == {"/v1/extract", "/v1/reconcile", "/health", "/source"}
    assert document["info"]["license"]["identifier"] == "AGPL-3.0-or-later"


@pytest.mark.parametrize(
    ("path", "file", "status", "code"),
    [
        ("/v1/extract", ("a.pdf", b"", "application/pdf"), 422, "UnsupportedDocument"),
        ("/v1/extract", ("a.pdf", b"words", "application/pdf"), 422, "UnsupportedDocument"),
        ("/v1/extract?spec=nonsense", ("a.pdf", b"%PDF-", "application/pdf"), 404, "UnknownSpec"),
        ("/v1/extract?spec=/etc/own.toml", ("a.pdf", b"%PDF-", "application/pdf"), 404, "UnknownSpec"),
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
    answer = client.post("/v1/extract")
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
