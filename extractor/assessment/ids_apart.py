"""A seller's tax id that stands with the buyer's name, and not with the seller's."""

import re
from collections.abc import Iterator, Sequence

from extractor.extraction.extraction import Extraction, Leaf
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.values.identifiers import is_tax_office_number

_VAT_ID = re.compile(r"\bUSt\b[ .-]*Id|\bUmsatzsteuer-?Id|\bUStId|\bVAT (?:ID|no|number)", re.IGNORECASE)
_BLOCK = 8.0  # line heights that a party's block reaches down from its name
_ABOVE = 2.0  # line heights that an id may stand above the name
_ALIGNED = 40.0  # points between the left edges of a block's lines, labels in front
_FOOT = 0.7  # of the page's height: ids of the foot are the seller's


def ids_apart(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield the path of the seller's id where it is in the buyer's block, or in nobody's above the items."""
    tax_id, seller, buyer = (extraction.leaf(name) for name in ("seller_tax_id", "seller_name", "buyer_name"))
    if is_tax_office_number(tax_id.text or "") and _has_another(extraction, pages):
        yield "seller_tax_id", "A VAT id is printed, and a number of the tax office is read for the seller."
        return
    if tax_id.value is None or _box(tax_id) is None or _is_with(tax_id, seller):
        return
    if buyer.value is not None:
        if _is_with(tax_id, buyer):
            yield "seller_tax_id", "The seller's tax id stands with the buyer's name."
        return
    page = next((page for page in pages if tax_id.evidence and page.number == tax_id.evidence.page), None)
    box = _box(tax_id)
    if page is not None and box is not None and box.y0 < _FOOT * page.height and seller.evidence is not None:
        yield "seller_tax_id", "The tax id does not stand with the seller's name, and no buyer was read."


def _has_another(extraction: Extraction, pages: Sequence[Page]) -> bool:
    """Say whether a German VAT id, or a label of one, is there that is not with the buyer's name."""
    theirs = extraction.leaf("buyer_tax_id")
    if theirs.value is not None and not _is_with(theirs, extraction.leaf("buyer_name")):
        return True
    labels = sum(len(_VAT_ID.findall(line.text)) for page in pages for line in page.lines)
    return labels > (theirs.value is not None)


def _box(leaf: Leaf) -> Box | None:
    return leaf.evidence.boxes[0] if leaf.evidence is not None and leaf.evidence.boxes else None


def _is_with(tax_id: Leaf, name: Leaf) -> bool:
    """Say whether an id stands in the block that a name heads."""
    box, head = _box(tax_id), _box(name)
    if box is None or head is None or tax_id.evidence is None or name.evidence is None:
        return False
    if tax_id.evidence.page != name.evidence.page:
        return False
    down = (box.y0 - head.y0) / max(head.height, 1.0)
    is_aligned = abs(box.x0 - head.x0) <= _ALIGNED or box.overlap_x(head) > 0
    return -_ABOVE <= down <= _BLOCK and is_aligned
