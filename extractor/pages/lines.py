"""Group a page's words into visual lines, and lines into segments at wide gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.pages.geometry import Box, union
from extractor.pages.word import Word

_SAME_LINE = 0.5  # of the lower word's height must be shared
_SMALL = 0.67  # of the height of the row's first word
_TALLER = 3.0  # times as high is no word of the same row: a rotated word is far taller
_ROWS_ABOVE = 3  # that a word may still belong to
_OTHER_PRINT = 1.3  # times as high
_GAP = 1.2  # of the line's height: a wider gap than this parts two segments


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words on one visual row (or a part of a row), left to right."""

    words: tuple[Word, ...]
    text: str  # the words, joined by one space each
    box: Box
    page: int


def line_of(words: Sequence[Word], *, page: int) -> Line:
    """Make a line of at least one word."""
    text = " ".join([word.text for word in words])
    return Line(words=tuple(words), text=text, box=union([word.box for word in words]), page=page)


def in_reading_order(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words row by row, left to right within a row."""
    return tuple(word for row in _rows(words) for word in row)


def lines_of(words: Iterable[Word], *, page: int) -> tuple[Line, ...]:
    """Return the visual rows of a page's words, top to bottom."""
    return tuple(line_of(row, page=page) for row in _rows(words))


def segments(line: Line, *, gap: float = _GAP) -> tuple[Line, ...]:
    """Split a line wherever two words stand further apart than `gap` line heights.

    Between print of two sizes the smaller one's height counts: a title, and a label beside it.
    """
    heights = [word.box.height for word in line.words]
    bound, is_mixed = gap * max(heights), max(heights) > _OTHER_PRINT * min(heights)
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        distance = word.box.x0 - before.box.x1
        is_apart = is_mixed and distance > 0 and distance > gap * _smaller(before.box, word.box)
        if distance > bound or is_apart:
            parts.append([])
        parts[-1].append(word)
    if len(parts) == 1:
        return (line,)
    return tuple(line_of(part, page=line.page) for part in parts)


def _smaller(left: Box, right: Box) -> float:
    """Return the height of the smaller print of two, infinity where they are of one size."""
    low, high = sorted((left.height, right.height))
    return low if high > _OTHER_PRINT * low else float("inf")


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Group by vertical overlap with the row's first word; tall words join no row."""
    rows: list[list[Word]] = []
    tops: list[tuple[float, float]] = []  # of each row's first word: top and bottom
    for word in sorted(words, key=_from_the_top):
        _, y0, _, y1 = word.box
        row = _row_for(y0, y1, tops)
        if row is None:
            rows.append([word])
            tops.append((y0, y1))
        else:
            rows[row].append(word)
            if y1 - y0 < _SMALL * (tops[row][1] - tops[row][0]):
                tops[row] = y0, y1  # beside a logo several lines may stand: the row is the first of them
    for each in rows:
        each.sort(key=_from_the_left)
    return rows


def _from_the_top(word: Word) -> tuple[float, float]:
    x0, y0, _, y1 = word.box
    return y0 + y1, x0


def _from_the_left(word: Word) -> float:
    return word.box[0]


def _row_for(y0: float, y1: float, tops: Sequence[tuple[float, float]]) -> int | None:
    """Return the row of the last few that a word from `y0` to `y1` shares enough height with."""
    height = y1 - y0
    for index in range(len(tops) - 1, max(-1, len(tops) - 1 - _ROWS_ABOVE), -1):
        top, bottom = tops[index]
        if y0 > bottom:
            continue
        other = bottom - top
        low, high = (height, other) if height < other else (other, height)
        if min(y1, bottom) - max(y0, top) >= _SAME_LINE * low and high <= _TALLER * low:
            return index
    return None
