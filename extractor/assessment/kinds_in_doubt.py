"""A document that is read as a plain invoice, and speaks of an earlier one or of another kind."""

import re
from collections.abc import Iterator, Sequence

from extractor.extraction.extraction import Extraction
from extractor.pages.geometry import Box
from extractor.pages.page import Page

_PLAIN, _CREDIT = "commercial", "credit_note"
_EARLIER = re.compile(
    r"\b(?:original|ref\.?(?:erence)?) invoice\b(?! only)|\binvoice (?:credited|corrected)\b"
    r"|\b(?:ursprungs|original|bezugs)-?rechnung|\bfacture (?:d['’]origine|initiale|corrigée)"
    r"|\b(?:oorspronkelijke|gecrediteerde) factuur|\bref\. à fatura|\bfactura (?:original|rectificada)"
    r"|\brectifica(?: a)? la factura"
    r"|\bfattura (?:di riferimento|originale|rettificata)|\bfatura (?:original|de origem|retificada)"
    r"|原(?:始)?发票|对应发票|被冲销",
    re.IGNORECASE,
)


_OTHER_KIND = re.compile(  # what opens a line of the head
    r"\W*(?:\d{1,2}\.\s*)?(?:d['’]\s?)?(?:credit ?(?:note|memo)|gutschrift|rechnungskorrektur|stornorechnung"
    r"|(?:facture d['’])?avoir\b|note de crédit|credit(?:nota|factuur)|nota de cr[ée]dito|abono\b"
    r"|factura rectificativa|nota di credito|acompte\b|(?:facture de )?situation\b|voorschot"
    r"|termijnfactuur|factura de anticipo|anticipo\b|acconto\b|vorkasse|vorauszahlung|abschlags|teilrechnung"
    r"|anzahlungs"
    r"|progress (?:invoice|claim)|interim invoice|deposit invoice|prepayment"
    r"|(?:fa[ck]?tura |facture |rechnung |invoice )?pr[oó][ -]?f[oó]rma"
    r"|fatura de (?:sinal|adiantamento)|红字|预付款发票|进度款"
    r"|(?:advance|deposit|prepayment|pro-?forma)\W*$)",
    re.IGNORECASE,
)
_BEFORE = 160.0  # points that a number's label reaches to the left
_ABOVE = 2.5  # of its height, that a label of two lines reaches up
_HEAD = 0.4  # of the page's height


def kinds_in_doubt(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield the kind's path where a plain invoice names an earlier one, or another kind in its head."""
    kind = extraction.leaf("invoice_type").value
    if kind == _CREDIT:
        yield from _number_of_earlier(extraction, pages)
    if kind != _PLAIN:
        return
    said = (match for page in pages for line in page.lines if (match := _EARLIER.search(line.text)))
    if (first := next(said, None)) is not None:
        yield "invoice_type", f"It names an earlier invoice ({first[0]}): it may be a credit note."
        return
    for page in pages[:1]:
        for part in (part for parts in page.parted_lines for part in parts):
            if part.box.y0 < _HEAD * page.height and (match := _OTHER_KIND.match(part.text)) is not None:
                yield "invoice_type", f"Its head speaks of another kind: {match[0].strip()}."
                return


def _number_of_earlier(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield a credit note's number where the words before it, or below these, speak of an earlier invoice."""
    evidence = extraction.leaf("invoice_number").evidence
    page = next((page for page in pages if evidence is not None and page.number == evidence.page), None)
    if evidence is None or page is None or not evidence.boxes:
        return
    box = evidence.boxes[0]
    said = " ".join(
        word.text
        for line in page.lines
        for word in line.words
        if _is_before(word.box, box) or _is_over(word.box, box)
    )
    if (found := _EARLIER.search(said)) is not None:
        yield "invoice_number", f"The number may be that of an earlier invoice: {found[0]}."


def _is_before(box: Box, number: Box) -> bool:
    """Say whether a word stands left of a number, on its line or the next."""
    is_left = box.x1 <= number.x0 + 1 and box.x0 >= number.x0 - _BEFORE
    return is_left and -number.height / 2 < box.y0 - number.y0 < 2 * number.height


def _is_over(box: Box, number: Box) -> bool:
    """Say whether a word stands right above a number, on one of two lines."""
    is_above = 0 < number.y0 - box.y0 < _ABOVE * number.height
    return is_above and box.x0 < number.x1 + number.height and box.x1 > number.x0 - number.height
