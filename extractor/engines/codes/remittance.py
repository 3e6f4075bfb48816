"""Find the invoice's number in what a payment code asks to be written on the transfer."""

import re
from collections.abc import Iterator

from extractor.engines.codes.claim import HINT, Claim

_LABELS = re.compile(
    r"\b(?:invoice|inv|bill|rechnung|rechnungs(?:nummer|nr)|rg|rnr|re|beleg|facture|fact|factuur|factura"
    r"|fattura|fatura|faktura|your|ihre|uw|votre)\b\.?"
    r"|\b(?:no|nr|number|nummer|num|numéro|n[°º]|nº)\b[.:]?|[:#]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?=\S*\d)[\w./-]{3,30}")


def numbers_in(text: str) -> Iterator[Claim]:
    """Yield a hint at the invoice's number where the text is nothing but that, labels aside."""
    words = _LABELS.sub(" ", text).split()
    whole = text.split()
    for found in (whole, words):
        if len(found) == 1 and _NUMBER.fullmatch(found[0]):
            yield Claim(field="invoice_number", text=found[0], value=found[0], certainty=HINT)
            return
