"""Find the labelled amounts that may be an invoice's totals, and its tax rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet, zones
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.totals import DUE, GROSS, NET, TAX, TotalCandidate
from extractor.engines.reading import Candidate
from extractor.pages.geometry import Box
from extractor.values.amounts import find_amounts
from extractor.values.arithmetic import agrees, tax_on
from extractor.values.conventions import Conventions
from extractor.values.rates import find_rates

_NAMES = frozenset({NET, TAX, GROSS, DUE})
_SHARED_LABEL = 0.12  # off the score for each further total that a label may mean
_CENT = Decimal("0.02")
_PROVEN_ROW = 0.95  # rate, base and tax of one row agree
_COLUMN_SUM = 0.9  # an amount under a column of the items
_NEAR = 40.0  # points: rows of totals stand this close


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedAmount:
    """An amount where it stands."""

    cell: Cell
    start: int
    end: int
    value: Decimal

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRows:
    """What the rows of totals hold."""

    candidates: tuple[TotalCandidate, ...]
    extras: tuple[Decimal, ...]


def read_total_rows(
    pages: Sequence[LabelledSheet],
    *,
    is_item: Mapping[int, Sequence[Box]],
    columns: Mapping[str, Box],
    conventions: Conventions,
) -> TotalRows:
    """Return the labelled amounts outside the item rows.

    `is_item` has the boxes of item rows by page; `columns` the horizontal range of the
    item columns by name (a row of sums has an amount under each).
    """
    found: list[TotalCandidate] = []
    extras: list[Decimal] = []
    for page in pages:
        rows = [row for row in page.sheet.rows if not _is_inside(row, is_item.get(page.sheet.page.number, ()))]
        labelled: list[tuple[Cell, ...]] = []
        for row in rows:
            candidates = [*_labelled(page, row, columns, conventions), *_tax_rows(row, conventions)]
            found += candidates
            if candidates:
                labelled.append(row)
        extras += _extras(rows, labelled, conventions)
    return TotalRows(candidates=tuple(_once(found)), extras=tuple(dict.fromkeys(extras)))


def amounts_in(row: Sequence[Cell], conventions: Conventions) -> list[PrintedAmount]:
    """Return the amounts of a row, left to right; percentages are none."""
    amounts = []
    for cell in row:
        rates = find_rates(cell.text)
        for each in find_amounts(cell.text, decimal_mark=conventions.decimal_mark):
            if not any(rate.start < each.end and each.start < rate.end for rate in rates):
                amounts.append(
                    PrintedAmount(cell=cell, start=each.start, end=each.end, value=each.amount.value)
                )
    return amounts


def _is_inside(row: Sequence[Cell], boxes: Sequence[Box]) -> bool:
    middle = row[0].box.centre_y
    return any(box.y0 <= middle <= box.y1 for box in boxes)


def _labelled(
    page: LabelledSheet, row: Sequence[Cell], columns: Mapping[str, Box], conventions: Conventions
) -> Iterator[TotalCandidate]:
    amounts = amounts_in(row, conventions)
    for cell in row:
        for hit in page.hits_of(cell):
            names = [name for name in hit.names if name in _NAMES]
            if not names:
                continue
            beside = _beside(page, row, cell, hit, amounts)
            if beside:
                yield from _from_row(page, cell, hit, names, beside, columns)
            else:
                yield from _from_below(page, cell, hit, names, conventions)


def _beside(
    page: LabelledSheet, row: Sequence[Cell], cell: Cell, hit: Hit, amounts: Sequence[PrintedAmount]
) -> list[PrintedAmount]:
    """Return the amounts between the label and the next label of the row."""
    end = (len(row), 0)
    for other in row:
        for later in page.hits_of(other):
            place = (other.column, later.start)
            if (cell.column, hit.end) <= place < end and _is_total_label(later):
                end = place
    return [each for each in amounts if (cell.column, hit.end) <= (each.cell.column, each.start) < end]


def _is_total_label(hit: Hit) -> bool:
    return any(name in _NAMES for name in hit.names)


def _strength(page: LabelledSheet, cell: Cell, hit: Hit, names: Sequence[str]) -> float:
    before = cell.text[: hit.start]
    inside = 0.6 if any(character.isalpha() for character in before) else 1.0
    return inside * (1.0 - _SHARED_LABEL * (len(names) - 1))


def _from_row(
    page: LabelledSheet,
    cell: Cell,
    hit: Hit,
    names: Sequence[str],
    amounts: Sequence[PrintedAmount],
    columns: Mapping[str, Box],
) -> Iterator[TotalCandidate]:
    strength = _strength(page, cell, hit, names)
    if len(amounts) > 1 and (under := _under_columns(amounts, columns)):
        for name, amount in under.items():
            yield _total(name, amount, _COLUMN_SUM * strength)
        return
    last = amounts[-1]
    for name in names:
        base = None
        if name == TAX and len(amounts) > 1:
            base = amounts[-2].candidate(strength)
        rates = find_rates(cell.text[hit.start :]) if name == TAX else []
        rate = None
        if rates:
            start, end = hit.start + rates[0].start, hit.start + rates[0].end
            rate = Candidate(
                text=cell.text[start:end], evidence=cell.evidence(start, end), score=strength, value=rates[0].rate
            )
        yield _total(name, last, strength, rate=rate, base=base)


def _under_columns(amounts: Sequence[PrintedAmount], columns: Mapping[str, Box]) -> dict[str, PrintedAmount]:
    """Match a row of sums to the item columns they stand under."""
    found: dict[str, PrintedAmount] = {}
    for column, name in (("net_amount", NET), ("tax_amount", TAX)):
        place = columns.get(column)
        if place is None:
            continue
        under = [each for each in amounts if each.box.overlap_x(place) > 0]
        if under:
            found[name] = max(under, key=lambda each: each.box.overlap_x(place))
    return found if len(found) > 1 else {}


def _from_below(
    page: LabelledSheet, cell: Cell, hit: Hit, names: Sequence[str], conventions: Conventions
) -> Iterator[TotalCandidate]:
    """Take the amount under a label, where the totals stand in a table of their own."""
    for zone in zones(page, cell, hit):
        if not zone.is_beside or zone.cell.row == cell.row:
            continue
        amounts = amounts_in([zone.cell], conventions)
        if len(amounts) == 1:
            for name in names:
                yield _total(name, amounts[0], zone.score * _strength(page, cell, hit, names))


def _tax_rows(row: Sequence[Cell], conventions: Conventions) -> Iterator[TotalCandidate]:
    """Find rate, base and tax in a row by their arithmetic, whatever its label."""
    rates = [(cell, rate) for cell in row for rate in find_rates(cell.text)]
    if len(rates) != 1:
        return
    amounts = amounts_in(row, conventions)
    cell, found = rates[0]
    for base in amounts:
        for tax in amounts:
            if base is tax or not base.value:
                continue
            if agrees(tax_on(base.value, found.rate), tax.value, within=_CENT) and tax.value != base.value:
                rate = Candidate(
                    text=cell.text[found.start : found.end],
                    evidence=cell.evidence(found.start, found.end),
                    score=_PROVEN_ROW,
                    value=found.rate,
                )
                yield _total(TAX, tax, _PROVEN_ROW, rate=rate, base=base.candidate(_PROVEN_ROW))
                return


def _total(
    name: str, amount: PrintedAmount, score: float, *, rate: Candidate | None = None, base: Candidate | None = None
) -> TotalCandidate:
    box = amount.cell.box
    return TotalCandidate(
        name=name,
        candidate=amount.candidate(score),
        value=amount.value,
        place=(amount.cell.page, box.centre_y),
        rate=rate,
        base=base,
    )


def _extras(
    rows: Sequence[Sequence[Cell]], labelled: Sequence[Sequence[Cell]], conventions: Conventions
) -> Iterator[Decimal]:
    """Return the amounts of rows among the totals that carry no total's label."""
    if not labelled:
        return
    places = [row[0].box.centre_y for row in labelled]
    for row in rows:
        if row in labelled or min(abs(row[0].box.centre_y - place) for place in places) > _NEAR:
            continue
        amounts = amounts_in(row, conventions)
        if amounts:
            yield amounts[-1].value


def _once(found: Sequence[TotalCandidate]) -> Iterator[TotalCandidate]:
    """Drop a weaker reading of the same amount for the same total; keep the tax row's parts."""
    best: dict[tuple[str, object], TotalCandidate] = {}
    for each in found:
        key = (each.name, each.candidate.evidence)
        held = best.get(key)
        if held is None or (each.base is not None, each.candidate.score) > (held.base is not None, held.candidate.score):
            best[key] = each
    yield from best.values()
