"""Columns that stand so close that a row of them looks like one text.

The heads above tell them apart, or the edges that they share with other rows.
"""

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.pages.lines import Line, line_of
from extractor.pages.word import Word

if TYPE_CHECKING:
    from extractor.engines.layout.cells import Cell

_ALIGNED = 0.75  # points
_CLOSE = 1.5  # of the height: how far below its head a row may stand
_WIDER = 0.6  # of the height: a space between words is narrower, even in type of one width
_FEWEST_ROWS = 3


def parted_at_edges(rows: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """Part the last text of a row where the same gap stands in three rows: labels set right, values left.

    The words on its left end, and those on its right begin, at the same place in each of the rows.
    """
    edges = [{_edges(*pair) for pair in _apart(parts[-1])} for parts in rows]
    shared = {
        one
        for row in edges
        for one in row
        if sum(any(_is_same(one, other) for other in others) for others in edges) >= _FEWEST_ROWS
    }
    if not shared:
        return list(rows)
    return [
        [*parts[:-1], *_parted_at(parts[-1], shared)] if row & shared else parts
        for parts, row in zip(rows, edges, strict=True)
    ]


def parted_under_heads(parts: Sequence[Line], heads: Sequence["Cell"]) -> Sequence[Line]:
    """Part texts that begin under one head of the row above, and go on under the next.

    Heads are at least two texts without a digit. A part begins exactly where a head does.
    """
    if len(heads) <= len(parts) or len(heads) < 2:  # noqa: PLR2004
        return parts
    if parts[0].box.y0 - heads[0].box.y1 > _CLOSE * heads[0].box.height:
        return parts
    if any(map(str.isdigit, "".join(head.text for head in heads))):
        return parts
    return [each for part in parts for each in _parted(part, [head.box.x0 for head in heads])]


def _parted(part: Line, begins: Sequence[float]) -> Iterator[Line]:
    """Yield the pieces of a text that stand under neighbouring heads each."""
    words = part.words
    for left, right in pairwise(begins):
        if abs(words[0].box.x0 - left) > _ALIGNED:
            continue
        for place in range(1, len(words)):
            if abs(words[place].box.x0 - right) <= _ALIGNED:
                yield line_of(words[:place], page=part.page)
                yield from _parted(line_of(words[place:], page=part.page), begins)
                return
    yield part


def _apart(part: Line) -> Iterator[tuple[Word, Word]]:
    """Yield neighbouring words with more than a space between them."""
    for left, right in pairwise(part.words):
        is_apart = right.box.x0 - left.box.x1 >= _WIDER * max(left.box.height, right.box.height)
        if is_apart and not any(map(str.isdigit, left.text)):
            yield left, right


def _edges(left: Word, right: Word) -> tuple[float, float]:
    return left.box.x1, right.box.x0


def _is_same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) <= _ALIGNED and abs(one[1] - other[1]) <= _ALIGNED


def _parted_at(part: Line, gaps: Container[tuple[float, float]]) -> Iterator[Line]:
    begins = [index for index, pair in enumerate(pairwise(part.words), start=1) if _edges(*pair) in gaps]
    for start, end in pairwise([0, *begins, len(part.words)]):
        yield line_of(part.words[start:end], page=part.page)
