"""Batches over HTTP: many files at once, followed until they are complete."""

import io
import json
import os
import signal
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from service.served import Served, completed, content, served, until

INVOICES = ("en_clean_invoice.pdf", "de_clean_invoice.pdf", "ubl.xml")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("store")) as running:
        yield running


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        for name in names:
            opened.writestr(name, content(name))
    return stream.getvalue()


def created(server: Served, *files: tuple[str, bytes], **said: str) -> dict[str, object]:
    answer = server.client.post("/v1/batches", files=[("files", file) for file in files], data=said)
    assert answer.status_code == 202
    shown: dict[str, object] = answer.json()
    return shown


def events(client: httpx.Client, batch: object) -> Iterator[tuple[str, dict[str, object]]]:
    with client.stream("GET", f"/v1/batches/{batch}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        kind = ""
        for line in answer.iter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                yield kind, json.loads(line.removeprefix("data: "))


def test_a_zip_becomes_a_batch_whose_files_are_read_in_order(server: Served) -> None:
    batch = created(server, ("march.zip", archive(*INVOICES)), name="March", spec="invoice")
    assert (batch["name"], batch["spec"], batch["engine"]) == ("March", "invoice", "auto")
    done = completed(server.client, str(batch["id"]))
    assert done["progress"] == {"total": 3, "waiting": 0, "running": 0, "done": 3, "failed": 0}
    files = server.client.get(f"/v1/batches/{batch['id']}/files").json()
    assert [(file["position"], file["name"]) for file in files["items"]] == list(enumerate(INVOICES, 1))
    assert {file["state"] for file in files["items"]} == {"done"}
    assert files["next_cursor"] is None


def test_a_refused_file_is_a_file_of_the_batch_with_its_error(server: Served) -> None:
    batch = created(server, ("words.txt", b"words"), ("ubl.xml", content("ubl.xml")))
    done = completed(server.client, str(batch["id"]))
    assert done["progress"] == {"total": 2, "waiting": 0, "running": 0, "done": 1, "failed": 1}
    refused, good = server.client.get(f"/v1/batches/{batch['id']}/files").json()["items"]
    assert (refused["state"], refused["error"]["code"]) == ("refused", "UnsupportedDocument")
    assert (refused["document"], refused["extraction"]) == (None, None)
    assert (good["state"], good["error"]) == ("done", None)


def test_a_file_that_cannot_be_read_says_why(server: Served) -> None:
    batch = created(server, ("cut.pdf", b"%PDF-1.7 and no more"))
    completed(server.client, str(batch["id"]))
    (file,) = server.client.get(f"/v1/batches/{batch['id']}/files").json()["items"]
    assert (file["state"], file["error"]["code"]) == ("failed", "DamagedDocument")
    assert file["document"]


def test_a_batch_of_refused_files_alone_is_complete_at_once(server: Served) -> None:
    batch = created(server, ("a.txt", b"words"), ("b.txt", b"more words"))
    assert batch["completed_at"]
    assert [kind for kind, _ in events(server.client, batch["id"])] == ["complete"]


def test_a_batch_of_files_that_were_read_before_is_complete_at_once(server: Served) -> None:
    first = created(server, ("ubl.xml", content("ubl.xml")), spec="invoice", engine="einvoice")
    completed(server.client, str(first["id"]))
    again = created(server, ("other.xml", content("ubl.xml")), spec="invoice", engine="einvoice")
    assert again["completed_at"]
    assert again["id"] != first["id"]


def test_files_come_in_pages(server: Served) -> None:
    files = [(f"{number}.txt", b"words") for number in range(5)]
    batch = created(server, *files)
    names, cursor = [], None
    for _ in range(3):
        asked = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = server.client.get(f"/v1/batches/{batch['id']}/files", params=asked).json()
        names += [file["name"] for file in page["items"]]
        cursor = page["next_cursor"]
    assert names == [name for name, _ in files]
    assert cursor is None


@pytest.mark.parametrize("cursor", ["x", "!", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
def test_a_cursor_that_was_not_given_out_is_refused(server: Served, cursor: str) -> None:
    batch = created(server, ("a.txt", b"words"))
    answer = server.client.get(f"/v1/batches/{batch['id']}/files", params={"cursor": cursor})
    assert answer.status_code == 422


def test_batches_are_listed_the_newest_first(server: Served) -> None:
    made = [created(server, ("a.txt", b"words"))["id"] for _ in range(3)]
    page = server.client.get("/v1/batches", params={"limit": 3}).json()
    assert [batch["id"] for batch in page["items"]] == made[::-1]


def test_events_tell_of_progress_until_the_batch_is_complete(server: Served) -> None:
    batch = created(server, ("all.zip", archive(*INVOICES)), spec="invoice", engine="auto", name="a")
    told = list(events(server.client, batch["id"]))
    assert [kind for kind, _ in told[:-1]] == ["progress"] * (len(told) - 1)
    kind, shown = told[-1]
    assert kind == "complete"
    assert shown == server.client.get(f"/v1/batches/{batch['id']}").json()


def test_whoever_connects_again_is_told_how_far_it_is(server: Served) -> None:
    batch = created(server, ("a.pdf", content("two_pages.pdf")))
    first = next(events(server.client, batch["id"]))  # and the stream is closed
    assert first[1]["id"] == batch["id"]
    assert list(events(server.client, batch["id"]))[-1][0] == "complete"
    assert list(events(server.client, batch["id"]))[-1][0] == "complete"


@pytest.mark.parametrize("path", ["", "/files", "/events"])
def test_a_batch_that_is_not_there_is_not_found(server: Served, path: str) -> None:
    answer = server.client.get(f"/v1/batches/bat_nothing{path}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "NotFound"


@pytest.mark.parametrize("body", [b"", b"--x--\r\n"])
def test_a_batch_needs_a_file(server: Served, body: bytes) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert server.client.post("/v1/batches", content=body, headers=headers).status_code == 400


def test_a_deleted_document_holds_no_batch_open(tmp_path: Path) -> None:
    with served(tmp_path, workers=1) as running:
        slow = created(running, *((name, content(name)) for name in INVOICES))
        files = running.client.get(f"/v1/batches/{slow['id']}/files").json()["items"]
        for file in files:
            assert running.client.delete(f"/v1/documents/{file['document']}").status_code == 204
        assert completed(running.client, str(slow["id"]))["progress"]
        states = running.client.get(f"/v1/batches/{slow['id']}/files").json()["items"]
        assert {file["state"] for file in states} == {"deleted"}


def test_an_open_stream_of_events_does_not_hold_up_a_stop(tmp_path: Path) -> None:
    with served(tmp_path, workers=1, document_seconds=30) as running:
        batch = created(running, *((f"{n}.pdf", content("two_pages.pdf") + b"\n" * n) for n in range(40)))
        told: list[str] = []

        def listen() -> None:
            told.extend(kind for kind, _ in events(running.client, batch["id"]))

        listener = threading.Thread(target=listen)
        listener.start()
        until(lambda: running.client.get(f"/v1/batches/{batch['id']}").json()["progress"]["done"])
        before = time.monotonic()

        os.kill(running.pid, signal.SIGTERM)
        listener.join(20)
        assert not listener.is_alive()
        assert time.monotonic() - before < 20
        assert told
        assert "complete" not in told
