"""Find quantity and price within a text beside the amount: "2 × $450.00", "46 pages at 6.50"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.printed_numbers import PrintedNumbers
from extractor.engines.layout.tables.column import Column
from extractor.engines.layout.tables.printed import PrintedCell, PrintedRow, PrintedTable
from extractor.pages.geometry import union
from extractor.values.amounts import find_amounts

_NAMES = ("quantity", "unit", "unit_price")
_TIMES = re.compile(r"[×x*@•à]|\b(?:at|je|zu|zum|mal|por|per|da|von|a|for|de|van)\b", re.IGNORECASE)
_SIGN = re.compile(r"[×x*@•à]|\b(?:at|je|zu|mal|por|per|da|a|for|van)\b", re.IGNORECASE)
_UNIT = re.compile(r"[^\W\d_][^\d]{0,14}")


def with_products(
    table: PrintedTable, rows: Sequence[tuple[Cell, ...]], numbers: PrintedNumbers
) -> PrintedTable:
    """Return the table with columns for what two numbers of one phrase make: the row's last amount."""
    found = [_product(row, numbers) for row in rows]
    names = [name for name in _NAMES if any(name in parts for parts in found)]
    if not names:
        return table
    first = len(table.columns)
    columns = [
        Column(
            names=(name,),
            words=(),
            box=union(parts[name].evidence.boxes[0] for parts in found if name in parts),
        )
        for name in names
    ]
    return PrintedTable(
        columns=(*table.columns, *columns),
        rows=tuple(_widened(row, parts, names, first) for row, parts in zip(table.rows, found, strict=True)),
    )


def _widened(row: PrintedRow, parts: dict[str, PrintedCell], names: Sequence[str], first: int) -> PrintedRow:
    added = {first + index: parts[name] for index, name in enumerate(names) if name in parts}
    return replace(row, cells={**row.cells, **added})


def _product(row: Sequence[Cell], numbers: PrintedNumbers) -> dict[str, PrintedCell]:
    amount = numbers.amounts_in(row)[-1]
    for cell in row:
        found = find_amounts(cell.text, decimal_mark=numbers.conventions.decimal_mark)
        for one, other in pairwise(found):
            between = cell.text[one.end : other.start]
            is_made = one.amount.value * other.amount.value == amount.value
            if not is_made or not _SIGN.search(between):
                continue
            parts = {
                "quantity": _part(cell, one.start, one.end),
                "unit_price": _part(cell, other.start, other.end),
            }
            unit = _TIMES.sub(" ", between).strip()
            start = cell.text.find(unit, one.end) if _UNIT.fullmatch(unit) else -1
            return {**parts, "unit": _part(cell, start, start + len(unit))} if start >= 0 else parts
    return {}


def _part(cell: Cell, start: int, end: int) -> PrintedCell:
    return PrintedCell(
        text=cell.text[start:end], evidence=cell.evidence(start, end), first_line=cell.words_of(start, end)
    )
