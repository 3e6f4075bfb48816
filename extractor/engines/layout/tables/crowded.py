"""Headings over two columns: "Montant TVA" over two amounts, "Menge Einheit" over "3" and "Stück"."""

from collections.abc import Iterator, Sequence

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.lexicon import Lexicon
from extractor.engines.layout.tables.column import Column, names_of
from extractor.engines.layout.tables.runs import runs_of
from extractor.pages.geometry import Box, union
from extractor.pages.word import Word

_FEW_NUMBERS = 1  # cells with numbers: a total's row has one
_RAGGED = 8.0  # points: how far beside a heading its numbers may stand
_APART = 0.8  # of the print's height: numbers of two columns stand further from each other
_TEXT_COLUMNS = frozenset({"description", "specification"})
_ALIGNED = 1.5  # points


def part_crowded(
    columns: Sequence[Column], body: Sequence[Sequence[Cell]], lexicon: Lexicon
) -> Iterator[Column]:
    """Part a heading under which two runs of numbers stand: "Montant TVA" is then two columns."""
    items = [row for row in body if sum(map(_has_digit, row)) > _FEW_NUMBERS]
    for column in columns:
        under = [runs for row in items if (runs := _numbers_under(row, column.box))]
        crowded = [runs for runs in under if len(runs) > 1]
        if 2 * len(crowded) > len(under) and not _TEXT_COLUMNS & set(column.names):
            yield from _parted(column, crowded[0], lexicon)
        else:
            yield from _parted_by_words(column, items, lexicon)


def _has_digit(cell: Cell) -> bool:
    return any(character.isdigit() for character in cell.text)


def _numbers_under(row: Sequence[Cell], place: Box) -> list[Box]:
    """Return the words with digits whose middle lies under a heading."""
    words = (word for cell in row for word in cell.words)
    return [
        word.box
        for word in words
        if place.x0 - _RAGGED <= word.box.centre_x <= place.x1 + _RAGGED
        and any(character.isdigit() for character in word.text)
    ]


def _parted(column: Column, numbers: Sequence[Box], lexicon: Lexicon) -> list[Column]:
    """Return the two columns whose headings meet nearest to the gap between the numbers."""
    gap = (numbers[0].x1 + numbers[1].x0) / 2
    places = sorted(
        range(1, len(column.words)),
        key=lambda at: abs((column.words[at - 1].box.x1 + column.words[at].box.x0) / 2 - gap),
    )
    for place in places:
        halves = (column.words[:place], column.words[place:])
        hits = [lexicon.find(" ".join(word.text for word in half)) for half in halves]
        named = [names_of(found[0]) if found else () for found in hits]
        if all(named) and named[0] != named[1]:
            return _halves(halves, named)
    height = max(column.box.height, numbers[0].height)
    if places and numbers[1].x0 - numbers[0].x1 > _APART * height:  # no "1 200.00"
        halves = (column.words[: places[0]], column.words[places[0] :])
        hits = [lexicon.find(" ".join(word.text for word in half)) for half in halves]
        named = [names_of(found[0]) if found else () for found in hits]
        if any(named):
            return _halves(halves, named)
    return [column]


def _parted_by_words(column: Column, items: Sequence[Sequence[Cell]], lexicon: Lexicon) -> Sequence[Column]:
    """Return the two columns of a heading under whose parts texts begin, a gap apart, in most rows.

    "Menge Einheit" over "3" and "Stück"; "Product Particulars" over "M7937" and "Filter".
    """
    is_text = bool(_TEXT_COLUMNS & set(column.names))
    for place in range(1, len(column.words)):
        left, right = column.words[0].box.x0, column.words[place].box.x0
        if right < column.words[place - 1].box.x1:
            continue  # on the next line
        under = sum(
            _begins_run(row, right, is_text=is_text) and (not is_text or _begins_run(row, left, is_text=True))
            for row in items
        )
        if 2 * under <= len(items):
            continue
        halves = (column.words[:place], column.words[place:])
        hits = [lexicon.find(" ".join(word.text for word in half)) for half in halves]
        named = [names_of(found[0]) if found else () for found in hits]
        is_first = all(named) if is_text else named[0] == column.names and named[1] != named[0]
        is_second = (
            not is_text and bool(named[1]) and named[1] != column.names
        )  # "N° Produit": number, product
        if is_first or is_second:
            return _halves(halves, named)
    return [column]


def _begins_run(row: Sequence[Cell], place: float, *, is_text: bool) -> bool:
    """Say whether a text begins there behind a gap; under numbers, one without a digit: a unit."""
    return any(
        abs(run.box.x0 - place) <= _ALIGNED and (is_text or not any(map(str.isdigit, run.text)))
        for run in runs_of(row)
    )


def _halves(halves: Sequence[tuple[Word, ...]], named: Sequence[tuple[str, ...]]) -> list[Column]:
    return [
        Column(names=names, words=half, box=union(word.box for word in half))
        for names, half in zip(named, halves, strict=True)
    ]
