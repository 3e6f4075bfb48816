"""Find the rows of a tax among the totals: a rate, and what it makes of which base."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.printed_numbers import PrintedAmount, PrintedNumbers
from extractor.engines.layout.totals import NET, TAX, TotalCandidate
from extractor.engines.reading import Candidate
from extractor.values.arithmetic import agrees, tax_on

CENT = Decimal("0.02")
_PROVEN_ROW = 0.95  # rate, base and tax of one row agree
_RATE_ALONE = 0.4  # a rate and an amount: the tax if the totals agree
_BASE_OF_ROW = 0.5  # the base of one rate is the net amount only if there is one rate
HIGHEST_RATE = Decimal(35)
_DEDUCTION = re.compile(  # percentages of an invoice that are no tax on it
    r"discount|rebate|rabatt|nachlass|skonto|remise|escompte|korting|descuento|sconto|desconto|折扣|优惠"
    r"|irpf|retenci|ritenuta|retenção|withh|\btds\b|retention|retainage|holdback|einbehalt|retenue|deposit|anzahlung|acompte"
    r"|\bcis\b|deduction|bauabzug|abzugsteuer|inhouding|waarborg|garanzia|garantía|garantia|scomputo|预扣|代扣|质保金",
    re.IGNORECASE,
)


def tax_rows(row: Sequence[Cell], numbers: PrintedNumbers) -> Iterator[TotalCandidate]:
    """Find rate, base and tax in a row by their arithmetic, whatever its label."""
    amounts = numbers.amounts_in(row)
    printed = numbers.rates_in(row)
    if not amounts or len(amounts) + len(printed) < 2 or is_deduction(row):  # noqa: PLR2004 - a rate, and its tax
        return
    if len(amounts) == 1 and len(printed) == 1:
        yield total_at(TAX, amounts[0], _RATE_ALONE, rate=printed[0].candidate(_RATE_ALONE))
        return
    bare = [each for each in amounts if 0 < each.value <= HIGHEST_RATE and each.value == round(each.value, 1)]
    for rate in printed or bare:
        for base in amounts:
            for tax in amounts:
                if len({id(rate), id(base), id(tax)}) < 3 or not base.value or tax.value == base.value:  # noqa: PLR2004
                    continue
                if agrees(tax_on(base.value, rate.value), tax.value, within=CENT):
                    yield total_at(
                        TAX,
                        tax,
                        _PROVEN_ROW,
                        rate=rate.candidate(_PROVEN_ROW),
                        base=base.candidate(_PROVEN_ROW),
                    )
                    yield total_at(NET, base, _PROVEN_ROW * _BASE_OF_ROW)
                    return


def is_deduction(row: Sequence[Cell]) -> bool:
    """Say whether a row names what is taken off: a discount, a retention, a tax withheld."""
    return any(_DEDUCTION.search(cell.text) for cell in row)


def total_at(
    name: str,
    amount: PrintedAmount,
    score: float,
    *,
    rate: Candidate | None = None,
    base: Candidate | None = None,
) -> TotalCandidate:
    """Return an amount as a total."""
    box = amount.cell.box
    return TotalCandidate(
        name=name,
        candidate=amount.candidate(score),
        value=amount.value,
        place=(amount.cell.page, box.centre_y),
        rate=rate,
        base=base,
    )
