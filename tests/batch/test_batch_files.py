"""Which files of a batch are read, which are skipped, and in which order."""

from pathlib import Path

import pytest

from extractor.batch.files import BatchFile, find_files, is_document

PDF = b"%PDF-1.7\n"


def _walked(path: Path) -> BatchFile:
    return BatchFile(path=path, is_named=False)


def _named(path: Path) -> BatchFile:
    return BatchFile(path=path, is_named=True)


def test_folders_are_walked_in_sorted_order_and_named_files_kept_in_place(tmp_path: Path) -> None:
    (tmp_path / "inbox" / "b").mkdir(parents=True)
    (tmp_path / "inbox" / "a").mkdir()
    for name in (
        "inbox/z.pdf",
        "inbox/c.pdf",
        "inbox/b/2.pdf",
        "inbox/b/1.pdf",
        "inbox/a/9.pdf",
        "first.pdf",
    ):
        (tmp_path / name).write_bytes(PDF)
    found = list(find_files([tmp_path / "first.pdf", tmp_path / "inbox"]))
    names = [file.path.relative_to(tmp_path).as_posix() for file in found]
    assert names == [
        "first.pdf",
        "inbox/c.pdf",
        "inbox/z.pdf",
        "inbox/a/9.pdf",
        "inbox/b/1.pdf",
        "inbox/b/2.pdf",
    ]
    assert [file.is_named for file in found] == [True, False, False, False, False, False]


def test_the_file_that_is_being_written_is_left_out(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    for path in (out, tmp_path / "a.pdf"):
        path.write_bytes(PDF)
    assert [file.path.name for file in find_files([tmp_path], leave_out=out)] == ["a.pdf"]


def test_a_file_of_another_name_with_a_documents_content_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "scan.dat"
    path.write_bytes(PDF)
    assert is_document(_walked(path))


@pytest.mark.parametrize("name", ["notes.txt", "README", "table.csv", "out.jsonl"])
def test_what_neither_is_nor_claims_to_be_a_document_is_skipped(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("just words")
    assert not is_document(_walked(path))
    assert is_document(_named(path)), "a file that was named must fail where it is seen"


@pytest.mark.parametrize("name", ["empty.pdf", "page.PDF", "a.ofd", "b.docx", "c.png", "d.xml"])
def test_what_only_claims_to_be_a_document_is_read_and_so_fails(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    assert is_document(_walked(path))


def test_an_empty_file_of_another_name_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "nothing"
    path.touch()
    assert not is_document(_walked(path))
