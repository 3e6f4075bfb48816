"""Readings of documents, what they gave, and what people did to it."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from extractor.delivery.encoding import Json
from extractor.storage.tables.shape import Id, Row, TenantId


class RunState(StrEnum):
    """Where a reading is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # the document cannot be read, or its engine failed for good
    PARKED = "parked"  # it cost too many processes their lives


OPEN_STATES = (RunState.QUEUED, RunState.RUNNING)
FAILED_STATES = (RunState.FAILED, RunState.PARKED)


class ReviewState(StrEnum):
    """Whether a person must look, or has."""

    NOT_REQUIRED = "not_required"
    OPEN = "open"
    CONFIRMED = "confirmed"


class Run(Row):
    """One reading of one document. The same question about the same content is the same run."""

    __tablename__ = "runs"
    __table_args__ = (
        sa.UniqueConstraint("document_id", "spec", "spec_version", "engine", "pipeline"),
        sa.Index("ix_runs_tenant_id_state", "tenant_id", "state"),
    )

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    document_id: Mapped[str] = mapped_column(sa.ForeignKey("documents.id", ondelete="CASCADE"))
    spec: Mapped[str]
    spec_version: Mapped[int]  # 0 for a shipped spec
    engine: Mapped[str]
    pipeline: Mapped[str]  # the version of this program
    priority: Mapped[int]  # 1 is served first
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=RunState.QUEUED)
    workflow_id: Mapped[str | None] = mapped_column(default=None, index=True)  # of the work that reads it
    losses: Mapped[int] = mapped_column(default=0)  # workers that died while they read it, and nothing else
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    error_code: Mapped[str | None] = mapped_column(default=None)
    error_message: Mapped[str | None] = mapped_column(default=None)


class StoredResult(Row):
    """What one part of a document says. `body` is the result format; the rest is for finding it."""

    __tablename__ = "results"
    __table_args__ = (
        sa.UniqueConstraint("run_id", "part"),
        sa.Index("ix_results_tenant_id_review", "tenant_id", "review"),
        sa.Index("ix_results_document_id", "document_id"),
    )

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    run_id: Mapped[str] = mapped_column(sa.ForeignKey("runs.id", ondelete="CASCADE"))
    document_id: Mapped[str] = mapped_column(sa.ForeignKey("documents.id", ondelete="CASCADE"))
    part: Mapped[int]
    spec: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    review: Mapped[str]
    body: Mapped[dict[str, Json]] = mapped_column(sa.JSON)
    printed: Mapped[dict[str, Json]] = mapped_column(sa.JSON)  # what comparing needs beside the result
    version: Mapped[int] = mapped_column(default=1)  # counts corrections; the ETag
    number: Mapped[str | None] = mapped_column(default=None, index=True)  # of the invoice or contract
    seller: Mapped[str | None] = mapped_column(default=None)
    reasons: Mapped[str] = mapped_column(default="")  # of review, each between two spaces

    def describe(self) -> None:
        """Set the columns that the result is found by to what the body says."""
        review = self.body.get("review")
        reasons = review.get("reasons") if isinstance(review, dict) else None
        told = [reason for reason in reasons if isinstance(reason, str)] if isinstance(reasons, list) else []
        self.reasons = f" {' '.join(told)} "
        self.number = self._value("invoice_number") or self._value("contract_number")
        self.seller = self._value("seller_name")

    def _value(self, field: str) -> str | None:
        fields = self.body.get("fields")
        leaf = fields.get(field) if isinstance(fields, dict) else None
        value = leaf.get("value") if isinstance(leaf, dict) else None
        return value if isinstance(value, str) else None


class ReviewStep(Row):
    """One thing that a person did to a result."""

    __tablename__ = "review_steps"

    id: Mapped[Id]
    tenant_id: Mapped[TenantId]
    result_id: Mapped[str] = mapped_column(sa.ForeignKey("results.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]  # corrected, or confirmed
    version: Mapped[int]  # of the result, after it
    path: Mapped[str | None] = mapped_column(default=None)  # invoice_number, line_items[2].quantity
    before: Mapped[str | None] = mapped_column(default=None)
    after: Mapped[str | None] = mapped_column(default=None)
