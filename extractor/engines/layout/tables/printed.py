"""What stands in a table: its items, cell by cell, over all the lines of each."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.engines.layout.cells import joined_lines
from extractor.engines.layout.tables.column import Column
from extractor.engines.layout.tables.columns import Assignment
from extractor.engines.layout.tables.runs import Run
from extractor.engines.reading import Evidence
from extractor.pages.geometry import Box, union
from extractor.pages.page import Page
from extractor.pages.word import Word

JOINED_TEXTS = frozenset({"description", "specification", "name", "remarks"})
_MANY_LINES = 3
_SMALLER = 0.93  # of the first line's height: print of details
_DETAIL = re.compile(r"(?![a-zà-ÿ])[^\W\d_][\w .-]{1,24}[:：](?:\s*\S|$)")  # not "web : formule pro"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCell:
    """What stands in one cell of a table, over all its lines.

    `details` are lines below in smaller print: a model, a period, what is included.
    """

    text: str
    evidence: Evidence
    first_line: tuple[Word, ...]
    details: tuple["PrintedCell", ...] = ()

    def without_first_word(self) -> "PrintedCell":
        """Return the cell without its first word, of at least two on the line."""
        words = self.first_line[1:]
        boxes = (union(word.box for word in words), *self.evidence.boxes[1:])
        text = self.text[len(self.first_line[0].text) :].lstrip()
        evidence = replace(self.evidence, boxes=boxes)
        return replace(self, text=text, evidence=evidence, first_line=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRow:
    """One item of a table: the cell of each column that is not empty, by column index."""

    cells: Mapping[int, PrintedCell]
    page: int
    box: Box
    is_behind_sum: bool = False  # a row that only adds up others stands above it
    is_behind_last_sum: bool = False  # that adds up all items, since the one below has another name


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """One table, perhaps over several pages: its columns and items in order."""

    columns: tuple[Column, ...]
    rows: tuple[PrintedRow, ...]

    @property
    def names(self) -> frozenset[str]:
        """Return every name that a column may have."""
        return frozenset(name for column in self.columns for name in column.names)


def item_of(
    assignments: Sequence[Assignment], anchors: Sequence[bool], columns: Sequence[Column], page: Page
) -> PrintedRow:
    """Return the item of some printed rows, cell by cell."""
    cells: dict[int, PrintedCell] = {}
    near = _words_at(
        page, union(run.box for assignment in assignments for runs in assignment for run in runs)
    )
    for index, column in enumerate(columns):
        lines = [assignment[index] for assignment in assignments if assignment[index]]
        if column.names and not set(column.names) & JOINED_TEXTS:
            lines = _number_line(assignments, anchors, index)
            small: list[list[Run]] = []
        else:
            lines, small = _large_and_small(lines)
            if len(lines) >= _MANY_LINES:
                lines = _without_details(lines)
        if lines:
            details = tuple(_provable_cell([line], near, page.number) for line in small)
            cells[index] = replace(_provable_cell(lines, near, page.number), details=details)
    box = union(box for cell in cells.values() for box in cell.evidence.boxes)
    return PrintedRow(cells=cells, page=page.number, box=box)


def _words_at(page: Page, box: Box) -> list[Word]:
    """Return the words whose middle lies at the height of a box, a point above and below it too."""
    return [word for word in page.words if box.y0 - 1 <= word.box.centre_y <= box.y1 + 1]


def _number_line(assignments: Sequence[Assignment], anchors: Sequence[bool], index: int) -> list[list[Run]]:
    """Return the line with the number: the anchor's, or one below it that gives its outcome.

    "20.00 / - 2.00 / = 18.00" is one price, worked out over three lines.
    """
    outcome = [
        assignment[index]
        for assignment, is_anchor in zip(assignments, anchors, strict=True)
        if assignment[index] and not is_anchor and joined(assignment[index]).startswith("=")
    ]
    anchor = [
        assignment[index]
        for assignment, is_anchor in zip(assignments, anchors, strict=True)
        if assignment[index] and is_anchor
    ]
    return outcome[-1:] or anchor


def _large_and_small(lines: list[list[Run]]) -> tuple[list[list[Run]], list[list[Run]]]:
    """Part lines in smaller print at the end from those before them."""
    heights = [max(run.box.height for run in line) for line in lines]
    kept = len(lines)
    while kept > 1 and heights[kept - 1] < _SMALLER * heights[0]:
        kept -= 1
    return lines[:kept], lines[kept:]


def _without_details(lines: list[list[Run]]) -> list[list[Run]]:
    """Cut an item's text where details with labels of their own begin ("Serial no: ...").

    With details among them, unlabelled lines count as the text only while they wrap.
    """
    if not any(_DETAIL.match(joined(line)) for line in lines[1:]):
        return lines
    boxes = [union(run.box for run in line) for line in lines]
    right = max(box.x1 for box in boxes)
    kept = 1
    while kept < len(lines) and not _DETAIL.match(joined(lines[kept])):
        if boxes[kept - 1].x1 + lines[kept][0].words[0].box.width <= right:
            break
        kept += 1
    return lines[:kept]


def _provable_cell(lines: Sequence[list[Run]], near: Sequence[Word], page: int) -> PrintedCell:
    """Return the cell of as many lines as their common box proves: no other words in it.

    `near` are the page's words at the height of these lines.
    """
    for count in range(len(lines), 0, -1):
        cell = _cell(lines[:count], page)
        if _holds_only(union(cell.evidence.boxes), lines[:count], near):
            return cell
    widest = max(lines[0], key=lambda run: run.box.width)
    return _cell([[widest]], page)


def _holds_only(box: Box, lines: Sequence[list[Run]], near: Sequence[Word]) -> bool:
    """Say whether the words whose middle lies in a box are those of the lines."""
    wide = Box(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1)
    inside = sum(len(word.text) for word in near if wide.contains_centre(word.box))
    return inside == sum(len(word.text) for line in lines for run in line for word in run.words)


def _cell(lines: Sequence[list[Run]], page: int) -> PrintedCell:
    boxes = tuple(union(run.box for run in line) for line in lines)
    origin = lines[0][0].words[0].origin
    text = joined_lines(joined(line) for line in lines)
    first_line = tuple(word for run in lines[0] for word in run.words)
    evidence = Evidence(page=page, boxes=boxes, origin=origin)
    return PrintedCell(text=text, evidence=evidence, first_line=first_line)


def joined(runs: Sequence[Run]) -> str:
    """Return the words of runs, one space between them."""
    return " ".join(run.text for run in runs)
