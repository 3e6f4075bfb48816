"""Numbers that go on beside what was read of them, and ids that were printed and not read."""

import re
from collections.abc import Iterator, Mapping, Sequence

from extractor.extraction.extraction import Extraction, Leaf
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.values.identifiers import country_of_tax_id, find_tax_ids, normal_tax_id

_IDS = ("seller_tax_id", "buyer_tax_id")
_NUMBERS = (*_IDS, "invoice_number", "purchase_order_number", "contract_number")
_COUNTRY = re.compile(r"[A-Z]{2}")  # the beginning of an id
_SPACE = 0.5  # of the height: groups of one number stand no farther apart


def cut_numbers(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield numbers with a group of digits right beside them, and accounts where an IBAN is spoken of."""
    groups = {page.number: _groups(page) for page in pages}
    for name in _NUMBERS:
        leaf = extraction.leaf(name)
        if leaf.value is not None and _goes_on(leaf, groups):
            yield name, "More digits stand right beside the number."
    account = extraction.group("seller_bank_account").get("account")
    if account is None or account.value is None or str(account.value)[:2].isalpha():
        return
    if any("IBAN" in line.text.upper() for page in pages for line in page.lines):
        yield "seller_bank_account", "An IBAN is spoken of, and the account is none."


def unread_ids(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield the seller's id where another of a country's form is printed that is nobody's."""
    leaf = extraction.leaf("seller_tax_id")
    if leaf.value is None or country_of_tax_id(str(leaf.value)) is not None:
        return
    known = {normal_tax_id(str(extraction.leaf(name).value or "")) for name in _NUMBERS}
    for page in pages:
        for line in page.lines:
            for found in find_tax_ids(line.text):
                text = line.text[found.start : found.end]
                if country_of_tax_id(text) is not None and normal_tax_id(text) not in known:
                    yield "seller_tax_id", f"Another tax id is printed: {text}."
                    return


def _groups(page: Page) -> list[tuple[Box, bool]]:
    """Return the groups of digits of a page, and the letters of countries: these begin an id only."""
    if page.placement is not None:
        return []
    digits = [(word.box, True) for word in page.words if word.text.isdecimal()]
    return digits + [(word.box, False) for word in page.words if _COUNTRY.fullmatch(word.text)]


def _goes_on(leaf: Leaf, groups: Mapping[int, Sequence[tuple[Box, bool]]]) -> bool:
    evidence = leaf.evidence
    if evidence is None or not evidence.boxes:
        return False
    first, last = evidence.boxes[0], evidence.boxes[-1]
    return any(
        _is_right_of(first, box) or (is_number and _is_right_of(box, last))
        for box, is_number in groups.get(evidence.page or 0, ())
    )


def _is_right_of(box: Box, other: Box) -> bool:
    gap = box.x0 - other.x1
    return 0 <= gap <= _SPACE * other.height and box.overlap_y(other) > other.height / 2
