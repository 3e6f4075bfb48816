"""The client against a real service, blocking and not; and against one that fails."""

import asyncio
import hashlib
import hmac
import json
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from service.running import FIXTURES, Process

from extractor.client import (
    AsyncClient,
    Client,
    NotReachable,
    Refused,
    StillRunning,
    WrongSignature,
    verify_webhook,
)
from extractor.client.sending import ATTEMPTS

INVOICE, CONTRACT = FIXTURES / "en_clean_invoice.pdf", FIXTURES / "en_clean_contract.pdf"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("client")
    process = Process("serve", "--port", "0", environment={"EXTRACTOR_DATA_DIR": str(folder)})
    with process.client() as client:
        yield str(client.base_url)
    process.stop()


def test_a_file_is_uploaded_and_its_result_waited_for(url: str) -> None:
    with Client(url) as client:
        accepted, refused = client.upload([INVOICE, ("notes.txt", b"no document")])
        assert accepted.extraction is not None
        assert refused.error is not None
        assert refused.error.code == "UnsupportedDocument"
        read = client.wait(accepted.extraction.id)
        assert read.extraction.state == "done"
        (result,) = read.results
        assert result.result["fields"]["invoice_number"]["value"] == "BI-20457"
        assert client.document(result.document).name == INVOICE.name


def test_invoices_are_reconciled_by_their_documents(url: str) -> None:
    with Client(url) as client:
        invoice, contract = client.upload([INVOICE, CONTRACT])
        assert invoice.document is not None
        assert contract.document is not None
        compared = client.reconcile([invoice.document.id], contract.document.id, record=False)
        assert (compared.state, compared.verdict) == ("done", "approve")
        assert compared.result is not None
        assert compared.result["checks"]


def test_a_result_is_corrected_and_confirmed(url: str) -> None:
    with Client(url) as client:
        (accepted,) = client.upload([FIXTURES / "contradicting.pdf"])
        assert accepted.extraction is not None
        (result,) = client.wait(accepted.extraction.id).results
        assert result.review == "open"
        changed = client.correct(result, "remarks", "seen")
        with pytest.raises(Refused, match="412 VersionConflict") as caught:
            client.correct(result, "remarks", "seen by another")
        assert caught.value.status == 412
        assert client.confirm(changed).review == "confirmed"


def test_the_other_client_does_the_same(url: str) -> None:
    async def ask() -> str | None:
        async with AsyncClient(url) as client:
            (accepted,) = await client.upload([INVOICE])
            assert accepted.extraction is not None
            (result,) = (await client.wait(accepted.extraction.id)).results
            with pytest.raises(Refused, match="404 NotFound"):
                await client.document("doc_none")
            value: str | None = result.result["fields"]["invoice_number"]["value"]
            return value

    assert asyncio.run(ask()) == "BI-20457"


def test_a_deleted_document_is_gone(url: str) -> None:
    with Client(url) as client:
        (accepted,) = client.upload([("other.pdf", INVOICE.read_bytes() + b"\n%%")])
        assert accepted.document is not None
        client.delete(accepted.document.id)
        with pytest.raises(Refused, match="404"):
            client.document(accepted.document.id)


def test_waiting_ends_when_its_time_is_over() -> None:
    running = {
        "extraction": {
            "id": "run_1",
            "document": "doc_1",
            "spec": "auto",
            "engine": "auto",
            "state": "running",
            "created_at": "2026-05-04T12:00:00Z",
        },
        "results": [],
    }
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=running))
    with Client("http://service", transport=transport) as client, pytest.raises(StillRunning, match="run_1"):
        client.wait("run_1", seconds=0.2)


def test_a_service_that_is_busy_is_asked_again() -> None:
    answers = [httpx.Response(429, headers={"Retry-After": "0"}), httpx.Response(200, json=[])]
    asked: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.read())
        return answers[len(asked) - 1]

    with Client("http://service", transport=httpx.MockTransport(answer)) as client:
        assert client.upload([INVOICE]) == []
    assert len(asked) == 2
    assert all(b"%PDF" in each for each in asked)  # the file is sent anew


def test_what_must_not_be_sent_twice_is_sent_once() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.method)
        return httpx.Response(503)

    transport = httpx.MockTransport(answer)
    with Client("http://service", transport=transport) as client, pytest.raises(Refused, match="503"):
        client.delete("doc_1")
    assert asked == ["DELETE"]


def test_a_service_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    with Client("http://127.0.0.1:1") as client, pytest.raises(NotReachable, match="does not answer"):
        client.document("doc_1")
    assert waited == [1.0, 2.0, 4.0]
    assert len(waited) == ATTEMPTS - 1


def test_a_proxys_page_is_no_problem_of_the_client() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(404, text="<html>"))
    with (
        Client("http://service", transport=transport) as client,
        pytest.raises(Refused, match="404 HttpError"),
    ):
        client.document("doc_1")


KEY = b"k" * 32
SECRET = f"whsec_{b64encode(KEY).decode()}"
BODY = json.dumps(
    {"type": "document.extracted", "timestamp": "2026-05-04T12:00:00Z", "data": {"x": 1}}
).encode()
NOW = 1_800_000_000


def signed(body: bytes = BODY, *, at: int = NOW, key: bytes = KEY) -> dict[str, str]:
    told = b64encode(hmac.new(key, b"evt_1.%d." % at + body, hashlib.sha256).digest()).decode()
    return {"Webhook-Id": "evt_1", "Webhook-Timestamp": str(at), "Webhook-Signature": f"v1,old v1,{told}"}


def test_a_signed_message_is_taken() -> None:
    message = verify_webhook(BODY, signed(), SECRET, now=NOW)
    assert (message.id, message.type, message.data) == ("evt_1", "document.extracted", {"x": 1})


@pytest.mark.parametrize(("seconds", "is_taken"), [(300, True), (-300, True), (301, False), (-301, False)])
def test_a_message_is_taken_for_five_minutes(seconds: int, *, is_taken: bool) -> None:
    headers = signed(at=NOW - seconds)
    if is_taken:
        assert verify_webhook(BODY, headers, SECRET, now=NOW).id == "evt_1"
    else:
        with pytest.raises(WrongSignature, match="too old"):
            verify_webhook(BODY, headers, SECRET, now=NOW)


@pytest.mark.parametrize(
    ("body", "headers", "secret"),
    [
        (BODY + b" ", signed(), SECRET),
        (BODY, signed(key=b"other"), SECRET),
        (BODY, {}, SECRET),
        (BODY, {**signed(), "Webhook-Id": "evt_2"}, SECRET),
        (BODY, {**signed(), "Webhook-Signature": ""}, SECRET),
        (BODY, signed(), "whsec_not base64"),
        (b"[]", signed(b"[]"), SECRET),
    ],
)
def test_anything_else_is_refused(body: bytes, headers: dict[str, str], secret: str) -> None:
    with pytest.raises(WrongSignature):
        verify_webhook(body, headers, secret, now=NOW)


def test_it_imports_nothing_else_of_this_program() -> None:
    folder = Path(__file__).parents[2] / "extractor" / "client"
    for module in folder.glob("*.py"):
        text = module.read_text()
        assert text.startswith("# SPDX-License-Identifier: Apache-2.0\n")
        imported = [
            line for line in text.splitlines() if line.startswith(("from extractor", "import extractor"))
        ]
        assert all(line.startswith("from extractor.client") for line in imported)
