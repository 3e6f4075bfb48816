"""Amounts where they stand on the page: money, and not counts, rates or paragraphs of law."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.engines.layout.cells import Cell
from extractor.engines.reading import Candidate
from extractor.pages.geometry import Box
from extractor.values.amounts import find_amounts
from extractor.values.conventions import Conventions
from extractor.values.rates import find_rates

_UNIT_BEHIND = re.compile(r"[ -]?(?:[a-zäöüéèà]{3,}|天|日|个月)")
_LAW_BEFORE = re.compile(r"(?:\bart(?:icle|ikel)?\.?|§§?|\bsection|\bsec\.|\bpara\.?|第)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAmount:
    """An amount where it stands."""

    cell: Cell
    start: int
    end: int
    value: Decimal

    @property
    def digits_at(self) -> int:
        """Return where the digits begin, behind a sign or code of currency."""
        text = self.cell.text
        return next(i for i in range(self.start, self.end) if text[i].isdigit())

    @property
    def box(self) -> Box:
        """Return where the amount stands."""
        return self.cell.box_of(self.start, self.end)

    def candidate(self, score: float) -> Candidate:
        """Return the amount as a candidate."""
        return Candidate(
            text=self.cell.text[self.start : self.end],
            evidence=self.cell.evidence(self.start, self.end),
            score=score,
            value=self.value,
        )


def amounts_in(row: Sequence[Cell], conventions: Conventions) -> list[PrintedAmount]:
    """Return the amounts of a row, left to right; percentages are none."""
    amounts: list[PrintedAmount] = []
    for cell in row:
        rates = find_rates(cell.text)
        amounts += [
            PrintedAmount(cell=cell, start=each.start, end=each.end, value=each.amount.value)
            for each in find_amounts(cell.text, decimal_mark=conventions.decimal_mark)
            if not any(rate.start < each.end and each.start < rate.end for rate in rates)
            and not _UNIT_BEHIND.match(cell.text, each.end)
            and not _LAW_BEFORE.search(cell.text, 0, each.start)
        ]
    return amounts
