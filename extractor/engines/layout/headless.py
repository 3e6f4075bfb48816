"""Find items that stand under no header: rows of a text and amounts that add up to a total.

The proof is the sum alone: at least two rows whose amounts end or begin at one edge, and their
exact sum right below them or among the labelled totals. One row is enough if two of its numbers
make its amount. A total's parts (net amount and tax) add up as well, so a row that begins with
a label of the spec is no item.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.column_arithmetic import tolerance_of
from extractor.engines.layout.headless_columns import columns_of
from extractor.engines.layout.headless_products import with_products
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.printed_numbers import PrintedAmount, PrintedNumbers
from extractor.engines.layout.table_ends import TableEnds
from extractor.engines.layout.tables.columns import assign
from extractor.engines.layout.tables.printed import PrintedRow, PrintedTable, item_of
from extractor.engines.layout.totals import DUE, GROSS, NET

_TOTALS = frozenset({NET, GROSS, DUE})
_LETTERS = re.compile(r"[^\W\d_]")
_NUMBER_OR_CODE = re.compile(r"(?=.*\d)\S+")
_NUMBER, _UNIT = re.compile(r"[-+]?\d[\d.,'’ ]*"), re.compile(r"[^\W\d_]{1,8}[.²³]?")
_MEASURED = re.compile(rf"{_NUMBER.pattern}\s?{_UNIT.pattern}")  # "10 pcs"
_FEWEST_LETTERS = 2
_FEWEST_ROWS = 2  # that a sum adds up; one row beside its sum proves nothing
_ALIGNED = 3.0  # points
_WIDE_GAP = 6.0  # row heights: what lies further below belongs to something else
_DETAIL_GAP = 0.4  # row heights: a line of the same item stands closer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A row of text and amount, with the lines below it that go on with its text."""

    row: tuple[Cell, ...]
    name: Cell
    amount: PrintedAmount
    numbers: int
    is_product: bool  # two of its numbers make the last
    details: tuple[Cell, ...] = ()

    @property
    def bottom(self) -> float:
        """Return where its last line ends."""
        return (self.details or (self.name,))[-1].box.y1


def read_headless(
    pages: Sequence[LabelledSheet], numbers: PrintedNumbers, ends: TableEnds, *, totals: frozenset[Decimal]
) -> PrintedTable | None:
    """Return the most rows of a document that add up to one of its totals, None if none do.

    `totals` are the labelled ones; the amount right below the rows needs no label.
    """
    best: list[_Item] = []
    for run in _runs(pages, numbers, ends, totals):
        if len(run) > len(best):
            best = run
    return _table(best, pages, numbers, totals) if best else None


def _runs(
    pages: Sequence[LabelledSheet], numbers: PrintedNumbers, ends: TableEnds, totals: frozenset[Decimal]
) -> Iterator[list[_Item]]:
    """Yield runs of rows that a sum proves: that of the row right below, or a labelled total."""
    run: list[_Item] = []
    is_behind_sum = False
    for page in pages:
        for row in page.sheet.rows:
            amount = _last_amount(row, numbers)
            if amount is None or (run and amount.box.x1 < run[-1].amount.box.x0):
                run = _with_detail(run, row)  # or of another column of print
                continue
            if run and ends.is_sum(row):
                is_behind_sum = True
                continue
            item = _item(page, row, amount, numbers)
            is_sum = _is_sum(amount, run)
            goes_on = item is not None and not is_sum and bool(run) and _goes_on(run[-1], item)
            if item is not None and goes_on and (not is_behind_sum or item.numbers > 1):
                run = [*run, item]
                continue
            yield _adding_up(run, frozenset({amount.value}) if is_sum else totals)
            run = [] if item is None or is_sum else [item]
            is_behind_sum = False
    yield _adding_up(run, totals)


def _last_amount(row: Sequence[Cell], numbers: PrintedNumbers) -> PrintedAmount | None:
    """Return the amount with which a row ends, but for a rate of tax behind it."""
    for cell in reversed(row):
        amounts = numbers.amounts_in([cell])
        rest = cell.text[amounts[-1].end :] if amounts else cell.text
        if amounts and not _LETTERS.search(rest):
            return amounts[-1]
        if _LETTERS.search(cell.text) or not numbers.rates_in([cell]):
            return None
    return None


def _is_sum(amount: PrintedAmount, run: Sequence[_Item]) -> bool:
    near = bool(run) and (
        amount.cell.page != run[-1].amount.cell.page or _gap(run[-1], amount.cell) <= _WIDE_GAP
    )
    return near and bool(_adding_up(run, frozenset({amount.value})))


def _adding_up(run: Sequence[_Item], totals: frozenset[Decimal]) -> list[_Item]:
    """Return the most of the last rows that add up to a total: an address may end in a number too."""
    fewest = 1 if run and run[-1].is_product else _FEWEST_ROWS
    for start in range(len(run) - fewest + 1):
        total = sum((item.amount.value for item in run[start:]), Decimal(0))
        if total and total in totals:
            return list(run[start:])
    return []


def _item(
    page: LabelledSheet, row: tuple[Cell, ...], amount: PrintedAmount, numbers: PrintedNumbers
) -> _Item | None:
    """Return a row as an item: it has a text of its own and begins with no label."""
    names = [cell for cell in row if len(_LETTERS.findall(cell.text)) >= _FEWEST_LETTERS]
    name = max(names, key=lambda cell: len(_LETTERS.findall(cell.text)), default=None)
    values = [each.value for each in numbers.amounts_in(row)]
    if name is None or _begins_with_label(page, name, is_sole=len(values) == 1):
        return None
    pairs = combinations(values[:-1], 2)
    is_product = any(abs(one * other - values[-1]) <= tolerance_of(values[-1]) for one, other in pairs)
    return _Item(row=row, name=name, amount=amount, numbers=len(values), is_product=is_product)


def _begins_with_label(page: LabelledSheet, cell: Cell, *, is_sole: bool) -> bool:
    """Say whether a cell begins with a total's label, or any where one amount alone follows.

    "Cartons" is a label before a count, and an item before a quantity, a price and an amount.
    """
    hits = page.hits_of(cell)
    is_total = any(_TOTALS & set(hit.names) or "tax_amount" in hit.names for hit in hits[:1])
    is_first = bool(hits) and _LETTERS.search(cell.text[: hits[0].start]) is None
    return is_first and (is_total or (is_sole and page.starts_with_label(cell)))


def _goes_on(last: _Item, item: _Item) -> bool:
    """Say whether two rows' amounts end or begin at one edge, and stand near each other."""
    above, box = last.amount.box, item.amount.box
    is_aligned = min(abs(above.x1 - box.x1), abs(above.x0 - box.x0)) <= _ALIGNED
    is_apart = last.amount.cell.page != item.amount.cell.page
    return is_aligned and (is_apart or _gap(last, item.row[0]) <= _WIDE_GAP)


def _gap(last: _Item, cell: Cell) -> float:
    """Return how far below an item a cell stands, in heights of its text."""
    return (cell.box.y0 - last.bottom) / last.row[0].box.height


def _with_detail(run: list[_Item], row: Sequence[Cell]) -> list[_Item]:
    """Add a row without an amount to the item right above it, if it stands under its text."""
    if not run:
        return run
    last = run[-1]
    under = next((cell for cell in row if abs(cell.box.x0 - last.name.box.x0) <= _ALIGNED), None)
    if under is None or under.page != last.row[0].page or _gap(last, under) > _DETAIL_GAP:
        return run
    return [*run[:-1], replace(last, details=(*last.details, under))]


def _table(
    run: Sequence[_Item],
    pages: Sequence[LabelledSheet],
    numbers: PrintedNumbers,
    totals: frozenset[Decimal],
) -> PrintedTable:
    rows = [_without_print_beside(item) for item in run]
    columns = columns_of(rows, numbers, totals)
    assigned = assign(rows, columns)
    sheets = {page.sheet.page.number: page.sheet.page for page in pages}
    printed: list[PrintedRow] = []
    for item, row, cells in zip(run, rows, assigned, strict=True):
        details = assign([(cell,) for cell in item.details], columns) if item.details else []
        anchors = [True, *(False for _ in details)]
        printed.append(item_of([cells, *details], anchors, columns, sheets[row[0].page]))
    return with_products(PrintedTable(columns=tuple(columns), rows=tuple(printed)), rows, numbers)


def _without_print_beside(item: _Item) -> tuple[Cell, ...]:
    """Return the item's cells: its text, what follows, and right before it only numbers, codes and units."""
    first = item.name.column
    while first:
        text = item.row[first - 1].text
        if _NUMBER_OR_CODE.fullmatch(text) or _MEASURED.fullmatch(text):
            first -= 1
        elif first > 1 and _UNIT.fullmatch(text) and _NUMBER.fullmatch(item.row[first - 2].text):
            first -= 2  # "10" and "pcs"
        else:
            break
    return item.row[first:]
