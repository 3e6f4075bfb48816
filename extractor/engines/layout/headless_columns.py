"""Name the columns of items that stand under no header, by what stands in them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.column_arithmetic import number_in
from extractor.engines.layout.printed_numbers import PrintedNumbers
from extractor.engines.layout.tables.column import Column
from extractor.engines.layout.tables.columns import assign
from extractor.engines.layout.tables.runs import Run, runs_of
from extractor.values.rates import parse_rate

_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9./-]{3,}")
_UNIT_LETTERS = 12

_Texts = Sequence[str | None]  # one a row


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
    wordiest = max(range(len(texts)), key=lambda index: sum(map(_letters, texts[index])))
    names[wordiest] = ("description",)
    values = [_numbers(column, numbers) for column in texts]
    sums = [sum((value for value in column if value is not None), Decimal(0)) for column in values]
    proven = [i for i, total in enumerate(sums) if total in totals and i != wordiest and total]
    if proven:
        names[min(proven, key=lambda index: abs(sums[index]))] = ("net_amount",)
    elif values[-1].count(None) == 0:
        names[-1] = ("net_amount",)
    for index, column in enumerate(texts):
        if not names[index]:
            names[index] = _name(column, is_front=index < wordiest)
    return names


def _name(texts: _Texts, *, is_front: bool) -> tuple[str, ...]:
    """Name a column by its own texts, where they tell: codes, rates, units."""
    found = [text for text in texts if text]
    if found and all("%" in text and parse_rate(text) is not None for text in found):
        return ("tax_rate",)
    if is_front and all(_CODE.fullmatch(text) for text in found):
        return ("product_code",)
    is_short = all(_LETTER.search(text) and len(text) <= _UNIT_LETTERS for text in found)
    if not is_front and is_short and not any(character.isdigit() for text in found for character in text):
        return ("unit",)
    if not is_front and any(_LETTER.search(text) for text in found):
        return ("specification",)
    return ()


def _letters(text: str | None) -> int:
    return len(_LETTER.findall(text or ""))


def _numbers(texts: _Texts, numbers: PrintedNumbers) -> list[Decimal | None]:
    return [number_in(text, numbers.conventions) if text else None for text in texts]
