"""Uploads as forms, ZIPs and JSON, well-meant and hostile, against a real server."""

import base64
import io
import json
import socket
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from service.served import Served, content, served, until

MIB = 1024 * 1024
XML = b'<?xml version="1.0"?><Invoice>%d</Invoice>'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    limits = {
        "max_files_per_upload": 40,
        "max_unpacked_bytes": 90 * MIB,
        "max_inline_bytes": MIB,
        "max_upload_bytes": 1024 * MIB,
    }
    with served(tmp_path_factory.mktemp("store"), **limits) as running:
        yield running


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def sent(server: Served, archive: bytes, path: str = "/v1/documents") -> httpx.Response:
    return server.client.post(path, files={"files": ("all.zip", archive)})


def codes(answer: httpx.Response) -> dict[str, str | None]:
    return {file["name"]: file["error"] and file["error"]["code"] for file in answer.json()}


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"].startswith("application/problem+json")
    told = answer.json()
    assert told["detail"]
    return answer.status_code, told["code"]


def test_one_file_is_kept_and_queued(server: Served) -> None:
    answer = server.client.post("/v1/documents", files={"file": ("a.xml", XML % 1)})
    assert answer.status_code == 202
    (accepted,) = answer.json()
    assert accepted["is_new"]
    assert accepted["document"]["size"] == len(XML % 1)
    kept = server.client.get(f"/v1/documents/{accepted['document']['id']}/content")
    assert kept.content == XML % 1


def test_the_same_content_under_another_name_is_the_same_document(server: Served) -> None:
    files = [("files", ("b.xml", XML % 2)), ("files", ("c.xml", XML % 2))]
    first, second = server.client.post("/v1/documents", files=files).json()
    assert (first["is_new"], second["is_new"]) == (True, False)
    assert first["document"]["id"] == second["document"]["id"]
    assert first["extraction"]["id"] == second["extraction"]["id"]


def test_a_refused_file_costs_only_itself(server: Served) -> None:
    files = [("files", ("good.xml", XML % 3)), ("files", ("bad.txt", b"words"))]
    answer = server.client.post("/v1/documents", files=files)
    assert codes(answer) == {"good.xml": None, "bad.txt": "UnsupportedDocument"}


def test_names_lose_their_folders_and_what_steers_a_terminal(server: Served) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="../../a\x1b[2J\xe2\x80\xaeb.xml"\r\n\r\n'
        + XML % 4
        + b"\r\n--x--\r\n"
    )
    headers = {"content-type": "multipart/form-data; boundary=x"}
    (accepted,) = server.client.post("/v1/documents", content=body, headers=headers).json()
    assert accepted["name"] == "a [2J b.xml"


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"content-type": "text/plain"}, b"words", 415),
        ({}, b"", 415),
        ({"content-type": "multipart/form-data"}, b"", 400),
        ({"content-type": "multipart/form-data; boundary=x"}, b"", 400),
        ({"content-type": "multipart/form-data; boundary=x"}, b"--y\r\n\r\n--y--", 400),
        ({"content-type": "multipart/form-data; boundary=x"}, b"--x--\r\n", 400),
        (
            {"content-type": "multipart/form-data; boundary=x"},
            b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.xml"\r\n\r\n<a/>',
            400,
        ),
        (
            {"content-type": "multipart/form-data; boundary=x"},
            b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n--x--\r\n',
            400,
        ),
        ({"content-type": "application/json"}, b"{", 400),
        ({"content-type": "application/json"}, b'{"files": []}', 400),
        ({"content-type": "application/json"}, b'{"files": [{"name": "a.xml", "content": "*"}]}', 400),
        ({"content-type": "application/json"}, b'{"files": [{"name": "a.xml"}], "odd": 1}', 400),
        ({"content-type": "application/json"}, b'{"files": [{"name": "a", "content": ""}]}', 422),
        ({"content-type": "application/zip"}, b"<a/>", 422),
        ({"content-type": "application/zip"}, b"PK\x03\x04 and no more", 422),
    ],
)
def test_a_wrong_request_is_told_as_problem_details(
    server: Served, headers: dict[str, str], body: bytes, status: int
) -> None:
    assert problem(server.client.post("/v1/documents", content=body, headers=headers))[0] == status
    assert server.incoming == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("spec=/etc/own.toml", (404, "UnknownSpec")),
        ("spec=own.toml", (404, "UnknownSpec")),
        ("spec=a%00b", (400, "BadRequest")),
        ("engine=nonsense", (422, "UnknownEngine")),
    ],
)
def test_specs_are_named_never_opened_as_files(server: Served, asked: str, expected: tuple[int, str]) -> None:
    answer = server.client.post(f"/v1/documents?{asked}", files={"file": ("a.xml", XML % 5)})
    assert problem(answer) == expected


def test_json_carries_files_in_base64(server: Served) -> None:
    file = {"name": "a.xml", "content": base64.b64encode(XML % 6).decode()}
    (accepted,) = server.client.post("/v1/documents", json={"files": [file], "spec": "invoice"}).json()
    assert accepted["document"]["size"] == len(XML % 6)
    assert accepted["extraction"]["spec"] == "invoice"


@pytest.mark.parametrize(("surplus", "status"), [(0, 202), (1, 413)])
def test_json_has_a_bound_below_the_one_of_forms(server: Served, surplus: int, status: int) -> None:
    def body(padding: int) -> bytes:
        file = {"name": "a" * padding, "content": base64.b64encode(XML % 7).decode()}
        return json.dumps({"files": [file]}).encode()

    exact = body(MIB - len(body(0)) + surplus)
    headers = {"content-type": "application/json"}
    assert server.client.post("/v1/documents", content=exact, headers=headers).status_code == status


@pytest.mark.parametrize(("count", "status"), [(40, 202), (41, 413)])
@pytest.mark.parametrize("is_zipped", [False, True])
def test_a_request_may_have_so_many_files(
    server: Served, count: int, status: int, *, is_zipped: bool
) -> None:
    members = [(f"{number}.xml", XML % (100 + number)) for number in range(count)]
    if is_zipped:
        answer = sent(server, zipped(*members))
    else:
        answer = server.client.post("/v1/documents", files=[("files", member) for member in members])
    assert answer.status_code == status
    assert server.incoming == []


def test_archives_and_files_together_are_counted_together(server: Served) -> None:
    members = [(f"{number}.xml", XML % (100 + number)) for number in range(40)]
    files = [("files", ("all.zip", zipped(*members))), ("files", ("one.xml", XML % 1))]
    assert problem(server.client.post("/v1/documents", files=files))[0] == 413


def test_an_archives_files_are_called_by_their_path_in_it(server: Served) -> None:
    archive = zipped(
        ("march/", b""),
        ("march/a.xml", XML % 8),
        ("april/a.xml", XML % 9),
        ("__MACOSX/march/._a.xml", b"\x00"),
        ("march/.DS_Store", b"\x00"),
    )
    assert codes(sent(server, archive)) == {"march/a.xml": None, "april/a.xml": None}


def test_a_zip_may_be_the_body_itself(server: Served) -> None:
    headers = {"content-type": "application/zip"}
    answer = server.client.post("/v1/documents", content=zipped(("a.xml", XML % 10)), headers=headers)
    assert codes(answer) == {"a.xml": None}


def linked() -> zipfile.ZipInfo:
    member = zipfile.ZipInfo("link.xml")
    member.create_system = 3
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("../../etc/cron.d/a.xml", XML % 11, "UnsupportedDocument"),
        ("..\\..\\a.xml", XML % 11, "UnsupportedDocument"),
        ("/etc/a.xml", XML % 11, "UnsupportedDocument"),
        ("C:\\a.xml", XML % 11, "UnsupportedDocument"),
        (linked(), b"/etc/passwd", "UnsupportedDocument"),
        ("nested.zip", zipped(("a.xml", XML % 11)), "UnsupportedDocument"),
        ("empty.pdf", b"", "UnsupportedDocument"),
        ("bomb.xml", b"<a>" + b" " * (2 * MIB), "DocumentTooLarge"),
        ("large.xml", b"<a>" + b" " * (64 * MIB), "DocumentTooLarge"),
    ],
)
def test_a_members_trick_costs_only_that_member(
    server: Served, name: str | zipfile.ZipInfo, data: bytes, code: str
) -> None:
    answer = sent(server, zipped((name, data), ("good.xml", XML % 12)))
    found = codes(answer)
    assert found.pop("good.xml") is None
    assert list(found.values()) == [code]
    assert server.incoming == []


def test_names_with_two_dots_that_lead_nowhere_are_names(server: Served) -> None:
    assert codes(sent(server, zipped(("a..b/..c.xml", XML % 13)))) == {"a..b/..c.xml": None}


def test_an_encrypted_member_is_refused(server: Served) -> None:
    archive = bytearray(zipped(("secret.xml", XML % 14)))
    archive[6] |= 1  # flags of the local header
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    assert problem(sent(server, bytes(archive))) == (422, "EncryptedDocument")


def test_a_damaged_member_is_refused(server: Served) -> None:
    archive = bytearray(zipped(("broken.xml", XML % 15), method=zipfile.ZIP_STORED))
    archive[archive.index(b"<Invoice>") + 1] ^= 1
    assert problem(sent(server, bytes(archive))) == (422, "DamagedDocument")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_choose_how_much_memory_they_take_are_refused(server: Served, method: int) -> None:
    archive = zipped(("a.xml", XML % 16), method=method)
    assert problem(sent(server, archive)) == (422, "UnsupportedDocument")


def test_an_archive_without_files_is_refused(server: Served) -> None:
    assert problem(sent(server, zipped())) == (422, "UnsupportedDocument")


def test_an_office_file_is_no_archive_of_files(server: Served) -> None:
    archive = zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<document/>"))
    answer = sent(server, archive)
    assert problem(answer) == (422, "UnsupportedDocument")
    assert "DOCX" in answer.json()["detail"]


def test_many_members_that_are_large_together_are_refused_while_unpacking(server: Served) -> None:
    noise = b"<a>" + bytes(range(256)) * (4 * MIB // 256)  # a ratio below the bound of one file
    archive = zipped(*((f"{number}.xml", noise + b"%d" % number) for number in range(30)))
    assert len(archive) < 5 * MIB
    before = server.resident_bytes()
    assert problem(sent(server, archive))[0] == 413
    assert server.resident_bytes() - before < 40 * MIB
    assert server.incoming == []


def test_a_size_that_an_archive_lies_about_is_not_believed(server: Served) -> None:
    archive = bytearray(zipped(("bomb.xml", b"<a>" + b" " * (2 * MIB))))
    struct.pack_into("<I", archive, archive.index(b"PK\x01\x02") + 24, 100)
    assert problem(sent(server, bytes(archive)))[0] in (413, 422)


def test_an_archives_huge_directory_is_not_read(server: Served) -> None:
    entry = struct.pack(
        "<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0
    )
    directory = (entry + b"a") * 400_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), 4, 0)
    before = server.resident_bytes()
    answer = sent(server, b"PK\x03\x04" + directory + end)
    assert problem(answer) == (422, "DamagedDocument")
    assert server.resident_bytes() - before < 40 * MIB


def hostile(head: bytes, *, mebibytes: int) -> Iterator[bytes]:
    yield head
    for _ in range(mebibytes):
        yield bytes(MIB)


@pytest.mark.parametrize(
    ("disposition", "status"),
    [(b'name="file"; filename="a.pdf"', 413), (b'name="file"', 400), (b'name="spec"', 400)],
)
def test_memory_stays_flat_under_a_large_upload(server: Served, disposition: bytes, status: int) -> None:
    head = b"--x\r\nContent-Disposition: form-data; " + disposition + b"\r\n\r\n%PDF-1.7 "

    def body() -> Iterator[bytes]:
        yield from hostile(head, mebibytes=500)
        yield b"\r\n--x--\r\n"

    before, highest = server.resident_bytes(), 0

    def watched() -> Iterator[bytes]:
        nonlocal highest
        for number, chunk in enumerate(body()):
            if number % 25 == 0:
                highest = max(highest, server.resident_bytes())
            yield chunk

    headers = {"content-type": "multipart/form-data; boundary=x"}
    try:
        answer = server.client.post("/v1/documents", content=watched(), headers=headers)
    except (httpx.WriteError, httpx.ReadError):  # refused, and closed, while it is still sent
        assert status == 400
    else:
        assert problem(answer)[0] == status
    assert max(highest, server.resident_bytes()) - before < 40 * MIB
    until(lambda: server.incoming == [])


def test_many_small_parts_without_a_filename_are_refused(server: Served) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\nv\r\n'
    for names in ([b"name", b"spec", b"engine", b"other"], [b"name", b"name"]):
        body = b"".join(part % name for name in names) + b"--x--\r\n"
        headers = {"content-type": "multipart/form-data; boundary=x"}
        assert problem(server.client.post("/v1/documents", content=body, headers=headers))[0] == 400


def raw(server: Served, request: bytes) -> socket.socket:
    connection = socket.create_connection((server.client.base_url.host, server.client.base_url.port or 0))
    connection.sendall(request)
    return connection


def test_a_client_that_goes_away_leaves_no_file_behind(server: Served) -> None:
    head = b"--x\r\nContent-Disposition: form-data; name=f; filename=a.pdf\r\n\r\n%PDF-1.7 " + bytes(MIB)
    request = (
        b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        b"Content-Length: 99999999\r\n\r\n" + head
    )
    connection = raw(server, request)
    until(lambda: server.incoming)
    connection.close()
    until(lambda: server.incoming == [])
    assert server.client.get("/health").status_code == 200


@pytest.mark.parametrize("length", [b"-1", b"abc", b"1e3", b"9" * 30])
def test_a_content_length_that_is_none_is_refused(server: Served, length: bytes) -> None:
    request = (
        b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/zip\r\n"
        b"Content-Length: " + length + b"\r\n\r\n"
    )
    with raw(server, request) as connection:
        assert connection.recv(100).split()[1] in (b"400", b"413")


def test_what_a_killed_service_was_receiving_is_deleted_at_the_next_start(tmp_path: Path) -> None:
    left = tmp_path / "incoming" / "tmpabc"
    left.mkdir(parents=True)
    (left / "upload").write_bytes(b"%PDF-")
    with served(tmp_path) as running:
        assert running.incoming == []


def test_pdfs_in_an_archive_are_read(server: Served) -> None:
    archive = zipped(("in/en.pdf", content("en_clean_invoice.pdf")))
    answer = sent(server, archive, "/v1/extract")
    assert answer.status_code == 200
    assert answer.json()[0]["source"] == "in/en.pdf"
