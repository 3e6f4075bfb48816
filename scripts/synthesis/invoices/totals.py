"""The totals of an invoice: which rows there are, what they are called, and what they say of taxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from synthesis.invoices.content import Content
from synthesis.invoices.words import spellings
from synthesis.record import TaxRow


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRow:
    """One row: what it is, how it is called, what it says."""

    name: str  # net, tax, tax_sum, gross, due, or another that is no field
    label: str
    text: str
    is_strong: bool = False
    shown_tax: TaxRow | None = None  # whose rate and amount it shows
    shows_base: bool = False


def total_rows(content: Content) -> tuple[TotalRow, ...]:
    """Return the rows in the order of the calculation."""
    bill, layout, record = content.bill, content.layout, content.bill.record
    wording, total = layout.wording, layout.pen.total
    is_untaxed = bill.tax_case in {"exempt", "reverse_charge"}
    label = wording["untaxed_total" if is_untaxed else "gross_total"]
    gross = TotalRow(name="gross", label=label, text=total(record.gross_amount), is_strong=True)
    net = TotalRow(name="net", label=wording["net_total"], text=total(record.net_amount))
    if bill.tax_case == "gross_prices":
        tax = _included(content)
        rows = [net, tax, gross] if layout.shows_net_of_gross else [gross, tax]
    elif bill.tax_case == "taxed":
        rows = [*_allowances(content), net, *_taxes(content), gross]
    elif layout.shows_base and layout.market.rates:
        zero = TaxRow(rate=Decimal(0), base=record.net_amount, tax=record.tax_amount)
        rows = [net, _tax(content, zero, is_only=True), gross]
    else:
        rows = [gross]
    return (*rows, *_settlement(content))


def has_tax_table(content: Content) -> bool:
    """Say whether a table of rates, bases and taxes is printed."""
    return content.layout.tax_table != "none" and content.bill.tax_case == "taxed"


def shown_taxes(content: Content) -> tuple[tuple[TaxRow, bool], ...]:
    """Return the taxes that are printed with their rates, each with whether its base stands there too."""
    if has_tax_table(content):
        return tuple((row, True) for row in content.bill.record.tax_breakdown)
    rows = total_rows(content)
    has_net = any(row.name == "net" for row in rows)
    printed = [row for row in rows if row.shown_tax is not None]
    return tuple(
        (row.shown_tax, row.shows_base or (has_net and _is_only(printed)))
        for row in printed
        if row.shown_tax is not None
    )


def _is_only(rows: Sequence[TotalRow]) -> bool:
    """Say whether the net total is the base of all taxes: there is one, or they share it."""
    return len({row.shown_tax.base for row in rows if row.shown_tax}) == 1


def _included(content: Content) -> TotalRow:
    layout, record = content.layout, content.bill.record
    label = layout.wording["tax_included"].format(rate=layout.pen.rate(record.tax_breakdown[0].rate))
    text = layout.pen.total(record.tax_amount)
    return TotalRow(name="tax", label=label, text=text, shown_tax=record.tax_breakdown[0])


def _allowances(content: Content) -> list[TotalRow]:
    bill, layout = content.bill, content.layout
    if not bill.record.allowances:
        return []
    goods = sum((entry.net_amount for entry in bill.record.line_items), Decimal(0))
    rows = [TotalRow(name="goods", label=layout.wording["goods_total"], text=layout.pen.total(goods))]
    for allowance in bill.record.allowances:
        amount = allowance.amount if allowance.is_charge else -allowance.amount
        rows.append(TotalRow(name="allowance", label=allowance.reason, text=layout.pen.total(amount)))
    return rows


def _taxes(content: Content) -> list[TotalRow]:
    layout, taxes = content.layout, content.bill.record.tax_breakdown
    amount = layout.pen.total(content.bill.record.tax_amount)
    whole = TotalRow(name="tax_sum", label=layout.wording["tax_total"], text=amount)
    if any(row.name for row in taxes):
        return [_tax(content, row, is_only=True) for row in taxes]
    if layout.has_tax_sum_only and (has_tax_table(content) or len(taxes) == 1):
        return [whole]
    rows = [_tax(content, row, is_only=len(taxes) == 1) for row in taxes]
    return [*rows, whole] if len(rows) > 1 and layout.has_tax_sum_too else rows


def _tax(content: Content, row: TaxRow, *, is_only: bool) -> TotalRow:
    layout = content.layout
    pen, form = layout.pen, layout.wording["tax_row"]
    rate, base = pen.rate(row.rate), pen.total(row.base)
    label = f"{row.name} {rate}" if row.name else form.format(rate=rate, base=base)
    shows_base = "{base}" in form and not row.name
    if not is_only and layout.shows_base and not shows_base:
        label, shows_base = f"{label} ({base})", True
    return TotalRow(name="tax", label=label, text=pen.total(row.tax), shown_tax=row, shows_base=shows_base)


def _settlement(content: Content) -> list[TotalRow]:
    """Return what stands between the gross amount and what is due."""
    layout, record = content.layout, content.bill.record
    wording, total = layout.wording, layout.pen.total
    rows = []
    withholding = layout.market.withholding
    if record.withheld_amount is not None and withholding:
        name = spellings(layout.market.language)["withheld"][0].replace("{tax}", withholding.name)
        label = f"{name} {layout.pen.rate(withholding.rate)}"
        rows.append(TotalRow(name="withheld", label=label, text=total(-record.withheld_amount)))
    for name, amount in (
        ("prepaid", None if record.prepaid_amount is None else -record.prepaid_amount),
        ("previous_balance", record.previous_balance),
        ("rounding", record.rounding_amount),
    ):
        if amount is not None:
            rows.append(TotalRow(name=name, label=wording[name], text=total(amount)))
    if rows or (layout.shows_amount_due and not content.bill.is_settled):
        text = total(record.amount_due)
        rows.append(TotalRow(name="due", label=wording["amount_due"], text=text, is_strong=True))
    return rows
