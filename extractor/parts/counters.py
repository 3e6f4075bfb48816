"""The page counters that stand on a page, and how they follow those of the pages before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from extractor.engines.layout.cells import Cell, Sheet
from extractor.values.page_counters import (
    PageCounter,
    find_page_counters,
    is_page_word,
    parse_page_counter,
)

_EDGE = 0.1  # of the page's height: where a counter needs no word for "page"
_CELLS_OF_ITEM = 4  # on one row, at least: there "sheet 2" is a unit and a quantity
_BELOW_WITHIN = 2.4  # heights of the heading "Page"


class Succession(Enum):
    """How a page's counter follows those of the pages before it."""

    NONE = auto()  # nothing can be said
    GOES_ON = auto()  # page 2 after page 1
    MAY_BE_STAMPED = auto()  # goes on, but as one through the whole file, as a scanner prints it
    BEGINS = auto()  # page 1 behind pages without a counter
    BEGINS_AGAIN = auto()  # page 1 where page 2 was due
    BEGINS_AFTER_END = auto()  # page 1 behind page 3 of 3
    STRAY = auto()  # any other page than the one that was due


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a page stands in its file, from 1."""

    page: int
    of: int


def counters_on(sheet: Sheet, position: Position) -> tuple[PageCounter, ...]:
    """Return the page's counters, top to bottom.

    One that is the page's place in the file is left out where the page has another:
    whoever put the file together stamped it.
    """
    found = {(each.page, each.of): each for each in _found(sheet)}
    stamp = (position.page, position.of)
    if len(found) > 1:
        found.pop(stamp, None)
    return tuple(found.values())


def succession(
    counters: Sequence[PageCounter], earlier: Sequence[Sequence[PageCounter]], position: Position
) -> Succession:
    """Say how the counters of a page follow those of the `earlier` pages of a part, in order."""
    if not counters:
        return Succession.NONE
    before = [(back, each) for back, page in enumerate(reversed(earlier), 1) for each in page]
    if any(_goes_on(counter, last, back) for counter in counters for back, last in before):
        is_place = all((each.page, each.of) == (position.page, position.of) for each in counters)
        return Succession.MAY_BE_STAMPED if is_place else Succession.GOES_ON
    if all(counter.page > 1 for counter in counters):
        return Succession.STRAY
    seen = {(each.page, each.of) for _, each in before}
    if not seen:
        return Succession.BEGINS
    if any(counter.of is not None and _completes(counter, seen) for counter in counters):
        return Succession.GOES_ON
    nearest = next(page for page in reversed(earlier) if page)
    is_at_end = any(each.page == each.of for each in nearest)
    return Succession.BEGINS_AFTER_END if is_at_end else Succession.BEGINS_AGAIN


def _found(sheet: Sheet) -> Iterator[PageCounter]:
    for row in sheet.rows:
        in_cells = [counter for cell in row for counter in _in_cell(sheet, cell)]
        yield from in_cells
        if len(row) > 1 and not in_cells:  # its words stand far apart
            text = " ".join(cell.text for cell in row)
            yield from (each for each in find_page_counters(text) if each.of is not None)


def _in_cell(sheet: Sheet, cell: Cell) -> Iterator[PageCounter]:
    is_item = len(sheet.rows[cell.row]) >= _CELLS_OF_ITEM
    yield from (each for each in find_page_counters(cell.text) if each.of is not None or not is_item)
    if is_page_word(cell.text):
        below = sheet.below(cell.box, cell.row, within=_BELOW_WITHIN * cell.box.height)
        for value in (*sheet.right_of(cell)[:1], *list(below)[:1]):
            counter = parse_page_counter(value.text, is_labelled=True)
            if counter is not None:
                yield counter
                return
    height = sheet.page.height
    if cell.box.y1 < _EDGE * height or cell.box.y0 > (1 - _EDGE) * height:
        counter = parse_page_counter(cell.text)
        if counter is not None:
            yield counter


def _goes_on(counter: PageCounter, last: PageCounter, back: int) -> bool:
    """Say whether a counter follows one that stands `back` pages before; pages between may have none."""
    is_one_count = counter.of == last.of or None in (counter.of, last.of)
    return is_one_count and last.page < counter.page <= last.page + back


def _completes(counter: PageCounter, seen: set[tuple[int, int | None]]) -> bool:
    """Say whether a page 1 is the one that was missing: sheets scanned in reverse."""
    return (counter.page, counter.of) not in seen and any(of == counter.of for _, of in seen)
