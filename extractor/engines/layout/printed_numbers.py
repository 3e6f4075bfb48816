"""Numbers where they stand on the page: money and rates, and not counts or paragraphs of law."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.engines.layout.cells import Cell
from extractor.engines.reading import Candidate
from extractor.pages.geometry import Box
from extractor.values.amounts import find_amounts, parse_amount
from extractor.values.conventions import Conventions
from extractor.values.rates import find_rates

_DIGIT = re.compile(r"\d")
_UNIT_BEHIND = re.compile(r"[ -]?(?:[a-zäöüéèà]{3,}|Tagen?\b|Days\b|Wochen\b|Monaten?\b|天|日|个月)")
_LAW_BEFORE = re.compile(
    r"(?:\bart(?:icle|ikel|\. ?\d+)?\.?|§§?|\bsection|\bsec\.|\bpara\.?|\bn(?:[.\s]?[º°]|r\.)|\bno\."
    r"|\babs(?:atz|\.)"
    r"|\bal\.|\bcomma|第)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAmount:
    """An amount (or a rate, in percent) where it stands, with its currency where that stands there too."""

    cell: Cell
    start: int
    end: int
    value: Decimal
    currency: str | None = None

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


class PrintedNumbers:
    """The amounts and rates of a document's cells. Each cell is read when it is first asked for."""

    def __init__(self, conventions: Conventions) -> None:
        """Take how the document writes its numbers."""
        self.conventions = conventions
        self._read: dict[tuple[int, int, int], tuple[Sequence[PrintedAmount], Sequence[PrintedAmount]]] = {}

    def is_amount(self, text: str) -> bool:
        """Say whether a whole text is one amount, as this document writes them."""
        return parse_amount(text, decimal_mark=self.conventions.decimal_mark) is not None

    def amounts_in(self, row: Sequence[Cell]) -> list[PrintedAmount]:
        """Return the amounts of some cells in order; percentages are none."""
        return [amount for cell in row for amount in self._of(cell)[0]]

    def rates_in(self, row: Sequence[Cell]) -> list[PrintedAmount]:
        """Return the rates of some cells in order, in percent."""
        return [rate for cell in row for rate in self._of(cell)[1]]

    def _of(self, cell: Cell) -> tuple[Sequence[PrintedAmount], Sequence[PrintedAmount]]:
        place = (cell.page, cell.row, cell.column)
        if place not in self._read:
            self._read[place] = self._found(cell) if _DIGIT.search(cell.text) else ((), ())
        return self._read[place]

    def _found(self, cell: Cell) -> tuple[Sequence[PrintedAmount], Sequence[PrintedAmount]]:
        text = cell.text
        rates = [
            PrintedAmount(cell=cell, start=each.start, end=each.end, value=each.rate)
            for each in find_rates(text)
        ]
        amounts = [
            PrintedAmount(
                cell=cell,
                start=each.start,
                end=each.end,
                value=each.amount.value,
                currency=each.amount.currency,
            )
            for each in find_amounts(text, decimal_mark=self.conventions.decimal_mark)
            if not any(rate.start < each.end and each.start < rate.end for rate in rates)
            and (each.amount.currency is not None or not _UNIT_BEHIND.match(text, each.end))
            and not _LAW_BEFORE.search(text, 0, each.start)
        ]
        return amounts, rates
