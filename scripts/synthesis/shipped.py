"""What a shipped fixture is made of. The values themselves are written by hand in `shipped_*.py`."""

from dataclasses import dataclass

from synthesis.contract_record import ContractRecord
from synthesis.contract_sheet import ContractStyle
from synthesis.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A mismatch (or, with `is_finding`, a contradiction) that was put into an invoice on purpose."""

    code: str
    invoice: int = 0
    clause: str | None = None
    field: str | None = None
    agreed: str | None = None
    billed: str | None = None
    is_finding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedInvoice:
    """An invoice as a file, with what it says."""

    content: bytes
    truth: Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedPair:
    """A contract with the invoices billed under it, and what is wrong with them."""

    name: str
    title: str
    contract: ContractRecord
    contract_style: ContractStyle
    invoices: tuple[ShippedInvoice, ...]
    deviations: tuple[Deviation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedSingle:
    """An invoice that ships without a contract."""

    name: str
    title: str
    invoice: ShippedInvoice
    suffix: str = "pdf"
    deviations: tuple[Deviation, ...] = ()
