"""A batch as it runs: order, dead and hanging workers, faults."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from extractor.batch.files import BatchFile, find_files
from extractor.batch.run import run_batch
from extractor.batch.work import Line, Outcome, failed_line
from extractor.errors import EncryptedDocument

GOOD = Path(__file__).parents[2] / "fixtures" / "en_clean_invoice.pdf"


def run(
    paths: Iterable[Path], *, workers: int = 1, together: int = 1, timeout_seconds: float = 60.0
) -> list[tuple[Line, ...]]:
    lines = run_batch(
        find_files(paths),
        spec="auto",
        engine="auto",
        workers=workers,
        together=together,
        timeout_seconds=timeout_seconds,
    )
    return list(lines)


def error_of(lines: Sequence[Line]) -> dict[str, str]:
    (line,) = lines
    assert line.json is not None
    error: dict[str, str] = json.loads(line.json)["error"]
    return error


def test_lines_come_in_the_order_of_the_files_however_many_work(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number:02d}.pdf" for number in range(24)]
    for number, path in enumerate(paths):
        path.write_bytes(GOOD.read_bytes() if number % 3 else b"")
    lines = [line for lines in run(paths, workers=2) for line in lines]
    assert [json.loads(line.json or "")["source"] for line in lines] == [str(path) for path in paths]
    assert [line.outcome is Outcome.FAILED for line in lines] == [number % 3 == 0 for number in range(24)]


def test_the_same_files_give_the_same_lines_whatever_the_hash_seed(tmp_path: Path) -> None:
    lines = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.jsonl"
        command = [sys.executable, "-m", "extractor", "batch", str(GOOD.parent), "--out", str(out)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, env=environment, check=False, capture_output=True, timeout=120)
        lines.append([json.loads(line) | {"timings_ms": None} for line in out.read_text().splitlines()])
    assert lines[0]
    assert lines[0] == lines[1]


def test_no_files_give_no_lines() -> None:
    assert run([]) == []


def test_a_file_that_hangs_fails_and_the_next_is_read(tmp_path: Path) -> None:
    hanging = tmp_path / "hanging.pdf"
    os.mkfifo(hanging)
    first, hung, last = run([GOOD, hanging, GOOD], timeout_seconds=8.0)
    assert error_of(hung)["code"] == "EngineTimeout"
    assert first[0].outcome is last[0].outcome is not Outcome.FAILED


def test_of_files_that_went_together_only_the_one_that_hangs_fails(tmp_path: Path) -> None:
    hanging, broken, text = tmp_path / "hanging.pdf", tmp_path / "broken.pdf", tmp_path / "readme.txt"
    os.mkfifo(hanging)
    broken.write_bytes(b"")
    text.write_text("no document")
    lines = run([GOOD, hanging, tmp_path / "nothing.pdf", broken, GOOD], together=3, timeout_seconds=8.0)
    assert error_of(lines[1])["code"] == "EngineTimeout"
    assert [each[0].outcome is Outcome.FAILED for each in lines] == [False, True, True, True, False]


def test_lines_keep_the_order_of_files_that_go_together(tmp_path: Path) -> None:
    for name in ("a.pdf", "c.pdf", "e.pdf"):
        (tmp_path / name).write_bytes(GOOD.read_bytes())
    (tmp_path / "b.pdf").write_bytes(b"")
    (tmp_path / "d.txt").write_text("no document")
    lines = run([tmp_path], together=4)
    assert [line.outcome for (line,) in lines] == [
        lines[0][0].outcome,
        Outcome.FAILED,
        lines[0][0].outcome,
        Outcome.SKIPPED,
        lines[0][0].outcome,
    ]
    sources = [json.loads(line.json)["source"] for (line,) in lines if line.json is not None]
    assert [Path(source).name for source in sources] == ["a.pdf", "b.pdf", "c.pdf", "e.pdf"]


def test_a_file_whose_worker_is_killed_fails_and_the_next_is_read(tmp_path: Path) -> None:
    hanging, out = tmp_path / "hanging.pdf", tmp_path / "out.jsonl"
    os.mkfifo(hanging)
    files = map(str, (GOOD, hanging, GOOD))
    command = [sys.executable, "-m", "extractor", "batch", *files, "--out", str(out), "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as batch:
        while not (out.exists() and out.read_text().endswith("\n")):
            time.sleep(0.05)
        try:
            os.kill(_worker_of(batch.pid), signal.SIGKILL)
            _, said = batch.communicate(timeout=60)
        finally:
            batch.kill()
    statuses = [json.loads(line)["status"] for line in out.read_text().splitlines()]
    assert statuses == ["extracted", "failed", "extracted"]
    assert batch.returncode == 2
    assert "1 failed" in said


def _worker_of(pid: int) -> int:
    """Return the child that works; another one may track resources."""
    lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    children = [int(child) for listed in lists for child in listed.split()]
    (worker,) = (child for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes())
    return worker


def test_an_error_of_ours_is_a_failed_line_and_any_other_a_fault() -> None:
    refused = failed_line(EncryptedDocument("needs a password"), source="a.pdf")
    assert refused.outcome is Outcome.FAILED
    assert error_of([refused])["code"] == "EncryptedDocument"
    assert failed_line(KeyError("x"), source="a.pdf").outcome is Outcome.FAULT


@pytest.mark.parametrize("is_named", [True, False])
def test_a_file_that_is_gone_when_its_turn_comes_fails(tmp_path: Path, is_named: bool) -> None:  # noqa: FBT001 - a case
    gone = BatchFile(path=tmp_path / "gone.pdf", is_named=is_named)
    ((line,),) = run_batch([gone], spec="auto", engine="auto", workers=1)
    assert error_of([line])["code"] == "NotFound"
