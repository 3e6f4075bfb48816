"""Comparisons are made when all is read, made anew after a correction, and decided by people."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from plain_pdf import plain_pdf
from stored_documents import ask_for_run, keep_document

import extractor
from extractor.delivery.encoding import encode_assessment, encode_printed
from extractor.delivery.failure import Failure
from extractor.errors import ConfigurationError, Conflict, NotFound
from extractor.jobs.backend import Backend
from extractor.jobs.queue import Queue
from extractor.jobs.reconciling import Asked, Comparer, ask, judge
from extractor.jobs.reviewing import correct
from extractor.jobs.runtime import prepare_queue
from extractor.jobs.work import ReadPart
from extractor.reconciliation.check import Verdict
from extractor.storage.access import Caller
from extractor.storage.documents import Received
from extractor.storage.reconciliations import ready_with, reconciliation_of
from extractor.storage.runs import Outcome, Question, end_runs, results_of
from extractor.storage.tables import Event, LedgerRow, Run, StoredReconciliation

FIXTURES = Path(__file__).parents[2] / "fixtures"
CLEAN = {
    name: [
        ReadPart(body=encode_assessment(part), printed=encode_printed(part))
        for part in extractor.extract(FIXTURES / f"en_{name}.pdf")
    ]
    for name in ("clean_contract", "clean_invoice", "deviating_contract", "deviating_invoice")
}
AMENDMENT = plain_pdf(
    [
        "First Amendment", "to the Framework Supply Agreement", "Contract No. FA-2025-0417",
        "between Brindlewick Instruments Ltd (the Supplier)",
        "and Quillmere Foods Limited (the Customer)", "",
        "1. Payment", 'In Clause 3.1 the words "30 days" are replaced by "60 days".', "",
        "2. Start", "This Amendment takes effect on 1 August 2025.",
    ]
)  # fmt: skip
CLEAN["amendment"] = [
    ReadPart(body=encode_assessment(part), printed=encode_printed(part))
    for part in extractor.extract(AMENDMENT, spec="contract", name="amendment.pdf")
]


@pytest.fixture
def queue(backend: Backend) -> Iterator[Queue]:
    prepare_queue(backend.settings)
    queue = Queue(backend.settings.database)
    yield queue
    queue.close()


def kept(backend: Backend, caller: Caller, name: str, *, is_read: bool = True) -> Run:
    path = backend.settings.data_dir / name
    path.write_bytes(b"%PDF")
    file = Received(path=path, name=name, sha256=name.encode().hex(), size=4, media_type="application/pdf")
    now = backend.clock()
    document, _ = keep_document(backend.database, backend.blobs, caller.tenant_id, file, now=now)
    with backend.database.transaction() as session:
        run, _ = ask_for_run(session, document, Question(spec="auto", engine="auto", pipeline="1"), now=now)
        if is_read:
            end_runs(session, {run.id: Outcome(told=CLEAN[name])}, now=now)
    return run


def compared(
    backend: Backend, queue: Queue, caller: Caller, contract: Run, invoice: Run, *, is_recorded: bool = True
) -> StoredReconciliation:
    asked = Asked(contract=contract.document_id, invoices=[invoice.document_id], is_recorded=is_recorded)
    row = ask(backend, queue, caller, asked)
    return made(backend, row)


def compared_clean(backend: Backend, queue: Queue, caller: Caller) -> StoredReconciliation:
    contract, invoice = kept(backend, caller, "clean_contract"), kept(backend, caller, "clean_invoice")
    return compared(backend, queue, caller, contract, invoice)


def made(backend: Backend, row: StoredReconciliation) -> StoredReconciliation:
    current = stored(backend, row)
    Comparer(backend=backend).compare(current.id, current.round)
    return stored(backend, row)


def stored(backend: Backend, row: StoredReconciliation) -> StoredReconciliation:
    with backend.database.snapshot() as session:
        return reconciliation_of(session, row.tenant_id, row.id)


def ledger_size(backend: Backend) -> int:
    with backend.database.snapshot() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(LedgerRow)) or 0


def test_an_approved_comparison_is_kept_told_and_goes_into_the_ledger(
    backend: Backend, queue: Queue, caller: Caller
) -> None:
    row = compared_clean(backend, queue, caller)
    assert (row.state, row.verdict) == ("done", "approve")
    assert ledger_size(backend) == 1
    with backend.database.snapshot() as session:
        (event,) = session.scalars(sa.select(Event).where(Event.kind == "reconciliation.completed"))
    assert (event.subject, event.body["verdict"]) == (row.id, "approve")


def test_comparing_again_by_accident_changes_nothing(backend: Backend, queue: Queue, caller: Caller) -> None:
    row = compared_clean(backend, queue, caller)
    again = made(backend, row)
    assert again.verdict == "approve"
    assert ledger_size(backend) == 1


def test_the_same_invoice_in_another_comparison_is_a_duplicate(
    backend: Backend, queue: Queue, caller: Caller
) -> None:
    contract, invoice = kept(backend, caller, "clean_contract"), kept(backend, caller, "clean_invoice")
    compared(backend, queue, caller, contract, invoice)
    second = compared(backend, queue, caller, contract, invoice)
    assert second.verdict == "block"
    assert ledger_size(backend) == 1


def test_one_that_is_not_to_be_recorded_leaves_the_ledger_alone(
    backend: Backend, queue: Queue, caller: Caller
) -> None:
    contract, invoice = kept(backend, caller, "clean_contract"), kept(backend, caller, "clean_invoice")
    row = compared(backend, queue, caller, contract, invoice, is_recorded=False)
    assert row.verdict == "approve"
    assert ledger_size(backend) == 0


def test_a_comparison_waits_for_its_documents(backend: Backend, queue: Queue, caller: Caller) -> None:
    contract = kept(backend, caller, "clean_contract")
    invoice = kept(backend, caller, "clean_invoice", is_read=False)
    asked = Asked(contract=contract.document_id, invoices=[invoice.document_id])
    row = ask(backend, queue, caller, asked)
    with backend.database.transaction() as session:
        assert ready_with(session, [invoice.id]) == []
        end_runs(session, {invoice.id: Outcome(told=CLEAN["clean_invoice"])}, now=backend.clock())
        assert [each.id for each in ready_with(session, [invoice.id])] == [row.id]
    assert made(backend, row).verdict == "approve"


def test_a_document_that_cannot_be_read_is_said(backend: Backend, queue: Queue, caller: Caller) -> None:
    contract = kept(backend, caller, "clean_contract")
    invoice = kept(backend, caller, "clean_invoice", is_read=False)
    failure = Failure(source="x", code="DamagedDocument", message="it is broken")
    with backend.database.transaction() as session:
        end_runs(session, {invoice.id: Outcome(told=failure)}, now=backend.clock())
    row = compared(backend, queue, caller, contract, invoice)
    assert row.state == "failed"
    assert row.error_message is not None
    assert "it is broken" in row.error_message


def test_an_invoice_given_as_the_contract_is_said(backend: Backend, queue: Queue, caller: Caller) -> None:
    contract, invoice = kept(backend, caller, "clean_contract"), kept(backend, caller, "clean_invoice")
    row = compared(backend, queue, caller, invoice, contract)
    assert row.state == "failed"
    assert row.error_message == f"{invoice.document_id} is no contract"


def test_a_correction_makes_the_comparison_anew_and_withdraws_the_approval(
    backend: Backend, queue: Queue, caller: Caller
) -> None:
    contract, invoice = kept(backend, caller, "clean_contract"), kept(backend, caller, "clean_invoice")
    row = compared(backend, queue, caller, contract, invoice)
    with backend.database.snapshot() as session:
        (result,) = results_of(session, invoice.id)
    correct(backend, queue, caller, result.id, path="seller_tax_id", value="GB999999973", expected_version=1)
    opened = stored(backend, row)
    assert (opened.state, opened.round) == ("waiting", 2)
    again = made(backend, row)
    assert again.verdict == "block"
    assert ledger_size(backend) == 0


def test_what_a_person_approves_goes_into_the_ledger(backend: Backend, queue: Queue, caller: Caller) -> None:
    contract, invoice = (
        kept(backend, caller, "deviating_contract"),
        kept(backend, caller, "deviating_invoice"),
    )
    row = compared(backend, queue, caller, contract, invoice)
    assert row.verdict == "block"
    assert ledger_size(backend) == 0
    decided = judge(backend, caller, row.id, Verdict.APPROVE, note_text="agreed by phone", expected_round=1)
    assert (decided.decision, decided.note) == ("approve", "agreed by phone")
    assert ledger_size(backend) == 1


def test_a_person_who_blocks_takes_it_out_of_the_ledger(
    backend: Backend, queue: Queue, caller: Caller
) -> None:
    row = compared_clean(backend, queue, caller)
    judge(backend, caller, row.id, Verdict.BLOCK, note_text=None, expected_round=1)
    assert ledger_size(backend) == 0


def test_a_decision_is_made_once_and_on_what_was_looked_at(
    backend: Backend, queue: Queue, caller: Caller
) -> None:
    row = compared_clean(backend, queue, caller)
    with pytest.raises(Conflict, match="compared anew"):
        judge(backend, caller, row.id, Verdict.APPROVE, note_text=None, expected_round=2)
    judge(backend, caller, row.id, Verdict.APPROVE, note_text=None, expected_round=1)
    with pytest.raises(Conflict, match="decided already"):
        judge(backend, caller, row.id, Verdict.BLOCK, note_text=None, expected_round=1)


def test_what_cannot_be_compared_is_refused_at_once(backend: Backend, queue: Queue, caller: Caller) -> None:
    contract, invoice = kept(backend, caller, "clean_contract"), kept(backend, caller, "clean_invoice")
    with pytest.raises(ConfigurationError, match="at least one invoice"):
        ask(backend, queue, caller, Asked(contract=contract.document_id, invoices=[]))
    with pytest.raises(ConfigurationError, match="given twice"):
        ask(backend, queue, caller, Asked(contract=invoice.document_id, invoices=[invoice.document_id]))
    with pytest.raises(NotFound, match="no document"):
        ask(backend, queue, caller, Asked(contract=contract.document_id, invoices=["doc_none"]))
    asked = Asked(contract=contract.document_id, invoices=[invoice.document_id], policy="ours")
    with pytest.raises(NotFound, match="no policy"):
        ask(backend, queue, caller, asked)


def test_an_amendment_is_laid_on_its_contract_when_it_is_read_too(
    backend: Backend, queue: Queue, caller: Caller
) -> None:
    contract, invoice = kept(backend, caller, "clean_contract"), kept(backend, caller, "clean_invoice")
    amendment = kept(backend, caller, "amendment", is_read=False)
    asked = Asked(
        contract=contract.document_id, amendments=[amendment.document_id], invoices=[invoice.document_id]
    )
    row = ask(backend, queue, caller, asked)
    with backend.database.transaction() as session:
        assert ready_with(session, [contract.id, invoice.id]) == []
        end_runs(session, {amendment.id: Outcome(told=CLEAN["amendment"])}, now=backend.clock())
        assert [each.id for each in ready_with(session, [amendment.id])] == [row.id]
    done = made(backend, row)
    assert (done.state, done.verdict) == ("done", "review")  # 30 days are billed, 60 agreed
    assert done.body is not None
    told = json.loads(json.dumps(done.body["contract"]))
    assert [each["title"] for each in told["amendments"]] == ["First Amendment"]
    assert (told["terms"]["payment_days"]["value"], told["terms"]["payment_days"]["since"]) == (
        "60",
        "2025-08-01",
    )


def test_an_amendment_given_twice_or_of_another_tenant_is_refused(
    backend: Backend, queue: Queue, caller: Caller
) -> None:
    contract, invoice = kept(backend, caller, "clean_contract"), kept(backend, caller, "clean_invoice")
    for amendment, error in ((contract.document_id, ConfigurationError), ("doc_unknown", NotFound)):
        asked = Asked(contract=contract.document_id, amendments=[amendment], invoices=[invoice.document_id])
        with pytest.raises(error):
            ask(backend, queue, caller, asked)


def test_without_an_amendment_that_was_deleted_nothing_is_compared(
    backend: Backend, queue: Queue, caller: Caller
) -> None:
    contract, invoice = kept(backend, caller, "clean_contract"), kept(backend, caller, "clean_invoice")
    amendment = kept(backend, caller, "amendment")
    asked = Asked(
        contract=contract.document_id, amendments=[amendment.document_id], invoices=[invoice.document_id]
    )
    row = ask(backend, queue, caller, asked)
    with backend.database.transaction() as session:
        session.delete(session.get_one(Run, amendment.id))
    done = made(backend, row)
    assert (done.state, done.error_code) == ("failed", "ConfigurationError")
    assert "an amendment of the contract was deleted" in (done.error_message or "")
