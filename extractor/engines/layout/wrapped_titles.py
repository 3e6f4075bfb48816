"""Titles in large print of two or three lines: "Progress" above "invoice No. 2" is no plain invoice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from extractor.engines.layout.cells import Cell, Sheet

_LARGE = 1.2  # times the usual print
_SAME_HEIGHT = 0.1  # of the height
_LINE_GAP = 0.6  # of the height: lines of one title stand closer
_ALIGNED = 3.0  # points, of the left or right edge or the middle


def with_whole_titles(sheet: Sheet) -> Iterator[Cell]:
    """Yield the cells of a page; lines of large print that stand under each other are one.

    A joined cell keeps the box of its first line, by which it is judged, and has the words of
    all. It is two lines, or three if the last has a number: a column of large print is no title.
    """
    usual = median([cell.box.height for cell in sheet.cells] or [1.0])
    taken: set[tuple[int, int]] = set()
    for cell in sheet.cells:
        if (cell.row, cell.column) in taken:
            continue
        below = _line_below(sheet, cell) if cell.box.height > _LARGE * usual else None
        third = _line_below(sheet, below) if below is not None else None
        if below is None or (third is not None and not any(map(str.isdigit, third.text))):
            yield cell
            continue
        lines = (cell, below) if third is None else (cell, below, third)
        taken |= {(line.row, line.column) for line in lines}
        yield _joined(lines)


def _joined(lines: Sequence[Cell]) -> Cell:
    starts: list[int] = []
    length = 0
    for line in lines:
        starts += [start + length for start in line.starts]
        length += len(line.text) + 1
    return replace(
        lines[0],
        text=" ".join(line.text for line in lines),
        words=tuple(word for line in lines for word in line.words),
        starts=tuple(starts),
    )


def _line_below(sheet: Sheet, cell: Cell) -> Cell | None:
    """Return the cell that goes on with large print: of the same height, close and aligned."""
    box = cell.box
    for below in sheet.below(box, cell.row, within=_LINE_GAP * box.height):
        is_alike = abs(below.box.height - box.height) <= _SAME_HEIGHT * box.height
        if is_alike and below.box.misalignment(box) <= _ALIGNED:
            return below
    return None
