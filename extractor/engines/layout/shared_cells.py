"""Cells that hold the values of two columns: a price with its unit, a quantity glued to a code.

What they hold is told by arithmetic: quantity times price is the net amount.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal

from extractor.engines.layout.column_arithmetic import QUANTITY_AND_UNIT
from extractor.engines.layout.tables.printed import PrintedCell, PrintedRow
from extractor.engines.reading import Candidate
from extractor.values.amounts import FoundAmount, find_amounts, parse_amount
from extractor.values.conventions import Conventions

ODD_CELL_SCORE = 0.6  # of a number among other words
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_MOST_DECIMALS = 4  # of a quantity
_PAIR, _ROUNDED = 2, Decimal("0.01")


def price_in_quantity(cells: dict[str, Candidate], quantity: Decimal) -> dict[str, Candidate]:
    """Take a number under the quantity's heading for the price, where the quantity stands with its unit."""
    numbers = _numbers(cells, "quantity", "net_amount")
    if numbers is None or "unit_price" in cells:
        return {}
    price, net = numbers
    if price * quantity != net or (not price % 1 and quantity % 1):
        return {}  # "66.88 each" beside "-1": the price has its unit
    return {"unit_price": cells.pop("quantity")}


def price_in_unit(cells: Mapping[str, Candidate], number: Candidate) -> dict[str, Candidate]:
    """Take the number before a unit for the price, where it makes the net amount with the quantity."""
    numbers = _numbers(cells, "quantity", "net_amount")
    if "unit_price" in cells or numbers is None or not isinstance(number.value, Decimal):
        return {}
    quantity, net = numbers
    return {"unit_price": number} if quantity * number.value == net else {}


def with_fitting_quantity(
    cells: dict[str, Candidate], row: PrintedRow, names: Mapping[int, str], conventions: Conventions
) -> dict[str, Candidate]:
    """Of several numbers in the quantity's cell take the one that makes the net amount of the price.

    The others are the end of what stands beside it: "1600 × 650 × 400" before "10".
    """
    quantity, price, net = (
        cells[name].value if name in cells else None for name in ("quantity", "unit_price", "net_amount")
    )
    printed = next((cell for index, cell in row.cells.items() if names.get(index) == "quantity"), None)
    if printed is None or not isinstance(quantity, Decimal) or not isinstance(net, Decimal):
        return cells
    numbers = find_amounts(printed.text, decimal_mark=conventions.decimal_mark)
    if len(numbers) > 1 and price is None:
        return {**cells, **_price_and_quantity(printed, numbers, cells, net)}
    if len(numbers) <= 1 or not isinstance(price, Decimal):
        return cells
    for found in numbers:
        if abs(quantity * price - net) > _ROUNDED and abs(found.amount.value * price - net) <= _ROUNDED:
            text = printed.text[found.start : found.end]
            return {**cells, "quantity": replace(cells["quantity"], text=text, value=found.amount.value)}
    return cells


def _price_and_quantity(
    printed: PrintedCell, numbers: Sequence[FoundAmount], cells: Mapping[str, Candidate], net: Decimal
) -> dict[str, Candidate]:
    """Part a price from the quantity behind it, which has a unit: "178.85 -36 pcs"."""
    price, quantity, cell = numbers[0], numbers[-1], cells["quantity"]
    unit = printed.text[quantity.end :].strip()
    is_product = abs(price.amount.value * quantity.amount.value - net) <= _ROUNDED
    if len(numbers) != _PAIR or not (unit or "unit" in cells) or not is_product:
        return {}
    return {
        "unit_price": replace(cell, text=printed.text[price.start : price.end], value=price.amount.value),
        "quantity": replace(
            cell, text=printed.text[quantity.start : quantity.end], value=quantity.amount.value
        ),
        "unit": replace(cell, text=unit, value=None) if unit else cells["unit"],
    }


def shape(code: str) -> str:
    """Return a code with 9 for each digit and A for each letter."""
    return _LETTER.sub("A", _DIGIT.sub("9", code))


def unglued(
    cells: Mapping[str, Candidate], conventions: Conventions, *, shapes: AbstractSet[str]
) -> dict[str, Candidate]:
    """Find a quantity that has no cell of its own: "6" behind the code "AB-014", "2 h" for a size.

    Only where net amount ÷ unit price says that it is the quantity. `shapes` are those of codes that
    stand beside a quantity: nothing is glued to them.
    """
    cells = dict(cells)
    numbers = _numbers(cells, "unit_price", "net_amount")
    if "quantity" in cells or numbers is None or not numbers[0]:
        return cells
    price, net = numbers
    quantity = net / price
    digits = str(int(quantity))
    found = [
        (name, cells[name]) for name in ("specification", "product_code", "description") if name in cells
    ]
    for name, cell in found:
        measured = QUANTITY_AND_UNIT.fullmatch(cell.text.strip())
        number = parse_amount(measured[1], decimal_mark=conventions.decimal_mark) if measured else None
        if measured is not None and number is not None and number.value == quantity:
            others = {each: kept for each, kept in cells.items() if each != name}
            unit = {"unit": replace(cell, text=measured[2].strip())} if "unit" not in cells else {}
            return {**others, **unit, "quantity": replace(cell, text=measured[1], value=quantity)}
    for name, cell in found:
        rest = cell.text.removesuffix(digits).rstrip()
        is_whole = name == "product_code" and shape(cell.text) in shapes
        if rest and not is_whole and quantity == int(quantity) and cell.text.endswith(digits):
            glued = replace(cell, text=digits, value=quantity, score=ODD_CELL_SCORE)
            return {**cells, name: replace(cell, text=rest), "quantity": glued}
    return cells


def in_order(cells: Mapping[str, Candidate]) -> Mapping[str, Candidate]:
    """Change quantity and price where only one can be the price, by its decimals: "2268.5663333333", "30".

    What is read as tax, and makes the net amount with the quantity, is a price under another heading.
    """
    cells = _priced(cells)
    numbers = _numbers(cells, "quantity", "unit_price", "net_amount")
    if numbers is None:
        return cells
    many, whole, net = numbers
    decimals = -int(many.as_tuple().exponent)
    if decimals <= _MOST_DECIMALS or whole % 1 or abs(many * whole - net) > _ROUNDED:
        return cells
    return {**cells, "quantity": cells["unit_price"], "unit_price": cells["quantity"]}


def _priced(cells: Mapping[str, Candidate]) -> Mapping[str, Candidate]:
    numbers = _numbers(cells, "quantity", "tax_amount", "net_amount")
    if "unit_price" in cells or numbers is None:
        return cells
    quantity, tax, net = numbers
    rate = cells["tax_rate"].value if "tax_rate" in cells else None
    is_tax = isinstance(rate, Decimal) and abs(net * rate / 100 - tax) <= _ROUNDED
    if not tax or is_tax or quantity == 1 or abs(quantity * tax - net) > _ROUNDED:
        return cells
    others = {name: cell for name, cell in cells.items() if name != "tax_amount"}
    return {**others, "unit_price": cells["tax_amount"]}


def _numbers(cells: Mapping[str, Candidate], *names: str) -> tuple[Decimal, ...] | None:
    """Return the numbers of columns, None where one has none."""
    values = [cells[name].value if name in cells else None for name in names]
    numbers = tuple(value for value in values if isinstance(value, Decimal))
    return numbers if len(numbers) == len(names) else None
