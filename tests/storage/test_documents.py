from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from storage.conftest import NOW, make_caller
from stored_documents import ask_for_run, keep_document, keep_files

from extractor.errors import Conflict, NotFound
from extractor.jobs.work import ReadPart
from extractor.storage.access import Caller
from extractor.storage.blobs import Blobs, content_name
from extractor.storage.database import Database
from extractor.storage.documents import (
    Received,
    delete_document,
    document_of,
    documents_of,
    expired_documents,
    keep_documents,
)
from extractor.storage.runs import Outcome, Question, ask_for_runs, end_runs
from extractor.storage.tables import Deletion, Run, StoredDocument, StoredResult

HASH = "ab" * 32


def received(folder: Path, content: bytes = b"%PDF-1.7", sha256: str = HASH) -> Received:
    path = folder / f"upload-{sha256[:4]}"
    path.write_bytes(content)
    return Received(path=path, name="a.pdf", sha256=sha256, size=len(content), media_type="application/pdf")


def kept(database: Database, blobs: Blobs, caller: Caller, file: Received) -> tuple[StoredDocument, bool]:
    return keep_document(database, blobs, caller.tenant_id, file, now=NOW)


def test_the_same_content_twice_is_one_document(
    database: Database, blobs: Blobs, caller: Caller, tmp_path: Path
) -> None:
    first, is_new = kept(database, blobs, caller, received(tmp_path))
    again, is_new_again = kept(database, blobs, caller, received(tmp_path))
    assert (is_new, is_new_again) == (True, False)
    assert first.id == again.id
    assert blobs.get(content_name(caller.tenant_id, HASH)) == b"%PDF-1.7"


def test_tenants_share_no_document(database: Database, blobs: Blobs, caller: Caller, tmp_path: Path) -> None:
    other = make_caller(database, "other")
    mine, _ = kept(database, blobs, caller, received(tmp_path))
    theirs, is_new = kept(database, blobs, other, received(tmp_path))
    assert is_new
    assert mine.id != theirs.id
    with database.snapshot() as session, pytest.raises(NotFound):
        document_of(session, other.tenant_id, mine.id)
    with database.snapshot() as session:
        listed = documents_of(session, other.tenant_id, cursor=None, limit=10)
    assert [row.id for row in listed.rows] == [theirs.id]


def test_a_deleted_document_takes_all_with_it_but_the_record(
    database: Database, blobs: Blobs, caller: Caller, tmp_path: Path
) -> None:
    document, _ = kept(database, blobs, caller, received(tmp_path))
    other = make_caller(database, "other")
    kept(database, blobs, other, received(tmp_path))
    asked = Question(spec="auto", engine="auto", pipeline="1")
    with database.transaction() as session:
        run, _ = ask_for_run(session, document, asked, now=NOW)
        end_runs(session, {run.id: Outcome(told=[ReadPart(body={"spec": "invoice"}, printed={})])}, now=NOW)
    with database.transaction() as session:
        delete_document(
            session, blobs, caller.tenant_id, document.id, actor="key_1", reason="requested", now=NOW
        )
    with database.snapshot() as session:
        assert [
            session.scalar(sa.select(sa.func.count()).select_from(each)) for each in (Run, StoredResult)
        ] == [0, 0]
        record = session.scalars(sa.select(Deletion)).one()
    assert (record.document_id, record.actor, record.reason) == (document.id, "key_1", "requested")
    with pytest.raises(NotFound):
        blobs.get(content_name(caller.tenant_id, HASH))
    assert blobs.get(content_name(other.tenant_id, HASH)) == b"%PDF-1.7"


def test_another_tenants_document_cannot_be_deleted(
    database: Database, blobs: Blobs, caller: Caller, tmp_path: Path
) -> None:
    document, _ = kept(database, blobs, caller, received(tmp_path))
    other = make_caller(database, "other")
    with pytest.raises(NotFound), database.transaction() as session:
        delete_document(session, blobs, other.tenant_id, document.id, actor="x", reason="requested", now=NOW)


def test_documents_expire_after_a_moment_and_not_at_it(
    database: Database, blobs: Blobs, caller: Caller, tmp_path: Path
) -> None:
    document, _ = kept(database, blobs, caller, received(tmp_path))
    with database.snapshot() as session:
        assert expired_documents(session, before=NOW, limit=10) == []
        later = expired_documents(session, before=NOW + timedelta(seconds=1), limit=10)
    assert [row.id for row in later] == [document.id]


def deleted(database: Database, blobs: Blobs, caller: Caller, document: StoredDocument) -> None:
    with database.transaction() as session:
        delete_document(session, blobs, caller.tenant_id, document.id, actor="x", reason="requested", now=NOW)


def test_a_deleted_document_can_be_uploaded_again(
    database: Database, blobs: Blobs, caller: Caller, tmp_path: Path
) -> None:
    first, _ = kept(database, blobs, caller, received(tmp_path))
    deleted(database, blobs, caller, first)
    again, is_new = kept(database, blobs, caller, received(tmp_path))
    assert (is_new, again.id == first.id) == (True, False)
    assert blobs.get(content_name(caller.tenant_id, HASH)) == b"%PDF-1.7"


def test_a_document_that_is_deleted_while_it_is_uploaded_has_no_row_without_a_content(
    database: Database, blobs: Blobs, caller: Caller, tmp_path: Path
) -> None:
    first, _ = kept(database, blobs, caller, received(tmp_path))
    file = received(tmp_path)
    for contents in (keep_files(database, blobs, caller.tenant_id, [file]), frozenset({HASH})):
        # The first was known when contents were looked at, the second was put while it was deleted.
        with database.snapshot() as session:
            if session.get(StoredDocument, first.id) is not None:
                deleted(database, blobs, caller, first)
        with pytest.raises(Conflict, match="upload it again"), database.transaction() as session:
            keep_documents(session, blobs, caller.tenant_id, [file], kept=contents, now=NOW)
        with database.snapshot() as session:
            assert session.scalars(sa.select(StoredDocument)).all() == []


def test_the_same_files_at_the_same_time_in_any_order_are_the_same_documents(
    database: Database, blobs: Blobs, caller: Caller, tmp_path: Path
) -> None:
    def kept_together(number: int) -> list[str]:
        folder = tmp_path / f"{number}"
        folder.mkdir()
        files = [received(folder, sha256=f"{one:04}" * 16) for one in range(30)]
        if number % 2:
            files.reverse()
        contents = keep_files(database, blobs, caller.tenant_id, files)
        asked = Question(spec="auto", engine="auto", pipeline="1")
        with database.transaction() as session:
            documents = keep_documents(session, blobs, caller.tenant_id, files, kept=contents, now=NOW)
            runs = ask_for_runs(session, [row for row, _ in documents], asked, priority=10, now=NOW)
            assert [is_new for _, is_new in runs] == [is_new for _, is_new in documents]
            return sorted(run.id for run, _ in runs)

    with ThreadPoolExecutor(4) as threads:
        runs = list(threads.map(kept_together, range(4)))
    assert len({tuple(one) for one in runs}) == 1
    with database.snapshot() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(StoredDocument)) == 30
        assert session.scalar(sa.select(sa.func.count()).select_from(Run)) == 30


def test_the_same_content_twice_in_an_upload_is_one_document_with_the_first_name(
    database: Database, blobs: Blobs, caller: Caller, tmp_path: Path
) -> None:
    first = received(tmp_path)
    second = replace(first, name="b.pdf")
    contents = keep_files(database, blobs, caller.tenant_id, [first, second])
    with database.transaction() as session:
        (one, is_new), (other, is_new_again) = keep_documents(
            session, blobs, caller.tenant_id, [first, second], kept=contents, now=NOW
        )
    assert (one.id, one.name, is_new, is_new_again) == (other.id, "a.pdf", True, False)


def test_a_document_that_is_held_is_deleted_only_afterwards(
    database: Database, blobs: Blobs, caller: Caller, tmp_path: Path
) -> None:
    document, _ = kept(database, blobs, caller, received(tmp_path))
    asked = Question(spec="auto", engine="auto", pipeline="1")
    with ThreadPoolExecutor(1) as threads:
        with database.transaction() as session:
            document_of(session, caller.tenant_id, document.id, is_held=True)
            deleting = threads.submit(deleted, database, blobs, caller, document)
            with pytest.raises(TimeoutError):
                deleting.result(timeout=0.5)
            ask_for_runs(session, [document], asked, priority=10, now=NOW)
        deleting.result(timeout=60)
    with database.snapshot() as session:
        assert session.scalars(sa.select(Run)).all() == []
