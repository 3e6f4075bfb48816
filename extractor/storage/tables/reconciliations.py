"""Comparisons of invoices with contracts, and the ledger of what was approved."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from extractor.delivery.encoding import Json
from extractor.storage.tables.shape import Id, Row, TenantId


class ReconciliationState(StrEnum):
    """Where a comparison is."""

    WAITING = "waiting"  # for documents that are still being read
    DONE = "done"
    FAILED = "failed"


class Verdict(StrEnum):
    """What a person has decided."""

    APPROVE = "approve"
    BLOCK = "block"


class StoredReconciliation(Row):
    """Invoices compared with one contract. `body` is the result format of the last comparison."""

    __tablename__ = "reconciliations"
    __table_args__ = (sa.Index("ix_reconciliations_contract_run_id", "contract_run_id"),)

    id: Mapped[Id]
    tenant_id: Mapped[TenantId] = mapped_column(index=True)
    contract_run_id: Mapped[str] = mapped_column(sa.ForeignKey("runs.id", ondelete="CASCADE"))
    is_recorded: Mapped[bool]  # whether approved invoices go into the ledger
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    policy_id: Mapped[str | None] = mapped_column(sa.ForeignKey("policies.id"), default=None)  # None: shipped
    amendment_count: Mapped[int] = mapped_column(default=0, server_default="0")  # also of those deleted since
    state: Mapped[str] = mapped_column(default=ReconciliationState.WAITING)
    round: Mapped[int] = mapped_column(default=1)  # counts comparisons: a correction makes a new one
    verdict: Mapped[str | None] = mapped_column(default=None)  # of the rules
    body: Mapped[dict[str, Json] | None] = mapped_column(sa.JSON, default=None)
    decision: Mapped[str | None] = mapped_column(default=None)  # of a person
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    error_code: Mapped[str | None] = mapped_column(default=None)
    error_message: Mapped[str | None] = mapped_column(default=None)

    @property
    def workflow_id(self) -> str:
        """Return the id of the work that compares it."""
        return f"{self.id}-{self.round}"


class _Reconciled(Row):
    """One document of a comparison beside its contract, in the order given."""

    __abstract__ = True

    reconciliation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("reconciliations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(sa.ForeignKey("runs.id", ondelete="CASCADE"), index=True)


class ReconciledAmendment(_Reconciled):
    """One further document of a comparison's contract."""

    __tablename__ = "reconciled_amendments"


class ReconciledInvoice(_Reconciled):
    """One invoice document of a comparison."""

    __tablename__ = "reconciled_invoices"


class LedgerHead(Row):
    """How often a tenant's ledger was appended to. Whoever appends holds this row."""

    __tablename__ = "ledger_heads"

    tenant_id: Mapped[TenantId] = mapped_column(primary_key=True)
    revision: Mapped[int]


class LedgerRow(Row):
    """One approved invoice: what later invoices of its contract are added to and compared with.

    Not of a document: what was approved and paid counts, also when the document is deleted.
    """

    __tablename__ = "ledger"
    __table_args__ = (sa.Index("ix_ledger_tenant_id", "tenant_id", "id"),)

    id: Mapped[Id]  # rows of one append sort in their order
    tenant_id: Mapped[TenantId]
    reconciliation_id: Mapped[str | None] = mapped_column(index=True)  # what approved it
    revision: Mapped[int]
    body: Mapped[dict[str, Json]] = mapped_column(sa.JSON)


class LedgerKey(Row):
    """A key by which an entry of a ledger is looked up."""

    __tablename__ = "ledger_keys"
    __table_args__ = (sa.Index("ix_ledger_keys_tenant_id_key", "tenant_id", "key"),)

    row_id: Mapped[str] = mapped_column(sa.ForeignKey("ledger.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[TenantId]
