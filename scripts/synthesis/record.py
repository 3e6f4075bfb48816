"""The values of one invented invoice: what the drawer of pages and the writer of XML both start from.

Nothing is computed here: totals are stated, so that a record can also contradict itself.
None means that the document does not carry the value.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address in the parts that e-invoices keep apart."""

    lines: tuple[str, ...] = ()  # street, then up to two more
    postcode: str | None = None
    city: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2

    @property
    def text(self) -> str:
        """Return the address in one line: "Musterweg 1, 10115 Berlin, DE"."""
        place = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (*self.lines, place, self.country) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A bank account: the IBAN or, where there is none, the plain number."""

    account: str
    bank: str | None = None
    bic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRow:
    """One rate of the tax breakdown. Rates are percent: 19 for 19 %."""

    rate: Decimal
    base: Decimal
    tax: Decimal
    name: str | None = None  # where several taxes share a base: "CGST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """An allowance (or, with `is_charge`, a charge) on the whole invoice. Amounts are positive, net."""

    amount: Decimal
    reason: str
    tax_rate: Decimal
    is_charge: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One billed line. `unit` is as printed, `unit_code` its UN/ECE Recommendation 20 code."""

    description: str
    quantity: Decimal
    unit_price: Decimal  # net, for `price_base` units
    net_amount: Decimal
    tax_rate: Decimal
    tax_amount: Decimal | None = None
    specification: str | None = None
    product_code: str | None = None
    unit: str | None = None
    unit_code: str = "C62"
    discount: Decimal | None = None  # percent, off quantity times price
    price_base: Decimal = Decimal(1)  # the price is for so many
    gross_amount: Decimal | None = None
    details: tuple[str, ...] = ()  # printed under the description
    group: str | None = None  # the heading that it stands under


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceRecord:
    """The 23 fields of an invoice, and the few values around them that XML and pages also carry."""

    invoice_type: str  # a choice of the invoice spec: "commercial", "credit_note", ...
    invoice_number: str
    issue_date: date
    currency: str
    seller_name: str
    buyer_name: str
    net_amount: Decimal
    tax_amount: Decimal
    gross_amount: Decimal
    amount_due: Decimal
    invoice_code: str | None = None
    due_date: date | None = None
    seller_tax_id: str | None = None
    seller_address: Address | None = None
    seller_bank_account: Account | None = None
    buyer_tax_id: str | None = None
    purchase_order_number: str | None = None
    contract_number: str | None = None
    payment_terms: str | None = None
    amount_in_words: str | None = None
    tax_breakdown: tuple[TaxRow, ...] = ()
    remarks: str | None = None
    line_items: tuple[Line, ...] = ()

    prepaid_amount: Decimal | None = None  # gross less prepaid is due
    withheld_amount: Decimal | None = None  # tax that the buyer keeps back and pays himself
    rounding_amount: Decimal | None = None  # added to what is due
    previous_balance: Decimal | None = None  # from earlier invoices, due with this one
    allowances: tuple[Allowance, ...] = ()
    buyer_address: Address | None = None
    buyer_reference: str | None = None  # the Leitweg-ID of a German public buyer
    delivery_date: date | None = None
