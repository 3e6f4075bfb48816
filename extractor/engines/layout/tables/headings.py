"""What stands between and beside the items of a table, and is none: headings, notes in the margin."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, starmap
from statistics import median

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.column_names import is_running_number
from extractor.engines.layout.tables.column import Column
from extractor.engines.layout.tables.columns import Assignment, is_figure, letters_and_digits
from extractor.engines.layout.tables.printed import joined
from extractor.engines.layout.tables.runs import are_apart
from extractor.pages.geometry import Box

_POSITION = re.compile(r"[A-Z]?\d{1,3}(?:\.\d{1,3})*\.?")  # 4, 01.2, A3
_APART = 15.0  # points: what stands so far beside all columns belongs to something else
_UNHEADED = 45.0  # points: how far beside them a lone item may reach
_EVEN = 1.0  # points: gaps that differ by less are the same
_SUM = re.compile(
    r"(?:sub|sous|zwischen|tussen)?(?:total|totaal|summe|gesamt|somme|suma|soma|小计|合计)"
    r"|[\u2e80-\u9fff]{1,12}?(?:小计|合计)"
)  # of letters alone
_CJK_FROM = "\u2e80"
_SHORTEST, _SHORTEST_CHINESE = 4, 2  # letters of a title
_SUM_WORDS = 16  # letters that a sum says more than the name of its group
_FEWEST = 2  # numbers that make a row one of items
_COUNTED = re.compile(r"[^\W\d_]{3,} \d{1,2}\s?[:：]")  # "Phase 2: fitting"
_DESCRIPTION = "description"
_GOES_ON = (",", "-", "&", "/")  # with which a text breaks off, and no heading ends


def within_columns(rows: Sequence[tuple[Cell, ...]], columns: Sequence[Column]) -> list[tuple[Cell, ...]]:
    """Return the rows without the cells left or right of the table: addresses, notes in the margin.

    The table reaches as far as its headings, and as the first and last cells of most items.
    """
    items = [row for row in rows if sum(any(map(str.isdigit, cell.text)) for cell in row) >= _FEWEST]
    if not items:
        return list(rows)
    left, right = min(column.box.x0 for column in columns), max(column.box.x1 for column in columns)
    if len(items) < _FEWEST:
        left, right = left - _UNHEADED, right + _UNHEADED
    else:
        left = min(left, median(row[0].box.x0 for row in items)) - _APART
        right = max(right, median(row[-1].box.x1 for row in items)) + _APART
    kept = (tuple(cell for cell in row if cell.box.x1 >= left and cell.box.x0 <= right) for row in rows)
    return [row for row in kept if row]


def without_headings(
    assignments: Sequence[Assignment],
    anchors: Sequence[bool],
    columns: Sequence[Column],
    boxes: Sequence[Box],
    *,
    behind_sums: Sequence[bool],
    sums: Sequence[str] = (),
    has_titles: bool = False,
) -> list[int]:
    """Return which rows are no headings of groups.

    Headings are a position without an amount, where every item has a position of its own
    ("2 Painting" above "2.1" and "2.2"); texts above the first item, and right behind a
    sum, where every item is named on the line of its amount; then also those that keep
    from the rows above and below the distance that items keep from each other. `has_titles`
    tells that one stood right under the table's head; `sums` are the texts of the rows that
    add up others: they name the groups again.
    """
    headings = {*_numbered(assignments, anchors, columns)}
    headings |= {*_summed_up(assignments, anchors, sums)}
    items = _full(assignments, anchors)
    if items and _are_named(assignments, items, columns):
        headings |= {*_titles(assignments, anchors, boxes, behind_sums, items=items, has_titles=has_titles)}
    return [index for index in range(len(anchors)) if index not in headings]


def _numbered(
    assignments: Sequence[Assignment], anchors: Sequence[bool], columns: Sequence[Column]
) -> Iterator[int]:
    positions = [joined(assignment[0]) for assignment in assignments]
    items = [index for index, is_anchor in enumerate(anchors) if is_anchor]
    if not items or not all(_POSITION.fullmatch(positions[index]) for index in items):
        return
    if columns[0].names and not is_running_number([positions[index] for index in items]):
        return
    yield from (index for index, is_anchor in enumerate(anchors) if not is_anchor and positions[index])


def _summed_up(
    assignments: Sequence[Assignment], anchors: Sequence[bool], sums: Sequence[str]
) -> Iterator[int]:
    """Yield the texts that a sum names again: "Services" for "Total Services"."""
    named = {
        letters
        for text in (*sums, *map(_text, assignments))
        if _SUM.match(letters := _letters(text)) is not None
    }
    for index, is_anchor in enumerate(anchors):
        title = _letters(_text(assignments[index]))
        shortest = _SHORTEST_CHINESE if title > _CJK_FROM else _SHORTEST
        if is_anchor or not named or len(title) < shortest:
            continue
        if any(title in text and 0 < len(text) - len(title) <= _SUM_WORDS for text in named):
            yield index


def _text(assignment: Assignment) -> str:
    return " ".join(joined(runs) for runs in assignment if runs)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.casefold()))


def _are_named(assignments: Sequence[Assignment], items: Sequence[int], columns: Sequence[Column]) -> bool:
    """Say whether every item has words of its description on the line of its amount."""
    places = [index for index, column in enumerate(columns) if _DESCRIPTION in column.names]
    return all(
        any(any(map(str.isalpha, joined(assignments[index][place]))) for place in places) for index in items
    )


def _titles(
    assignments: Sequence[Assignment],
    anchors: Sequence[bool],
    boxes: Sequence[Box],
    behind_sums: Sequence[bool],
    *,
    items: Sequence[int],
    has_titles: bool,
) -> Iterator[int]:
    """Yield the rows of one text right above an item that belong to no item above.

    A row with an amount alone may be the sum of a group, though nothing in it says so.
    """
    gaps = [lower.y0 - upper.y1 for upper, lower in pairwise(boxes)]
    between = [gap for gap, pair in zip(gaps, pairwise(anchors), strict=True) if all(pair)]
    above_items = [gap for gap, is_anchor in zip(gaps, anchors[1:], strict=True) if is_anchor]
    usual = median(between or above_items or [float("inf")]) - _EVEN
    sums = {index for index, is_anchor in enumerate(anchors) if is_anchor} - {*items}
    for index, is_anchor in enumerate(anchors[:-1]):
        if is_anchor or not anchors[index + 1] or not _is_title(assignments[index]):
            continue
        is_apart = index > 0 and gaps[index - 1] > usual
        is_counted = _COUNTED.match(_text(assignments[index])) is not None
        is_below_group = has_titles or is_counted or index - 1 in sums
        if not any(anchors[:index]) or behind_sums[index] or (is_below_group and is_apart):
            has_titles = True
            yield index


def _full(assignments: Sequence[Assignment], anchors: Sequence[bool]) -> list[int]:
    """Return the rows with an item's numbers; one number alone is a sum, where others have more."""
    counts = {index: _numbers(assignments[index]) for index, is_anchor in enumerate(anchors) if is_anchor}
    most = max(counts.values(), default=0)
    return [index for index, count in counts.items() if count >= min(_FEWEST, most)]


def _numbers(assignment: Assignment) -> int:
    return sum(is_figure(joined(runs)) for runs in assignment)


def _is_title(assignment: Assignment) -> bool:
    runs = [run for runs in assignment for run in runs]
    if not runs or any(starmap(are_apart, pairwise(runs))) or runs[-1].text.endswith(_GOES_ON):
        return False  # of one line, though it may reach over several columns
    letters, digits = letters_and_digits(_text(assignment))
    return letters > digits
