"""What a drawn document says: the values that a reader must find, in normal form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

HEADER_FIELDS = (
    "invoice_type",
    "invoice_code",
    "invoice_number",
    "issue_date",
    "due_date",
    "currency",
    "seller_name",
    "seller_tax_id",
    "seller_address",
    "seller_bank_account",
    "buyer_name",
    "buyer_tax_id",
    "purchase_order_number",
    "contract_number",
    "payment_terms",
    "net_amount",
    "tax_amount",
    "gross_amount",
    "amount_due",
    "amount_in_words",
    "remarks",
)
LINE_COLUMNS = (
    "description",
    "specification",
    "product_code",
    "quantity",
    "unit",
    "unit_price",
    "net_amount",
    "tax_rate",
    "tax_amount",
)

Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """The fields of one drawn invoice; None where it prints no such value.

    Amounts and rates are plain decimal strings, dates ISO, the bank account its number.
    `unscored` names the fields that are only implied: to read nothing there is as right
    as to read the value given here; without one, any value will do. Cells of lines are named
    `line_items.net_amount` there. `alternatives` and `line_alternatives` (one a line, by column) hold
    other answers that are as right as the first: the trade name for the legal one, an address with its
    country; None among them means that to read nothing is right too. `implied_taxes` are rows of the
    breakdown that only follow from the lines' rate and the totals: they are right where they are read.
    """

    fields: Mapping[str, str | None]
    line_items: tuple[Row, ...]
    tax_breakdown: tuple[Row, ...] = ()
    implied_taxes: tuple[Row, ...] = ()
    unscored: frozenset[str] = frozenset()
    alternatives: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    line_alternatives: tuple[Mapping[str, tuple[str | None, ...]], ...] = ()


def plain(value: Decimal | None) -> str | None:
    """Write a number in normal form: no exponent, no group marks."""
    return None if value is None else f"{value:f}"
