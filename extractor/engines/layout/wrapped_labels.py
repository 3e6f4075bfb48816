"""Labels that go over two lines: "Bestelldatum / Order" above "date" is no date of issue."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from extractor.engines.layout.cells import Cell, Sheet, cell_of
from extractor.engines.layout.lexicon import Hit, Lexicon
from extractor.pages.geometry import Box
from extractor.pages.lines import line_of

_ALIGNED = 4.0  # points
_LINE_GAP = 0.6  # of the height: lines of one label stand closer
_MOST_WORDS = 5
LEVEL = 0.35  # of the height: a value stands no further off its label's line


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedLabel:
    """A label of two lines. `whole` is found in both texts joined by a space.

    `is_valued`: its value stands behind or beside the first line.
    """

    head: Cell
    tail: Cell
    whole: Hit
    is_valued: bool


def wrapped_labels(sheet: Sheet, lexicon: Lexicon) -> Iterator[WrappedLabel]:
    """Yield each label that begins in a cell and ends in the one right below it."""
    for cell in sheet.cells:
        head = _head_of(cell)
        tail = _line_below(sheet, head) if head is not None else None
        if head is None or tail is None or not _may_be_label(tail):
            continue
        value = _value_of(sheet, cell, head)
        if value is not None and any(other.box.overlap_x(value) > 0 for other in sheet.right_of(tail)):
            continue  # they have a label each
        own = lexicon.find(tail.text)[:1]
        if (
            len(head.words) < len(cell.words)
            and lexicon.knows(tail.text)
            and _beside(sheet, tail) is not None
        ):
            continue
        for hit in lexicon.find(f"{head.text} {tail.text}"):
            is_within = bool(own) and own[0].start == 0 and own[0].end > hit.end - len(head.text) - 1
            if hit.start < len(head.text) < hit.end and not is_within:
                yield WrappedLabel(head=head, tail=tail, whole=hit, is_valued=value is not None)


def rejoined(
    label: WrappedLabel, *, of_head: tuple[Hit, ...], of_tail: tuple[Hit, ...]
) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """Return the labels of both cells with the whole one in its place: its end, in the tail, has its meaning.

    Where its value stands beside the head, or behind it in its cell, the head has it.
    """
    head, whole = label.head, label.whole
    shift = len(head.text) + 1
    before = tuple(hit for hit in of_head if hit.end <= whole.start)
    behind = tuple(hit for hit in of_tail if hit.start >= whole.end - shift)
    if label.is_valued:
        others = (hit for hit in of_head if hit.start > len(head.text))
        return (*before, replace(whole, end=len(head.text)), *others), behind
    return before, (replace(whole, start=0, end=whole.end - shift), *behind)


def _line_below(sheet: Sheet, head: Cell) -> Cell | None:
    for below in sheet.below(head.box, head.row, within=_LINE_GAP * head.box.height):
        return below if below.box.misalignment(head.box) <= _ALIGNED else None
    return None


def _head_of(cell: Cell) -> Cell | None:
    """Return what of a cell may begin a label: all of it, or the words before a number."""
    if _may_be_label(cell):
        return None if cell.text.endswith((":", "：")) else cell
    words = tuple(takewhile(lambda word: not any(map(str.isdigit, word.text)), cell.words))
    if not words or len(words) > _MOST_WORDS or len(words) == len(cell.words):
        return None
    return cell_of(line_of(words, page=cell.page), row=cell.row, column=cell.column)


def _value_of(sheet: Sheet, cell: Cell, head: Cell) -> Box | None:
    """Return where the value of a label stands that begins in a cell: behind the head, or beside the cell."""
    if len(head.words) < len(cell.words):
        return cell.box_of(cell.starts[len(head.words)], len(cell.text))
    beside = _beside(sheet, cell)
    return None if beside is None or _may_be_label(beside) else beside.box


def _beside(sheet: Sheet, cell: Cell) -> Cell | None:
    """Return the next cell on the right, if it stands on a cell's line."""
    beside = next(iter(sheet.right_of(cell)), None)
    is_level = beside is not None and abs(beside.box.centre_y - cell.box.centre_y) <= LEVEL * cell.box.height
    return beside if is_level else None


def _may_be_label(cell: Cell) -> bool:
    return len(cell.words) <= _MOST_WORDS and not any(map(str.isdigit, cell.text))
