"""Add up lines, allowances and taxes as EN 16931 does (BR-CO-10 to BR-CO-15)."""

from dataclasses import dataclass
from decimal import Decimal

from synthesis.invoices.lines import rounded, taxed
from synthesis.invoices.markets import Tax
from synthesis.record import Allowance, Line, TaxRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The totals: net and tax together are gross, the rows' taxes together are the tax."""

    net: Decimal
    tax: Decimal
    gross: Decimal
    rows: tuple[TaxRow, ...]


def add_up(
    lines: tuple[Line, ...],
    allowances: tuple[Allowance, ...],
    *,
    parts: tuple[Tax, ...],
    places: int,
    is_gross: bool,
) -> Sums:
    """Return the totals. `parts` are taxes on one base in place of the lines' own rate."""
    bases: dict[Decimal, Decimal] = {}
    for entry in lines:
        amount = entry.gross_amount if is_gross and entry.gross_amount is not None else entry.net_amount
        bases[entry.tax_rate] = bases.get(entry.tax_rate, Decimal(0)) + amount
    for allowance in allowances:
        bases[allowance.tax_rate] += allowance.amount if allowance.is_charge else -allowance.amount
    if is_gross:
        rows = tuple(_row_out_of(gross, rate, places) for rate, gross in bases.items())
    elif parts:
        net = sum(bases.values(), Decimal(0))
        rows = tuple(
            TaxRow(rate=part.rate, base=net, tax=taxed(net, part.rate, places), name=part.name)
            for part in parts
        )
    else:
        rows = tuple(
            TaxRow(rate=rate, base=base, tax=taxed(base, rate, places)) for rate, base in bases.items()
        )
    tax = sum((row.tax for row in rows), Decimal(0))
    total = sum(bases.values(), Decimal(0))
    net = total - tax if is_gross else total
    return Sums(net=net, tax=tax, gross=net + tax, rows=rows)


def _row_out_of(gross: Decimal, rate: Decimal, places: int) -> TaxRow:
    tax = rounded(gross * rate / (100 + rate), places)
    return TaxRow(rate=rate, base=gross - tax, tax=tax)
