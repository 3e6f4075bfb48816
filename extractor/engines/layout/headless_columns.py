"""Name the columns of items that stand under no header, by what stands in them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.column_arithmetic import number_in, tolerance_of
from extractor.engines.layout.column_names import looks_like_rates
from extractor.engines.layout.printed_numbers import PrintedNumbers
from extractor.engines.layout.shared_cells import shape
from extractor.engines.layout.tables.column import Column
from extractor.engines.layout.tables.columns import assign
from extractor.engines.layout.tables.runs import Run, runs_of
from extractor.values.currencies import find_currency
from extractor.values.rates import parse_rate

_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9./-]{3,}")
_UNIT_LETTERS, _CHINESE_UNIT = 12, 3
_CJK_FROM = "\u2e80"

_Texts = Sequence[str | None]  # one a row
_Values = Sequence[Decimal | None]


def columns_of(
    rows: Sequence[tuple[Cell, ...]], numbers: PrintedNumbers, totals: frozenset[Decimal]
) -> list[Column]:
    """Return the columns, left to right: the fullest row shows where they lie.

    `totals` are the document's labelled totals: the column that adds up to one is the net
    amount, the least of them where several do. Quantity and price are left to arithmetic.
    """
    fullest = max((runs_of(row) for row in rows), key=len)
    plain = [Column(names=_kind(run, numbers), words=run.words, box=run.box) for run in fullest]
    texts = _texts(rows, plain)
    return [
        replace(column, names=name)
        for column, name in zip(plain, _names(texts, numbers, totals), strict=True)
    ]


def _kind(run: Run, numbers: PrintedNumbers) -> tuple[str, ...]:
    return ("net_amount",) if number_in(run.text, numbers.conventions) is not None else ("description",)


def _texts(rows: Sequence[tuple[Cell, ...]], columns: Sequence[Column]) -> list[_Texts]:
    assigned = assign(rows, columns)
    return [
        [" ".join(run.text for run in cells[index]) or None for cells in assigned]
        for index in range(len(columns))
    ]


def _names(
    texts: Sequence[_Texts], numbers: PrintedNumbers, totals: frozenset[Decimal]
) -> list[tuple[str, ...]]:
    names: list[tuple[str, ...]] = [() for _ in texts]
    wordiest = max(
        range(len(texts)), key=lambda index: (not _is_money(texts[index]), sum(map(_letters, texts[index])))
    )
    names[wordiest] = ("description",)
    values = [_numbers(column, numbers) for column in texts]
    sums = [sum((value for value in column if value is not None), Decimal(0)) for column in values]
    proven = [i for i, total in enumerate(sums) if total in totals and i != wordiest and total]
    is_sole = len(values[0]) == 1
    if proven:  # the price of a sole item may be a total as well
        names[max(proven) if is_sole else min(proven, key=lambda index: abs(sums[index]))] = ("net_amount",)
    elif values[-1].count(None) == 0:
        names[-1] = ("net_amount",)
    nets = values[names.index(("net_amount",))] if ("net_amount",) in names else []
    free = [index for index, name in enumerate(names) if not name]
    factors = _factors(values, free, [index for index in free if _is_rate(texts[index])], nets)
    for index in free:
        if index not in factors and not _is_money(texts[index]):
            names[index] = _name(texts[index], is_front=index < wordiest)
    if is_sole:
        names = _of_one_piece(names, values, factors)
    if ("product_code",) not in names and (code := _column_of_codes(texts)) is not None:
        names[code] = ("product_code",)
    return _with_one_rate(names, texts)


def _factors(
    values: Sequence[_Values], free: Sequence[int], rates: Sequence[int], nets: _Values
) -> frozenset[int]:
    """Return the columns that make most of the net amounts: two factors, and a discount if there is one.

    Of several the ones that make the most rows, without a discount where that adds none, and
    the last ones: a position in front is none.
    """
    best: tuple[int, frozenset[int]] = (0, frozenset())
    for other, one in combinations([index for index in reversed(free) if index not in rates], 2):
        for share in (None, *rates):
            left = values[share] if share is not None else [None] * len(nets)
            rows = zip(values[one], values[other], left, nets, strict=True) if nets else ()
            made = [row for row in rows if _makes(*row)]
            is_telling = len(nets) == 1 or any(Decimal(1) not in row[:2] for row in made)
            if is_telling and 2 * len(made) >= len(nets) and len(made) > best[0]:
                best = len(made), frozenset((one, other) if share is None else (one, other, share))
    return best[1]


def _of_one_piece(
    names: Sequence[tuple[str, ...]], values: Sequence[_Values], factors: frozenset[int]
) -> list[tuple[str, ...]]:
    """Name the factors of a sole item of one piece: its price is its amount."""
    ones = [index for index in factors if values[index] == [Decimal(1)]]
    others = [index for index in factors if index not in ones]
    if len(ones) != 1 or len(others) != 1:
        return list(names)
    of_one = {ones[0]: ("quantity",), others[0]: ("unit_price",)}
    return [of_one.get(index, name) for index, name in enumerate(names)]


def _makes(one: Decimal | None, other: Decimal | None, share: Decimal | None, net: Decimal | None) -> bool:
    """Say whether two numbers, less a share in percent, make a third, rounded as it is printed."""
    if one is None or other is None or net is None:
        return False
    made = one * other * (1 - abs(share or Decimal(0)) / 100)
    return abs(made - net) <= tolerance_of(net)


def _with_one_rate(names: Sequence[tuple[str, ...]], texts: Sequence[_Texts]) -> list[tuple[str, ...]]:
    """Leave the tax the column of rates that differ least: the others are discounts."""
    rates = [index for index, name in enumerate(names) if name == ("tax_rate",)]
    if not rates:
        return list(names)
    tax = min(rates, key=lambda index: (texts[index].count(None), len(set(texts[index])), -index))
    return [() if index in rates and index != tax else name for index, name in enumerate(names)]


def _is_money(texts: _Texts) -> bool:
    """Say whether all texts have a currency: prices, which arithmetic names."""
    found = [text for text in texts if text]
    return bool(found) and all(find_currency(text) and any(map(str.isdigit, text)) for text in found)


def _column_of_codes(texts: Sequence[_Texts]) -> int | None:
    """Return the column that holds a code of one form in every row."""
    for index, column in enumerate(texts):
        codes = [text for text in column if text and _CODE.fullmatch(text) and _LETTER.search(text)]
        if len(codes) == len(column) > 1 and len(set(map(shape, codes))) == 1:
            return index
    return None


def _name(texts: _Texts, *, is_front: bool) -> tuple[str, ...]:
    """Name a column by its own texts, where they tell: codes, rates, units."""
    found = [text for text in texts if text]
    if _is_rate(texts) or (len(found) == len(texts) > 1 == len(set(found)) and looks_like_rates(found)):
        return ("tax_rate",)
    if is_front and all(_CODE.fullmatch(text) for text in found):
        return ("product_code",)
    if found and all(map(_may_be_unit, found)):
        return ("unit",)
    if not is_front and any(_LETTER.search(text) for text in found):
        return ("specification",)
    return ()


def _may_be_unit(text: str) -> bool:
    """Say whether a text is short and has letters, but no digit: "m²" has none."""
    longest = _CHINESE_UNIT if text > _CJK_FROM else _UNIT_LETTERS
    return len(text) <= longest and _LETTER.search(text) is not None and not any(map(str.isdecimal, text))


def _is_rate(texts: _Texts) -> bool:
    found = [text for text in texts if text]
    return bool(found) and all("%" in text and parse_rate(text) is not None for text in found)


def _letters(text: str | None) -> int:
    return len(_LETTER.findall(text or ""))


def _numbers(texts: _Texts, numbers: PrintedNumbers) -> list[Decimal | None]:
    return [number_in(text, numbers.conventions) if text else None for text in texts]
