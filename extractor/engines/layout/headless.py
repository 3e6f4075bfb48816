"""Find items that stand under no header: rows of a text and an amount that add up to a sum below.

The proof is the sum alone: at least two rows, texts at one left edge and amounts at one
right edge, and right below them their exact total. A total's parts (net amount and tax)
add up as well, so a row that begins with a label of the spec is no item.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.printed_numbers import PrintedAmount, PrintedNumbers
from extractor.engines.layout.tables.head import Column
from extractor.engines.layout.tables.printed import PrintedCell, PrintedRow, PrintedTable
from extractor.engines.reading import Evidence
from extractor.pages.geometry import Box, union
from extractor.values.amounts import find_amounts

_COLUMNS = ("description", "specification", "quantity", "unit", "unit_price", "net_amount")
_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 3
_FEWEST_ROWS = 2  # that a sum adds up; one row beside its sum proves nothing
_ALIGNED = 3.0  # points
_WIDE_GAP = 6.0  # row heights: what lies further below belongs to something else
_DETAIL_GAP = 1.0  # row heights: a line of the same item stands closer
_SMALLER = 0.93  # of the text's height: print of a detail
_TIMES = re.compile(r"[×x*@•à]|\b(?:at|je|zu|zum|mal|por|per|da|von|a|for|de|van)\b", re.IGNORECASE)
_UNIT = re.compile(r"[^\W\d_][^\d]{0,14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A row of text and amount, with the lines below it that go on with its text."""

    name: Cell
    row: tuple[Cell, ...]
    amount: PrintedAmount
    details: tuple[Cell, ...] = ()

    @property
    def bottom(self) -> Box:
        """Return the box of its last line."""
        return (self.details or (self.name,))[-1].box


def read_headless(pages: Sequence[LabelledSheet], numbers: PrintedNumbers) -> PrintedTable | None:
    """Return the first rows of a document that add up to the amount below them, None if none do."""
    run: list[_Item] = []
    for page in pages:
        for row in page.sheet.rows:
            amount = _last_amount(row, numbers)
            if amount is None or (run and amount.box.x1 < run[-1].amount.box.x0):
                run = _with_detail(run, row)  # or of another column of print
                continue
            if _is_sum(amount, run):
                return _table(run, numbers)
            item = _item(page, row, amount, run)
            goes_on = item is not None and bool(run) and _goes_on(run[-1], item)
            run = [] if item is None else [*(run if goes_on else ()), item]
    return None


def _last_amount(row: Sequence[Cell], numbers: PrintedNumbers) -> PrintedAmount | None:
    """Return the amount with which a row ends."""
    amounts = numbers.amounts_in(row[-1:])
    return amounts[-1] if amounts and amounts[-1].end >= len(row[-1].text.rstrip()) else None


def _is_sum(amount: PrintedAmount, run: Sequence[_Item]) -> bool:
    if len(run) < _FEWEST_ROWS or not amount.value:
        return False
    near = amount.cell.page != run[-1].name.page or _gap(run[-1], amount.cell) <= _WIDE_GAP
    return near and sum((item.amount.value for item in run), Decimal(0)) == amount.value


def _item(
    page: LabelledSheet, row: tuple[Cell, ...], amount: PrintedAmount, run: Sequence[_Item]
) -> _Item | None:
    """Return a row as an item: its text is what lines up with the rows above, or has most letters."""
    names = [cell for cell in row if _letters(cell) >= _FEWEST_LETTERS]
    aligned = [cell for cell in names if run and abs(cell.box.x0 - run[-1].name.box.x0) <= _ALIGNED]
    name = max(aligned or names, key=_letters, default=None)
    if name is None or page.starts_with_label(name) or _begins_with_label(page, name):
        return None
    return _Item(name=name, row=row, amount=amount)


def _letters(cell: Cell) -> int:
    return len(_LETTERS.findall(cell.text))


def _begins_with_label(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a cell begins with a label, whatever goes on behind it: "VAT Reg", "+ 20 % USt"."""
    hits = page.hits_of(cell)
    return bool(hits) and _LETTERS.search(cell.text[: hits[0].start]) is None


def _goes_on(last: _Item, item: _Item) -> bool:
    """Say whether two rows stand in the same columns, and near each other."""
    is_aligned = (
        abs(last.name.box.x0 - item.name.box.x0) <= _ALIGNED
        and abs(last.amount.box.x1 - item.amount.box.x1) <= _ALIGNED
    )
    return is_aligned and (last.name.page != item.name.page or _gap(last, item.name) <= _WIDE_GAP)


def _gap(last: _Item, cell: Cell) -> float:
    """Return how far below an item a cell stands, in heights of its text."""
    return (cell.box.y0 - last.bottom.y1) / last.name.box.height


def _with_detail(run: list[_Item], row: Sequence[Cell]) -> list[_Item]:
    """Add a row without an amount to the item right above it, if it stands under its text."""
    if not run:
        return run
    last = run[-1]
    under = next((cell for cell in row if abs(cell.box.x0 - last.name.box.x0) <= _ALIGNED), None)
    if under is None or under.page != last.name.page or _gap(last, under) > _DETAIL_GAP:
        return run
    return [*run[:-1], replace(last, details=(*last.details, under))]


def _table(run: Sequence[_Item], numbers: PrintedNumbers) -> PrintedTable:
    rows = [_row(item, numbers) for item in run]
    names = [name for name in _COLUMNS if any(name in row for row in rows)]
    columns = [
        Column(names=(name,), words=(), box=union(row[name].evidence.boxes[0] for row in rows if name in row))
        for name in names
    ]
    printed = [
        PrintedRow(
            cells={index: row[name] for index, name in enumerate(names) if name in row},
            page=item.name.page,
            box=union(box for cell in row.values() for box in cell.evidence.boxes),
        )
        for item, row in zip(run, rows, strict=True)
    ]
    return PrintedTable(columns=tuple(columns), rows=tuple(printed))


def _row(item: _Item, numbers: PrintedNumbers) -> dict[str, PrintedCell]:
    cell = item.name
    end = item.amount.start if cell is item.amount.cell else len(cell.text)
    row = {"description": _part(cell, 0, len(cell.text[:end].rstrip()))}
    small = [each for each in item.details if each.box.height < _SMALLER * cell.box.height]
    if small:
        evidence = Evidence(
            page=cell.page, boxes=tuple(each.box for each in small), origin=small[0].words[0].origin
        )
        text = " ".join(each.text for each in small)
        row["specification"] = PrintedCell(text=text, evidence=evidence, first_line=small[0].words)
    row |= dict(_product(item, numbers))
    row["net_amount"] = _part(item.amount.cell, item.amount.start, item.amount.end)
    return row


def _product(item: _Item, numbers: PrintedNumbers) -> Iterator[tuple[str, PrintedCell]]:
    """Yield quantity, unit and price where two numbers of the row make its amount: "46 pages at 6.50"."""
    mark = numbers.conventions.decimal_mark
    found = [
        (cell, each)
        for cell in item.row
        for each in find_amounts(cell.text, decimal_mark=mark)
        if (cell.column, each.start) < (item.amount.cell.column, item.amount.start)
        and cell.column >= item.name.column
    ]
    for index, (cell, one) in enumerate(found):
        for other_cell, other in found[index + 1 :]:
            if one.amount.value * other.amount.value != item.amount.value:
                continue
            yield "quantity", _part(cell, one.start, one.end)
            yield "unit_price", _part(other_cell, other.start, other.end)
            if cell is other_cell:
                between = _TIMES.sub(" ", cell.text[one.end : other.start]).strip()
                start = cell.text.find(between, one.end) if _UNIT.fullmatch(between) else -1
                if start >= 0:
                    yield "unit", _part(cell, start, start + len(between))
            return


def _part(cell: Cell, start: int, end: int) -> PrintedCell:
    return PrintedCell(
        text=cell.text[start:end], evidence=cell.evidence(start, end), first_line=cell.words_of(start, end)
    )
