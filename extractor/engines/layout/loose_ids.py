"""Tax ids that stand in no party's block: the seller's, unless they end the buyer's block."""

import re
from collections.abc import Iterator, Mapping, Sequence

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.party_blocks import BLOCK_ALIGNED
from extractor.engines.layout.party_regions import Region, side_of
from extractor.engines.reading import Candidate
from extractor.values.identifiers import CheckDigit, check_tax_id, find_tax_ids

_NEAR = 1.7  # line heights between the lines of a block
_VALID, _UNPROVEN = 0.6, 0.35  # the score of an id without a label, by its check digit
_BEHIND_IBAN = re.compile(r"IBAN\)?\W*(?:N[or°º]\.?\W*)?$", re.IGNORECASE)


def loose_ids(
    pages: Sequence[LabelledSheet], regions: Sequence[Region], found: Mapping[str, Sequence[Candidate]]
) -> Iterator[tuple[str, Candidate]]:
    """Take an id that stands in no block as the seller's, if the seller has none yet."""
    if found.get("seller_tax_id"):
        return
    taken = {each.text for each in found.get("buyer_tax_id", ())}
    for page in pages:
        for cell in page.sheet.cells:
            if any(region.holds(cell) for region in regions):
                continue
            is_theirs = any(region.side == "buyer" and _ends(region, cell) for region in regions)
            for each in find_tax_ids(cell.text):
                text = cell.text[each.start : each.end]
                if text not in taken and not _BEHIND_IBAN.search(cell.text[: each.start]):
                    score = _VALID if check_tax_id(text) is CheckDigit.VALID else _UNPROVEN
                    is_buyers = is_theirs or any(
                        side_of(hit) == "buyer" for hit in page.hits_of(cell) if hit.start < each.start
                    )  # "Cliente: PT 536271755"
                    name = "buyer_tax_id" if is_buyers else "seller_tax_id"
                    yield (
                        name,
                        Candidate(text=text, evidence=cell.evidence(each.start, each.end), score=score),
                    )


def _ends(region: Region, cell: Cell) -> bool:
    """Say whether a cell stands right below a block, at its left edge, so that it may be its last line."""
    if cell.page != region.page.sheet.page.number or not region.lines:
        return False
    last = region.lines[-1].cell.box
    is_near = 0 <= cell.box.y0 - last.y1 + last.height / 2 <= _NEAR * last.height
    return is_near and abs(cell.box.x0 - last.x0) <= BLOCK_ALIGNED
