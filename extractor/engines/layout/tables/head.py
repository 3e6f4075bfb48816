"""Find where a table begins: the row (or rows) of header cells that name its columns."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from extractor.engines.layout.cells import Cell, Sheet, cell_of
from extractor.engines.layout.lexicon import Hit, Lexicon
from extractor.engines.layout.tables.column import Column, names_of
from extractor.engines.layout.tables.crowded import part_crowded
from extractor.pages.geometry import union
from extractor.pages.lines import line_of
from extractor.values.currencies import find_currency

_NAMES_AT_LEAST = 3
_COVERED = 0.45  # of the header's letters must belong to labels
_STACK_GAP = 0.9  # of a row's height, between the rows of one header
_STACKED_ROWS = 3
_SENTENCE = 4  # words
_NUMBER_HEADING = 4  # characters before a heading that may head the rows' numbers
_CURRENCY = 5  # characters of a sign or code, brackets included
_WHOLLY = 0.8  # of a short header's letters
_BODY_ROWS = 3  # rows below a header that show where its columns lie
_FORM_NUMBER = re.compile(r"\d{1,2}[.)] ?(?=[^\W\d_])")  # forms count their boxes: "14. Description"
_BOX_NUMBER = re.compile(r"(?<!\S)\d{1,2}[.)] ?$")  # the same right before a heading
_JOINING = re.compile(
    r" (?:of|of the|der|des|de|du|de l['’]|van|van het|del|della|dei|delle|de los"
    r"|dell['’]|di|do|da|dos|das) ?"
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A table's header: its columns left to right, and its rows on the page."""

    columns: tuple[Column, ...]
    first_row: int
    last_row: int
    matched: int  # letters of the labels that were found in it

    @property
    def names(self) -> frozenset[str]:
        """Return every name that a column may have."""
        return frozenset(name for column in self.columns for name in column.names)


def find_heads(sheet: Sheet, lexicon: Lexicon) -> list[Head]:
    """Return the headers on a page, top to bottom."""
    heads: list[Head] = []
    next_free = 0

    @cache  # each row is stacked with several others
    def parted(index: int) -> tuple[Cell, ...]:
        return tuple(_headings(sheet.rows[index], lexicon))

    for index, row in enumerate(sheet.rows):
        if index < next_free or _distinct(row, lexicon) < 2:  # noqa: PLR2004 - one label is no header
            continue
        head = _best_head(sheet, index, lexicon, first_free=next_free, parted=parted)
        if head is not None:
            body = sheet.rows[head.last_row + 1 : head.last_row + 1 + _BODY_ROWS]
            columns = _without_margin(_joined_at_slashes(list(part_crowded(head.columns, body, lexicon))))
            heads.append(replace(head, columns=tuple(columns)))
            next_free = head.last_row + 1
    return heads


def _without_margin(columns: Sequence[Column]) -> list[Column]:
    """Leave out what waits for a value beside the table, and heads nothing: "E-mail:" in a narrow margin."""
    kept = list(columns)
    for margin in (0, -1):
        while len(kept) > 1 and not kept[margin].names and kept[margin].words[-1].text.endswith((":", "：")):
            kept.pop(margin)
    return kept


def _joined_at_slashes(columns: Sequence[Column]) -> list[Column]:
    """Join "Artículo /" and "Servicio", which another heading before them has parted."""
    joined: list[Column] = []
    for column in columns:
        before = joined[-1] if joined else None
        if before is not None and before.words[-1].text == "/" and before.names and column.names:
            names = tuple(name for name in before.names if name in column.names) or before.names
            words = before.words + column.words
            joined[-1] = Column(names=names, words=words, box=union(word.box for word in words))
        else:
            joined.append(column)
    return joined


def _distinct(row: Sequence[Cell], lexicon: Lexicon) -> int:
    return len({names for cell in row for hit in lexicon.find(cell.text) if (names := names_of(hit))})


def _best_head(
    sheet: Sheet, index: int, lexicon: Lexicon, *, first_free: int, parted: Callable[[int], tuple[Cell, ...]]
) -> Head | None:
    """Try the row alone and with the rows stacked on and under it; keep the richest.

    `parted` returns the cells of a row, one for each heading.
    """
    best: Head | None = None
    for first in range(max(first_free, index - 1), index + 1):
        for last in range(index, min(index + _STACKED_ROWS, len(sheet.rows))):
            rows = sheet.rows[first : last + 1]
            if not _is_one_stack(rows) or (last > index and _is_group(rows[-1], lexicon)):
                break
            if any(_is_sentence(row, lexicon) for row in rows):
                break
            stacked = rows if len(rows) == 1 else [parted(row) for row in range(first, last + 1)]
            head = _head(stacked, lexicon, first)
            if head is not None and (best is None or _richness(head) > _richness(best)):
                best = head
    return best


def _is_group(row: Sequence[Cell], lexicon: Lexicon) -> bool:
    """Say whether a row below the headings is the title of a group of items: "Lot 2: fitting"."""
    if len(row) != 1 or len(row[0].words) == 1:
        return False
    return any(map(str.isdigit, row[0].text)) and not lexicon.knows(row[0].text)


def _is_sentence(row: Sequence[Cell], lexicon: Lexicon) -> bool:
    """Say whether a row above the headings leads to them: "We charge you as follows:"."""
    return len(row) == 1 and len(row[0].words) >= _SENTENCE and not lexicon.knows(row[0].text)


def _is_one_stack(rows: Sequence[tuple[Cell, ...]]) -> bool:
    boxes = [union(cell.box for cell in row) for row in rows]
    return all(
        lower.y0 - upper.y1 <= _STACK_GAP * min(upper.height, lower.height)
        for upper, lower in pairwise(boxes)
    )


def _richness(head: Head) -> tuple[int, int, int]:
    named = sum(bool(column.names) for column in head.columns)
    return named, head.matched, -(head.last_row - head.first_row)


def _head(rows: Sequence[tuple[Cell, ...]], lexicon: Lexicon, first: int) -> Head | None:
    columns: list[Column] = []
    letters = covered = 0
    for stack in _stacks(rows):
        text = " ".join(cell.text for cell in stack)
        if sum(map(str.isdigit, _FORM_NUMBER.sub("", text))) > 1:
            return None  # a row of values, not of headings
        hits = _hits(text, lexicon)
        letters += sum(map(str.isalnum, text))
        covered += sum(len(hit.label) for hit in hits)
        columns += _columns_of(stack, hits)
    names = {column.names for column in columns if column.names}
    if covered < _COVERED * letters or (
        len(names) < _NAMES_AT_LEAST and not _is_short(columns, covered / letters)
    ):
        return None
    columns.sort(key=lambda column: column.box.x0)
    last = first + len(rows) - 1
    return Head(columns=tuple(columns), first_row=first, last_row=last, matched=covered)


def _is_short(columns: Sequence[Column], covered: float) -> bool:
    """Say whether a header is that of a table of texts and amounts alone."""
    names = [set(column.names) for column in columns]
    return (
        len(columns) == 2  # noqa: PLR2004
        and "description" in names[0]
        and "net_amount" in names[1]
        and covered >= _WHOLLY
    )


def _resegmented(text: str, hits: Sequence[Hit], lexicon: Lexicon) -> Sequence[Hit]:
    """Part headings elsewhere where two neighbours would name the same column.

    "Unit Price each" is "Unit" and "Price each", not "Unit Price" and "each".
    """
    for index, (left, right) in enumerate(pairwise(hits)):
        if names_of(left) != names_of(right) or not names_of(left):
            continue
        for gap in _SPACE.finditer(text, left.start, right.end):
            parts = [
                *lexicon.find(text[left.start : gap.start()]),
                *lexicon.find(text[gap.end() : right.end]),
            ]
            if len(parts) == 2 and names_of(parts[0]) != names_of(parts[1]):  # noqa: PLR2004
                first = replace(parts[0], start=left.start, end=gap.start())
                second = replace(parts[1], start=gap.end(), end=right.end)
                return [*hits[:index], first, second, *hits[index + 2 :]]
    return hits


def _merged(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Join neighbours that head one column: "Service detail", "Text of the item", "Item / service"."""
    merged: list[Hit] = []
    for hit in hits:
        names = _joint_names(text, merged[-1], hit) if merged else ()
        if names:
            label = merged[-1].label + hit.label
            merged[-1] = replace(merged[-1], end=hit.end, label=label, names=names)
        else:
            merged.append(hit)
    return merged


def _joint_names(text: str, left: Hit, right: Hit) -> tuple[str, ...]:
    """Return what two headings name together, nothing where they head two columns."""
    if names_of(right) and names_of(left) == names_of(right):
        return left.names
    if _JOINING.fullmatch(text, left.end, right.start):
        return left.names
    is_either = text[left.end : right.start].strip() == "/"
    return tuple(name for name in left.names if name in right.names) if is_either else ()


def _hits(text: str, lexicon: Lexicon) -> list[Hit]:
    """Return the headings in a text, left to right."""
    return _merged(text, _resegmented(text, lexicon.find(text), lexicon))


def _headings(row: Sequence[Cell], lexicon: Lexicon) -> Iterator[Cell]:
    """Part the cells of a row that hold several headings, so that each is stacked on its own."""
    for cell in row:
        starts = [0, *_starts(cell.text, _hits(cell.text, lexicon))[1:], len(cell.text)]
        for start, end in pairwise(starts):
            words = cell.words_of(start, end)
            yield cell_of(line_of(words, page=cell.page), row=cell.row, column=cell.column)


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
    is_numbered = _FORM_NUMBER.match(stack[0].text) is not None
    if len(stack) == 1 and len(hits) == 1 and 0 < hits[0].start <= _NUMBER_HEADING and not is_numbered:
        (cell,) = stack  # "# Description", "No. Item": the running number's column stands in front
        end = len(cell.text)
        return [_column((), cell, 0, hits[0].start), _column(names_of(hits[0]), cell, hits[0].start, end)]
    if len(stack) > 1 or len(hits) <= 1:
        best = names_of(max(hits, key=lambda hit: len(hit.label))) if hits else ()
        words = tuple(word for cell in stack for word in cell.words)
        if not best and all(find_currency(word.text) and len(word.text) <= _CURRENCY for word in words):
            best = ("net_amount",)  # a column headed "£" or "EUR" alone
        return [Column(names=best, words=words, box=union(cell.box for cell in stack))]
    (cell,) = stack
    starts = _starts(cell.text, hits)
    return [
        _column(names_of(hit), cell, start, max(hit.end, len(cell.text[:end].rstrip())))
        for hit, start, end in zip(hits, starts, [*starts[1:], len(cell.text)], strict=True)
    ]


def _starts(text: str, hits: Sequence[Hit]) -> list[int]:
    """Return where headings in one text begin, each with the number that a form gives its box."""
    numbers = [_BOX_NUMBER.search(text, 0, hit.start) for hit in hits]
    return [number.start() if number else hit.start for number, hit in zip(numbers, hits, strict=True)]


def _column(names: tuple[str, ...], cell: Cell, start: int, end: int) -> Column:
    return Column(names=names, words=cell.words_of(start, end), box=cell.box_of(start, end))
