"""Labels that go over two lines: "Bestelldatum / Order" above "date" is no date of issue."""

from collections.abc import Iterator
from dataclasses import replace

from extractor.engines.layout.cells import Cell, Sheet
from extractor.engines.layout.lexicon import Hit, Lexicon

_ALIGNED = 4.0  # points
_LINE_GAP = 0.6  # of the height: lines of one label stand closer
_MOST_WORDS = 5


def wrapped_labels(sheet: Sheet, lexicon: Lexicon) -> Iterator[tuple[Cell, Cell, Hit]]:
    """Yield each label that begins in a head and ends in the cell right below it.

    The hit is one of both texts joined by a space.
    """
    for head in sheet.cells:
        tail = _line_below(sheet, head) if _may_be_head(sheet, head) else None
        if tail is None or not _may_be_label(tail):
            continue
        for hit in lexicon.find(f"{head.text} {tail.text}"):
            if hit.start < len(head.text) < hit.end:
                yield head, tail, hit


def rejoined(
    head: Cell, whole: Hit, *, of_head: tuple[Hit, ...], of_tail: tuple[Hit, ...]
) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """Return the labels of both cells with `whole` in its place: its end, in the tail, has its meaning."""
    shift = len(head.text) + 1
    ending = replace(whole, start=0, end=whole.end - shift)
    return (
        tuple(hit for hit in of_head if hit.end <= whole.start),
        (ending, *(hit for hit in of_tail if hit.start >= ending.end)),
    )


def _line_below(sheet: Sheet, head: Cell) -> Cell | None:
    for below in sheet.below(head.box, head.row, within=_LINE_GAP * head.box.height):
        edges = (
            below.box.x0 - head.box.x0,
            below.box.x1 - head.box.x1,
            below.box.centre_x - head.box.centre_x,
        )
        return below if min(map(abs, edges)) <= _ALIGNED else None
    return None


def _may_be_head(sheet: Sheet, cell: Cell) -> bool:
    """Say whether a label may begin in a cell: none whose value stands beside it goes on below."""
    return _may_be_label(cell) and all(map(_may_be_label, sheet.right_of(cell)[:1]))


def _may_be_label(cell: Cell) -> bool:
    return len(cell.words) <= _MOST_WORDS and not any(map(str.isdigit, cell.text))
