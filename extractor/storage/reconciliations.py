"""Comparisons: asked for, made when all documents are read, made again when one is corrected."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.delivery.encoding import Json
from extractor.delivery.failure import Failure
from extractor.errors import Conflict
from extractor.storage.access import Caller
from extractor.storage.owned import owned
from extractor.storage.paging import Listed, listed
from extractor.storage.tables import (
    ReconciledAmendment,
    ReconciledInvoice,
    Run,
    StoredPolicy,
    StoredReconciliation,
)
from extractor.storage.tables.reconciliations import ReconciliationState
from extractor.storage.tables.runs import OPEN_STATES
from extractor.storage.tables.shape import new_id


def open_reconciliation(
    session: Session,
    caller: Caller,
    *,
    contract: Run,
    amendments: Sequence[Run],
    invoices: Sequence[Run],
    policy: StoredPolicy | None,
    is_recorded: bool,
    now: datetime,
) -> StoredReconciliation:
    """Return a new comparison, which waits for its documents."""
    row = StoredReconciliation(
        id=new_id("rec"),
        tenant_id=caller.tenant_id,
        contract_run_id=contract.id,
        is_recorded=is_recorded,
        created_at=now,
        updated_at=now,
        policy_id=None if policy is None else policy.id,
        amendment_count=len(amendments),
    )
    session.add(row)
    session.flush()
    for among, runs in ((ReconciledAmendment, amendments), (ReconciledInvoice, invoices)):
        session.add_all(
            among(reconciliation_id=row.id, position=position, run_id=run.id)
            for position, run in enumerate(runs)
        )
    session.flush()
    return row


def reconciliation_of(
    session: Session, tenant_id: str, reconciliation_id: str, *, for_update: bool = False
) -> StoredReconciliation:
    """Return one comparison.

    Raises:
        NotFound: the tenant has no such comparison.
    """
    return owned(
        session,
        StoredReconciliation,
        tenant_id,
        reconciliation_id,
        called="reconciliation",
        for_update=for_update,
    )


def reconciliations_of(
    session: Session, tenant_id: str, *, verdict: str | None, cursor: str | None, limit: int
) -> Listed[StoredReconciliation]:
    """Return a page of the tenant's comparisons, the newest first."""
    query = sa.select(StoredReconciliation).where(StoredReconciliation.tenant_id == tenant_id)
    if verdict is not None:
        query = query.where(StoredReconciliation.verdict == verdict)
    return listed(session, query, by=StoredReconciliation.id, cursor=cursor, limit=limit)


def runs_compared(session: Session, row: StoredReconciliation) -> tuple[list[Run], list[Run]]:
    """Return the readings of the contract and its amendments, and of the invoices, in the order given."""
    amendments, invoices = (
        session.scalars(
            sa.select(Run)
            .join(among, among.run_id == Run.id)
            .where(among.reconciliation_id == row.id)
            .order_by(among.position)
        )
        for among in (ReconciledAmendment, ReconciledInvoice)
    )
    return [session.get_one(Run, row.contract_run_id), *amendments], list(invoices)


def is_ready(session: Session, row: StoredReconciliation) -> bool:
    """Say whether all documents of a comparison have been read, or could not be."""
    contract, invoices = runs_compared(session, row)
    return all(run.state not in OPEN_STATES for run in (*contract, *invoices))


def with_runs(session: Session, run_ids: Collection[str]) -> list[StoredReconciliation]:
    """Return the comparisons that readings are part of."""
    among = [
        StoredReconciliation.id.in_(sa.select(each.reconciliation_id).where(each.run_id.in_(run_ids)))
        for each in (ReconciledAmendment, ReconciledInvoice)
    ]
    query = sa.select(StoredReconciliation).where(
        sa.or_(StoredReconciliation.contract_run_id.in_(run_ids), *among)
    )
    return list(session.scalars(query.order_by(StoredReconciliation.id).with_for_update()))


def ready_with(session: Session, run_ids: Collection[str]) -> list[StoredReconciliation]:
    """Return the comparisons that waited for readings, and wait for nothing any more."""
    return [
        row
        for row in with_runs(session, run_ids)
        if row.state == ReconciliationState.WAITING and is_ready(session, row)
    ]


def begin_again(session: Session, run_id: str, *, now: datetime) -> list[StoredReconciliation]:
    """Open the comparisons anew that a corrected reading is part of; a person's decision stands."""
    rows = [
        row
        for row in with_runs(session, [run_id])
        if row.state == ReconciliationState.DONE and row.decision is None
    ]
    for row in rows:
        row.state = ReconciliationState.WAITING
        row.round += 1
        row.updated_at = now
    return rows


def end_reconciliation(
    row: StoredReconciliation, outcome: Mapping[str, Json] | Failure, *, now: datetime
) -> None:
    """Keep how a comparison came out."""
    row.updated_at = now
    if isinstance(outcome, Failure):
        row.state = ReconciliationState.FAILED
        row.error_code, row.error_message = outcome.code, outcome.message
        return
    row.state = ReconciliationState.DONE
    row.body = dict(outcome)
    row.verdict = str(outcome["verdict"])


def decide(
    row: StoredReconciliation,
    decision: str,
    *,
    actor: str,
    note: str | None,
    expected_round: int,
    now: datetime,
) -> None:
    """Keep what a person has decided.

    Raises:
        Conflict: it is not compared yet, was decided already, or has been compared anew meanwhile.
    """
    if row.state != ReconciliationState.DONE:
        raise Conflict(f"{row.id} is {row.state}: there is nothing to decide yet")
    if row.decision is not None:
        raise Conflict(f"{row.id} was decided already: {row.decision}")
    if row.round != expected_round:
        raise Conflict(f"{row.id} has been compared anew: round {row.round}, not {expected_round}")
    row.decision, row.decided_at, row.decided_by, row.note = decision, now, actor, note
    row.updated_at = now
