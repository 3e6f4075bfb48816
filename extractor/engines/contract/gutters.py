"""Pages set in two columns: what stands left of the gutter is read before what stands right of it."""

import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extractor.engines.contract.columns import with_tables
from extractor.engines.contract.passages import is_cjk, plain
from extractor.pages.geometry import Box
from extractor.pages.lines import Line, line_of, segments

_FEWEST = 6  # rows of text on both sides that make a gutter
_MIDDLE = (0.36, 0.64)  # of the page's width: where a gutter may run
_FEWEST_ALONE = 8  # rows on the left, where few or none stand on the right
_FEWEST_GOING = 3  # lines that carry on the one before
_WEIGHT = 20  # of a row with text on both sides, beside one with text on one
_STEP = 3.0  # points between two places that are tried
_GAP = 0.7  # of the line's height: narrower gaps part words
_LETTERS = 22  # on average, beside a gutter: a table's cells have fewer; a Chinese character counts as two
_PARTED = 2.5  # of the line's height: prose has no such gaps, but beside a clause's number
_MOST_PARTED = 0.25  # of a column's rows
_FULL = 0.28  # of a column's lines end within so much of its width at its right edge:
_RAGGED = 0.17
_LABELLED = 2  # parts of a line that begins with a number far from its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of text on a page. `right_edge` is where its prose lines end."""

    page: int
    box: Box
    right_edge: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RightEdges:
    """Where prose lines end: in columns where the page has some there, else on the whole page."""

    pages: Mapping[int, float]
    columns: tuple[Column, ...] = ()

    def of(self, line: Line) -> float:
        """Return where a full line beside this one ends."""
        column = self._column(line)
        return self.pages.get(line.page, 0.0) if column is None else column.right_edge

    def is_turn(self, before: Line, line: Line) -> bool:
        """Say whether the text goes on in another column, or on another page."""
        if before.page != line.page:
            return True
        return bool(self.columns) and self._column(before) is not self._column(line)

    def _column(self, line: Line) -> Column | None:
        x, y = (line.box.x0 + line.box.x1) / 2, line.box.centre_y
        for column in self.columns:
            box = column.box
            if column.page == line.page and box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
                return column
        return None


def in_columns(lines: Sequence[Line], *, width: float) -> tuple[list[Line], list[Column]]:
    """Return a page's lines, those beside a gutter one column after the other, and the columns."""
    rows = [_Row(line=line, free=_free(line)) for line in lines]
    if not _may_part(rows, width=width) or _gutter(rows, width=width) is None:
        return list(lines), []
    whole = {id(block) for block in with_tables(lines)}
    rows = [row if id(row.line) in whole else replace(row, free=()) for row in rows]  # a table's stay whole
    place = _gutter(rows, width=width)
    if place is None:
        return list(lines), []
    ordered: list[Line] = []
    columns: list[Column] = []
    for held, is_crossing in _stretches(rows, place):
        if is_crossing or not _is_set(held, place):
            ordered += held
            continue
        for side in _sides(held, place):
            if side:
                ordered += side
                columns.append(_column(side))
    return ordered, columns


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line with the stretches of the page's width that it leaves free."""

    line: Line
    free: tuple[tuple[float, float], ...]

    def leaves(self, place: float) -> bool:
        return any(start <= place < end for start, end in self.free)


def _free(line: Line) -> tuple[tuple[float, float], ...]:
    """Return what stands before, behind, and in gaps that are wider than between words."""
    gaps = tuple(
        (before.box.x1, word.box.x0)
        for before, word in pairwise(line.words)
        if word.box.x0 - before.box.x1 >= _GAP * line.box.height
    )
    return ((0.0, line.box.x0), *gaps, (line.box.x1, math.inf))


def _may_part(rows: Sequence[_Row], *, width: float) -> bool:
    """Say whether enough lines in a row leave some place in the middle free."""
    low, high = (share * width for share in _MIDDLE)
    runs = groupby(rows, key=lambda row: any(start < high and low < end for start, end in row.free))
    return any(is_free and len(list(run)) >= _FEWEST for is_free, run in runs)


def _gutter(rows: Sequence[_Row], *, width: float) -> float | None:
    """Return the place in the middle that most rows with text on both sides leave free."""
    best, most = None, 0
    low, high = (share * width for share in _MIDDLE)
    starts = [sorted(word.box.x0 for word in row.line.words) for row in rows]
    parted: list[tuple[bool, int]] = []  # how a place parts the rows: the next that does so is no better
    for step in range(int((high - low) / _STEP) + 1):
        place = low + step * _STEP
        before = parted
        parted = [
            (row.leaves(place), bisect_left(begins, place)) for row, begins in zip(rows, starts, strict=True)
        ]
        if parted == before:
            continue
        count = 0
        for held, is_crossing in _stretches(rows, place):
            if not is_crossing and len(held) >= _FEWEST and _is_set(held, place):
                count += sum(_WEIGHT if _has_both(line, place) else 1 for line in held)
        if count > most:
            best, most = place, count
    return best


def _stretches(rows: Sequence[_Row], place: float) -> Iterator[tuple[list[Line], bool]]:
    """Yield lines that leave a place free, and lines that do not."""
    for is_free, group in groupby(rows, key=lambda row: row.leaves(place)):
        yield [row.line for row in group], not is_free


def _has_both(line: Line, place: float) -> bool:
    return line.box.x0 < place < line.box.x1


def _is_set(rows: Sequence[Line], place: float) -> bool:
    """Say whether rows are prose in columns: on both sides, or on the left where the text ends early."""
    left, right = _sides(rows, place)
    both = sum(_has_both(line, place) for line in rows)
    if both >= _FEWEST and _is_prose(left) and _is_prose(right):
        return True
    if len(left) < _FEWEST_ALONE or 2 * both > len(left) or not _is_prose(left) or not _goes_on(left):
        return False
    return not right or not _is_figures(right)


def _is_prose(side: Sequence[Line]) -> bool:
    """Say whether lines are long, many end where the column ends, and few have wide gaps."""
    left, right = min(line.box.x0 for line in side), max(line.box.x1 for line in side)
    full = sum(line.box.x1 > right - _RAGGED * (right - left) for line in side)
    parted = sum(len(segments(line, gap=_PARTED)) > _LABELLED for line in side)
    return (
        full >= _FULL * len(side)
        and sum(map(_letters, side)) >= _LETTERS * len(side)
        and parted <= _MOST_PARTED * len(side)
    )


def _goes_on(side: Sequence[Line]) -> bool:
    """Say whether sentences go on from line to line, as they do not in a letter's head."""
    going = sum(
        line.text[0].islower() or (is_cjk(line.text[0]) and plain(before.text)[-1] not in ".:;!?。")
        for before, line in pairwise(side)
    )
    return going >= _FEWEST_GOING


def _is_figures(side: Sequence[Line]) -> bool:
    """Say whether lines are rather the cells of a table."""
    digits = sum(character.isdigit() for line in side for character in line.text)
    return 3 * digits > sum(map(_letters, side))


def _sides(rows: Sequence[Line], place: float) -> tuple[list[Line], list[Line]]:
    left = [[word for word in line.words if word.box.x0 < place] for line in rows]
    right = [[word for word in line.words if word.box.x0 >= place] for line in rows]
    page = rows[0].page
    return (
        [line_of(words, page=page) for words in left if words],
        [line_of(words, page=page) for words in right if words],
    )


def _column(side: Sequence[Line]) -> Column:
    ends = sorted(line.box.x1 for line in side)
    box = Box(
        min(line.box.x0 for line in side),
        min(line.box.y0 for line in side),
        ends[-1],
        max(line.box.y1 for line in side),
    )
    return Column(page=side[0].page, box=box, right_edge=ends[int(0.9 * (len(ends) - 1))])


def _letters(line: Line) -> int:
    return sum(2 if is_cjk(character) else 1 for character in line.text)
