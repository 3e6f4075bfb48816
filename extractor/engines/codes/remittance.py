"""Find the invoice's number in what a payment code asks to be written on the transfer."""

import re
from collections.abc import Iterator
from typing import Final

from extractor.engines.codes.claim import HINT, Claim
from extractor.values.text import fold

_LABELS: Final = """
    invoice inv bill rechnung rechnungsnummer rechnungsnr rechnungs-nr rg rg-nr rgnr rnr re re-nr beleg
    facture fact factuur factuurnummer factura fattura fatura faktura no nr num number nummer numéro n° n.º nº
    your ihre uw votre
"""
_AROUND: Final = ".:,;#"
_NUMBER = re.compile(r"(?=\S*\d)[\w./-]{3,30}")


def numbers_in(text: str) -> Iterator[Claim]:
    """Yield a hint at the invoice's number where the text is nothing but that, labels aside."""
    labels = {fold(label) for label in _LABELS.split()}
    words = [word.strip(_AROUND) for word in text.split()]
    numbers = [word for word in words if word and fold(word) not in labels]
    if len(numbers) == 1 and _NUMBER.fullmatch(numbers[0]):
        yield Claim(field="invoice_number", text=numbers[0], value=numbers[0], certainty=HINT)
