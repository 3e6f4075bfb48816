"""Seller and buyer that no label names: they are told by where they stand, and may be the wrong way round."""

from collections.abc import Iterator, Sequence

from extractor.assessment.surroundings import DOMAIN, STEM
from extractor.extraction.extraction import Extraction
from extractor.pages.page import Page
from extractor.values.text import squeeze

_BY_PLACE = 0.90  # the score of a party by its place, at most


def guessed_parties(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield the seller's path where only places tell the parties apart, and nothing says its name again."""
    seller, buyer = extraction.leaf("seller_name"), extraction.leaf("buyer_name")
    if seller.value is None or buyer.value is None or max(seller.score, buyer.score) > _BY_PLACE or not pages:
        return
    lines = [line.text for page in pages for line in page.lines]
    name = squeeze(str(seller.value))
    if "\n".join(map(squeeze, lines)).count(name) > 1:
        return
    stems = {squeeze(found)[:STEM] for line in lines for found in DOMAIN.findall(line.casefold())}
    if name[:STEM] not in stems:
        yield "seller_name", "No label says which of two parties is the seller."
