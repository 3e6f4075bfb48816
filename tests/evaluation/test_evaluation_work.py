"""What comes of a file: documents matched with records, failures as outcomes."""

import os
from pathlib import Path

import pytest
from judged_documents import FIXTURES, assessment, truth
from plain_pdf import plain_pdf

from extractor.errors import EncryptedDocument
from extractor.evaluation.manifest import Manifest, load_manifest
from extractor.evaluation.run import run_evaluation, tasks_of
from extractor.evaluation.work import NO_PART, FileTask, assigned, failed, read_and_judge

NAME = "en_clean_invoice.pdf"


def task(folder: Path, *records: dict[str, object], file: str = NAME) -> FileTask:
    truths = tuple(truth({"invoice_number": "BI-20457"}, file=file, **record) for record in records or ({},))  # type: ignore[arg-type]  # keys of a record
    return FileTask(path=folder / file, truths=truths, spec="auto", engine="auto")


def test_a_file_is_read_judged_timed_and_its_evidence_proven() -> None:
    found = read_and_judge(task(FIXTURES))
    (document,) = found.documents
    assert document.wrong == document.missed == 0
    assert (document.spec, document.failure) == ("invoice", None)
    assert document.evidence.claims > 40
    assert document.evidence.faults == ()
    assert found.seconds is not None
    assert found.seconds > 0


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "UnsupportedDocument"), (b"%PDF-1.7 nothing", "DamagedDocument")]
)
def test_a_file_that_cannot_be_read_is_an_outcome(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / NAME).write_bytes(content)
    found = read_and_judge(task(tmp_path))
    (document,) = found.documents
    assert document.failure is not None
    assert document.failure.code == code
    assert (document.missed, document.is_passed, found.seconds) == (1, False, None)


def test_a_blank_page_is_an_outcome(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(plain_pdf([]))
    (document,) = read_and_judge(task(tmp_path)).documents
    assert document.failure is not None
    assert document.failure.code == "PageUnreadable"


def test_a_document_that_was_deleted_meanwhile_is_an_outcome(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text('[{"file": "a.pdf", "fields": {"invoice_number": "7"}}]')
    (tmp_path / "a.pdf").write_bytes((FIXTURES / NAME).read_bytes())
    tasks = tasks_of(load_manifest(tmp_path / "m.json"), spec="auto", engine="auto")
    (tmp_path / "a.pdf").unlink()
    (found,) = run_evaluation(tasks, workers=1)
    assert found.documents[0].failure is not None
    assert found.documents[0].failure.code == "NotFound"


def test_a_fault_of_ours_is_an_outcome_too() -> None:
    (document,) = failed(task(FIXTURES), KeyError("x")).documents
    assert document.failure is not None
    assert document.failure.code == "Fault"
    (document,) = failed(task(FIXTURES), EncryptedDocument("needs a password")).documents
    assert document.failure is not None
    assert document.failure.code == "EncryptedDocument"


def test_records_go_by_their_pages() -> None:
    truths = [truth({}, pages=[3, 4]), truth({}, pages=[1])]
    parts = [assessment({}, pages=(1, 2)), assessment({}, pages=(3,)), assessment({}, pages=(4,))]
    assert assigned(truths, parts)[1] == 0
    assert assigned(truths, parts)[0] in {1, 2}


def test_records_without_pages_go_by_what_is_right() -> None:
    truths = [truth({"invoice_number": "7"}), truth({"invoice_number": "8"})]
    parts = [assessment({"invoice_number": number}) for number in ("9", "8", "7")]
    assert assigned(truths, parts) == (2, 1)


def test_pages_weigh_more_than_values() -> None:
    truths = [truth({"invoice_number": "7"}, pages=[1]), truth({"invoice_number": "8"}, pages=[2])]
    parts = [assessment({"invoice_number": "8"}, pages=(1,)), assessment({"invoice_number": "7"}, pages=(2,))]
    assert assigned(truths, parts) == (0, 1)


def test_a_record_that_no_part_is_left_for_has_no_result() -> None:
    found = read_and_judge(task(FIXTURES, {"pages": [1]}, {"pages": [2]}))
    first, second = found.documents
    assert first.failure is None
    assert second.failure is not None
    assert second.failure.code == NO_PART
    assert "read as 1 document" in second.failure.message
    assert second.missed == 1
    assert found.spare_parts == 0


def test_records_of_one_file_and_spec_are_one_task_in_the_order_of_the_manifest() -> None:
    truths = (truth({}, file="b"), truth({}, file="a"), truth({}, file="b", pages=[2]))
    tasks = tasks_of(Manifest(folder=Path("in"), truths=truths), spec="invoice", engine="layout")
    assert [(each.file, len(each.truths)) for each in tasks] == [("b", 2), ("a", 1)]
    assert {(each.spec, each.engine) for each in tasks} == {("invoice", "layout")}
    assert tasks[0].path == Path("in/b")


def test_a_file_that_hangs_fails_and_the_next_is_read(tmp_path: Path) -> None:
    hanging = task(tmp_path, file="hanging.pdf")
    os.mkfifo(hanging.path)
    hung, read = run_evaluation([hanging, task(FIXTURES)], workers=1, timeout_seconds=8.0)
    assert hung.documents[0].failure is not None
    assert hung.documents[0].failure.code == "EngineTimeout"
    assert read.documents[0].failure is None
