"""The lines that a party's heading heads: behind it, beside it or under it."""

from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet, has_colon
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.party_blocks import (
    BESIDE,
    BLOCK_ALIGNED,
    BLOCK_GAP,
    Span,
    block_below,
    is_beside_heading,
    is_heading_cell,
    is_under_heading,
    names_party,
)
from extractor.engines.layout.zones import zones

_HEADING_GAP = 2.2  # of the heading's height, from the heading to its block


def lines_of(page: LabelledSheet, cell: Cell, hit: Hit) -> tuple[Span, ...]:
    """Return the lines of a heading's block, the heading itself left out."""
    for zone in zones(page, cell, hit):
        first = Span(cell=zone.cell, start=zone.start, end=zone.end)
        if zone.cell is cell:
            left = cell.box_of(zone.start, zone.end).x0
            rest = _aligned_below(page, cell, (cell.box.x0, left))
        elif zone.cell.row == cell.row:
            under = _under(page, cell)
            if under is not None and _heads_what_is_under(page, cell, hit, zone.cell, under):
                return spans(block_below(page, under))
            rest = tuple(takewhile(partial(_is_unlabelled, page, cell), block_below(page, zone.cell)[1:]))
        else:
            return spans(block_below(page, zone.cell))
        return (first, *spans(rest))
    under = _under(page, cell)
    return spans(block_below(page, under)) if under is not None else ()


def _is_unlabelled(page: LabelledSheet, heading: Cell, line: Cell) -> bool:
    """Say whether a line beside a heading is the heading's: no label stands before it in the same column."""
    row = page.sheet.rows[line.row][: line.column]
    return not any(_is_in_column(cell, heading) and page.starts_with_label(cell) for cell in row)


def _is_in_column(cell: Cell, heading: Cell) -> bool:
    edges = (cell.box.x0 - heading.box.x0, cell.box.x1 - heading.box.x1)
    return cell.row != heading.row and min(map(abs, edges)) <= BLOCK_ALIGNED


def _heads_what_is_under(page: LabelledSheet, cell: Cell, hit: Hit, beside: Cell, under: Cell) -> bool:
    """Say whether a heading's block stands under it, and not beside it, where both may be.

    What stands far to the right, or under a heading of its own, is another's.
    """
    if page.starts_with_label(under) and not names_party(page, under):
        return False
    is_far = beside.box.x0 - cell.box.x1 > BESIDE * cell.box.height
    return is_far or not has_colon(cell, hit) or is_under_heading(page, beside)


def _aligned_below(page: LabelledSheet, cell: Cell, edges: tuple[float, float]) -> tuple[Cell, ...]:
    for below in page.sheet.below(cell.box, cell.row, within=BLOCK_GAP * cell.box.height):
        if min(abs(below.box.x0 - edge) for edge in edges) > BLOCK_ALIGNED or is_heading_cell(page, below):
            continue
        return () if is_beside_heading(page, below) else block_below(page, below)
    return ()


def _under(page: LabelledSheet, cell: Cell) -> Cell | None:
    """Return the first line of the block under a heading, if one stands there."""
    for below in page.sheet.below(cell.box, cell.row, within=_HEADING_GAP * cell.box.height):
        aligned = (
            abs(below.box.x0 - cell.box.x0) <= BLOCK_ALIGNED
            or below.box.overlap_x(cell.box) > cell.box.width / 2
        )
        if aligned:
            return None if is_heading_cell(page, below) else below
    return None


def spans(cells: Sequence[Cell]) -> tuple[Span, ...]:
    """Return cells as spans, each as a whole."""
    return tuple(Span(cell=cell, start=0, end=len(cell.text)) for cell in cells)
