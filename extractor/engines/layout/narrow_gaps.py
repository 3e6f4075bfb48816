"""Columns that stand so close that a row of them looks like one text: the heads above tell them apart."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.pages.lines import Line, line_of

if TYPE_CHECKING:
    from extractor.engines.layout.cells import Cell

_ALIGNED = 0.75  # points
_CLOSE = 1.5  # of the height: how far below its head a row may stand


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
