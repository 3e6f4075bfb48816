"""Read a table's rows: which printed rows make one item, and where the table ends."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from extractor.engines.layout.cells import Cell, Sheet, joined_lines
from extractor.engines.layout.lexicon import Lexicon
from extractor.engines.layout.tables.columns import Assignment, Run, assign, box_of
from extractor.engines.layout.tables.head import Column, Head, find_heads
from extractor.engines.reading import Evidence
from extractor.pages.geometry import Box, union
from extractor.pages.page import Page, Word

_WIDE_GAP = 5.0  # row heights: what lies further below belongs to something else
_EVEN = 1.0  # points: gaps that differ by less are the same
_MANY_LINES = 3
_DETAIL = re.compile(r"[^\W\d_][\w .-]{1,24}[:：](?:\s*\S|$)")
_JOINED_TEXTS = frozenset({"description", "specification", "name", "remarks"})


class Ends(Protocol):
    """What tells where a table ends, and what a number is in it."""

    def is_end(self, row: Sequence[Cell]) -> bool:
        """Say whether a row closes a table: totals and the like."""
        ...

    def is_foreign(self, row: Sequence[Cell]) -> bool:
        """Say whether a row behind the last item belongs to something else."""
        ...

    def is_number(self, text: str) -> bool:
        """Say whether a text is a number, as an item's amount is."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCell:
    """What stands in one cell of a table, over all its lines."""

    text: str
    evidence: Evidence
    first_line: tuple[Word, ...]

    def without_first_word(self) -> "PrintedCell":
        """Return the cell without its first word, of at least two on the line."""
        words = self.first_line[1:]
        boxes = (union(word.box for word in words), *self.evidence.boxes[1:])
        text = self.text[len(self.first_line[0].text) :].lstrip()
        return PrintedCell(text=text, evidence=replace(self.evidence, boxes=boxes), first_line=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRow:
    """One item of a table: the cell of each column that is not empty, by column index."""

    cells: Mapping[int, PrintedCell]
    page: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """One table, perhaps over several pages: its columns and items in order."""

    columns: tuple[Column, ...]
    rows: tuple[PrintedRow, ...]

    @property
    def names(self) -> frozenset[str]:
        """Return every name that a column may have."""
        return frozenset(name for column in self.columns for name in column.names)


def read_tables(sheets: Sequence[Sheet], lexicon: Lexicon, *, ends: Ends) -> list[PrintedTable]:
    """Return the tables of a document in order.

    A table goes on on the next page if its header is repeated there, or if it did not
    end and rows of numbers in the same columns go on at the top.
    """
    tables: list[PrintedTable] = []
    is_open = False
    for sheet in sheets:
        heads = find_heads(sheet, lexicon)
        if is_open and tables and (not heads or heads[0].first_row > 0):
            end = heads[0].first_row if heads else len(sheet.rows)
            rows, is_open = _body(sheet, tables[-1].columns, 0, end, ends=ends)
            if _fits(rows, tables[-1].columns):
                tables[-1] = _extended(tables[-1], tables[-1].columns, rows)
        for index, head in enumerate(heads):
            end = heads[index + 1].first_row if index + 1 < len(heads) else len(sheet.rows)
            rows, is_open = _body(sheet, head.columns, head.last_row + 1, end, ends=ends)
            if tables and _is_same(tables[-1], head):
                tables[-1] = _extended(tables[-1], tables[-1].columns, rows)
            elif rows:
                tables.append(PrintedTable(columns=head.columns, rows=tuple(rows)))
    return tables


def _is_same(table: PrintedTable, head: Head) -> bool:
    return [column.names for column in table.columns] == [column.names for column in head.columns]


def _extended(table: PrintedTable, columns: tuple[Column, ...], rows: Sequence[PrintedRow]) -> PrintedTable:
    return PrintedTable(columns=columns, rows=(*table.rows, *rows))


def _fits(rows: Sequence[PrintedRow], columns: Sequence[Column]) -> bool:
    """Say whether rows without a header of their own fill the columns of the table before."""
    wanted = sum(bool(column.names) for column in columns) / 2
    return bool(rows) and all(len(row.cells) >= wanted for row in rows[:1])


def _body(
    sheet: Sheet, columns: tuple[Column, ...], first: int, end: int, *, ends: Ends
) -> tuple[list[PrintedRow], bool]:
    """Return the items between two rows of a page, and whether the table may go on."""
    lines: list[tuple[Cell, ...]] = []
    is_open = True
    for row in sheet.rows[first:end]:
        if ends.is_end(row):
            is_open = False
            break
        lines.append(row)
    lines = _until_wide_gap(lines)
    if not lines:
        return [], is_open
    assignments = assign(lines, columns)
    anchors = [_is_anchor(assignment, columns, ends) for assignment in assignments]
    boxes = [union(cell.box for cell in line) for line in lines]
    last = max((index for index, is_anchor in enumerate(anchors) if is_anchor), default=0)
    behind = [index for index in range(last + 1, len(lines)) if ends.is_foreign(lines[index])]
    stop = behind[0] if behind else len(lines)
    items = _grouped(anchors[:stop], boxes[:stop])
    return [
        _item([assignments[i] for i in item], [anchors[i] for i in item], columns, sheet.page)
        for item in items
    ], is_open


def _until_wide_gap(lines: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    boxes = [union(cell.box for cell in line) for line in lines]
    for index, (upper, lower) in enumerate(pairwise(boxes)):
        if lower.y0 - upper.y1 > _WIDE_GAP * upper.height:
            return lines[: index + 1]
    return lines


def _is_anchor(assignment: Assignment, columns: Sequence[Column], ends: Ends) -> bool:
    """Say whether the row carries an item's numbers."""
    found = {
        name
        for column, runs in zip(columns, assignment, strict=True)
        for name in column.names
        if runs and ends.is_number(_joined(runs))
    }
    all_names = {name for column in columns for name in column.names}
    if "net_amount" in all_names:
        return "net_amount" in found or {"quantity", "unit_price"} <= found
    if "unit_price" in all_names:
        return "unit_price" in found
    return bool(found)


def _grouped(anchors: Sequence[bool], boxes: Sequence[Box]) -> list[list[int]]:
    """Group rows into items, one anchor each: a row of text joins the closer neighbour.

    Where it stands as close to the item above as to the one below, it is the end of the
    item above, since descriptions wrap downwards.
    """
    places = [index for index, is_anchor in enumerate(anchors) if is_anchor]
    if not places:
        return []
    starts = [_first_of_item(places[0], -1, boxes)]
    for before, place in pairwise(places):
        starts.append(_first_of_item(place, before, boxes))
    ends = [*starts[1:], len(anchors)]
    return [list(range(start, end)) for start, end in zip(starts, ends, strict=True)]


def _first_of_item(anchor: int, before: int, boxes: Sequence[Box]) -> int:
    """Return the first row of the anchor's item, among the rows after the anchor before."""
    if anchor - before <= 1:
        return anchor
    if before < 0:
        return _first_close(anchor, boxes)
    gaps = [(boxes[index + 1].y0 - boxes[index].y1, index + 1) for index in range(before, anchor)]
    widest, start = max(gaps, key=lambda gap: (gap[0], gap[1]))
    narrowest = min(gap for gap, _ in gaps)
    return start if widest - narrowest > _EVEN else anchor


def _first_close(anchor: int, boxes: Sequence[Box]) -> int:
    """Return the first of the text rows right above the table's first anchor."""
    first = anchor
    while first > 0 and boxes[first].y0 - boxes[first - 1].y1 < boxes[first].height / 2:
        first -= 1
    return first


def _item(
    assignments: Sequence[Assignment], anchors: Sequence[bool], columns: Sequence[Column], page: Page
) -> PrintedRow:
    cells: dict[int, PrintedCell] = {}
    for index, column in enumerate(columns):
        lines = [assignment[index] for assignment in assignments if assignment[index]]
        if column.names and not set(column.names) & _JOINED_TEXTS:
            lines = _number_line(assignments, anchors, index)
        elif len(lines) >= _MANY_LINES:
            lines = _without_details(lines)
        if lines:
            cells[index] = _provable_cell(lines, page)
    box = union(box for cell in cells.values() for box in cell.evidence.boxes)
    return PrintedRow(cells=cells, page=page.number, box=box)


def _number_line(assignments: Sequence[Assignment], anchors: Sequence[bool], index: int) -> list[list[Run]]:
    """Return the line with the number: the anchor's, or one below it that gives its outcome.

    "20.00 / - 2.00 / = 18.00" is one price, worked out over three lines.
    """
    outcome = [
        assignment[index]
        for assignment, is_anchor in zip(assignments, anchors, strict=True)
        if assignment[index] and not is_anchor and _joined(assignment[index]).startswith("=")
    ]
    anchor = [
        assignment[index]
        for assignment, is_anchor in zip(assignments, anchors, strict=True)
        if assignment[index] and is_anchor
    ]
    return outcome[-1:] or anchor


def _without_details(lines: list[list[Run]]) -> list[list[Run]]:
    """Cut an item's text where details with labels of their own begin ("Serial no: ...").

    With details among them, unlabelled lines count as the text only while they wrap.
    """
    if not any(_DETAIL.match(_joined(line)) for line in lines[1:]):
        return lines
    boxes = [union(box_of(run) for run in line) for line in lines]
    right = max(box.x1 for box in boxes)
    kept = 1
    while kept < len(lines) and not _DETAIL.match(_joined(lines[kept])):
        if boxes[kept - 1].x1 + box_of(lines[kept][0][:1]).width <= right:
            break
        kept += 1
    return lines[:kept]


def _provable_cell(lines: Sequence[list[Run]], page: Page) -> PrintedCell:
    """Return the cell of as many lines as their common box proves: no other words in it."""
    for count in range(len(lines), 1, -1):
        cell = _cell(lines[:count], page.number)
        if _holds_only(union(cell.evidence.boxes), lines[:count], page):
            return cell
    whole = _cell(lines[:1], page.number)
    if _holds_only(whole.evidence.boxes[0], lines[:1], page):
        return whole
    widest = max(lines[0], key=lambda run: box_of(run).width)
    return _cell([[widest]], page.number)


def _holds_only(box: Box, lines: Sequence[list[Run]], page: Page) -> bool:
    """Say whether the words whose middle lies in a box are those of the lines."""
    wide = Box(box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1)
    inside = sum(len(word.text) for word in page.words if wide.contains_centre(word.box))
    return inside == sum(len(word.text) for line in lines for run in line for word in run)


def _cell(lines: Sequence[list[Run]], page: int) -> PrintedCell:
    boxes = tuple(union(box_of(run) for run in line) for line in lines)
    origin = lines[0][0][0].origin
    text = joined_lines(_joined(line) for line in lines)
    first_line = tuple(word for run in lines[0] for word in run)
    evidence = Evidence(page=page, boxes=boxes, origin=origin)
    return PrintedCell(text=text, evidence=evidence, first_line=first_line)


def _joined(runs: Sequence[Run]) -> str:
    return " ".join(word.text for run in runs for word in run)
