"""The QR code of Indian e-invoices: a token signed by the invoice registration portal (RFC 7519).

The payload is read and **the signature is not verified**: that needs the portal's keys. So
a code says what it says, and not that the portal has registered the invoice.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NoReturn, TypeAlias

from extractor.engines.codes.claim import HINT, Claim, amount, amount_of, day, day_of, kind, written
from extractor.pages.codes.code import PageCode

_Json: TypeAlias = "dict[str, _Json] | list[_Json] | str | int | Decimal | bool | None"

_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+", re.ASCII)
_GSTIN = re.compile(r"\d\d[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]", re.ASCII)
_REFERENCE = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DAY = re.compile(r"(\d\d)[/-](\d\d)[/-](\d{4})", re.ASCII)
_TITLES: Final = {"INV": "Tax Invoice", "CRN": "Credit Note", "DBN": "Debit Note"}
_UNREGISTERED: Final = "URP"  # a buyer without a GSTIN


@dataclass(frozen=True, slots=True, kw_only=True)
class IndianInvoice:
    """What the token says, unverified. `reference` is the portal's IRN."""

    reference: str
    seller_tax_id: str
    buyer_tax_id: str | None
    document_type: str
    document_number: str
    issued: date
    total: Decimal | None
    item_count: int | None
    main_hsn_code: str | None


def parse(text: str) -> IndianInvoice | None:
    """Return what the code of an Indian e-invoice says, None for any other text."""
    token = _TOKEN.fullmatch(text.strip())
    if token is None:
        return None
    try:
        payload = _loaded(base64.urlsafe_b64decode(token[1] + "=" * (-len(token[1]) % 4)))
        said = payload.get("data") if isinstance(payload, dict) else None
        content = _loaded(said) if isinstance(said, str) else said
    except (binascii.Error, ValueError, RecursionError):
        return None
    if not isinstance(content, dict):
        return None
    values = {name: str(value).strip() for name, value in content.items() if value is not None}
    issued = _DAY.match(values.get("DocDt", ""))
    day_issued = None if issued is None else day_of(f"{issued[3]}{issued[2]}{issued[1]}")
    seller, number = values.get("SellerGstin", ""), values.get("DocNo", "")
    is_one = _GSTIN.fullmatch(seller) and _REFERENCE.fullmatch(values.get("Irn", "")) and number
    if not is_one or day_issued is None:
        return None
    buyer = values.get("BuyerGstin", _UNREGISTERED)
    count = values.get("ItemCnt", "")
    return IndianInvoice(
        reference=values["Irn"],
        seller_tax_id=seller,
        buyer_tax_id=buyer if _GSTIN.fullmatch(buyer) else None,
        document_type=values.get("DocTyp", "").upper(),
        document_number=number,
        issued=day_issued,
        total=amount_of(values.get("TotInvVal", "")),
        item_count=int(count) if re.fullmatch(r"[0-9]{1,5}", count) else None,
        main_hsn_code=values.get("MainHsnCode") or None,
    )


def read(code: PageCode) -> Iterator[Claim]:
    """Yield what the code of an Indian e-invoice says of the fields."""
    found = parse(code.text)
    if found is None:
        return
    yield from kind(_TITLES.get(found.document_type), certainty=HINT)
    yield from written("invoice_number", found.document_number)
    yield from day("issue_date", found.issued)
    yield from written("seller_tax_id", found.seller_tax_id)
    yield from written("buyer_tax_id", found.buyer_tax_id)
    yield from amount("gross_amount", found.total)


def _loaded(text: str | bytes) -> _Json:
    """Parse JSON, numbers as they are written.

    Raises:
        ValueError: it is none.
        RecursionError: it is nested without end.
    """
    loaded: _Json = json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    return loaded


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
