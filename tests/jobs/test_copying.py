"""What was open when a store was exported is read after it was restored."""

import hashlib
import stat
from pathlib import Path

import pytest
import sqlalchemy as sa
from stored_documents import ask_for_run, keep_document

from extractor.cli.main import run
from extractor.errors import ConfigurationError
from extractor.jobs.backend import Backend, open_backend
from extractor.jobs.copying import export_to, restore_from
from extractor.jobs.queue import Queue
from extractor.jobs.runtime import prepare_queue
from extractor.settings import load_settings
from extractor.storage.access import Caller
from extractor.storage.documents import Received
from extractor.storage.runs import Question
from extractor.storage.tables import Run


def asked(backend: Backend, caller: Caller, content: bytes) -> str:
    path = backend.settings.data_dir / "upload"
    path.write_bytes(content)
    file = Received(
        path=path,
        name="a.pdf",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media_type="application/pdf",
    )
    now = backend.clock()
    document, _ = keep_document(backend.database, backend.blobs, caller.tenant_id, file, now=now)
    question = Question(spec="auto", engine="auto", pipeline="1")
    with backend.database.transaction() as session:
        return ask_for_run(session, document, question, now=now)[0].id


def test_open_readings_are_queued_again(backend: Backend, caller: Caller, tmp_path: Path) -> None:
    run_id = asked(backend, caller, b"%PDF-1.7")
    with backend.database.transaction() as session:
        session.get_one(Run, run_id).state = "running"
    file = tmp_path / "backup.tar"
    export_to(backend, file)
    settings = load_settings(data_dir=tmp_path / "other")
    other, queue = open_backend(settings), Queue(settings.database)
    prepare_queue(settings)
    restore_from(other, queue, file)
    with other.database.snapshot() as session:
        run = session.get_one(Run, run_id)
        assert run.state == "queued"
        found = session.execute(sa.text("SELECT workflow_uuid, status FROM workflow_status")).all()
        assert [tuple(row) for row in found] == [(run.workflow_id, "ENQUEUED")]
    queue.close()
    other.close()


def test_only_the_owner_may_read_an_archive(backend: Backend, tmp_path: Path) -> None:
    file = tmp_path / "backup.tar"
    export_to(backend, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("*.part"))


def test_a_folder_that_is_not_there_is_an_error_of_the_user(backend: Backend, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be written"):
        export_to(backend, tmp_path / "none" / "backup.tar")


def test_the_commands_export_and_restore(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "backup.tar")
    monkeypatch.setenv("EXTRACTOR_DATA_DIR", str(tmp_path / "first"))
    assert run(["keys", "create", "--tenant", "acme"]) == 0
    assert run(["store", "export", file]) == 0
    assert run(["store", "restore", file]) == 2
    assert "not empty" in capsys.readouterr().err
    monkeypatch.setenv("EXTRACTOR_DATA_DIR", str(tmp_path / "second"))
    assert run(["store", "restore", file]) == 0
    assert run(["keys", "list", "--tenant", "acme"]) == 0
    assert "valid" in capsys.readouterr().out
