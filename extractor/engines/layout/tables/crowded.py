"""Headings over two columns: "Montant TVA" over two amounts, "Menge Einheit" over "3" and "Stück"."""

from collections.abc import Iterator, Sequence

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.lexicon import Lexicon
from extractor.engines.layout.tables.column import Column, names_of
from extractor.engines.layout.tables.runs import Run, runs_of
from extractor.pages.geometry import Box, union

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
    runs_of_items = [runs_of(row) for row in items]
    for column in columns:
        under = [runs for row in items if (runs := _numbers_under(row, column.box))]
        crowded = [runs for runs in under if len(runs) > 1]
        if 2 * len(crowded) > len(under) and not _TEXT_COLUMNS & set(column.names):
            yield from _parted(column, crowded[0], lexicon)
        else:
            yield from _parted_by_words(column, runs_of_items, lexicon)


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
        halves = _halves(column, place, lexicon)
        if all(half.names for half in halves) and halves[0].names != halves[1].names:
            return halves
    height = max(column.box.height, numbers[0].height)
    if places and numbers[1].x0 - numbers[0].x1 > _APART * height:  # no "1 200.00"
        halves = _halves(column, places[0], lexicon)
        if any(half.names for half in halves):
            return halves
    return [column]


def _parted_by_words(column: Column, items: Sequence[Sequence[Run]], lexicon: Lexicon) -> list[Column]:
    """Return the two columns of a heading under whose parts texts begin, a gap apart, in most rows.

    "Menge Einheit" over "3" and "Stück"; "Product Particulars" over "M7937" and "Filter".
    """
    is_text = bool(_TEXT_COLUMNS & set(column.names))
    for place in range(1, len(column.words)):
        left, right = column.words[0].box.x0, column.words[place].box.x0
        if right < column.words[place - 1].box.x1:
            continue  # on the next line
        under = sum(
            _begins(runs, right, is_text=is_text) and (not is_text or _begins(runs, left, is_text=True))
            for runs in items
        )
        if 2 * under <= len(items):
            continue
        first, second = halves = _halves(column, place, lexicon)
        if is_text:
            is_parted = bool(first.names and second.names)
        elif first.names == column.names:
            is_parted = second.names != first.names
        else:  # "N° Produit": number, product
            is_parted = bool(second.names) and second.names != column.names
        if is_parted:
            return halves
    return [column]


def _begins(runs: Sequence[Run], place: float, *, is_text: bool) -> bool:
    """Say whether a text begins there behind a gap; under numbers, one without a digit: a unit."""
    return any(
        abs(run.box.x0 - place) <= _ALIGNED and (is_text or not any(map(str.isdigit, run.text)))
        for run in runs
    )


def _halves(column: Column, place: int, lexicon: Lexicon) -> list[Column]:
    """Return what a heading is before and from a word on, each with what it then names."""
    halves = []
    for words in (column.words[:place], column.words[place:]):
        hits = lexicon.find(" ".join(word.text for word in words))
        names = names_of(hits[0]) if hits else ()
        halves.append(Column(names=names, words=words, box=union(word.box for word in words)))
    return halves
