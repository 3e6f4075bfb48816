"""The documents that the package ships with, and what is to be found in them (`fixtures/demo.json`)."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from extractor.assessment.assessment import Assessment
from extractor.errors import ConfigurationError
from extractor.reconciliation.check import CheckState, Reconciliation
from extractor.validation.finding import FindingCode

_INDEX = "demo.json"
_NO_DEVIATIONS = frozenset({FindingCode.LOW_CONFIDENCE})  # about our reading, not about the invoice


class Deviation(BaseModel):
    """One thing that is wrong with an invoice, and that must be found."""

    model_config = ConfigDict(frozen=True)

    kind: Literal["finding", "mismatch"]
    invoice: int
    code: str


class ShippedPair(BaseModel):
    """Invoices and the contract that they are billed under. Paths are file names."""

    name: str
    title: str
    contract: str
    invoices: tuple[str, ...]
    expected: tuple[Deviation, ...]


class ShippedSingle(BaseModel):
    """An invoice without a contract."""

    name: str
    title: str
    file: str
    expected: tuple[Deviation, ...]


class _Index(BaseModel):
    pairs: tuple[ShippedPair, ...]
    singles: tuple[ShippedSingle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """Everything shipped, and the folder in which it lies."""

    folder: Path
    pairs: tuple[ShippedPair, ...]
    singles: tuple[ShippedSingle, ...]


def load_shipped() -> Shipped:
    """Find the shipped documents: inside the package when installed, else in the checkout.

    Raises:
        ConfigurationError: they are not there.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "fixtures", package.parent / "fixtures"):
        path = folder / _INDEX
        if path.is_file():
            index = _Index.model_validate(json.loads(path.read_text(encoding="utf-8")))
            return Shipped(folder=folder, pairs=index.pairs, singles=index.singles)
    raise ConfigurationError(f"the shipped documents are missing: no {_INDEX} was found")


def deviations_of(invoices: tuple[Assessment, ...], compared: Reconciliation | None) -> Counter[Deviation]:
    """Count what was found; what only follows from something else found is left out."""
    found = Counter(
        Deviation(kind="finding", invoice=number, code=finding.code)
        for number, invoice in enumerate(invoices)
        for finding in invoice.findings
        if finding.consequence_of is None and finding.code not in _NO_DEVIATIONS
    )
    if compared is not None:
        found.update(
            Deviation(kind="mismatch", invoice=check.invoice or 0, code=check.code)
            for check in compared.checks
            if check.state is CheckState.MISMATCH and check.consequence_of is None
        )
    return found
