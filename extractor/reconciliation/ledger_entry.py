"""The ledger's entry: all that later checks need of an invoice that was approved."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field, PlainSerializer

from extractor.reconciliation.ledger_contract import ContractIdentity
from extractor.values.identifiers import normal_tax_id
from extractor.values.names import comparable_name
from extractor.values.text import letters_and_digits


def _only_text(value: object) -> object:
    """Refuse a JSON number: it may have been a float on its way."""
    if isinstance(value, int | float):
        raise ValueError("must be a string, so that no digit is lost")  # noqa: TRY004 - what pydantic reports
    return value


Exact = Annotated[
    Decimal,
    BeforeValidator(_only_text),
    Field(allow_inf_nan=False),
    PlainSerializer(lambda value: format(value, "f"), when_used="json"),
]
"""A number that is written as a string, without exponent."""

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One line as printed, and what it is to the contract.

    `row` is the wording of the price-list row that it was, `agreed_quantity` the quantity in
    that row's unit, `agreed_unit` that unit; `step` is the name of the milestone that it was.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    description: str
    specification: str = ""
    code: str = ""
    unit: str | None = None
    quantity: Exact | None = None
    unit_price: Exact | None = None
    net_amount: Exact | None = None
    tax_rate: Exact | None = None
    row: str | None = None
    agreed_quantity: Exact | None = None
    agreed_unit: str | None = None
    step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPeriod:
    """Days of delivery or service, from first to last, both inclusive."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One invoice, or credit note (`sign` -1), as it was compared with its contract.

    `document` is the file's "sha256:" and hash, `part` which invoice of that file, from 1;
    `paper` the fingerprint of the printed figures. `undoes` are the numbers of the invoices
    that a credit note cites. `recorded` is when the ledger was given it, None before that.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    contract: ContractIdentity
    source: str
    document: str
    part: int = 1
    paper: tuple[str, ...] = ()
    recorded: datetime | None = None
    invoice_type: str = ""
    number: str = ""
    seller_name: str = ""
    seller_tax_id: str = ""
    currency: str = ""
    issue_date: date | None = None
    net_amount: Exact | None = None
    tax_amount: Exact | None = None
    gross_amount: Exact | None = None
    amount_due: Exact | None = None
    sign: Literal[-1, 1] = 1
    counts: bool = True
    undoes: tuple[str, ...] = ()
    remarks: str = ""
    notes: tuple[str, ...] = ()
    periods: tuple[LedgerPeriod, ...] = ()
    lines: tuple[LedgerLine, ...] = ()

    @property
    def name(self) -> str:
        """Return what messages call it: by its number, else by its file."""
        kind = "credit note" if self.sign < 0 else "invoice"
        return f"{kind} {self.number or self.source}"

    @property
    def keys(self) -> frozenset[str]:
        """Return keys to look it up by: an invoice that may repeat another shares at least one."""
        keys = {f"file:{self.document}"}
        if self.seller_tax_id:
            keys.add(f"seller:{normal_tax_id(self.seller_tax_id)}")
        if self.seller_name:
            keys.add(f"seller:{comparable_name(self.seller_name)}")
        if self.number:
            keys.add(f"number:{comparable_number(self.number)}")
        if self.gross_amount is not None:
            keys.add(f"gross:{self.gross_amount.normalize():f}")
        longest = sorted(set(self.paper), key=lambda figure: (len(figure), figure))[-2:]
        return frozenset(keys).union(f"figure:{figure}" for figure in longest)  # one may be misread


def comparable_number(number: str) -> str:
    """Return an invoice's number for comparing: letters and digits, folded."""
    return letters_and_digits(number)
