"""Make the tax breakdown of the tax rows that were found among the totals."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.engines.layout.totals import NET, TAX, TotalCandidate, Totals
from extractor.engines.reading import Candidate, CandidateRow
from extractor.values.arithmetic import agrees, tax_on

_UNLIKELY = 0.5  # a rate and an amount that no label and no arithmetic makes a tax
_CENT = Decimal("0.02")


def tax_breakdown(totals: Totals, items: Sequence[CandidateRow]) -> tuple[CandidateRow, ...]:
    """Return one row a tax rate: rate, base and tax, as far as they are printed.

    Where only one rate is printed, the net amount is its base if the arithmetic says so.
    Where the rates stand only on the items (a fapiao) and all are one, the totals are its
    base and tax.
    """
    chosen = totals.chosen.get(TAX)
    likely = [
        each for each in totals.ranked.get(TAX, ()) if each is chosen or each.candidate.score > _UNLIKELY
    ]
    rows = _one_a_rate(likely)
    if not rows and chosen is not None:
        rate = _only_rate(items)
        rows = [replace(chosen, rate=rate)] if rate is not None else []
    net = totals.chosen.get(NET)
    return tuple(_row(each, net.candidate if net is not None and len(rows) == 1 else None) for each in rows)


def _only_rate(items: Sequence[CandidateRow]) -> Candidate | None:
    """Return the rate that every item carries, None where they differ or one has none."""
    rates = [row.cells.get("tax_rate") for row in items]
    values = {rate.value if rate is not None else None for rate in rates}
    return rates[0] if len(values) == 1 and None not in values else None


def _one_a_rate(found: Sequence[TotalCandidate]) -> list[TotalCandidate]:
    best: dict[Decimal, TotalCandidate] = {}
    for each in found:
        rate = each.rate.value if each.rate is not None else None
        if not isinstance(rate, Decimal):
            continue
        held = best.get(rate)
        if held is None or (each.base is not None, each.candidate.score) > (
            held.base is not None,
            held.candidate.score,
        ):
            best[rate] = each
    return sorted(best.values(), key=lambda each: each.place)


def _row(tax: TotalCandidate, net: Candidate | None) -> CandidateRow:
    cells: dict[str, Candidate] = {"tax": tax.candidate}
    rate = tax.rate
    if rate is not None:
        cells["rate"] = rate
    base = tax.base
    if base is None and net is not None and rate is not None:
        amount, percent = net.value, rate.value
        if isinstance(amount, Decimal) and isinstance(percent, Decimal):
            base = net if agrees(tax_on(amount, percent), tax.value, within=_CENT) else None
    if base is not None:
        cells["base"] = base
    return CandidateRow(cells=cells)
