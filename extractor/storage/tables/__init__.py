"""The tables, by subject. Rows are records: whoever reads them does not change them."""

from extractor.storage.tables.access import ApiKey, AuditEntry, Tenant
from extractor.storage.tables.catalogue import StoredPolicy, StoredSpec
from extractor.storage.tables.documents import Batch, BatchFile, Deletion, StoredDocument
from extractor.storage.tables.events import Attempt, Delivery, Event, Webhook
from extractor.storage.tables.operations import Heartbeat, IdempotentAnswer
from extractor.storage.tables.reconciliations import (
    LedgerHead,
    LedgerKey,
    LedgerRow,
    ReconciledAmendment,
    ReconciledInvoice,
    StoredReconciliation,
)
from extractor.storage.tables.runs import ReviewStep, Run, StoredResult
from extractor.storage.tables.shape import Row

__all__ = [
    "ApiKey",
    "Attempt",
    "AuditEntry",
    "Batch",
    "BatchFile",
    "Deletion",
    "Delivery",
    "Event",
    "Heartbeat",
    "IdempotentAnswer",
    "LedgerHead",
    "LedgerKey",
    "LedgerRow",
    "ReconciledAmendment",
    "ReconciledInvoice",
    "ReviewStep",
    "Row",
    "Run",
    "StoredDocument",
    "StoredPolicy",
    "StoredReconciliation",
    "StoredResult",
    "StoredSpec",
    "Tenant",
    "Webhook",
]
