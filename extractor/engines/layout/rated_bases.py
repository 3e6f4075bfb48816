"""Link the net amounts that are printed by rate, "Netto 19 %" and "Netto 7 %", with the taxes on them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.engines.layout.tax_rows import CENT
from extractor.engines.layout.totals import NET, TAX, TotalCandidate
from extractor.values.arithmetic import agrees, tax_on

_FEWEST_RATES = 2  # one base is the net amount itself


def with_rated_bases(found: Sequence[TotalCandidate]) -> list[TotalCandidate]:
    """Return the candidates, with the sum of the bases as a net amount if two rates or more prove theirs.

    A base is no tax, though a rate stands beside it, and no net amount of the whole.
    """
    bases = [each for each in found if each.name == NET and each.rate is not None]
    pairs = [(tax, base) for base in bases for tax in found if _is_on(tax, base)]
    rates = {base.rate.value for _, base in pairs if base.rate is not None}
    if len(rates) < _FEWEST_RATES:
        return list(found)
    taxes = {id(tax): base for tax, base in pairs}
    places = {base.candidate.evidence for _, base in pairs}
    kept = [
        replace(each, base=taxes[id(each)].candidate) if id(each) in taxes else each
        for each in found
        if each.candidate.evidence not in places
    ]
    once = {base.rate.value: base for _, base in reversed(pairs) if base.rate is not None}
    first = min(once.values(), key=lambda each: each.place)
    total = sum((each.value for each in once.values()), Decimal(0))
    candidate = replace(first.candidate, value=total, is_derived=True)
    return [*kept, replace(first, candidate=candidate, value=total, rate=None)]


def _is_on(tax: TotalCandidate, base: TotalCandidate) -> bool:
    """Say whether a tax is what its rate makes of a base."""
    if tax.name != TAX or tax.rate is None or base.rate is None or tax.rate.value != base.rate.value:
        return False
    rate = base.rate.value
    is_other = tax.candidate.evidence != base.candidate.evidence
    return is_other and isinstance(rate, Decimal) and agrees(tax_on(base.value, rate), tax.value, within=CENT)
