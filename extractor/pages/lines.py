"""Group a page's words into visual lines, and lines into segments at wide gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.pages.geometry import Box, union
from extractor.pages.page import Page, Word

_SAME_LINE = 0.5  # of the lower word's height must be shared
_GAP = 1.2  # of the line's height: a wider gap than this parts two segments


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words on one visual row (or a part of a row), left to right."""

    words: tuple[Word, ...]
    box: Box
    page: int

    @property
    def text(self) -> str:
        """Return the words, joined by one space each."""
        return " ".join(word.text for word in self.words)


def line_of(words: Sequence[Word], *, page: int) -> Line:
    """Make a line of at least one word."""
    return Line(words=tuple(words), box=union(word.box for word in words), page=page)


def in_reading_order(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words row by row, left to right within a row."""
    return tuple(word for row in _rows(words) for word in row)


def lines_of(page: Page) -> tuple[Line, ...]:
    """Return the page's visual rows, top to bottom."""
    return tuple(line_of(row, page=page.number) for row in _rows(page.words))


def segments(line: Line, *, gap: float = _GAP) -> tuple[Line, ...]:
    """Split a line wherever two words stand further apart than `gap` line heights."""
    bound = gap * max(word.box.height for word in line.words)
    parts: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.box.x0 - before.box.x1 > bound:
            parts.append([])
        parts[-1].append(word)
    return tuple(line_of(part, page=line.page) for part in parts)


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Group by vertical overlap with the row's first word; tall words join no row."""
    rows: list[list[Word]] = []
    tops: list[Box] = []
    for word in sorted(words, key=lambda each: (each.box.centre_y, each.box.x0)):
        row = _row_for(word.box, tops)
        if row is None:
            rows.append([word])
            tops.append(word.box)
        else:
            rows[row].append(word)
    for each in rows:
        each.sort(key=lambda word: word.box.x0)
    return rows


def _row_for(box: Box, tops: Sequence[Box]) -> int | None:
    for index in range(len(tops) - 1, max(-1, len(tops) - 4), -1):
        top = tops[index]
        if box.overlap_y(top) >= _SAME_LINE * min(box.height, top.height) and _is_alike(box, top):
            return index
    return None


def _is_alike(box: Box, top: Box) -> bool:
    """Say whether two heights may stand in one row: a rotated word is far taller."""
    low, high = sorted((box.height, top.height))
    return high <= 3 * low
