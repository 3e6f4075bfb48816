"""Prints that are odd for one value: read for two, with a wide gap inside, or with a line left out.

Whether a text is one's own whole text shows on its page, whatever its words say.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.assessment.features import Known, known_values
from extractor.extraction.extraction import Extraction
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Word

_TEXTS = frozenset({"payment_terms", "remarks", "seller_name", "buyer_name", "seller_address"})
_SAID_AT_ONCE = _TEXTS - {"seller_address"}  # its parts may be set apart
_CELLS = frozenset({"description", "specification", "product_code"})
_WIDE = 0.8  # of a line's height: words of one text stand closer
_ALIGNED = 2.0  # points
_NEAR = 0.6  # line heights between lines of one text
_OTHER_PRINT = 0.07  # of a line's height
_COVERED = 0.5  # of the smaller box


def odd_prints(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield the path of each text whose print is another's too, or two prints."""
    if not pages:
        return
    known = [each for each in known_values(extraction) if each.leaf.evidence is not None]
    yield from _shared(known)
    yield from _gapped(known, pages)
    yield from _left_out(known, pages)


def _shared(known: Sequence[Known]) -> Iterator[tuple[str, str]]:
    """Yield the items whose text is read for a field of the document as well."""
    texts = [each for each in known if each.field in _TEXTS]
    for cell in known:
        if cell.column != "description":
            continue
        for text in texts:
            if _is_one_print(cell, text):
                yield "line_items", f"A line item's text is read as {text.field.replace('_', ' ')} too."
                return


def _is_one_print(one: Known, other: Known) -> bool:
    first, second = one.leaf.evidence, other.leaf.evidence
    if first is None or second is None or first.page != second.page:
        return False
    return any(_overlap(box, each) > _COVERED for box in first.boxes for each in second.boxes)


def _overlap(one: Box, other: Box) -> float:
    """Return the common part of two boxes, of the smaller one."""
    common = max(0.0, one.overlap_x(other)) * max(0.0, one.overlap_y(other))
    return common / max(min(one.width * one.height, other.width * other.height), 1.0)


def _gapped(known: Sequence[Known], pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield the texts with a wide gap between two words of a line."""
    flat = {page.number: page for page in pages if page.placement is None}
    told: set[str] = set()
    for each in known:
        evidence = each.leaf.evidence
        page = flat.get(evidence.page) if evidence is not None and evidence.page is not None else None
        if evidence is None or page is None or each.field in told:
            continue
        if each.field not in _SAID_AT_ONCE and each.column not in _CELLS:
            continue
        if any(_is_gapped(box, page.words) for box in evidence.boxes):
            told.add(each.field)
            yield each.path, "A text has a wide gap inside: it may be two."


def _is_gapped(box: Box, words: Sequence[Word]) -> bool:
    inside = sorted((word.box for word in words if box.contains_centre(word.box)), key=lambda each: each.x0)
    return any(right.x0 - left.x1 > _WIDE * left.height for left, right in pairwise(inside))


def _left_out(known: Sequence[Known], pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield an item whose text goes on with small letters in a line below that was not read."""
    parts = {
        page.number: [part for line in page.parted_lines for part in line if part.text[:1].islower()]
        for page in pages
        if page.placement is None
    }
    boxes = [
        (each.leaf.evidence.page, box)
        for each in known
        if each.leaf.evidence is not None
        for box in each.leaf.evidence.boxes
    ]
    for each in known:
        evidence = each.leaf.evidence
        if each.column != "description" or evidence is None or not evidence.boxes:
            continue
        last = evidence.boxes[-1]
        for part in parts.get(evidence.page or 0, ()):
            is_read = any(
                page == evidence.page and box.contains_centre(part.words[0].box) for page, box in boxes
            )
            if _goes_on_below(last, part.box) and not is_read:
                yield each.path, f"The line below was not read: {part.text}."
                return


def _goes_on_below(line: Box, below: Box) -> bool:
    """Say whether a line stands right under another, at its left edge and in print of its size."""
    gap = (below.y0 - line.y1) / line.height
    return (
        abs(below.x0 - line.x0) <= _ALIGNED
        and -_NEAR / 2 <= gap <= _NEAR
        and abs(below.height - line.height) <= _OTHER_PRINT * line.height
    )
