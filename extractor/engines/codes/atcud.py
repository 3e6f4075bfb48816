"""The QR code of Portuguese invoices (Portaria 195/2020, as the AT specifies it).

Keys and values, A:…*B:…*C:…, for: A seller's NIF, B buyer's NIF, C buyer's country, D document
type, E state, F date, G document id, H ATCUD, I J K tax bases and taxes of the mainland, the
Azores and Madeira, L not subject to tax, M stamp duty, N all taxes, O total with taxes,
P withheld, Q part of the signature, R certificate of the software.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from extractor.engines.codes.claim import HINT, Claim, amount, amount_of, day, day_of, kind, written
from extractor.pages.codes.code import PageCode

_KEY = re.compile(r"[A-HL-S]|[IJK][1-8]", re.ASCII)
_NEEDED: Final = frozenset("ABDEFGHNO")
_NIF = re.compile(r"\d{9}", re.ASCII)
_FINAL_CONSUMER: Final = "999999990"
_REGIONS: Final = {"I": "PT", "J": "PT-AC", "K": "PT-MA"}
_BANDS: Final = {
    "exempt": ("2", None),
    "reduced": ("3", "4"),
    "intermediate": ("5", "6"),
    "normal": ("7", "8"),
}
_TITLES: Final = {  # of the document types that are invoices; others are receipts, orders, delivery notes …
    "FT": "Fatura",
    "FS": "Fatura simplificada",
    "FR": "Fatura-recibo",
    "ND": "Nota de débito",
    "NC": "Nota de crédito",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxBase:
    """What is taxed in one region (PT, PT-AC, PT-MA) at one of its rates, and the tax; exempt has none."""

    region: str
    band: str
    base: Decimal
    tax: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortugueseDocument:
    """What the code says. `buyer_tax_id` is None where the buyer did not name itself."""

    seller_tax_id: str
    buyer_tax_id: str | None
    buyer_country: str | None
    document_type: str
    state: str
    issued: date
    document_id: str
    atcud: str
    tax_bases: tuple[TaxBase, ...]
    tax: Decimal
    total: Decimal
    withheld: Decimal | None

    @property
    def is_invoice(self) -> bool:
        """Say whether the document bills or credits something."""
        return self.document_type in _TITLES

    @property
    def title(self) -> str | None:
        """Return what such a document is called."""
        return _TITLES.get(self.document_type)


def parse(text: str) -> PortugueseDocument | None:
    """Return what the code of a Portuguese fiscal document says, None for any other text."""
    pairs = [part.partition(":") for part in text.strip().strip("*").split("*")]
    values = {key.strip(): value.strip() for key, mark, value in pairs if mark}
    if len(values) != len(pairs) or not values.keys() >= _NEEDED or not all(map(_KEY.fullmatch, values)):
        return None
    issued, tax, total = day_of(values["F"]), amount_of(values["N"]), amount_of(values["O"])
    if issued is None or tax is None or total is None or not _NIF.fullmatch(values["A"]):
        return None
    buyer = values["B"]
    return PortugueseDocument(
        seller_tax_id=values["A"],
        buyer_tax_id=buyer if buyer != _FINAL_CONSUMER and any(map(str.isdigit, buyer)) else None,
        buyer_country=values.get("C") or None,
        document_type=values["D"].upper(),
        state=values["E"].upper(),
        issued=issued,
        document_id=values["G"],
        atcud=values["H"].removeprefix("ATCUD:"),
        tax_bases=tuple(_bases(values)),
        tax=tax,
        total=total,
        withheld=amount_of(values.get("P", "")),
    )


def read(code: PageCode) -> Iterator[Claim]:
    """Yield what the code of a Portuguese invoice says of the fields."""
    found = parse(code.text)
    if found is None or not found.is_invoice:
        return
    yield from kind(found.title, certainty=HINT)  # an invoice for a prepayment is an FT, too
    yield from written("invoice_number", found.document_id)
    yield from day("issue_date", found.issued)
    yield from written("seller_tax_id", found.seller_tax_id)
    yield from written("buyer_tax_id", found.buyer_tax_id)
    yield from amount("tax_amount", found.tax)
    yield from amount("gross_amount", found.total)


def _bases(values: Mapping[str, str]) -> Iterator[TaxBase]:
    for letter, region in _REGIONS.items():
        for band, (base, tax) in _BANDS.items():
            taxed = amount_of(values.get(letter + base, ""))
            if taxed is not None:
                charged = None if tax is None else amount_of(values.get(letter + tax, ""))
                yield TaxBase(region=region, band=band, base=taxed, tax=charged)
