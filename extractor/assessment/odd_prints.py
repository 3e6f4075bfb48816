"""Prints that are odd for one value: read for two, with a wide gap inside, or with a line left out.

Whether a text is one's own whole text shows on its page, whatever its words say.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from extractor.assessment.features import Known, has_legal_form
from extractor.engines.layout.lexicon import Lexicon
from extractor.engines.reading import Evidence
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Word

_TEXTS = frozenset({"payment_terms", "remarks", "seller_name", "buyer_name", "seller_address"})
_SAID_AT_ONCE = _TEXTS - {"seller_address"}  # its parts may be set apart
_CELLS = frozenset({"description", "specification", "product_code"})
_GO_ON = frozenset({"description", "payment_terms", "remarks", "seller_name", "buyer_name"})
_WIDE = 0.8  # of a line's height: words of one text stand closer
_TALLEST = 3.0  # of a box's height: how far above it the line of a word in it may begin
_ALIGNED = 2.0  # points
_NEAR = 0.6  # line heights between lines of one text
_OTHER_PRINT = 0.07  # of a line's height
_MORE = re.compile(r"(?: [A-ZÀ-Ý][^\W\d_.]+){1,2}")
_UNEVEN, _FEWEST = 2.4, 3  # times the usual gap of a line, of so many
_NARROW = 0.4  # of a line's height: no gap is wide that is narrower
_COVERED = 0.5  # of the smaller box


def odd_prints(
    known: Sequence[Known], pages: Sequence[Page], labels: Lexicon | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the path of each value whose print is another's too, two prints, or not the whole of one.

    `labels` are those that may stand above a name and are no part of it.
    """
    if not pages:
        return
    placed = [each for each in known if each.leaf.evidence is not None]
    read = _Boxes(placed)
    yield from _shared(placed)
    yield from _gapped(placed, pages)
    yield from _left_out(placed, pages, read)
    yield from _longer_names(placed, pages)
    if labels is not None:
        yield from _begun_names(placed, pages, read, labels)


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
    rows = {page.number: _Rows(page) for page in pages if page.placement is None}
    told: set[str] = set()
    for each in known:
        evidence = each.leaf.evidence
        page = rows.get(evidence.page) if evidence is not None and evidence.page is not None else None
        if evidence is None or page is None or each.field in told:
            continue
        if each.field not in _SAID_AT_ONCE and each.column not in _CELLS:
            continue
        if any(_is_gapped(page.words_in(box)) for box in evidence.boxes):
            told.add(each.field)
            yield each.path, "A text has a wide gap inside: it may be two."


class _Rows:
    """The lines of a page by their tops."""

    def __init__(self, page: Page) -> None:
        self._lines = sorted(page.lines, key=lambda line: line.box.y0)
        self._tops = [line.box.y0 for line in self._lines]

    def words_in(self, box: Box) -> list[Word]:
        """Return the words whose middle lies in a box, left to right."""
        first = bisect_left(self._tops, box.y0 - _TALLEST * box.height)
        last = bisect_right(self._tops, box.y1)
        return [
            word for line in self._lines[first:last] for word in line.words if box.contains_centre(word.box)
        ]


def _is_gapped(words: Sequence[Word]) -> bool:
    """Say whether a line has a gap that is wide for its print, or among its other ones."""
    boxes = sorted((word.box for word in words), key=lambda box: box.x0)
    gaps = [(right.x0 - left.x1) / left.height for left, right in pairwise(boxes)]
    usual = max(_UNEVEN * median(gaps), _NARROW) if len(gaps) >= _FEWEST else _WIDE
    return any(gap > min(usual, _WIDE) for gap in gaps)


class _Boxes:
    """The places of all values that were read."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._boxes = [
            (each.leaf.evidence.page, box)
            for each in known
            if each.leaf.evidence is not None
            for box in each.leaf.evidence.boxes
        ]

    def hold(self, page: int, box: Box) -> bool:
        """Say whether a word was read for some value."""
        return any(number == page and each.contains_centre(box) for number, each in self._boxes)


def _begun_names(
    known: Sequence[Known], pages: Sequence[Page], read: _Boxes, labels: Lexicon
) -> Iterator[tuple[str, str]]:
    """Yield a party's name over whose first line another stands that is read for nothing, and is no label."""
    for each in known:
        if each.column or not each.field.endswith("_name") or each.leaf.evidence is None:
            continue
        lines = (text for text in _lines_over(each.leaf.evidence, pages, read) if not _is_label(text, labels))
        if (first := next(lines, None)) is not None:
            yield each.field, f"A line stands right above the name: {first}."


def _lines_over(evidence: Evidence, pages: Sequence[Page], read: _Boxes) -> Iterator[str]:
    """Yield what stands right above a text, at its left edge and in its print, and was not read."""
    for page in pages:
        if page.number != evidence.page or page.placement is not None or not evidence.boxes:
            continue
        for part in (part for parts in page.parted_lines for part in parts):
            for index, word in enumerate(part.words):
                if _goes_on_below(word.box, evidence.boxes[0]) and not read.hold(page.number, word.box):
                    yield " ".join(following.text for following in part.words[index:])


def _is_label(text: str, labels: Lexicon) -> bool:
    hits = labels.find(text)
    return text.endswith((":", "：")) or (bool(hits) and hits[0].start == 0)


def _left_out(known: Sequence[Known], pages: Sequence[Page], read: _Boxes) -> Iterator[tuple[str, str]]:
    """Yield an item's text, terms or remarks that go on with small letters in a line below that was not read.

    A name goes on with a number: "Residents of Mill Lane" over "14".
    """
    begun = {page.number: list(_begun(page)) for page in pages if page.placement is None}
    for each in known:
        evidence = each.leaf.evidence
        if (each.column or each.field) not in _GO_ON or evidence is None or not evidence.boxes:
            continue
        is_name = each.field.endswith("_name")
        for text, box in begun.get(evidence.page or 0, ()):
            if text.isdecimal() is not is_name or not _goes_on_below(evidence.boxes[-1], box):
                continue
            if not read.hold(evidence.page or 0, box):
                yield each.path, f"The line below was not read: {text}."
                return


def _begun(page: Page) -> Iterator[tuple[str, Box]]:
    """Yield what begins small, or with a number, at the beginning of a part of a line or behind a colon.

    Each with the place of its first word.
    """
    for part in (part for parts in page.parted_lines for part in parts):
        for index, word in enumerate(part.words):
            is_first = index == 0 or part.words[index - 1].text.endswith((":", "："))
            if is_first and (word.text[0].islower() or word.text.isdecimal()):
                yield " ".join(each.text for each in part.words[index:]), word.box


def _goes_on_below(line: Box, below: Box) -> bool:
    """Say whether a line stands right under another, at its left edge and in print of its size."""
    return (
        abs(below.x0 - line.x0) <= _ALIGNED
        and -_NEAR / 2 <= (below.y0 - line.y1) / line.height <= _NEAR
        and abs(below.height - line.height) <= _OTHER_PRINT * line.height
    )


def _longer_names(known: Sequence[Known], pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield a name without a legal form that is printed elsewhere with another word or two behind it."""
    parts = [part.text for page in pages for line in page.parted_lines for part in line]
    for each in known:
        name = each.leaf.text or ""
        if each.column or not each.field.endswith("_name") or has_legal_form(name):
            continue
        longer = (text for text in parts if text.startswith(f"{name} ") and _MORE.fullmatch(text, len(name)))
        if (first := next(longer, None)) is not None:
            yield each.field, f"The name is printed with more words: {first}."
