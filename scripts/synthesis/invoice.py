"""Generate commercial invoices, each in a layout of its own, with the exact truth.

`line`, `tax_rows` and `truth_of` serve the shipped examples, which are drawn by `invoice_drawing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from synthesis.chance import seeded
from synthesis.invoice_drawing import address_lines
from synthesis.invoice_style import Style
from synthesis.invoices.drawing import draw_content
from synthesis.invoices.generate import random_content
from synthesis.invoices.truths import printed_values, truth_of_content
from synthesis.notation import CENT
from synthesis.record import Account, Address, InvoiceRecord, Line, TaxRow
from synthesis.truth import Row, Truth, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedInvoice:
    """An invoice as a file, with what it says.

    Invoices of one `family` share the plan of their head: what is fitted on some families is tested on
    others. `structure` says more: head/data/table/totals/foot; hardly two invoices have it in common.
    `printed` are the header values in the very characters in which they stand on the page.
    """

    name: str
    content: bytes
    record: InvoiceRecord
    truth: Truth
    family: str
    structure: str
    printed: Mapping[str, str]


def generate_invoice(seed: int, *, language: str) -> GeneratedInvoice:
    """Make the invoice that belongs to the seed: the same bytes every time."""
    content = random_content(seeded(f"invoice-{language}-{seed}"), language)
    return GeneratedInvoice(
        name=f"invoice-{language}-{seed:04}.pdf",
        content=draw_content(content),
        record=content.bill.record,
        truth=truth_of_content(content),
        family=content.layout.head.name,
        structure=content.layout.structure,
        printed=printed_values(content),
    )


def line(
    description: str,
    quantity: str,
    unit_price: str,
    *,
    tax_rate: str,
    unit: str | None = None,
    specification: str | None = None,
    product_code: str | None = None,
    unit_code: str = "C62",
) -> Line:
    """Return a line whose amounts follow from quantity, price and rate."""
    net = (Decimal(quantity) * Decimal(unit_price)).quantize(CENT, ROUND_HALF_UP)
    return Line(
        description=description,
        quantity=Decimal(quantity),
        unit_price=Decimal(unit_price),
        net_amount=net,
        tax_rate=Decimal(tax_rate),
        tax_amount=(net * Decimal(tax_rate) / 100).quantize(CENT, ROUND_HALF_UP),
        unit=unit,
        specification=specification,
        product_code=product_code,
        unit_code=unit_code,
    )


def tax_rows(lines: tuple[Line, ...]) -> tuple[TaxRow, ...]:
    """Return the tax breakdown of the lines, a row a rate, in the order the rates appear."""
    bases: dict[Decimal, Decimal] = {}
    for entry in lines:
        bases[entry.tax_rate] = bases.get(entry.tax_rate, Decimal(0)) + entry.net_amount
    return tuple(
        TaxRow(rate=rate, base=base, tax=(base * rate / 100).quantize(CENT, ROUND_HALF_UP))
        for rate, base in bases.items()
    )


def truth_of(record: InvoiceRecord, style: Style) -> Truth:
    """Return what the drawing of `record` in `style` shows."""
    shown = {
        "invoice_type": record.invoice_type,
        "invoice_code": None,
        "invoice_number": record.invoice_number,
        "issue_date": record.issue_date.isoformat(),
        "due_date": record.due_date.isoformat() if record.due_date else None,
        "currency": record.currency if _shows_currency(style) else None,
        "seller_name": record.seller_name,
        "seller_tax_id": record.seller_tax_id,
        "seller_address": _one_line(record.seller_address),
        "seller_bank_account": _number_of(record.seller_bank_account),
        "buyer_name": record.buyer_name,
        "buyer_tax_id": record.buyer_tax_id,
        "purchase_order_number": record.purchase_order_number,
        "contract_number": record.contract_number,
        "payment_terms": record.payment_terms,
        "net_amount": plain(record.net_amount),
        "tax_amount": plain(record.tax_amount),
        "gross_amount": plain(record.gross_amount),
        "amount_due": plain(record.amount_due),
        "amount_in_words": record.amount_in_words,
        "remarks": record.remarks,
    }
    unscored = {"currency"} if not _shows_currency(style) else set()
    if record.prepaid_amount is None:
        unscored.add("amount_due")
    return Truth(
        fields=shown,
        line_items=tuple(_row_of(entry, style) for entry in record.line_items),
        tax_breakdown=tuple(
            {"rate": plain(row.rate), "base": plain(row.base), "tax": plain(row.tax)}
            for row in record.tax_breakdown
        ),
        unscored=frozenset(unscored),
    )


def _shows_currency(style: Style) -> bool:
    return style.numbers.currency != "none"


def _one_line(address: Address | None) -> str | None:
    return ", ".join(address_lines(address)) or None


def _number_of(account: Account | None) -> str | None:
    return account.account if account else None


def _row_of(entry: Line, style: Style) -> Row:
    values = {
        "description": entry.description,
        "specification": entry.specification,
        "product_code": entry.product_code,
        "quantity": plain(entry.quantity),
        "unit": entry.unit,
        "unit_price": plain(entry.unit_price),
        "net_amount": plain(entry.net_amount),
        "tax_rate": plain(entry.tax_rate),
        "tax_amount": plain(entry.tax_amount),
    }
    return {name: text if name in style.columns else None for name, text in values.items()}
