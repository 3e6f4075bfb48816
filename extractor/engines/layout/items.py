"""Turn printed tables into rows of a table field: which column is which, cell by cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractor.engines.layout.column_arithmetic import FLAG, QUANTITY_AND_UNIT
from extractor.engines.layout.column_names import NUMERIC, STEPS, is_running_number, resolve_columns
from extractor.engines.layout.item_details import details_of
from extractor.engines.layout.shared_cells import (
    ODD_CELL_SCORE,
    in_order,
    price_in_quantity,
    price_in_unit,
    shape,
    unglued,
    with_fitting_quantity,
)
from extractor.engines.layout.subtotals import without_charges, without_subtotals
from extractor.engines.layout.tables.printed import PrintedCell, PrintedRow, PrintedTable
from extractor.engines.reading import Candidate, CandidateRow
from extractor.field_specs.spec import ColumnSpec, FieldType
from extractor.pages.geometry import Box, union
from extractor.values.amounts import find_amounts, parse_amount
from extractor.values.conventions import Conventions
from extractor.values.rates import parse_rate

_LEADING_CODE = re.compile(r"((?=\S*\d)(?=\S*[A-Z-])[A-Z0-9][A-Z0-9./-]{3,24}) ?(?: [-–:|] |: )(?=\S)")
_CELL_SCORE, _DOUBTFUL_CELL_SCORE = 0.9, 0.45
_USUAL_LINES = 4  # of one cell: more may be several things
_SIGN_BEHIND = re.compile(r"(?<=[^\W\d_]) [€$£¥]$")
_TWO_RATES = re.compile(r"\d[\d.,]*\s?%?\s+\d[\d.,]*\s?%?")
_SHARE = re.compile(r"\(?-?\d[\d.,]*\s?%\)?")  # a discount in the cell of a quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The rows of one table field, where its columns lie, and where its rows stand."""

    rows: tuple[CandidateRow, ...] = ()
    columns: Mapping[str, Box] = field(default_factory=dict)
    places: Mapping[int, tuple[Box, ...]] = field(default_factory=dict)

    @property
    def net_sum(self) -> Decimal | None:
        """Return the sum of the rows' net amounts, None where one has none."""
        cells = [row.cells.get("net_amount") for row in self.rows]
        values = [cell.value for cell in cells if cell is not None]
        if not values or len(values) < len(self.rows):
            return None
        return sum((value for value in values if isinstance(value, Decimal)), Decimal(0))


def read_items(
    tables: Sequence[PrintedTable], columns: Mapping[str, ColumnSpec], *, conventions: Conventions
) -> Items:
    """Return the rows of the table that looks most like the items, typed where they must be.

    Tables that have the same columns as the best one are taken together with it.
    """
    best = max(tables, key=_likeness, default=None)
    if best is None or not best.rows:
        return Items()
    names = resolve_columns(best, columns, conventions)
    rows = [_row(row, names, columns, conventions) for row in _without_numbers(best.rows, names)]
    shapes = {
        shape(row.cells["product_code"].text)
        for row in rows
        if {"product_code", "quantity"} <= row.cells.keys()
    }
    rows = [CandidateRow(cells=unglued(row.cells, conventions, shapes=shapes)) for row in rows]
    named = [  # else a sum without a name
        (row, printed)
        for row, printed in zip(rows, best.rows, strict=True)
        if not row.cells.keys() <= {"net_amount", "tax_amount"}
    ]
    left = without_charges(
        [row for row, _ in named],
        are_behind_sums=[printed.is_behind_sum for _, printed in named],
        are_behind_last_sums=[printed.is_behind_last_sum for _, printed in named],
    )
    named = named[:left]
    are_items = without_subtotals([row for row, _ in named])
    named = [pair for pair, is_item in zip(named, are_items, strict=True) if is_item]
    places: dict[int, list[Box]] = {}
    for _, printed in named:
        places.setdefault(printed.page, []).append(printed.box)
    rows = _without_positions([row for row, _ in named])
    first = best.rows[0]
    places.setdefault(first.page, []).append(union(column.box for column in best.columns))
    return Items(
        rows=tuple(rows),
        columns=_places(best, names),
        places={page: tuple(boxes) for page, boxes in places.items()},
    )


def _without_positions(rows: Sequence[CandidateRow]) -> list[CandidateRow]:
    """Leave out codes that only count the rows: 1, 2, 3."""
    codes = [row.cells["product_code"].text for row in rows if "product_code" in row.cells]
    if len(codes) < len(rows) or not is_running_number(codes):
        return list(rows)
    return [
        replace(row, cells={name: cell for name, cell in row.cells.items() if name != "product_code"})
        for row in rows
    ]


def _likeness(table: PrintedTable) -> tuple[int, int]:
    key = {"description", "quantity", "unit_price", "net_amount"}
    return len(key & table.names), len(table.rows)


def _places(table: PrintedTable, names: Mapping[int, str]) -> dict[str, Box]:
    places = {}
    for index, name in names.items():
        boxes = [box for row in table.rows if index in row.cells for box in row.cells[index].evidence.boxes]
        places[name] = union([table.columns[index].box, *boxes])
    return places


def _row(
    row: PrintedRow, names: Mapping[int, str], columns: Mapping[str, ColumnSpec], conventions: Conventions
) -> CandidateRow:
    cells: dict[str, Candidate] = {}
    for index, cell in row.cells.items():
        name = names.get(index)
        if name is not None:
            cells |= _cells(name, cell, columns, conventions)
        if name == "description":
            details = {each: found for each, found in details_of(cell.details).items() if each in columns}
            cells = {
                **{each: found for each, found in details.items() if each not in names.values()},
                **cells,
            }
    unit = cells.get("unit")
    if unit is not None:  # the sign may be that of the price beside it
        unit = cells["unit"] = replace(unit, text=_SIGN_BEHIND.sub("", unit.text))
    if unit is not None and parse_amount(unit.text, decimal_mark=conventions.decimal_mark) is not None:
        unit = None
        del cells["unit"]  # for how many units the price is: "per 100"
    both = QUANTITY_AND_UNIT.fullmatch(unit.text.strip()) if unit is not None else None
    if unit is not None and both is not None:
        number = parse_amount(both[1], decimal_mark=conventions.decimal_mark)
        if number is not None:
            cells |= price_in_quantity(cells, number.value) or price_in_unit(
                cells, replace(unit, text=both[1], value=number.value)
            )
            cells.setdefault("quantity", replace(unit, text=both[1], value=number.value))
            cells["unit"] = replace(unit, text=both[2].strip())
    description = cells.get("description")
    code = _LEADING_CODE.match(description.text) if description is not None else None
    if description is not None and code and "product_code" in columns and "product_code" not in cells:
        cells["product_code"] = replace(description, text=code[1], score=ODD_CELL_SCORE)
    return CandidateRow(cells=in_order(with_fitting_quantity(cells, row, names, conventions)))


def _without_numbers(rows: Sequence[PrintedRow], names: Mapping[int, str]) -> list[PrintedRow]:
    """Drop the rows' running numbers where they stand in one cell with what follows them.

    In the leftmost cell always, in another only if every row's cell begins with its number.
    What begins a quantity is the quantity: "1 set", "2 pages".
    """
    numbered: list[set[int]] = []
    last = 0  # number: a sum between the rows has none
    for number, row in enumerate(rows, 1):
        found = {
            index
            for index, cell in row.cells.items()
            if names.get(index) != "quantity" and (_begins_with(cell, number) or _begins_with(cell, last + 1))
        }
        last += bool(found)
        numbered.append(found)
    everywhere = set.intersection(*numbered) if len(rows) > 1 else set()
    cleaned = []
    for row, found in zip(rows, numbered, strict=True):
        leftmost = {min(row.cells)} if row.cells else set()
        cut = found & (everywhere | leftmost)
        cells = {i: cell.without_first_word() if i in cut else cell for i, cell in row.cells.items()}
        cleaned.append(replace(row, cells=cells))
    return cleaned


def _begins_with(cell: PrintedCell, number: int) -> bool:
    rest = cell.text[len(cell.first_line[0].text) :]
    printed = cell.first_line[0].text.strip(".").lstrip("0")  # 01, 02, 03
    is_number = printed in {str(number * step) for step in STEPS}
    return is_number and len(cell.first_line) > 1 and re.search(r"[^\W\d_]", rest) is not None


def _cells(
    name: str, cell: PrintedCell, columns: Mapping[str, ColumnSpec], conventions: Conventions
) -> dict[str, Candidate]:
    """Return the candidates of one printed cell: a quantity may bring its unit along."""
    column = columns[name]
    is_odd = len(cell.evidence.boxes) > _USUAL_LINES
    candidate = Candidate(
        text=cell.text, evidence=cell.evidence, score=_DOUBTFUL_CELL_SCORE if is_odd else _CELL_SCORE
    )
    if column.type not in NUMERIC:
        return {name: candidate}
    if column.type is FieldType.RATE:
        return _rate(name, candidate)
    said = _without_share(cell.text) if column.type is FieldType.QUANTITY else cell.text
    printed = FLAG.sub("", said)
    amount = parse_amount(printed, decimal_mark=conventions.decimal_mark)
    if amount is not None:
        return {name: replace(candidate, text=printed, value=amount.value)}
    match = QUANTITY_AND_UNIT.fullmatch(said.strip())
    if column.type is FieldType.QUANTITY and match and "unit" in columns:
        number = parse_amount(match[1], decimal_mark=conventions.decimal_mark)
        if number is not None:
            unit = replace(candidate, text=match[2].strip())
            return {name: replace(candidate, text=match[1], value=number.value), "unit": unit}
    found = find_amounts(said, decimal_mark=conventions.decimal_mark)
    if not found:
        return {}
    first = found[0]
    text = said[first.start : first.end]
    return {name: replace(candidate, text=text, value=first.amount.value, score=ODD_CELL_SCORE)}


def _rate(name: str, cell: Candidate) -> dict[str, Candidate]:
    """Return a rate, none where a discount and a tax stand under headings set close: "3% 16"."""
    if _TWO_RATES.fullmatch(cell.text.strip()):
        return {}
    rate = parse_rate(cell.text)
    return {name: replace(cell, value=rate) if rate is not None else cell}


def _without_share(text: str) -> str:
    """Leave a discount out of a quantity's cell: "12,5% 10"; but "80 %" may be the quantity."""
    rest = _SHARE.sub("", text).strip()
    return rest if any(map(str.isdigit, rest)) else text
