"""A document that refers to an earlier invoice, and is read as a plain one: it may be a credit note."""

import re
from collections.abc import Iterator, Sequence

from extractor.extraction.extraction import Extraction
from extractor.pages.page import Page

_PLAIN = "commercial"
_EARLIER = re.compile(
    r"\b(?:original|ref\.?(?:erence)?) invoice\b(?! only)|\binvoice (?:credited|corrected)\b"
    r"|\b(?:ursprungs|original|bezugs)-?rechnung|\bfacture (?:d['’]origine|initiale|corrigée)"
    r"|\b(?:oorspronkelijke|gecrediteerde) factuur|\bfactura (?:original|rectificada)"
    r"|\bfattura (?:di riferimento|originale|rettificata)|\bfatura (?:original|de origem|retificada)"
    r"|原(?:始)?发票|对应发票|被冲销",
    re.IGNORECASE,
)


def kinds_in_doubt(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield the kind's path where a plain invoice names an earlier one."""
    if extraction.leaf("invoice_type").value != _PLAIN:
        return
    said = (match for page in pages for line in page.lines if (match := _EARLIER.search(line.text)))
    if (first := next(said, None)) is not None:
        yield "invoice_type", f"It names an earlier invoice ({first[0]}): it may be a credit note."
