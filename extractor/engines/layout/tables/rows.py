"""Read a table's rows: which printed rows make one item, and where the table ends."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, Protocol

from extractor.engines.layout.cells import Cell, Sheet
from extractor.engines.layout.lexicon import Lexicon
from extractor.engines.layout.tables.column import Column
from extractor.engines.layout.tables.columns import Assignment, assign
from extractor.engines.layout.tables.head import Head, find_heads
from extractor.engines.layout.tables.headings import within_columns, without_headings
from extractor.engines.layout.tables.printed import PrintedRow, PrintedTable, item_of, joined
from extractor.pages.geometry import Box, union

_WIDE_GAP = 5.0  # row heights: what lies further below belongs to something else
_EVEN = 1.0  # points: gaps that differ by less are the same
_GOES_ON = ("&", "/", "-")  # with which a label breaks off
_OF = re.compile(r"\s(?:of|and|or|der|und|de|des|du|et|ou|van|en|y|di|e|do|da)$", re.IGNORECASE)
_LOOK_AHEAD = 4  # rows behind a sum that tell whether the table goes on


class Ends(Protocol):
    """What tells where a table ends, and what a number is in it."""

    def is_end(self, row: Sequence[Cell]) -> bool:
        """Say whether a row closes a table: totals and the like."""
        ...

    def is_sum(self, row: Sequence[Cell]) -> bool:
        """Say whether a row only adds up others: a sub-total, a sum carried over."""
        ...

    def is_foreign(self, row: Sequence[Cell]) -> bool:
        """Say whether a row behind the last item belongs to something else."""
        ...

    def is_number(self, text: str) -> bool:
        """Say whether a text is a number, as an item's amount is."""
        ...


class _Body(NamedTuple):
    """The items of one page, whether the table may go on, and whether headings of groups are in it."""

    rows: list[PrintedRow]
    is_open: bool
    has_titles: bool


def read_tables(sheets: Sequence[Sheet], lexicon: Lexicon, *, ends: Ends) -> list[PrintedTable]:
    """Return the tables of a document in order.

    A table goes on on the next page if its header is repeated there, or if it did not
    end and rows of numbers in the same columns go on at the top.
    """
    tables: list[PrintedTable] = []
    is_open = has_titles = False
    for sheet in sheets:
        heads = find_heads(sheet, lexicon)
        if is_open and tables and (not heads or heads[0].first_row > 0):
            end = heads[0].first_row if heads else len(sheet.rows)
            rows, is_open, has_titles = _body(
                sheet, tables[-1].columns, 0, end, ends=ends, has_titles=has_titles
            )
            if _fits(rows, tables[-1].columns):
                tables[-1] = _extended(tables[-1], tables[-1].columns, rows)
        for index, head in enumerate(heads):
            end = heads[index + 1].first_row if index + 1 < len(heads) else len(sheet.rows)
            has_titles = has_titles or _ends_with_title(sheet, head, lexicon)
            rows, is_open, has_titles = _body(
                sheet, head.columns, head.last_row + 1, end, ends=ends, has_titles=has_titles
            )
            if tables and _is_same(tables[-1], head):
                tables[-1] = _extended(tables[-1], tables[-1].columns, rows)
            elif rows:
                tables.append(PrintedTable(columns=head.columns, rows=tuple(rows)))
    return tables


def _ends_with_title(sheet: Sheet, head: Head, lexicon: Lexicon) -> bool:
    """Say whether the last row of a head is the heading of a group: "Services" under "Description"."""
    last = sheet.rows[head.last_row]
    if head.last_row == head.first_row or len(last) > 1 or not last[0].text[:1].isupper():
        return False
    for row in reversed(sheet.rows[head.first_row : head.last_row]):
        above = [cell for cell in row if cell.box.overlap_x(last[0].box) > 0]
        if above:
            return len(above) == 1 and _is_label(above[0].text, lexicon)
    return False


def _is_label(text: str, lexicon: Lexicon) -> bool:
    """Say whether a text begins with a label and is no half of one: "Description of articles"."""
    hits = lexicon.find(text)
    return bool(hits) and hits[0].start == 0 and not text.endswith(_GOES_ON) and not _OF.search(text)


def _is_same(table: PrintedTable, head: Head) -> bool:
    return [column.names for column in table.columns] == [column.names for column in head.columns]


def _extended(table: PrintedTable, columns: tuple[Column, ...], rows: Sequence[PrintedRow]) -> PrintedTable:
    return PrintedTable(columns=columns, rows=(*table.rows, *rows))


def _fits(rows: Sequence[PrintedRow], columns: Sequence[Column]) -> bool:
    """Say whether rows without a header of their own fill the columns of the table before."""
    wanted = sum(bool(column.names) for column in columns) / 2
    return bool(rows) and all(len(row.cells) >= wanted for row in rows[:1])


def _body(
    sheet: Sheet,
    columns: tuple[Column, ...],
    first: int,
    end: int,
    *,
    ends: Ends,
    has_titles: bool = False,
) -> _Body:
    """Return the items between two rows of a page. `has_titles`: headings of groups stood before."""
    lines: list[tuple[Cell, ...]] = []
    groups: list[int] = []  # how many sums stand above each line
    sums: list[str] = []  # each, and what closes the table
    is_open = True
    rows = within_columns(sheet.rows[first:end], columns)
    for index, row in enumerate(rows):
        is_end = ends.is_end(row)
        if is_end and not _goes_on(rows[index + 1 :], columns, ends):
            is_open = ends.is_sum(row)
            sums.append(_text_of(row))
            break
        if is_end or ends.is_sum(row):
            sums.append(_text_of(row))
            continue
        lines.append(row)
        groups.append(len(sums))
    lines = _until_wide_gap(lines)
    if not lines:
        return _Body([], is_open=is_open, has_titles=has_titles)
    assignments = assign(lines, columns)
    anchors = [_is_anchor(assignment, columns, ends) for assignment in assignments]
    boxes = [union(cell.box for cell in line) for line in lines]
    groups = groups[: len(lines)]
    behind_sums = [group > before for before, group in pairwise((0, *groups))]
    kept = without_headings(
        assignments, anchors, columns, boxes, behind_sums=behind_sums, sums=sums, has_titles=has_titles
    )
    has_titles = has_titles or len(kept) < len(lines)
    groups = [groups[i] for i in kept]
    lines, assignments = [lines[i] for i in kept], [assignments[i] for i in kept]
    anchors, boxes = [anchors[i] for i in kept], [boxes[i] for i in kept]
    last = max((index for index, is_anchor in enumerate(anchors) if is_anchor), default=0)
    stop = _end_of_text(last, lines, anchors, boxes, ends)
    items = _grouped(anchors[:stop], boxes[:stop])
    read = [
        replace(
            item_of([assignments[i] for i in item], [anchors[i] for i in item], columns, sheet.page),
            is_behind_sum=groups[item[0]] > 0,
            is_behind_last_sum=_is_behind_last(groups[item[0]], sums),
        )
        for item in items
    ]
    return _Body(read, is_open=is_open, has_titles=has_titles)


def _is_behind_last(group: int, sums: Sequence[str]) -> bool:
    """Say whether the sum above a group adds up all items: the one below begins with another word."""
    return 0 < group < len(sums) and sums[group - 1].split()[0] != sums[group].split()[0]


def _text_of(row: Sequence[Cell]) -> str:
    return " ".join(cell.text for cell in row).casefold()


def _goes_on(rows: Sequence[tuple[Cell, ...]], columns: Sequence[Column], ends: Ends) -> bool:
    """Say whether items follow behind a row of sums: rows with a text, and two numbers at least."""
    near = rows[:_LOOK_AHEAD]
    are_items = [_may_be_item(row) and not (ends.is_end(row) or ends.is_sum(row)) for row in near]
    if not any(are_items):
        return False
    for is_item, assignment in zip(are_items, assign(near, columns), strict=True):
        if not is_item:
            continue
        filled = [
            (column, runs) for column, runs in zip(columns, assignment, strict=True) if runs and column.names
        ]
        numbers = sum(ends.is_number(joined(runs)) for _, runs in filled)
        is_named = any(
            "description" in column.names and any(map(str.isalpha, joined(runs))) for column, runs in filled
        )
        if numbers > 1 and is_named:
            return True
    return False


def _may_be_item(row: Sequence[Cell]) -> bool:
    """Say whether a row has two words with digits, and a letter: no item has less."""
    numbers = sum(any(map(str.isdigit, word.text)) for cell in row for word in cell.words)
    return numbers > 1 and any(any(map(str.isalpha, cell.text)) for cell in row)


def _end_of_text(
    last: int, lines: Sequence[tuple[Cell, ...]], anchors: Sequence[bool], boxes: Sequence[Box], ends: Ends
) -> int:
    """Return where the last item's text ends: at a label, or at a gap wider than within items."""
    gaps = [lower.y0 - upper.y1 for upper, lower in pairwise(boxes)]
    within = [gap for gap, is_anchor in zip(gaps, anchors[1:], strict=True) if not is_anchor]
    earlier = within[: max(0, sum(not each for each in anchors[1 : last + 1]))]
    widest = max(earlier, default=boxes[last].height / 2) + _EVEN
    for index in range(last + 1, len(lines)):
        if ends.is_foreign(lines[index]) or gaps[index - 1] > widest:
            return index
    return len(lines)


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
        if column.names and runs and ends.is_number(joined(runs))
        for name in column.names
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
    starts = [_first_ofitem_of(places[0], -1, boxes)]
    for before, place in pairwise(places):
        starts.append(_first_ofitem_of(place, before, boxes))
    ends = [*starts[1:], len(anchors)]
    return [list(range(start, end)) for start, end in zip(starts, ends, strict=True)]


def _first_ofitem_of(anchor: int, before: int, boxes: Sequence[Box]) -> int:
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
