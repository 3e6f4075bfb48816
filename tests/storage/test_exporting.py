"""An archive of the store holds all of it, and fills another one, of either database."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa
from postgres_server import new_database
from storage.conftest import NOW
from stored_documents import keep_document

from extractor.errors import NotFound
from extractor.storage.access import Caller, Scope, create_key, note
from extractor.storage.blobs import Blobs, content_name
from extractor.storage.database import Database
from extractor.storage.documents import Received, delete_document
from extractor.storage.events import EventKind, emit
from extractor.storage.exporting import copied_tables, export_store
from extractor.storage.restoring import NotRestorable, restore_store
from extractor.storage.tables import (
    Batch,
    BatchFile,
    IdempotentAnswer,
    Run,
    StoredDocument,
    StoredReconciliation,
    StoredResult,
    Tenant,
)

_NUMBERS = count()
_CONTENTS = (b"%PDF-1.7 one", b"%PDF-1.7 two")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{tmp_path / 'other.db'}")
    else:
        opened = Database(new_database(request.getfixturevalue("postgres"), f"restored{next(_NUMBERS)}"))
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def other_blobs(tmp_path: Path) -> Blobs:
    return Blobs((tmp_path / "other_blobs").as_uri())


@pytest.fixture
def filled(database: Database, blobs: Blobs, caller: Caller, tmp_path: Path) -> list[str]:
    """Return the ids of documents in a store that has a row with every type of column."""
    documents = []
    for number, content in enumerate(_CONTENTS):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(content)
        received = Received(
            path=path,
            name=f"发票 {number}.pdf",
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            media_type="application/pdf",
        )
        document, _ = keep_document(database, blobs, caller.tenant_id, received, now=NOW)
        documents.append(document.id)
    with database.transaction() as session:
        run = Run(
            id="run_1",
            tenant_id=caller.tenant_id,
            document_id=documents[0],
            spec="invoice",
            spec_version=0,
            engine="layout",
            pipeline="1",
            priority=10,
            created_at=NOW + timedelta(microseconds=17),
        )
        tenant_id = caller.tenant_id
        batch = Batch(id="bat_1", tenant_id=tenant_id, name=None, spec="auto", engine="auto", created_at=NOW)
        session.add_all([run, batch])
        session.flush()
        tenant = session.get_one(Tenant, caller.tenant_id)
        create_key(session, tenant, name="erp", scopes=[Scope.READ], now=NOW)
        note(session, tenant.id, actor="operator", action="key.created", subject="key_1", now=NOW)
        emit(
            session,
            tenant.id,
            EventKind.BATCH_COMPLETED,
            subject="bat_1",
            body={"total": 2, "ü": None},
            now=NOW,
        )
        session.add_all(
            [
                BatchFile(batch_id="bat_1", position=1, name="a", document_id=documents[0], run_id="run_1"),
                StoredResult(
                    id="res_1",
                    tenant_id=tenant.id,
                    run_id="run_1",
                    document_id=documents[0],
                    part=1,
                    spec="invoice",
                    created_at=NOW,
                    updated_at=NOW,
                    review="open",
                    body={"fields": {"gross_amount": {"value": "1.10"}}},
                    printed={},
                ),
                StoredReconciliation(
                    id="rec_1",
                    tenant_id=tenant.id,
                    contract_run_id="run_1",
                    is_recorded=False,
                    created_at=NOW,
                    updated_at=NOW,
                ),
                IdempotentAnswer(
                    tenant_id=tenant.id, key="k", fingerprint="f", created_at=NOW, body=b"\x00\xff\n"
                ),
            ]
        )
    return documents


def exported(database: Database, blobs: Blobs) -> bytes:
    written = io.BytesIO()
    export_store(database, blobs, written, now=NOW)
    return written.getvalue()


def restored(database: Database, blobs: Blobs, archive: bytes) -> None:
    with database.transaction() as session:
        restore_store(session, blobs, io.BytesIO(archive), now=NOW)


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.snapshot() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(sa.select(table))), key=repr)
            for table in copied_tables()
        }


def changed(archive: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return an archive with members changed, or (None) left out."""
    written = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(archive)) as read, tarfile.open(fileobj=written, mode="w") as new:
        for member in read:
            file = read.extractfile(member)
            assert file is not None
            content = change(member.name, file.read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return written.getvalue()


@pytest.mark.usefixtures("filled")
def test_every_row_and_content_is_in_the_other_store(
    database: Database, blobs: Blobs, empty: Database, other_blobs: Blobs
) -> None:
    restored(empty, other_blobs, exported(database, blobs))
    assert rows(empty) == rows(database)
    names = sorted(blobs.names())
    assert sorted(other_blobs.names()) == names
    assert sorted(other_blobs.get(name) for name in names) == sorted(_CONTENTS)


@pytest.mark.usefixtures("filled")
def test_a_store_that_is_not_empty_is_left_as_it_is(database: Database, blobs: Blobs) -> None:
    before = rows(database)
    with pytest.raises(NotRestorable, match="not empty"):
        restored(database, blobs, exported(database, blobs))
    assert rows(database) == before


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("key", "value"), [("format", 2), ("schema", "0000")])
def test_an_archive_of_another_version_is_refused(
    database: Database, blobs: Blobs, other_blobs: Blobs, tmp_path: Path, key: str, value: object
) -> None:
    def other(name: str, content: bytes) -> bytes:
        return json.dumps(json.loads(content) | {key: value}).encode() if name == "store.json" else content

    fresh = Database(f"sqlite:///{tmp_path / 'fresh.db'}")
    fresh.migrate()
    with pytest.raises(NotRestorable, match=str(value)):
        restored(fresh, other_blobs, changed(exported(database, blobs), other))
    fresh.close()


def cut(archive: bytes) -> bytes:
    return archive[: len(archive) // 2]


def without_end(archive: bytes) -> bytes:
    return changed(archive, lambda name, content: None if name == "end.json" else content)


def without_a_content(archive: bytes) -> bytes:
    return changed(archive, lambda _, content: None if content == _CONTENTS[0] else content)


def with_another_content(archive: bytes) -> bytes:
    return changed(archive, lambda _, content: b"other" if content == _CONTENTS[0] else content)


def without_a_row(archive: bytes) -> bytes:
    return changed(archive, lambda name, content: b"" if name == "tables/audit.jsonl" else content)


def with_rows_that_are_none(archive: bytes) -> bytes:
    return changed(archive, lambda name, content: b"[1]\n" if name == "tables/audit.jsonl" else content)


def without_what_rows_refer_to(archive: bytes) -> bytes:
    return changed(archive, lambda name, content: b"" if name == "tables/tenants.jsonl" else content)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "damage",
    [
        cut,
        without_end,
        without_a_content,
        with_another_content,
        without_a_row,
        with_rows_that_are_none,
        without_what_rows_refer_to,
    ],
)
def test_of_a_damaged_archive_no_row_is_restored(
    database: Database, blobs: Blobs, empty: Database, other_blobs: Blobs, damage: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(NotRestorable):
        restored(empty, other_blobs, damage(exported(database, blobs)))
    assert not any(rows(empty).values())


def test_what_is_written_meanwhile_is_not_in_the_archive(
    database: Database, blobs: Blobs, caller: Caller, empty: Database, other_blobs: Blobs
) -> None:
    class Written(io.BytesIO):
        def write(self, content: object) -> int:
            with database.transaction() as session:
                note(session, caller.tenant_id, actor="a", action="b", subject="c", now=NOW)
            return super().write(content)  # type: ignore[arg-type] # whatever the archive writes

    before = rows(database)
    archive = Written()
    export_store(database, blobs, archive, now=NOW)
    assert rows(database) != before
    restored(empty, other_blobs, archive.getvalue())
    assert rows(empty) == before


def test_a_document_that_is_deleted_meanwhile_is_left_out(
    database: Database,
    blobs: Blobs,
    caller: Caller,
    filled: list[str],
    empty: Database,
    other_blobs: Blobs,
    tmp_path: Path,
) -> None:
    class Deleting(Blobs):
        def get(self, name: str) -> bytes:
            if name == content_name(caller.tenant_id, hashlib.sha256(_CONTENTS[0]).hexdigest()):
                with database.transaction() as session:
                    delete_document(
                        session, blobs, caller.tenant_id, filled[0], actor="a", reason="requested", now=NOW
                    )
            return super().get(name)

    written = io.BytesIO()
    copied = export_store(database, Deleting((tmp_path / "blobs").as_uri()), written, now=NOW)
    assert copied.deleted == {filled[0]}
    restored(empty, other_blobs, written.getvalue())
    with empty.snapshot() as session:
        assert session.scalars(sa.select(StoredDocument.id)).all() == [filled[1]]
        assert session.scalars(sa.select(StoredResult)).all() == []
        assert session.scalars(sa.select(Batch.completed_at)).all() == [NOW]


@pytest.mark.usefixtures("filled")
def test_a_content_that_nobody_deleted_and_is_missing_is_an_error(
    database: Database, blobs: Blobs, caller: Caller
) -> None:
    blobs.delete(content_name(caller.tenant_id, hashlib.sha256(_CONTENTS[0]).hexdigest()))
    with pytest.raises(NotFound, match="is missing"):
        exported(database, blobs)
