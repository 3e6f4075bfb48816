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


class StoredReconciliation(Row):
    """Invoices compared with one contract. `body` is the result format."""

    __tablename__ = "reconciliations"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId] = mapped_column(index=True)
    contract_id: Mapped[str] = mapped_column(sa.ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    policy: Mapped[str | None] = mapped_column(default=None)  # its name; None is the shipped one
    policy_version: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default=ReconciliationState.WAITING)
    verdict: Mapped[str | None] = mapped_column(default=None)
    body: Mapped[dict[str, Json] | None] = mapped_column(sa.JSON, default=None)
    version: Mapped[int] = mapped_column(default=1)  # counts comparisons: corrections make a new one
    error_code: Mapped[str | None] = mapped_column(default=None)
    error_message: Mapped[str | None] = mapped_column(default=None)


class ReconciledInvoice(Row):
    """One invoice document of a comparison, in the order given."""

    __tablename__ = "reconciled_invoices"
    __table_args__ = (sa.Index("ix_reconciled_invoices_document_id", "document_id"),)

    reconciliation_id: Mapped[str] = mapped_column(
        sa.ForeignKey("reconciliations.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(sa.ForeignKey("documents.id", ondelete="CASCADE"))


class LedgerRow(Row):
    """One approved invoice: what later invoices of its contract are added to and compared with."""

    __tablename__ = "ledger"
    __table_args__ = (
        sa.UniqueConstraint("tenant_id", "entry_id"),
        sa.Index("ix_ledger_tenant_id_contract", "tenant_id", "contract"),
    )

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    entry_id: Mapped[str]
    contract: Mapped[str]
    at: Mapped[datetime]
    body: Mapped[dict[str, Json]] = mapped_column(sa.JSON)
