"""Labels that name another document than the one they stand on: "credit for invoice 4711"."""

import re

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.lexicon import Hit

_OF_ANOTHER = re.compile(
    r"(?:\b(?:zu[mr]?|gegen|ersetzt|storniert|korrigiert|abzüglich|original|corrects|cancels|replaces|against"
    r"|refers to|relating to|credit for|annule|remplace|rectifie|sur(?: la| votre)?|relati(?:f|ve) à(?: la)?"
    r"|de la|concernant(?: la)?|op|inzake|betreffende|betreft|vervangt|corrigeert|sobre(?: la)?"
    r"|rectifica(?: a la)?|anula|sustituye|relativ[ao] a(?: la|lla|)|su|annulla|rettifica|sostituisce"
    r"|referente à|relativ[ao] à"
    r"|r[ée]f(?:[ée]ren\w+|\.)?|rif(?:erimento|\.)?|bezug"  # "Ref. invoice" of a credit note
    r"|d\.?d\.?t\.?|guia|albarán|lieferschein|bon de livraison|pakbon|delivery note"  # have their own
    r"|oorspronkelijke|originele|gecrediteerde|ursprüngliche|originale|initiale"
    r"|tomo [\d.]+,|libro [\d.]+,|^[\d.]+,"  # of a register, before "folio"
    r"|retifica|ref\. (?:à|a la|alla)|réf\. (?:à|de) la|origine|van de)|原|对|冲销|沖銷)\s*$",
    re.IGNORECASE,
)


def goes_on_from_another(above: str) -> bool:
    """Say whether the line above a label ends with such words: "Rectifica a la" over "factura"."""
    return _OF_ANOTHER.search(above) is not None


def is_of_another(cell: Cell, hit: Hit) -> bool:
    """Say whether the words before a label tell that it names another document: "to invoice 4711"."""
    return _OF_ANOTHER.search(cell.text[: hit.start]) is not None
