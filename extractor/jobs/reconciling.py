"""Compare invoices with their contract when all of them are read, and keep what comes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from extractor.assessment.assessment import Assessment
from extractor.delivery.decoding import decode_assessment
from extractor.delivery.encoding import Json, encode_reconciliation
from extractor.delivery.failure import Failure
from extractor.errors import ConfigurationError, ExtractorError
from extractor.field_specs.recognition import CONTRACT, OTHER
from extractor.jobs.backend import Backend
from extractor.jobs.queue import Queue
from extractor.reconciliation.check import Reconciliation, Verdict
from extractor.reconciliation.joining import agreed_by
from extractor.reconciliation.reconcile import reconcile
from extractor.reconciliation.recording import recorded
from extractor.storage.access import Caller, note
from extractor.storage.events import EventKind, emit
from extractor.storage.ledger import DatabaseLedger
from extractor.storage.policies import choose_policy, policy_in
from extractor.storage.reconciliations import (
    decide,
    end_reconciliation,
    is_ready,
    open_reconciliation,
    reconciliation_of,
    runs_compared,
)
from extractor.storage.runs import reading_for, results_of
from extractor.storage.specs import spec_of_run
from extractor.storage.tables import Run, StoredPolicy, StoredReconciliation
from extractor.storage.tables.reconciliations import ReconciliationState
from extractor.storage.tables.runs import FAILED_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which documents are to be compared, by which policy, and whether approval goes into the ledger."""

    contract: str
    invoices: Sequence[str]
    amendments: Sequence[str] = ()  # of the contract, as documents of their own
    policy: str | None = None  # the tenant's own, by name; None is the shipped one
    is_recorded: bool = True


def ask(backend: Backend, queue: Queue, caller: Caller, asked: Asked) -> StoredReconciliation:
    """Ask for a comparison. It is made when all its documents are read, which may be at once.

    Raises:
        NotFound: the tenant has no such document, or no such policy.
        ConfigurationError: there is no invoice, or a document is given twice.
    """
    given = [asked.contract, *asked.amendments, *asked.invoices]
    if not asked.invoices:
        raise ConfigurationError("give at least one invoice")
    if len(set(given)) < len(given):
        raise ConfigurationError("a document is given twice")
    now = backend.clock()
    with backend.database.transaction() as session:
        policy = choose_policy(session, caller.tenant_id, asked.policy)
        contract, *amendments = (
            reading_for(session, caller.tenant_id, document, is_contract=True)
            for document in (asked.contract, *asked.amendments)
        )
        invoices = [
            reading_for(session, caller.tenant_id, invoice, is_contract=False) for invoice in asked.invoices
        ]
        row = open_reconciliation(
            session,
            caller,
            contract=contract,
            amendments=amendments,
            invoices=invoices,
            policy=policy,
            is_recorded=asked.is_recorded,
            now=now,
        )
        if is_ready(session, row):
            queue.put_comparisons(session, [row])
        note(
            session,
            caller.tenant_id,
            actor=caller.actor,
            action="reconciliation.asked",
            subject=row.id,
            now=now,
        )
        return row


def judge(
    backend: Backend,
    caller: Caller,
    reconciliation_id: str,
    decision: Verdict,
    *,
    note_text: str | None,
    expected_round: int,
) -> StoredReconciliation:
    """Keep a person's decision; what a person approves goes into the ledger.

    Raises:
        NotFound: the tenant has no such comparison.
        Conflict: it is not compared yet, was decided already, or has been compared anew meanwhile.
    """
    now = backend.clock()
    with backend.database.transaction() as session:
        row = reconciliation_of(session, caller.tenant_id, reconciliation_id, for_update=True)
        decide(row, decision, actor=caller.actor, note=note_text, expected_round=expected_round, now=now)
        ledger = DatabaseLedger(session, row.tenant_id, reconciliation_id=row.id)
        if decision is Verdict.APPROVE and row.is_recorded:
            recorded(_compared(session, row, ledger), ledger, now=now)
        else:
            ledger.withdraw()
        note(
            session,
            caller.tenant_id,
            actor=caller.actor,
            action=f"reconciliation.{decision}",
            subject=row.id,
            now=now,
        )
        _tell(session, row, now=now)
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparer:
    """Makes comparisons; each round of one is made once, whatever dies meanwhile."""

    backend: Backend

    def compare(self, reconciliation_id: str, number: int) -> None:
        """Make a round of a comparison. Safe to repeat: one that was made stays as it is."""
        now = self.backend.clock()
        with self.backend.database.transaction() as session:
            row = session.get(StoredReconciliation, reconciliation_id, with_for_update=True)
            if row is None or row.round != number or row.state != ReconciliationState.WAITING:
                return
            end_reconciliation(row, _outcome(session, row, now=now), now=now)
            _tell(session, row, now=now)


def _outcome(session: Session, row: StoredReconciliation, *, now: datetime) -> dict[str, Json] | Failure:
    ledger = DatabaseLedger(session, row.tenant_id, reconciliation_id=row.id)
    try:
        compared = _compared(session, row, ledger)
    except ExtractorError as error:
        return Failure(source=row.id, code=error.code, message=str(error))
    if row.is_recorded and compared.verdict is Verdict.APPROVE:
        compared = recorded(compared, ledger, now=now)
    else:
        ledger.withdraw()
    return encode_reconciliation(compared)


def _compared(session: Session, row: StoredReconciliation, ledger: DatabaseLedger) -> Reconciliation:
    """Compare what the documents say now.

    Raises:
        ConfigurationError: a document could not be read, is not what it was given as, or is an amendment
            that was deleted.
    """
    contract, invoices = runs_compared(session, row)
    if len(contract) <= row.amendment_count:
        raise ConfigurationError("an amendment of the contract was deleted: ask for the comparison anew")
    policy = None if row.policy_id is None else session.get_one(StoredPolicy, row.policy_id)
    contracts = [part for run in contract for part in _assessed(session, run, is_contract=True)]
    billed = [part for run in invoices for part in _assessed(session, run, is_contract=False)]
    agreed = agreed_by(billed, contracts)
    return reconcile(billed, agreed, policy=policy_in(policy), ledger=ledger)


def _assessed(session: Session, run: Run, *, is_contract: bool) -> list[Assessment]:
    if run.state in FAILED_STATES:
        raise ConfigurationError(f"{run.document_id} could not be read: {run.error_message}")
    rows = [
        result
        for result in results_of(session, run.id)
        if result.spec != OTHER and (result.spec == CONTRACT) is is_contract
    ]
    if not rows:
        raise ConfigurationError(f"{run.document_id} is no {'contract' if is_contract else 'invoice'}")
    return [
        decode_assessment(result.body, spec=spec_of_run(session, result), printed=result.printed)
        for result in rows
    ]


def _tell(session: Session, row: StoredReconciliation, *, now: datetime) -> None:
    body: dict[str, Json] = {
        "reconciliation": row.id,
        "state": row.state,
        "round": row.round,
        "verdict": row.verdict,
        "decision": row.decision,
    }
    emit(session, row.tenant_id, EventKind.RECONCILIATION_COMPLETED, subject=row.id, body=body, now=now)
