"""Lines that stand together as a party's block, and the names in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from extractor.engines.layout.cells import Cell, joined_lines
from extractor.engines.layout.labelled import NUMBER_WORDS, LabelledSheet, has_colon
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.names import (
    has_legal_form,
    has_post_code,
)
from extractor.engines.layout.spec_labels import NOTHING, PARTY
from extractor.engines.layout.translations import behind_translation
from extractor.engines.reading import Candidate, Evidence
from extractor.pages.geometry import Box

BLOCK_ALIGNED = 8.0  # points
BLOCK_GAP = 1.0  # of a line's height, between lines of one block
LOOSE_GAP = 1.7  # of a line's height, between the lines of an address
_IN_BRACKETS = re.compile(r"\s*[(（][^\W\d_][^)）\d]{2,24}[)）]")  # "Cedente/prestatore (fornitore)"
MOST_LINES = 9
BESIDE = 6.0  # line heights from a heading to its value on the right
_CENTRED = 2.0  # points
_BELOW = 3  # lines
_WIDE = 0.5  # line heights: a space between words is half as wide
_WIDER = 1.3  # times the spaces behind it
_INITIALS = "MS"  # above a name: a logo, and no "M/s" before a firm


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters of a cell."""

    cell: Cell
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the characters."""
        return self.cell.text[self.start : self.end]


def join_spans(spans: Sequence[Span], score: float) -> Candidate:
    """Return one candidate of several lines."""
    boxes = tuple(box for span in spans for box in span.cell.evidence(span.start, span.end).boxes)
    first = spans[0].cell
    evidence = Evidence(page=first.page, boxes=boxes, origin=first.words[0].origin)
    text = joined_lines(span.text.strip() for span in spans).strip(" ,;")
    return Candidate(text=text, evidence=evidence, score=score)


def block_below(
    page: LabelledSheet,
    first: Cell,
    *,
    gap: float = BLOCK_GAP,
    box: Box | None = None,
    most: int = MOST_LINES,
) -> tuple[Cell, ...]:
    """Return a cell and the lines under it that belong to the same block, `most` at the most.

    `gap` is the widest distance between two lines, in line heights: under a logo's
    large print the smaller line's count. They line up with `box`, the cell's own if none.
    """
    return tuple(islice(_block(page, first, gap=gap, box=box or first.box), most))


def _block(page: LabelledSheet, first: Cell, *, gap: float, box: Box) -> Iterator[Cell]:
    """Yield a cell and those below that line up with the box."""
    yield first
    last = first
    has_text = False  # a line without a label: the name, at least
    while True:
        below = None
        for cell in page.sheet.below(last.box, last.row, within=gap * last.box.height):
            if lines_up(cell.box, box):
                farthest = max(BLOCK_GAP * last.box.height, gap * min(last.box.height, cell.box.height))
                below = cell if cell.box.y0 - last.box.y1 <= farthest else None
                break
        if below is None or page.is_in_table(below) or is_heading_cell(page, below):
            return
        if is_beside_heading(page, below):
            return
        has_text = has_text or not page.starts_with_label(last)
        if has_text and _is_of_document(page, below):
            return
        yield below
        last = below


def is_party(hit: Hit) -> bool:
    """Say whether a label names a party, and not one of its ids or accounts."""
    return any(name.startswith(PARTY) or name in {"seller_name", "buyer_name"} for name in hit.names)


def is_party_heading(page: LabelledSheet, cell: Cell, hit: Hit) -> bool:
    """Say whether a label opens a party's block: alone in its cell, or before a colon."""
    is_named = any(name.startswith(PARTY) for name in hit.names) and not has_colon(cell, hit)
    is_either = {"seller_name", "buyer_name"} <= set(hit.names) and not is_named
    is_last_word = cell.text.islower() and cell.text.endswith(".")  # of a sentence: "... an."
    if (
        not is_party(hit) or is_either or is_last_word or cell.text == _INITIALS
    ):  # "Ragione sociale:" goes on in a block
        return False
    others = [other for other in page.hits_of(cell) if other is not hit and is_party(other)]
    before, rest = cell.text[: hit.start], cell.text[hit.end :]
    for other in others:  # "Käufer/Leistungsempfänger:" is one heading
        before = before.replace(cell.text[other.start : other.end], "") if before.endswith("/") else before
        rest = rest.replace(cell.text[other.start : other.end], "") if "/" in rest[:2] else rest
    in_brackets = _IN_BRACKETS.match(rest)
    rest = rest[in_brackets.end() :] if in_brackets else rest
    translated = behind_translation(rest, 0)
    if translated:
        rest = ":" * rest[:translated].endswith((":", "：")) + rest[translated:]
    if any(character.isalnum() for character in before):
        return False
    if has_colon(cell, hit) or rest.strip(" /").startswith((":", "：")):
        return True
    return not any(c.isalnum() for c in rest) or _stands_apart(page, cell, hit)


def _stands_apart(page: LabelledSheet, cell: Cell, hit: Hit) -> bool:
    """Say whether a party's block begins behind a label, a wider gap away than the next word."""
    for before, word, start in zip(cell.words, cell.words[1:], cell.starts[1:], strict=False):
        if start >= hit.end:
            gap = word.box.x0 - before.box.x1
            if gap <= max(_WIDE * cell.box.height, _WIDER * _space_behind(cell, start)):
                return False
            below = page.sheet.below(word.box, cell.row, within=_BELOW * cell.box.height)
            lines = [line.text for line in below if abs(line.box.x0 - word.box.x0) <= BLOCK_ALIGNED]
            return any(has_legal_form(line) or has_post_code(line) for line in (cell.text[start:], *lines))
    return False


def _space_behind(cell: Cell, start: int) -> float:
    """Return how wide the spaces are between the words from a place on, 0 where there is one word."""
    pairs = zip(cell.words, cell.words[1:], cell.starts, strict=False)
    return min((word.box.x0 - left.box.x1 for left, word, place in pairs if place >= start), default=0.0)


def is_heading_cell(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a cell opens a party's block."""
    return any(is_party_heading(page, cell, hit) for hit in page.hits_of(cell))


def is_beside_heading(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a heading stands near on the left of a cell, so that the cell is its value."""
    if not cell.column:
        return False
    left = page.sheet.rows[cell.row][cell.column - 1]
    is_open = page.waits(left) or left.text.endswith((":", "：", ")", "）"))
    return is_open and cell.box.x0 - left.box.x1 <= BESIDE * cell.box.height and is_heading_cell(page, left)


def is_under_heading(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a heading stands right above a cell, at its left edge."""
    above = next(iter(page.sheet.above(cell)), None)
    if above is None:
        return False
    is_near = cell.box.y0 - above.box.y1 <= BLOCK_GAP * cell.box.height
    is_aligned = abs(above.box.x0 - cell.box.x0) <= BLOCK_ALIGNED
    return is_near and is_aligned and is_heading_cell(page, above)


def names_party(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a cell names a party behind a label of any: "Denominazione: Quast S.r.l."."""
    hit = next(iter(page.hits_of(cell)), None)
    return hit is not None and hit.start == 0 and has_colon(cell, hit) and "seller_name" in hit.names


def lines_up(box: Box, first: Box) -> bool:
    """Say whether a line stands in a block: at its left edge, its right edge or its middle."""
    return (
        abs(box.x0 - first.x0) <= BLOCK_ALIGNED
        or abs(box.x1 - first.x1) <= BLOCK_ALIGNED
        or abs(box.centre_x - first.centre_x) <= _CENTRED
    )


def _is_of_document(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a line belongs to the document and not to a party: its number, a date, a total."""
    if not page.starts_with_label(cell):
        return False
    first = page.hits_of(cell)[0]
    if first.label in NUMBER_WORDS and len(cell.text[first.end :].split()) > 2:  # noqa: PLR2004
        return False  # "No. 44, Station Road"
    names = first.names
    return not any(name == NOTHING or name.startswith((PARTY, "seller_", "buyer_")) for name in names)
