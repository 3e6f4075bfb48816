"""Find where a table begins: the row (or rows) of header cells that name its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.engines.layout.cells import Cell, Sheet
from extractor.engines.layout.lexicon import Hit, Lexicon
from extractor.engines.layout.spec_labels import NOTHING
from extractor.pages.geometry import Box, union

_NAMES_AT_LEAST = 3
_COVERED = 0.45  # of the header's letters must belong to labels
_STACK_GAP = 0.9  # of a row's height, between the rows of one header
_STACKED_ROWS = 3
_NUMBER_HEADING = 4  # characters before a heading that may head the rows' numbers
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: the names that its header allows (none: an unknown column)."""

    names: tuple[str, ...]
    box: Box  # of the header text


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A table's header: its columns left to right, and its rows on the page."""

    columns: tuple[Column, ...]
    first_row: int
    last_row: int

    @property
    def names(self) -> frozenset[str]:
        """Return every name that a column may have."""
        return frozenset(name for column in self.columns for name in column.names)


def find_heads(sheet: Sheet, lexicon: Lexicon) -> list[Head]:
    """Return the headers on a page, top to bottom."""
    heads: list[Head] = []
    next_free = 0
    for index, row in enumerate(sheet.rows):
        if index < next_free or _distinct(row, lexicon) < 2:  # noqa: PLR2004 - one label is no header
            continue
        head = _best_head(sheet, index, lexicon, first_free=next_free)
        if head is not None:
            heads.append(head)
            next_free = head.last_row + 1
    return heads


def _distinct(row: Sequence[Cell], lexicon: Lexicon) -> int:
    return len({names for cell in row for hit in lexicon.find(cell.text) if (names := _names(hit))})


def _names(hit: Hit) -> tuple[str, ...]:
    """Return the columns that a heading may mean, without that of no field."""
    return tuple(name for name in hit.names if name != NOTHING)


def _best_head(sheet: Sheet, index: int, lexicon: Lexicon, *, first_free: int) -> Head | None:
    """Try the row alone and with the rows stacked on and under it; keep the richest."""
    best: Head | None = None
    for first in range(max(first_free, index - 1), index + 1):
        for last in range(index, min(index + _STACKED_ROWS, len(sheet.rows))):
            rows = sheet.rows[first : last + 1]
            if not _is_one_stack(rows):
                break
            head = _head(rows, lexicon, first)
            if head is not None and (best is None or _richness(head) > _richness(best)):
                best = head
    return best


def _is_one_stack(rows: Sequence[tuple[Cell, ...]]) -> bool:
    boxes = [union(cell.box for cell in row) for row in rows]
    return all(
        lower.y0 - upper.y1 <= _STACK_GAP * min(upper.height, lower.height)
        for upper, lower in pairwise(boxes)
    )


def _richness(head: Head) -> tuple[int, int]:
    named = sum(bool(column.names) for column in head.columns)
    return named, -(head.last_row - head.first_row)


def _head(rows: Sequence[tuple[Cell, ...]], lexicon: Lexicon, first: int) -> Head | None:
    columns: list[Column] = []
    letters = covered = 0
    for stack in _stacks(rows):
        text = " ".join(cell.text for cell in stack)
        hits = _resegmented(text, lexicon.find(text), lexicon)
        letters += sum(character.isalnum() for character in text)
        covered += sum(len(hit.label) for hit in hits)
        if sum(character.isdigit() for character in text) > 1:
            return None  # a row of values, not of headings
        columns += _columns_of(stack, hits)
    if not any("net_amount" in column.names for column in columns):
        columns = _with_amounts(rows, columns, lexicon)
    names = {column.names for column in columns if column.names}
    if len(names) < _NAMES_AT_LEAST or covered < _COVERED * letters:
        return None
    columns.sort(key=lambda column: column.box.x0)
    return Head(columns=tuple(columns), first_row=first, last_row=first + len(rows) - 1)


def _with_amounts(
    rows: Sequence[tuple[Cell, ...]], columns: Sequence[Column], lexicon: Lexicon
) -> list[Column]:
    """Part a heading that hides the amounts' column: "Montant TVA" may be "Montant" and "TVA"."""
    for cell in (cell for row in rows for cell in row):
        for gap in _SPACE.finditer(cell.text):
            left, right = cell.text[: gap.start()], cell.text[gap.end() :]
            hits = [*lexicon.find(left)[-1:], *lexicon.find(right)[:1]]
            if len(hits) != 2 or hits[0].end != len(left.rstrip(" .:")) or hits[1].start != 0:  # noqa: PLR2004
                continue
            if not any("net_amount" in _names(hit) for hit in hits):
                continue
            halves = [
                Column(names=_names(hits[0]), box=cell.box_of(hits[0].start, gap.start())),
                Column(names=_names(hits[1]), box=cell.box_of(gap.end(), gap.end() + hits[1].end)),
            ]
            whole = [
                column for column in columns if column.box.overlap_x(union(half.box for half in halves)) > 0
            ]
            if len(whole) == 1:
                return [*(column for column in columns if column is not whole[0]), *halves]
    return list(columns)


def _resegmented(text: str, hits: list[Hit], lexicon: Lexicon) -> list[Hit]:
    """Part headings elsewhere where two neighbours would name the same column.

    "Unit Price each" is "Unit" and "Price each", not "Unit Price" and "each".
    """
    for index, (left, right) in enumerate(pairwise(hits)):
        if _names(left) != _names(right) or not _names(left):
            continue
        for gap in _SPACE.finditer(text, left.start, right.end):
            parts = [
                *lexicon.find(text[left.start : gap.start()]),
                *lexicon.find(text[gap.end() : right.end]),
            ]
            if len(parts) == 2 and _names(parts[0]) != _names(parts[1]):  # noqa: PLR2004
                first = replace(parts[0], start=left.start, end=gap.start())
                second = replace(parts[1], start=gap.end(), end=right.end)
                return [*hits[:index], first, second, *hits[index + 2 :]]
    return hits


def _stacks(rows: Sequence[tuple[Cell, ...]]) -> list[list[Cell]]:
    """Group header cells that stand above each other."""
    stacks: list[list[Cell]] = [[cell] for cell in rows[0]]
    for row in rows[1:]:
        for cell in row:
            over = [stack for stack in stacks if any(part.box.overlap_x(cell.box) > 0 for part in stack)]
            if len(over) == 1:
                over[0].append(cell)
            elif not over:
                stacks.append([cell])
            else:
                max(over, key=lambda stack: stack[-1].box.overlap_x(cell.box)).append(cell)
    return stacks


def _columns_of(stack: Sequence[Cell], hits: Sequence[Hit]) -> list[Column]:
    if len(stack) == 1 and len(hits) == 1 and 0 < hits[0].start <= _NUMBER_HEADING:
        (cell,) = stack  # "# Description", "No. Item": the running number's column stands in front
        number = Column(names=(), box=cell.box_of(0, hits[0].start))
        return [number, Column(names=_names(hits[0]), box=cell.box_of(hits[0].start, len(cell.text)))]
    if len(stack) > 1 or len(hits) <= 1:
        best = _names(max(hits, key=lambda hit: len(hit.label))) if hits else ()
        return [Column(names=best, box=union(cell.box for cell in stack))]
    (cell,) = stack
    ends = [hit.start for hit in hits[1:]] + [len(cell.text)]
    return [
        Column(names=_names(hit), box=cell.box_of(hit.start, max(hit.end, len(cell.text[:end].rstrip()))))
        for hit, end in zip(hits, ends, strict=True)
    ]
