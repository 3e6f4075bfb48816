"""Czech payment codes (SPAYD, "QR Platba") and invoice codes (SID, "QR Faktura").

Both are keys and values, KEY:value*KEY:value*. An invoice code stands alone, or within a
payment code as the value of X-INV, its stars written %2A and the keys that both have
left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from extractor.engines.codes.claim import HINT, Claim, account, amount, amount_of, day, day_of, written
from extractor.pages.codes.code import PageCode

_HEAD = re.compile(r"(SPD|SID)\*\d\.\d\*", re.ASCII)
_KEY = re.compile(r"[A-Z0-9-]{1,12}", re.ASCII)
_IBAN = re.compile(r"([A-Z]{2}\d\d[A-Z0-9]{11,30})(?:\+([A-Z0-9]{8}|[A-Z0-9]{11}))?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_STAR: Final = "%2A"


@dataclass(frozen=True, slots=True, kw_only=True)
class CzechInvoice:
    """What is said of the invoice itself."""

    number: str
    issued: date
    seller_tax_id: str | None
    buyer_tax_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CzechCode:
    """What is to be paid to whom, and for which invoice. `amount` is None where the payer fills it in."""

    iban: str | None
    bic: str | None
    name: str | None
    amount: Decimal | None
    currency: str | None
    due: date | None
    variable_symbol: str | None
    message: str | None
    invoice: CzechInvoice | None


def parse(text: str) -> CzechCode | None:
    """Return what a payment code or an invoice code says, None for any other text."""
    text = text.strip()
    head = _HEAD.match(text)
    if head is None:
        return None
    values = _values(text[head.end() :])
    is_payment = head[1] == "SPD"
    inner = re.sub("%2a", "*", values.get("X-INV", ""), flags=re.IGNORECASE).strip()
    invoice_head = _HEAD.match(inner)
    about = values if not is_payment else _values(inner[invoice_head.end() :]) if invoice_head else {}
    invoice = _invoice(about)
    place = _IBAN.fullmatch(values.get("ACC", "").replace(" ", "").upper())
    figure = values.get("AM", "")
    total = amount_of(figure)
    if (is_payment and place is None) or (not is_payment and invoice is None) or (figure and total is None):
        return None
    currency = values.get("CC", "").upper()
    return CzechCode(
        iban=None if place is None else place[1],
        bic=None if place is None else place[2],
        name=values.get("RN") or None,
        amount=total or None,
        currency=currency if _CURRENCY.fullmatch(currency) else None,
        due=day_of(values.get("DT", "")),
        variable_symbol=values.get("X-VS") or values.get("VS") or None,
        message=values.get("MSG") or None,
        invoice=invoice,
    )


def read(code: PageCode) -> Iterator[Claim]:
    """Yield what a Czech code says of the fields: its amount is what is to be paid, not the total."""
    found = parse(code.text)
    if found is None:
        return
    if found.iban is not None:
        yield account(found.iban, found.bic)
    yield from written("seller_name", found.name, certainty=HINT)
    yield from amount("amount_due", found.amount)
    yield from written("currency", found.currency)
    yield from day("due_date", found.due)
    if found.invoice is None:
        yield from written("invoice_number", found.variable_symbol, certainty=HINT)
        return
    yield from written("invoice_number", found.invoice.number)
    yield from day("issue_date", found.invoice.issued)
    yield from written("seller_tax_id", found.invoice.seller_tax_id)
    yield from written("buyer_tax_id", found.invoice.buyer_tax_id)


def _values(text: str) -> dict[str, str]:
    """Return the values by key; of a key that stands twice, the first."""
    values: dict[str, str] = {}
    for part in text.split("*"):
        key, mark, value = part.partition(":")
        if mark and _KEY.fullmatch(key.strip()):
            values.setdefault(key.strip(), value.strip())
    return {key: value if key == "X-INV" else value.replace(_STAR, "*") for key, value in values.items()}


def _invoice(values: Mapping[str, str]) -> CzechInvoice | None:
    """Return the invoice, by the VAT ids of the parties (VII, VIR) where they have them, else by INI, INR."""
    issued = day_of(values.get("DD", ""))
    if not values.get("ID") or issued is None:
        return None
    return CzechInvoice(
        number=values["ID"],
        issued=issued,
        seller_tax_id=values.get("VII") or values.get("INI") or None,
        buyer_tax_id=values.get("VIR") or values.get("INR") or None,
    )
