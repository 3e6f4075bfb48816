"""Say where codes may stand on a page with a text layer, from what is drawn on it.

Codes come as images, as hundreds of small drawings, as one path of many edges, or as
rows of block characters. Ordinary pages have none of these, and need not be looked at.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import Final, TypeAlias

from extractor.documents.text_layer import Rectangle, TextLayer, is_speck
from extractor.pages.geometry import Box, union

_Cell: TypeAlias = tuple[int, int]

_LEAST_SIDE: Final = 14.0  # points, 5 mm: the smallest code that is printed
_HINT: Final = 6  # specks that are looked at together
_LARGEST: Final = 200.0  # points: no code is larger than 7 cm
_ROWS: Final = 1.5  # times a speck's side: so far specks of two rows reach
_CELL: Final = 16.0  # points: specks are counted in squares of this side
_IN_A_CELL: Final = 3  # specks: fewer are no part of a code
_SPREAD: Final = 4.0  # points, both ways, that a cell's specks stand apart; those of a dotted rule do not
_OF_A_CODE: Final = 30  # specks: the smallest DataMatrix has about as many
_BLOCK_ROWS: Final = 5  # words of block characters
_BLOCKS: Final = frozenset("▀▄█▌▐░▒▓■□")
_BESIDE: Final = 1.0  # points: regions closer than this are one
_QUIET: Final = 0.12  # of a region's side around it: four modules of the smallest code
_MOST: Final = 12  # regions: on a page with more, one look at all of it costs less


def code_regions(layer: TextLayer, drawn_boxes: Callable[[], Sequence[Rectangle]]) -> tuple[Box, ...]:
    """Return the parts of the page to be looked at, each with some room around; mostly there are none.

    `drawn_boxes` lists all vector drawings; it is called only where small ones are
    known to be there.
    """
    found = [Box(*fill.box) for fill in layer.fills if fill.colour is None]
    found += [Box(*box) for box in layer.figures]
    if _hints_at_a_code(layer.specks):
        specks = [*layer.specks, *filter(is_speck, drawn_boxes())]
        found += _clusters([Box(*box) for box in dict.fromkeys(specks)])
    found += _block_characters(layer)
    page = Box(0.0, 0.0, layer.width, layer.height)
    large = [box for box in _joined(found) if _is_large(box)]
    regions = [box for box in (_within(_with_room(box), page) for box in large) if _is_large(box)]
    return tuple(regions) if len(regions) <= _MOST else (page,)


def _hints_at_a_code(specks: Sequence[Rectangle]) -> bool:
    """Say whether specks drawn one after the other stand in two rows: a dotted rule is but one.

    Of drawings of two points and less that touch, MuPDF tells no more than the first two rows.
    """
    boxes = [Box(*box) for box in specks]
    return any(
        _has_rows(boxes[start : start + _HINT]) for start in range(0, len(boxes) - _HINT + 1, _HINT // 3)
    )


def _has_rows(specks: Sequence[Box]) -> bool:
    sides = sorted(min(box.width, box.height) for box in specks)
    usual = sides[len(sides) // 2]  # the last dot of a rule may be cut off
    whole = union(specks)
    return min(whole.width, whole.height) >= _ROWS * usual and max(whole.width, whole.height) <= _LARGEST


def _in_cells(specks: Iterable[Box]) -> dict[_Cell, list[Box]]:
    cells: dict[_Cell, list[Box]] = {}
    for box in specks:
        cells.setdefault((int(box.centre_x // _CELL), int(box.centre_y // _CELL)), []).append(box)
    return cells


def _clusters(specks: Sequence[Box]) -> list[Box]:
    """Return the boxes of specks that stand close together in both directions."""
    dense = {cell: found for cell, found in _in_cells(specks).items() if _is_dense(found)}
    groups = []
    while dense:
        cell, found = dense.popitem()
        group, waiting = list(found), [cell]
        while waiting:
            for beside in _around(waiting.pop()):
                if beside in dense:
                    group += dense.pop(beside)
                    waiting.append(beside)
        if len(group) >= _OF_A_CODE:
            groups.append(union(group))
    return groups


def _is_dense(specks: Sequence[Box]) -> bool:
    if len(specks) < _IN_A_CELL:
        return False
    whole = union(specks)
    return min(whole.width, whole.height) >= _SPREAD


def _around(cell: _Cell) -> Iterable[_Cell]:
    return ((cell[0] + across, cell[1] + down) for across, down in product((-1, 0, 1), repeat=2))


def _block_characters(layer: TextLayer) -> list[Box]:
    rows = [Box(*word[:4]) for word in layer.words if _BLOCKS.issuperset(word.text)]
    return [union(rows)] if len(rows) >= _BLOCK_ROWS else []


def _joined(boxes: Iterable[Box]) -> list[Box]:
    """Join boxes that touch: images in strips, a code and the sign in its middle."""
    regions: list[Box] = []
    for box in boxes:
        whole = box
        while True:
            touching = [each for each in regions if _touch(each, whole)]
            if not touching:
                break
            regions = [each for each in regions if each not in touching]
            whole = union([whole, *touching])
        regions.append(whole)
    return regions


def _touch(one: Box, other: Box) -> bool:
    return (
        one.x0 <= other.x1 + _BESIDE
        and other.x0 <= one.x1 + _BESIDE
        and one.y0 <= other.y1 + _BESIDE
        and other.y0 <= one.y1 + _BESIDE
    )


def _is_large(box: Box) -> bool:
    return min(box.width, box.height) >= _LEAST_SIDE


def _with_room(box: Box) -> Box:
    room = _QUIET * max(box.width, box.height)
    return Box(box.x0 - room, box.y0 - room, box.x1 + room, box.y1 + room)


def _within(box: Box, page: Box) -> Box:
    return Box(max(box.x0, page.x0), max(box.y0, page.y0), min(box.x1, page.x1), min(box.y1, page.y1))
