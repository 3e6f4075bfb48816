"""Turn printed tables into rows of a table field: which column is which, cell by cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractor.engines.layout.tables.printed import PrintedCell, PrintedRow, PrintedTable
from extractor.engines.reading import Candidate, CandidateRow
from extractor.field_specs.spec import ColumnSpec, FieldType
from extractor.pages.geometry import Box, union
from extractor.values.amounts import find_amounts, parse_amount
from extractor.values.conventions import Conventions
from extractor.values.rates import parse_rate

_NUMERIC = frozenset({FieldType.AMOUNT, FieldType.QUANTITY, FieldType.NUMBER, FieldType.RATE})
_QUANTITY_AND_UNIT = re.compile(r"([-+]?[\d.,'’ \u00a0]*\d)\s*([^\d\s].*)")
_LEADING_CODE = re.compile(r"((?=\S*\d)(?=\S*[A-Z-])[A-Z0-9][A-Z0-9./-]{3,24}) ?(?: [-–:|] |: )(?=\S)")
_CELL_SCORE, _ODD_CELL_SCORE, _DOUBTFUL_CELL_SCORE = 0.9, 0.6, 0.45
_USUAL_LINES = 4  # of one cell: more may be several things
_AMOUNTS = frozenset({"net_amount", "tax_amount"})
_STEPS = (1, 10)  # rows are counted 1, 2, 3 or 10, 20, 30
_FLAG = re.compile(r"(?<=\d)\s?[A-Z*]$")  # a tax code behind an amount: 495.00T
_CENTS = re.compile(r"[.,]\d{2}\b")
_HIGHEST_RATE = 30
_TOLERANCE = Decimal("0.02")


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
    names = _resolve(best, columns, conventions)
    rows = [_row(row, names, columns, conventions) for row in _without_numbers(best.rows)]
    kept = [not row.cells.keys() <= {"net_amount", "tax_amount"} for row in rows]  # else a sum without a name
    rows = [row for row, is_kept in zip(rows, kept, strict=True) if is_kept]
    places: dict[int, list[Box]] = {}
    for row, is_kept in zip(best.rows, kept, strict=True):
        if is_kept:
            places.setdefault(row.page, []).append(row.box)
    first = best.rows[0]
    places.setdefault(first.page, []).append(union(column.box for column in best.columns))
    return Items(
        rows=tuple(rows),
        columns=_places(best, names),
        places={page: tuple(boxes) for page, boxes in places.items()},
    )


def _likeness(table: PrintedTable) -> tuple[int, int]:
    key = {"description", "quantity", "unit_price", "net_amount"}
    return len(key & table.names), len(table.rows)


def _resolve(
    table: PrintedTable, columns: Mapping[str, ColumnSpec], conventions: Conventions
) -> dict[int, str]:
    """Choose one name a column and one column a name, by what stands in the column."""
    texts = {
        index: [row.cells[index].text for row in table.rows if index in row.cells]
        for index in range(len(table.columns))
    }
    numbered = {index for index, found in texts.items() if _is_running_number(found)}
    claims = [
        (_fit(columns[name], texts[index], conventions) - 0.01 * order, -index, index, name)
        for index, column in enumerate(table.columns)
        for order, name in enumerate(column.names)
        if name in columns and not (index in numbered and columns[name].type not in _NUMERIC)
    ]
    names: dict[int, str] = {}
    for fit, _, index, name in sorted(claims, reverse=True):
        if fit > 0 and index not in names and name not in names.values():
            names[index] = name
    if "description" not in names.values():
        wordiest = max(
            (index for index in texts if index not in names),
            key=lambda index: sum(len(re.sub(r"[\W\d_]", "", text)) for text in texts[index]),
            default=None,
        )
        if wordiest is not None and any(re.search(r"[^\W\d_]{3}", text) for text in texts[wordiest]):
            names[wordiest] = "description"
    return _by_arithmetic(table, names, conventions)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _looks_like_rates(texts: Sequence[str]) -> bool:
    """Say whether bare numbers are rates: low, few different ones, no cents."""
    if any(_CENTS.search(text) for text in texts):
        return False
    rates = [parse_rate(text) for text in texts]
    known = [rate for rate in rates if rate is not None]
    return (
        len(known) == len(texts)
        and all(rate <= _HIGHEST_RATE and rate * 2 == int(rate * 2) for rate in known)
        and len(set(known)) <= max(1, len(known) // 2)
    )


def _is_running_number(texts: Sequence[str]) -> bool:
    """Say whether a column counts the rows: 1, 2, 3 ..."""
    found = [text.strip(" .") for text in texts]
    return bool(texts) and any(found == [str(n * step) for n in range(1, len(texts) + 1)] for step in _STEPS)


def _fit(column: ColumnSpec, texts: Sequence[str], conventions: Conventions) -> float:
    """Say what share of a column's cells are of the type that the name wants."""
    if not texts:
        return 0.05
    if column.type is FieldType.RATE:
        fits = [parse_rate(text) is not None or text.strip("* ") in {"", "免税", "不征税"} for text in texts]
        has_sign = any("%" in text or "％" in text for text in texts) or _looks_like_rates(texts)
        return sum(fits) / len(fits) * (1.0 if has_sign else 0.45)
    if column.type in {FieldType.AMOUNT, FieldType.QUANTITY, FieldType.NUMBER}:
        fits = [_number(text, conventions) is not None for text in texts]
        has_sign = any("%" in text for text in texts)
        return sum(fits) / len(fits) * (0.3 if has_sign else 0.9)
    if column.type is FieldType.IDENTIFIER:
        fits = [len(text.split()) <= 3 and (_has_digit(text) or text.isupper()) for text in texts]  # noqa: PLR2004
        return 0.85 * sum(fits) / len(fits)
    wordy = [len(re.findall(r"[^\W\d_]", text)) / max(1, len(text)) for text in texts]
    return 0.3 + sum(wordy) / len(wordy) / 2


def _by_arithmetic(table: PrintedTable, names: dict[int, str], conventions: Conventions) -> dict[int, str]:
    """Of two columns that may be the net amount, take the one that quantity × price makes."""
    rivals = [
        index
        for index, column in enumerate(table.columns)
        if names.get(index) in {None, "net_amount", "tax_amount"} and _AMOUNTS & set(column.names)
    ]
    at = {name: index for index, name in names.items()}
    price = at.get("unit_price")
    if not rivals or price is None:
        return names
    quantities = [at["quantity"]] if "quantity" in at else rivals
    fits = [
        (_agreeing(table, (quantity, price, net), conventions), names.get(net) == "net_amount", quantity, net)
        for quantity in quantities
        for net in rivals
        if net != quantity
    ]
    agreeing, _, quantity, net = max(fits, default=(0, False, 0, 0))
    if not agreeing or at.get("net_amount") == net:
        return names
    others = {index: name for index, name in names.items() if name not in {"net_amount", "quantity"}}
    if names.get(net) == "tax_amount" and "net_amount" in at:
        others[at["net_amount"]] = "tax_amount"  # the two headings were read the wrong way round
    return {**others, quantity: "quantity", net: "net_amount"}


def _agreeing(table: PrintedTable, columns: tuple[int, int, int], conventions: Conventions) -> int:
    """Count the rows in which the first column times the second makes the third."""
    count = 0
    for row in table.rows:
        cells = [row.cells.get(index) for index in columns]
        quantity, price, net = (_number(cell.text, conventions) if cell else None for cell in cells)
        if quantity is not None and price is not None and net is not None:
            count += abs(quantity * price - net) <= _TOLERANCE
    return count


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
    unit = cells.get("unit")
    both = _QUANTITY_AND_UNIT.fullmatch(unit.text.strip()) if unit is not None else None
    if unit is not None and both is not None and "quantity" not in cells:
        number = parse_amount(both[1], decimal_mark=conventions.decimal_mark)
        if number is not None:
            cells["quantity"] = replace(unit, text=both[1], value=number.value)
            cells["unit"] = replace(unit, text=both[2].strip())
    description = cells.get("description")
    code = _LEADING_CODE.match(description.text) if description is not None else None
    if description is not None and code and "product_code" in columns and "product_code" not in cells:
        cells["product_code"] = replace(description, text=code[1], score=_ODD_CELL_SCORE)
    return CandidateRow(cells=_unglued(cells))


def _unglued(cells: dict[str, Candidate]) -> dict[str, Candidate]:
    """Part a quantity that is set without a gap behind a code: "AB-014" and "6".

    Only where net amount ÷ unit price says that these last digits are the quantity.
    """
    price, net = (cells[name].value if name in cells else None for name in ("unit_price", "net_amount"))
    if "quantity" in cells or not isinstance(price, Decimal) or not isinstance(net, Decimal) or not price:
        return cells
    quantity = net / price
    digits = str(int(quantity))
    for name in ("product_code", "specification", "description"):
        cell = cells.get(name)
        if cell is None or quantity != int(quantity) or not cell.text.endswith(digits):
            continue
        rest = cell.text.removesuffix(digits).rstrip()
        if rest:
            glued = replace(cell, text=digits, value=quantity, score=_ODD_CELL_SCORE)
            return {**cells, name: replace(cell, text=rest), "quantity": glued}
    return cells


def _without_numbers(rows: Sequence[PrintedRow]) -> list[PrintedRow]:
    """Drop the rows' running numbers where they stand in one cell with what follows them.

    In the leftmost cell always, in another only if every row's cell begins with its number.
    """
    numbered = [
        {index for index, cell in row.cells.items() if _begins_with(cell, number)}
        for number, row in enumerate(rows, 1)
    ]
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
    is_number = cell.first_line[0].text.strip(".") in {str(number * step) for step in _STEPS}
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
    if column.type not in _NUMERIC:
        return {name: candidate}
    if column.type is FieldType.RATE:
        rate = parse_rate(cell.text)
        return {name: replace(candidate, value=rate)} if rate is not None else {name: candidate}
    printed = _FLAG.sub("", cell.text)
    amount = parse_amount(printed, decimal_mark=conventions.decimal_mark)
    if amount is not None:
        return {name: replace(candidate, text=printed, value=amount.value)}
    match = _QUANTITY_AND_UNIT.fullmatch(cell.text.strip())
    if column.type is FieldType.QUANTITY and match and "unit" in columns:
        number = parse_amount(match[1], decimal_mark=conventions.decimal_mark)
        if number is not None:
            unit = replace(candidate, text=match[2].strip())
            return {name: replace(candidate, text=match[1], value=number.value), "unit": unit}
    found = find_amounts(cell.text, decimal_mark=conventions.decimal_mark)
    if not found:
        return {}
    first = found[0]
    text = cell.text[first.start : first.end]
    return {name: replace(candidate, text=text, value=first.amount.value, score=_ODD_CELL_SCORE)}


def _number(text: str, conventions: Conventions) -> Decimal | None:
    amount = parse_amount(_FLAG.sub("", text), decimal_mark=conventions.decimal_mark)
    if amount is not None:
        return amount.value
    match = _QUANTITY_AND_UNIT.fullmatch(text.strip())
    number = parse_amount(match[1], decimal_mark=conventions.decimal_mark) if match else None
    return number.value if number else None
