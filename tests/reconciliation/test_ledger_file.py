"""The ledger in a file: the same as any, and what can happen to files."""

import json
import multiprocessing
import resource
import signal
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st
from reconciliation.ledger_conformance import CONTRACT, LedgerConformance, entry

from extractor.errors import Conflict, LedgerBusy, LedgerDamaged, LedgerUnusable
from extractor.reconciliation.ledger import Ledger
from extractor.reconciliation.ledger_file import FileLedger


class TestFileLedger(LedgerConformance):
    """The ledger in a file does what every ledger does."""

    @pytest.fixture
    def ledger(self, tmp_path: Path) -> Ledger:
        """Return an empty one."""
        return FileLedger(tmp_path / "ledger.jsonl")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a ledger of two approvals."""
    path = tmp_path / "ledger.jsonl"
    ledger = FileLedger(path)
    ledger.append([entry("R-1")], at=0)
    ledger.append([entry("R-2"), entry("R-3")], at=1)
    return path


def numbers(path: Path) -> list[str]:
    return [kept.number for kept in FileLedger(path).invoices(CONTRACT)]


def test_asking_an_absent_file_begins_none(tmp_path: Path) -> None:
    ledger = FileLedger(tmp_path / "ledger.jsonl")
    assert ledger.revision() == 0
    assert list(tmp_path.iterdir()) == []


def test_an_approval_is_one_line_with_its_schema_and_amounts_as_strings(path: Path) -> None:
    first, second = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["schema_version"] == 1
    assert json.loads(first)["invoices"][0]["gross_amount"] == "833.00"
    assert [each["number"] for each in json.loads(second)["invoices"]] == ["R-2", "R-3"]


def test_what_another_process_appends_is_seen(path: Path) -> None:
    reader = FileLedger(path)
    assert reader.revision() == 2
    FileLedger(path).append([entry("R-4")], at=2)
    assert [kept.number for kept in reader.invoices(CONTRACT)] == ["R-1", "R-2", "R-3", "R-4"]


def test_a_file_that_was_edited_is_read_anew(path: Path) -> None:
    reader = FileLedger(path)
    assert reader.revision() == 2
    path.write_bytes(path.read_bytes().replace(b'"number":"R-1"', b'"number":"R-9"'))
    assert [kept.number for kept in reader.invoices(CONTRACT)] == ["R-9", "R-2", "R-3"]


@given(share=st.floats(min_value=0, max_value=1, exclude_max=True))
@settings(max_examples=40)
def test_a_line_that_breaks_off_anywhere_does_not_count_and_is_kept_aside(
    tmp_path_factory: pytest.TempPathFactory, share: float
) -> None:
    path = tmp_path_factory.mktemp("torn") / "ledger.jsonl"
    ledger = FileLedger(path)
    ledger.append([entry("R-1")], at=0)
    whole = path.read_bytes()
    torn = whole[: max(1, int(len(whole[:-2]) * share))]
    path.write_bytes(whole + torn)
    assert numbers(path) == ["R-1"]
    FileLedger(path).append([entry("R-2")], at=1)
    assert numbers(path) == ["R-1", "R-2"]
    assert path.with_name("ledger.jsonl.torn").read_bytes() == torn + b"\n"


def test_a_last_line_that_only_lacks_its_end_counts(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])
    assert numbers(path) == ["R-1", "R-2", "R-3"]
    FileLedger(path).append([entry("R-4")], at=2)
    assert numbers(path) == ["R-1", "R-2", "R-3", "R-4"]
    assert not path.with_name("ledger.jsonl.torn").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (b"no JSON\n", "no line of a ledger"),
        (b"%PDF-1.7 of a contract", "no line of a ledger"),
        (b'{"invoices": []}\n', "schema_version"),
        (b'{"schema_version": 2, "invoices": []}\n', "another version (schema 2; this one reads 1)"),
        (b'{"schema_version": 1, "invoices": [{"number": "R-1"}]}\n', "invoices.0.contract"),
        (b'{"schema_version": 1, "invoices": [], "more": 1}\n', "more"),
        (b"\xff\xfe\n", "no line of a ledger"),
    ],
)
def test_a_wrong_line_is_refused_with_its_number_and_stays(path: Path, wrong: bytes, said: str) -> None:
    content = path.read_bytes() + wrong
    path.write_bytes(content)
    ledger = FileLedger(path)
    with pytest.raises(LedgerDamaged) as refused:
        ledger.append([entry("R-4")], at=2)
    assert f"{path}, line 3: " in str(refused.value)
    assert said in str(refused.value)
    assert path.read_bytes() == content


def test_an_amount_that_is_a_json_number_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"833.00"', b"833.00"))
    with pytest.raises(LedgerDamaged, match=r"line 1: .*must be a string"):
        FileLedger(path).revision()


def test_a_damaged_line_between_whole_ones_is_refused(path: Path) -> None:
    first, second, _ = path.read_bytes().split(b"\n")
    path.write_bytes(first[:80] + b"\n" + second + b"\n")
    with pytest.raises(LedgerDamaged, match="line 1"):
        FileLedger(path).revision()


def test_blank_lines_are_passed_over(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    assert numbers(path) == ["R-1", "R-2", "R-3"]


def test_a_ledger_that_somebody_writes_to_is_busy(path: Path) -> None:
    ledger = FileLedger(path, lock_seconds=0.05)
    at = ledger.revision()
    with FileLock(f"{path}.lock"), pytest.raises(LedgerBusy, match="another process"):
        ledger.append([entry("R-4")], at=at)
    ledger.append([entry("R-4")], at=at)
    assert numbers(path)[-1] == "R-4"


def test_a_link_and_its_file_have_one_lock(path: Path) -> None:
    link = path.with_name("link.jsonl")
    link.symlink_to(path)
    with FileLock(f"{path}.lock"), pytest.raises(LedgerBusy):
        FileLedger(link, lock_seconds=0.05).append([entry("R-4")], at=2)


def test_a_folder_or_a_missing_folder_is_unusable(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnusable, match="cannot be read"):
        FileLedger(tmp_path).revision()
    with pytest.raises(LedgerUnusable, match="its folder is missing"):
        FileLedger(tmp_path / "gone" / "ledger.jsonl").append([entry()], at=0)
    assert list(tmp_path.iterdir()) == []


def _append_beyond_the_limit(path: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then the write fails as on a full disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 100, resource.RLIM_INFINITY))
    ledger = FileLedger(path)
    with pytest.raises(LedgerUnusable, match="cannot be written: File too large"):
        ledger.append([entry("R-4")], at=ledger.revision())


def test_a_disk_that_fills_up_leaves_the_ledger_as_it_was(path: Path) -> None:
    before = path.read_bytes()
    writer = multiprocessing.get_context("spawn").Process(target=_append_beyond_the_limit, args=(path,))
    writer.start()
    writer.join(60)
    assert writer.exitcode == 0
    assert path.read_bytes() == before


def test_a_device_is_no_ledger() -> None:
    with pytest.raises(LedgerUnusable, match="it is no file"):
        FileLedger("/dev/zero").revision()


def _append_ten(path: Path, name: str) -> None:
    ledger = FileLedger(path)
    for count in range(10):
        while True:
            try:
                ledger.append([entry(f"{name}-{count}"), entry(f"{name}-{count}b")], at=ledger.revision())
                break
            except Conflict:
                continue


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    spawning = multiprocessing.get_context("spawn")
    writers = [spawning.Process(target=_append_ten, args=(path, name)) for name in ("A", "B")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    kept = numbers(path)
    assert len(kept) == 40
    assert set(kept) == {f"{name}-{count}{end}" for name in "AB" for count in range(10) for end in ("", "b")}
    assert all(
        kept[place + 1] == f"{kept[place]}b" for place in range(0, 40, 2)
    )  # an approval stays together
