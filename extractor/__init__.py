"""Read invoices and contracts with evidence, and compare what was billed with what was agreed.

    import extractor

    for assessment in extractor.extract("invoice.pdf"):
        print(assessment.fields["gross_amount"].value, assessment.review.required)
    print(extractor.reconcile(["invoice.pdf"], "contract.pdf").verdict)

Names are imported when they are first used, so that `import extractor` stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from extractor.errors import (
    ConfigurationError,
    DocumentError,
    EngineError,
    ExtractorError,
    LedgerUnusable,
    NotFound,
    SpecError,
)

if TYPE_CHECKING:
    from extractor.asking.ask import ask
    from extractor.asking.decision import Decision, Objection, ObjectionCode, Said
    from extractor.assessment.assessment import Assessment, Review
    from extractor.engines.reading import Evidence
    from extractor.extraction.extraction import Extraction, FieldValue, Group, Leaf, State, Table
    from extractor.pipeline import extract, reconcile
    from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation, Side, Verdict
    from extractor.reconciliation.ledger import Ledger, MemoryLedger
    from extractor.reconciliation.ledger_entry import LedgerEntry
    from extractor.reconciliation.ledger_file import FileLedger
    from extractor.reconciliation.policy import Policy
    from extractor.reconciliation.policy_file import load_policy
    from extractor.validation.finding import Finding, FindingCode, Severity

__version__ = "0.1.0"
__all__ = [
    "Assessment",
    "Check",
    "CheckCode",
    "CheckState",
    "ConfigurationError",
    "Decision",
    "DocumentError",
    "EngineError",
    "Evidence",
    "Extraction",
    "ExtractorError",
    "FieldValue",
    "FileLedger",
    "Finding",
    "FindingCode",
    "Group",
    "Leaf",
    "Ledger",
    "LedgerEntry",
    "LedgerUnusable",
    "MemoryLedger",
    "NotFound",
    "Objection",
    "ObjectionCode",
    "Policy",
    "Reconciliation",
    "Review",
    "Said",
    "Severity",
    "Side",
    "SpecError",
    "State",
    "Table",
    "Verdict",
    "ask",
    "extract",
    "load_policy",
    "reconcile",
]

_HOMES = {
    "extractor.asking.ask": ("ask",),
    "extractor.asking.decision": ("Decision", "Objection", "ObjectionCode", "Said"),
    "extractor.assessment.assessment": ("Assessment", "Review"),
    "extractor.engines.reading": ("Evidence",),
    "extractor.extraction.extraction": ("Extraction", "FieldValue", "Group", "Leaf", "State", "Table"),
    "extractor.pipeline": ("extract", "reconcile"),
    "extractor.reconciliation.check": (
        "Check",
        "CheckCode",
        "CheckState",
        "Reconciliation",
        "Side",
        "Verdict",
    ),
    "extractor.reconciliation.ledger": ("Ledger", "MemoryLedger"),
    "extractor.reconciliation.ledger_entry": ("LedgerEntry",),
    "extractor.reconciliation.ledger_file": ("FileLedger",),
    "extractor.reconciliation.policy": ("Policy",),
    "extractor.reconciliation.policy_file": ("load_policy",),
    "extractor.validation.finding": ("Finding", "FindingCode", "Severity"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name's module when the name is first used."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}")
    public: object = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = public
    return public


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted(__all__)
