from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from storage.conftest import NOW, make_caller
from storage.test_documents import kept, received
from stored_documents import ask_for_run

from extractor.delivery.encoding import Json
from extractor.delivery.failure import Failure
from extractor.errors import Conflict, NotFound
from extractor.jobs.work import ReadPart
from extractor.storage.access import Caller
from extractor.storage.blobs import Blobs
from extractor.storage.database import Database
from extractor.storage.runs import (
    Outcome,
    Question,
    begin_runs,
    end_runs,
    hand_back_runs,
    reopen_run,
    results_of,
    run_of,
    waiting_of,
)
from extractor.storage.tables import Run, StoredDocument, StoredResult
from extractor.storage.tables.runs import ReviewState, RunState

ASKED = Question(spec="auto", engine="auto", pipeline="1")
BODY: dict[str, Json] = {
    "spec": "invoice",
    "review": {"required": True, "reasons": ["LINES_SUM", "LOW_CONFIDENCE"]},
    "fields": {"invoice_number": {"value": "R-1"}, "seller_name": {"value": "Acme"}},
}


PART = ReadPart(body=BODY, printed={})


@pytest.fixture
def document(database: Database, blobs: Blobs, caller: Caller, tmp_path: Path) -> StoredDocument:
    return kept(database, blobs, caller, received(tmp_path))[0]


def asked(database: Database, document: StoredDocument, question: Question = ASKED) -> tuple[Run, bool]:
    with database.transaction() as session:
        run, is_new = ask_for_run(session, document, question, now=NOW)
        run.workflow_id = run.workflow_id or "work_1"
        return run, is_new


def begun(session: Session, workflow_id: str = "work_1") -> list[str]:
    return [run.id for run in begin_runs(session, workflow_id, now=NOW).runs]


def ended(session: Session, run_id: str, outcome: Outcome) -> list[tuple[Run, list[StoredResult]]]:
    return end_runs(session, {run_id: outcome}, now=NOW)


def test_the_same_question_is_the_same_run(database: Database, document: StoredDocument) -> None:
    first, is_new = asked(database, document)
    again, is_new_again = asked(database, document)
    other, is_other_new = asked(database, document, Question(spec="contract", engine="auto", pipeline="1"))
    assert (is_new, is_new_again, is_other_new) == (True, False, True)
    assert first.id == again.id != other.id


def test_a_run_ends_once(database: Database, document: StoredDocument) -> None:
    run, _ = asked(database, document)
    with database.transaction() as session:
        assert begun(session) == [run.id]
    with database.transaction() as session:
        ((_, results),) = ended(session, run.id, Outcome(told=[PART, PART]))
    assert [result.part for result in results] == [1, 2]
    with database.transaction() as session:
        failure = Failure(source="a.pdf", code="DamagedDocument", message="no")
        assert ended(session, run.id, Outcome(told=failure)) == []
        assert begun(session) == []
        assert hand_back_runs(session, "work_1") == []
    with database.snapshot() as session:
        assert run_of(session, document.tenant_id, run.id).state == RunState.DONE
        assert [row.part for row in results_of(session, run.id)] == [1, 2]


def test_results_are_found_by_what_they_say(database: Database, document: StoredDocument) -> None:
    run, _ = asked(database, document)
    with database.transaction() as session:
        ended(session, run.id, Outcome(told=[PART]))
    with database.snapshot() as session:
        (row,) = results_of(session, run.id)
    assert (row.number, row.seller, row.review) == ("R-1", "Acme", ReviewState.OPEN)
    assert row.reasons.split() == ["LINES_SUM", "LOW_CONFIDENCE"]


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.PARKED])
def test_a_failure_is_kept_with_its_reason_and_can_be_tried_again(
    database: Database, document: StoredDocument, state: RunState
) -> None:
    run, _ = asked(database, document)
    with database.transaction() as session, pytest.raises(Conflict):
        reopen_run(session, document.tenant_id, run.id)
    failure = Failure(source="a.pdf", code="EngineTimeout", message="too long")
    with database.transaction() as session:
        ended(session, run.id, Outcome(told=failure, is_parked=state is RunState.PARKED))
    with database.snapshot() as session:
        failed = run_of(session, document.tenant_id, run.id)
    assert (failed.state, failed.error_code, failed.error_message) == (state, "EngineTimeout", "too long")
    with database.transaction() as session:
        opened = reopen_run(session, document.tenant_id, run.id)
    assert (opened.state, opened.error_code) == (RunState.QUEUED, None)


def test_open_runs_are_counted_by_tenant(database: Database, document: StoredDocument) -> None:
    run, _ = asked(database, document)
    other = make_caller(database, "other")
    with database.snapshot() as session:
        assert waiting_of(session, document.tenant_id) == 1
        assert waiting_of(session, other.tenant_id) == 0
    with database.transaction() as session:
        ended(session, run.id, Outcome(told=[PART]))
        assert waiting_of(session, document.tenant_id) == 0


def test_another_tenants_run_is_not_found(database: Database, document: StoredDocument) -> None:
    run, _ = asked(database, document)
    other = make_caller(database, "other")
    with database.snapshot() as session, pytest.raises(NotFound):
        run_of(session, other.tenant_id, run.id)


def test_a_deleted_documents_run_ends_nowhere(database: Database) -> None:
    with database.transaction() as session:
        assert begun(session, "work_none") == []
        assert ended(session, "run_none", Outcome(told=[PART])) == []


def test_what_is_handed_back_can_be_begun_again(database: Database, document: StoredDocument) -> None:
    run, _ = asked(database, document)
    other, _ = asked(database, document, Question(spec="contract", engine="auto", pipeline="1"))
    with database.transaction() as session:
        begin_runs(session, "work_1", now=NOW)
        ended(session, other.id, Outcome(told=[PART]))
        assert [left.id for left in hand_back_runs(session, "work_1")] == [run.id]
    with database.transaction() as session:
        left = run_of(session, document.tenant_id, run.id)
        assert (left.state, left.started_at) == (RunState.QUEUED, None)
        assert begun(session) == [run.id]


def test_a_loss_is_counted_of_what_was_alone_and_begun_by_another(
    database: Database, document: StoredDocument
) -> None:
    run, _ = asked(database, document)

    def losses(*, is_repeated: bool = False) -> tuple[bool, int]:
        with database.transaction() as session:
            found = begin_runs(session, "work_1", now=NOW, is_repeated=is_repeated)
            return found.was_lost, run_of(session, document.tenant_id, run.id).losses

    assert losses() == (False, 0)
    assert losses(is_repeated=True) == (False, 0)
    assert losses() == (True, 1)
    with database.transaction() as session:
        hand_back_runs(session, "work_1")
    assert losses() == (False, 1)
    asked(database, document, Question(spec="contract", engine="auto", pipeline="1"))
    assert losses() == (True, 1)
