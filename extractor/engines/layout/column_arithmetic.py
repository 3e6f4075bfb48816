"""Name columns whose heading says nothing, by what the numbers of each row make of each other.

Quantity × price, less a discount in percent, is the net amount (the rule behind BT-131);
net amount and tax make the amount with tax, which is not asked for.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from extractor.engines.layout.tables.printed import PrintedTable
from extractor.values.amounts import parse_amount
from extractor.values.conventions import Conventions
from extractor.values.currencies import find_currency
from extractor.values.rates import parse_rate

_DIGITS = r"[\d.,'’ \u00a0]*\d"
QUANTITY_AND_UNIT = re.compile(rf"([-+]?{_DIGITS}(?:-(?=\s))?|\({_DIGITS}\))\s*([^\d\s].*)")
FLAG = re.compile(r"(?<=\d)\s?[A-Z*]$")  # a tax code behind an amount: 495.00T
_THREE_DECIMALS = re.compile(r"[-+]?\d+[.,]\d{3}(?!\d)")
_WHOLE = re.compile(r"[-+]?\d+[.,]000(?!\d)")
_TOLERANCE = Decimal("0.02")
_HUNDRED = Decimal(100)
_MOSTLY = 0.6  # of the rows

Numbers: TypeAlias = Sequence[Decimal | None]  # of a column, one a row


def name_by_arithmetic(
    table: PrintedTable, names: Mapping[int, str], numbers: Mapping[int, Numbers]
) -> dict[int, str]:
    """Return the names, with those added or moved that the rows' arithmetic proves."""
    named = _net_of_price(_net_of_tax(dict(names), numbers, table), numbers)
    return {**named, **_factors(named, numbers, table)}


def numbers_of(table: PrintedTable, conventions: Conventions) -> dict[int, Numbers]:
    """Return the numbers of each column, by its index."""
    return {
        index: [
            number_in(row.cells[index].text, conventions) if index in row.cells else None
            for row in table.rows
        ]
        for index in range(len(table.columns))
    }


def number_in(text: str, conventions: Conventions) -> Decimal | None:
    """Return the number a cell holds, with or without a unit or a tax code behind it."""
    amount = parse_amount(FLAG.sub("", text), decimal_mark=conventions.decimal_mark)
    if amount is not None:
        return amount.value
    match = QUANTITY_AND_UNIT.fullmatch(text.strip())
    number = parse_amount(match[1], decimal_mark=conventions.decimal_mark) if match else None
    return number.value if number else None


def tolerance_of(amount: Decimal) -> Decimal:
    """Return how far a product may be from the amount that it makes: cents, or what rounding takes."""
    half = Decimal((0, (5,), int(amount.as_tuple().exponent) - 1))
    return max(_TOLERANCE, half)


def _net_of_tax(names: dict[int, str], numbers: Mapping[int, Numbers], table: PrintedTable) -> dict[int, str]:
    """Where a nameless column and the row's tax make the net amount, that column is the net amount."""
    at = {name: index for index, name in names.items()}
    if "net_amount" not in at or "tax_rate" not in at:
        return names
    cells = [row.cells.get(at["tax_rate"]) for row in table.rows]
    rates = [parse_rate(cell.text) if cell is not None else None for cell in cells]
    for index in sorted(numbers.keys() - names.keys()):
        rows = _complete(numbers[index], rates, numbers[at["net_amount"]])
        if _is_proven(rows, lambda net, rate, gross: net * (1 + rate / _HUNDRED) - gross, len(table.rows)):
            return {
                **{i: name for i, name in names.items() if name != "net_amount"},
                index: "net_amount",
            }
    return names


def _net_of_price(names: dict[int, str], numbers: Mapping[int, Numbers]) -> dict[int, str]:
    """Where quantity and net amount make a nameless column, that is the net amount of a net price."""
    at = {name: index for index, name in names.items()}
    if "unit_price" in at or not {"quantity", "net_amount"} <= at.keys():
        return names
    price = at["net_amount"]
    for index in sorted(numbers.keys() - names.keys()):
        rows = _complete(numbers[at["quantity"]], numbers[price], numbers[index])
        if _is_proven(rows, lambda one, other, net: one * other - net, len(numbers[price])):
            return {**names, price: "unit_price", index: "net_amount"}
    return names


def _with_currency(table: PrintedTable) -> Iterator[int]:
    """Yield the columns of money: nobody prints a currency behind a quantity."""
    for index in range(len(table.columns)):
        cells = [row.cells[index] for row in table.rows if index in row.cells]
        if cells and all(find_currency(cell.text) for cell in cells):
            yield index


def _with_units(table: PrintedTable) -> Iterator[int]:
    """Yield the columns whose numbers all have a unit behind them, and no currency: quantities."""
    for index in range(len(table.columns)):
        cells = [row.cells[index].text.strip() for row in table.rows if index in row.cells]
        measured = [QUANTITY_AND_UNIT.fullmatch(text) for text in cells if find_currency(text) is None]
        if cells and len(measured) == len(cells) and all(each and each[2][0].isalpha() for each in measured):
            yield index


def _with_three_decimals(table: PrintedTable) -> Iterator[int]:
    """Yield the columns whose numbers all have three digits behind a mark, one of them or more "000"."""
    for index in range(len(table.columns)):
        cells = [row.cells[index].text for row in table.rows if index in row.cells]
        if cells and all(_THREE_DECIMALS.match(text) for text in cells) and any(map(_WHOLE.match, cells)):
            yield index


def _factors(names: Mapping[int, str], numbers: Mapping[int, Numbers], table: PrintedTable) -> dict[int, str]:
    """Return the nameless columns that are quantity and price, since they make the net amount."""
    at = {name: index for index, name in names.items()}
    if "net_amount" not in at or {"quantity", "unit_price"} <= at.keys():
        return {}
    nets = numbers[at["net_amount"]]
    free = sorted(index for index in numbers.keys() - names.keys() if any(numbers[index]))
    quantities = [at["quantity"]] if "quantity" in at else free
    prices = [at["unit_price"]] if "unit_price" in at else free
    for quantity in quantities:
        for price in prices:
            if quantity == price or (quantity in free and price in free and quantity > price):
                continue
            for left in _shares_left(free, numbers, but={quantity, price}):
                paid = [
                    value * share if value is not None and share is not None else value
                    for value, share in zip(numbers[price], left, strict=True)
                ]
                rows = _complete(numbers[quantity], paid, nets)
                if _is_proven(rows, lambda one, other, net: one * other - net, len(nets)):
                    is_turned = {quantity, price} <= {*free} and _is_turned(
                        quantity, price, table, numbers, nets
                    )
                    pair = (price, quantity) if is_turned else (quantity, price)
                    return dict(zip(pair, ("quantity", "unit_price"), strict=True))
    return {}


def _is_turned(
    first: int, second: int, table: PrintedTable, numbers: Mapping[int, Numbers], nets: Numbers
) -> bool:
    """Say whether the first of two factors is the price, and the second the quantity.

    The price has a currency, the quantity its unit, or three decimals. Else the price has fewer
    whole numbers, or more of them where amounts have no cents.
    """
    pair = {first, second}
    for marked, is_price in (
        (_with_currency(table), True),
        (_with_units(table), False),
        (_with_three_decimals(table), False),
    ):
        found = pair.intersection(marked)
        if len(found) == 1:
            return (first in found) is is_price
    has_cents = any(net is not None and net.as_tuple().exponent for net in nets)
    wholes = [
        sum(number is not None and not number % 1 for number in numbers[each]) for each in (first, second)
    ]
    return wholes[1] > wholes[0] if has_cents else wholes[0] > wholes[1]


def _shares_left(
    free: Sequence[int], numbers: Mapping[int, Numbers], *, but: set[int]
) -> Iterator[list[Decimal | None]]:
    """Yield what discounts may leave of a price: nothing taken off, then each column as percent."""
    yield [None] * len(next(iter(numbers.values())))
    for index in free:
        found = [value for value in numbers[index] if value is not None]
        if index not in but and all(0 <= abs(value) <= _HUNDRED for value in found):
            yield [1 - abs(value) / _HUNDRED if value is not None else None for value in numbers[index]]


def _complete(*columns: Numbers) -> list[tuple[Decimal, Decimal, Decimal]]:
    """Return the rows that have a number in each of three columns."""
    rows = zip(*columns, strict=True)
    return [(a, b, c) for a, b, c in rows if a is not None and b is not None and c is not None]


def _is_proven(
    rows: Sequence[tuple[Decimal, Decimal, Decimal]],
    gap: Callable[[Decimal, Decimal, Decimal], Decimal],
    count: int,
) -> bool:
    """Say whether most rows agree, and one of them not just because a factor is one or nothing."""
    agreeing = [row for row in rows if abs(gap(*row)) <= tolerance_of(row[2])]
    is_telling = any(row[0] != row[2] and row[1] != row[2] and row[2] for row in agreeing)
    return is_telling and len(agreeing) >= max(_MOSTLY * count, _MOSTLY * len(rows))
