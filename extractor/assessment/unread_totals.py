"""Amounts that are printed beside the items, and are larger than every total that was read.

A total that was read from the wrong row is mostly smaller than the right one, which is
printed too: with its tax, with a balance carried over.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.extraction.extraction import Extraction
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Word
from extractor.values.amounts import parse_amount

_TOTALS = ("gross_amount", "amount_due", "net_amount")
_ITEMS = "line_items"
_CENTS = re.compile(r"[^\d\s]{0,3}\d[\d.,'’\u00a0\u202f]*[.,]\d\d(?!\d)\D{0,3}")  # alone in its word
_MARK = re.compile(r"([.,])\d\d(?!\d)\D*$")
_OF_THE_FIRM = re.compile(r"capital|kapitaal|kapital|capitale|资本|資本", re.IGNORECASE)


def unread_totals(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield the path of the total that is smaller than an amount beside the items, and why that is odd."""
    read = {name: leaf for name in _TOTALS if isinstance((leaf := extraction.leaf(name)).value, Decimal)}
    amounts = [abs(leaf.value) for leaf in read.values() if isinstance(leaf.value, Decimal)]
    if not amounts:
        return
    most, name = max(amounts), next(iter(read))
    items = list(_places_of_items(extraction))
    for page in pages:
        beside = [box for number, box in items if number == page.number]
        for line in page.lines:
            if _OF_THE_FIRM.search(line.text):
                continue
            for word in line.words:
                amount = _amount(word)
                if amount is not None and amount > most and not _is_at_height_of(word.box, beside):
                    yield name, f"A larger amount than the total is printed: {word.text}."
                    return


def _places_of_items(extraction: Extraction) -> Iterator[tuple[int | None, Box]]:
    for row in extraction.rows(_ITEMS):
        for leaf in row.members.values():
            if leaf.evidence is not None:
                yield from ((leaf.evidence.page, box) for box in leaf.evidence.boxes)


def _amount(word: Word) -> Decimal | None:
    """Return the amount with cents that a word is, without its sign."""
    if not _CENTS.fullmatch(word.text):
        return None
    mark = _MARK.search(word.text)
    parsed = parse_amount(word.text, decimal_mark=mark[1] if mark else None)
    return abs(parsed.value) if parsed is not None else None


def _is_at_height_of(box: Box, items: Sequence[Box]) -> bool:
    return any(box.overlap_y(item) > 0 for item in items)
