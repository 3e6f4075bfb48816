"""Files that cannot be read: one clear line, exit code 2, a failed line in a batch; the rest goes on."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pages.scans.pictures import letter, png
from plain_pdf import plain_pdf

FIXTURES = Path(__file__).parents[2] / "fixtures"
GOOD = FIXTURES / "en_clean_invoice.pdf"


def run(*arguments: object, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "extractor", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, timeout=120)


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


def locked() -> bytes:
    key = "00" * 32
    standard = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{key}> /U <{key}> >> /ID [<00> <00>]"
    return plain_pdf(["locked"], trailer=standard)


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'

BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("empty.pdf", lambda: b"", "the file is empty"),
    "text": ("text.pdf", lambda: b"Dear sir, please pay.", "plain text"),
    "html": ("page.pdf", lambda: b"<!DOCTYPE html><html><body>Invoice</body></html>", "HTML"),
    "truncated": ("cut.pdf", lambda: GOOD.read_bytes()[: GOOD.stat().st_size // 2], "cut off"),
    "password": ("locked.pdf", locked, "password"),
    "no pages": ("none.pdf", plain_pdf, "no pages"),
    "no words": ("blank.pdf", lambda: plain_pdf([], []), "the document is blank"),
    "too dark": ("dark.png", lambda: png((letter() * 0.02).astype(np.uint8)), "retake it with more light"),
    "10,000 pages": ("long.pdf", lambda: plain_pdf(*[["page"]] * 10_000), "10000 pages; the limit is 1000"),
    "entities": ("entities.xml", lambda: ENTITIES, "entit"),
    "ofd": (
        "fapiao.ofd",
        lambda: zipped("OFD.xml", "Doc_0/Document.xml"),
        "OFD file, which is not read: export",
    ),
    "docx": ("letter.docx", lambda: zipped("[Content_Types].xml", "word/document.xml"), "export it as PDF"),
    "missing": ("missing.pdf", lambda: b"", "no file"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bad")
    for kind, (name, content, _) in BAD.items():
        if kind != "missing":
            (made / name).write_bytes(content())
    (made / "aaa_good.pdf").write_bytes(GOOD.read_bytes())
    (made / "zzz_good.pdf").write_bytes(GOOD.read_bytes())
    (made / "notes.txt").write_text("not a document")
    return made


@pytest.mark.parametrize("kind", BAD)
def test_one_line_says_what_is_wrong(kind: str, folder: Path) -> None:
    name, _, said = BAD[kind]
    done = run("extract", folder / name)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("extractor: ")
    assert done.stdout == ""


def test_with_json_a_file_that_cannot_be_read_is_an_object_too(folder: Path) -> None:
    done = run("extract", folder / "empty.pdf", "--json")
    assert done.returncode == 2
    failed = json.loads(done.stdout)
    assert failed["status"] == "failed"
    assert failed["error"] == {"code": "UnsupportedDocument", "message": "the file is empty"}


def test_the_other_files_go_on(folder: Path) -> None:
    done = run("extract", folder / "empty.pdf", folder / "aaa_good.pdf", "--json")
    assert done.returncode == 2
    assert [result["status"] for result in json.loads(done.stdout)] == ["failed", "extracted"]


def test_in_a_batch_each_has_a_failed_line_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = run("batch", folder, "--out", out, "--workers", 2)
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    by_name = {Path(line["source"]).name: line for line in lines}
    assert done.returncode == 2
    assert [line["source"] for line in lines] == sorted(line["source"] for line in lines)
    for kind, (name, _, said) in BAD.items():
        if kind != "missing":
            assert by_name[name]["status"] == "failed", name
            assert said in by_name[name]["error"]["message"]
            assert by_name[name]["error"]["code"] != "Fault"
    assert by_name["aaa_good.pdf"]["status"] == by_name["zzz_good.pdf"]["status"] == "extracted"
    assert "2 extracted" in done.stderr
    assert f"{len(BAD) - 1} failed, 1 skipped" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("extract", GOOD, "--spec", "nonsense"), "there is no field spec 'nonsense'"),
        (("extract", GOOD, "--engine", "nonsense"), "there is no engine 'nonsense'"),
        (("batch", GOOD, "--spec", "nonsense", "--out", "o.jsonl"), "there is no field spec 'nonsense'"),
        (("batch", GOOD, "--engine", "nonsense", "--out", "o.jsonl"), "there is no engine 'nonsense'"),
        (("extract", GOOD, "--annotate", "nowhere/o.pdf"), "nowhere/o.pdf cannot be written"),
        (("batch", GOOD, "--out", "nowhere/o.jsonl"), "nowhere/o.jsonl cannot be written"),
        (("batch", GOOD, "--out", "."), "is a directory"),
        (("reconcile", GOOD, "--contract", GOOD, "--annotate", "."), "cannot be written"),
        (("reconcile", GOOD), "Missing option '--contract'"),
        (("reconcile", GOOD, "--contract", "missing.pdf"), "no file"),
        (("reconcile", GOOD, "--contract", GOOD, "--policy", "missing.toml"), "missing.toml"),
        (("batch", "missing", "--out", "o.jsonl"), "does not exist"),
        (("extract",), "Missing argument"),
        (("nonsense",), "No such command"),
        (("schema", "nonsense"), "there is no field spec 'nonsense'"),
        (("demo", "--out", GOOD), "cannot be made"),
    ],
)
def test_wrong_use_ends_with_2_before_any_work(
    arguments: tuple[object, ...], said: str, tmp_path: Path
) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_file_name_that_is_no_utf_8_is_told_escaped(tmp_path: Path) -> None:
    folder, out = tmp_path / "inbox", tmp_path / "out.jsonl"
    folder.mkdir()
    path = folder / os.fsdecode(b"\xff.pdf")
    path.write_bytes(GOOD.read_bytes())
    assert run("extract", path).returncode == 0
    assert json.loads(run("extract", path, "--json").stdout)["source"] == str(path)
    assert run("batch", folder, "--out", out).returncode == 0
    assert json.loads(out.read_text())["source"] == str(path)


def test_a_terminal_that_knows_no_chinese_gets_it_escaped() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "extractor", "extract", str(FIXTURES / "zh_clean_invoice.pdf")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode in (0, 1)
    assert "invoice_number" in done.stdout
