"""Tell which printed column is which: by heading, by what stands in it, by arithmetic."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from extractor.engines.layout.column_arithmetic import Numbers, name_by_arithmetic, numbers_of
from extractor.engines.layout.tables.printed import PrintedTable
from extractor.field_specs.spec import ColumnSpec, FieldType
from extractor.values.conventions import Conventions
from extractor.values.rates import parse_rate

NUMERIC = frozenset({FieldType.AMOUNT, FieldType.QUANTITY, FieldType.NUMBER, FieldType.RATE})
STEPS = (1, 10)  # rows are counted 1, 2, 3 or 10, 20, 30
_COUNTED = re.compile(r"[^\W\d_]+[ ._-]*(?=0*\d{1,3}$)")  # the word before a row's number
_CENTS = re.compile(r"[.,]\d{2}\b")
_USUAL_RATES = frozenset(
    {*map(Decimal, range(28)), *map(Decimal, ("2.1", "2.5", "5.5", "7.7", "8.1"))} - {Decimal(1), Decimal(11)}
)
_TAX_CODE = re.compile(
    r"[A-Z]{1,3}\.? ?\d{0,2}(?:[./]\d)?"
)  # of a row without tax, among rates: E15, N4, Es.
_AMOUNTS = frozenset({"net_amount", "tax_amount"})
_TOLERANCE = Decimal("0.02")


def resolve_columns(
    table: PrintedTable, columns: Mapping[str, ColumnSpec], conventions: Conventions
) -> dict[int, str]:
    """Choose one name a column and one column a name, by what stands in the column."""
    texts = {
        index: [row.cells[index].text for row in table.rows if index in row.cells]
        for index in range(len(table.columns))
    }
    numbers = numbers_of(table, conventions)
    numbered = {index for index, found in texts.items() if is_running_number(found)}
    claims = [
        (_fit(columns[name], texts[index], numbers[index]) - 0.01 * order, -index, index, name)
        for index, column in enumerate(table.columns)
        for order, name in enumerate(column.names)
        if name in columns and not (index in numbered and columns[name].type not in NUMERIC)
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
    names = _by_arithmetic(table, _codes_in_front(names), numbers)
    return name_by_arithmetic(table, names, numbers)


def _codes_in_front(names: Mapping[int, str]) -> dict[int, str]:
    """Take a model left of the description as the item's code, where no other column has one."""
    at = {name: index for index, name in names.items()}
    is_code = "product_code" not in at and at.get("specification", 0) < at.get("description", 0)
    return {i: "product_code" if is_code and name == "specification" else name for i, name in names.items()}


def is_running_number(texts: Sequence[str]) -> bool:
    """Say whether a column counts the rows: 1, 2, 3 or 01, 02, 03; several also LINE-001, LINE-002."""
    if len(texts) > 1:
        words = {match[0] for text in texts if (match := _COUNTED.match(text))}
        texts = [text.removeprefix(words.copy().pop()) for text in texts] if len(words) == 1 else texts
    found = [text.strip(" .").lstrip("0") for text in texts]
    return bool(texts) and any(found == [str(n * step) for n in range(1, len(texts) + 1)] for step in STEPS)


def looks_like_rates(texts: Sequence[str]) -> bool:
    """Say whether bare numbers are rates: low, few different ones, no cents."""
    rates = [parse_rate(text) for text in texts]
    known = [rate for rate in rates if rate is not None]
    if any(_CENTS.search(text) for text in texts):  # 20,00 and 5,50 may be either, 0.00 alone is an amount
        return any(known) and len(known) == len(texts) > len(set(known)) and set(known) <= _USUAL_RATES
    coded = [
        text
        for text, rate in zip(texts, rates, strict=True)
        if rate is None and _TAX_CODE.fullmatch(text.strip())
    ]
    is_known = len(known) + len(coded) == len(texts) and len(known) > len(coded)
    return is_known and set(known) <= _USUAL_RATES


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _fit(column: ColumnSpec, texts: Sequence[str], numbers: Numbers) -> float:
    """Say what share of a column's cells, with `texts` in them, are of the type that the name wants."""
    if not texts:
        return 0.05
    if column.type is FieldType.RATE:
        fits = [parse_rate(text) is not None or text.strip("* ") in {"", "免税", "不征税"} for text in texts]
        has_sign = any("%" in text or "％" in text for text in texts) or looks_like_rates(texts)
        return sum(fits) / len(fits) * (1.0 if has_sign else 0.45)
    if column.type in {FieldType.AMOUNT, FieldType.QUANTITY, FieldType.NUMBER}:
        fit = sum(number is not None for number in numbers)
        has_sign = any("%" in text for text in texts)
        return fit / len(texts) * (0.3 if has_sign else 0.9)
    if column.type is FieldType.IDENTIFIER:
        fits = [len(text.split()) <= 3 and (_has_digit(text) or text.isupper()) for text in texts]  # noqa: PLR2004
        return 0.85 * sum(fits) / len(fits)
    wordy = [len(re.findall(r"[^\W\d_]", text)) / max(1, len(text)) for text in texts]
    return 0.3 + sum(wordy) / len(wordy) / 2


def _by_arithmetic(
    table: PrintedTable, names: dict[int, str], numbers: Mapping[int, Numbers]
) -> dict[int, str]:
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
        (
            _agreeing(numbers[quantity], numbers[price], numbers[net]),
            names.get(net) == "net_amount",
            quantity,
            net,
        )
        for quantity in quantities
        for net in rivals
        if net != quantity
    ]
    agreeing, _, quantity, net = max(fits, default=(0, False, 0, 0))
    if not agreeing or at.get("net_amount") == net:
        return names
    others = {index: name for index, name in names.items() if name not in {"net_amount", "quantity"}}
    if names.get(net) == "tax_amount" and "net_amount" in at:
        other = at["net_amount"]  # the two headings were read the wrong way round
        texts = [row.cells[other].text for row in table.rows if other in row.cells]
        is_rate = "tax_rate" not in at and looks_like_rates(texts)
        others[other] = "tax_rate" if is_rate else "tax_amount"
    return {**others, quantity: "quantity", net: "net_amount"}


def _agreeing(quantities: Numbers, prices: Numbers, nets: Numbers) -> int:
    """Count the rows in which quantity times price makes the net amount."""
    return sum(
        abs(quantity * price - net) <= _TOLERANCE
        for quantity, price, net in zip(quantities, prices, nets, strict=True)
        if quantity is not None and price is not None and net is not None
    )
