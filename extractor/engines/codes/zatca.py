"""The QR code of Saudi tax invoices (ZATCA): base64 of tag, length and value, tags from 1 in order.

1 seller, 2 VAT number, 3 time of issue, 4 total with VAT, 5 VAT. What the second phase
adds (hash, signature, key) is not looked at.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from extractor.engines.codes.claim import Claim, amount, amount_of, day, written
from extractor.pages.codes.code import PageCode

_BASE64 = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}", re.ASCII)
_VAT_NUMBER = re.compile(r"3\d{13}3", re.ASCII)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d):\d\d(?::\d\d(?:\.\d+)?)?(Z?))?", re.ASCII)
_TAGS: Final = (1, 2, 3, 4, 5)
_NEXT_DAY_IN_RIYADH: Final = 21  # o'clock UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class SaudiInvoice:
    """What the code says. `issued` is None where UTC leaves open which day it was in Riyadh."""

    seller_name: str
    vat_number: str
    issued: date | None
    total: Decimal
    tax: Decimal


def parse(text: str) -> SaudiInvoice | None:
    """Return what the code of a Saudi invoice says, None for any other text."""
    compact = "".join(text.split())
    if not _BASE64.fullmatch(compact):
        return None
    try:
        values = _values(base64.b64decode(compact, validate=True))
        if values is None:
            return None
        seller, vat_number, time, total, tax = (values[tag].decode().strip() for tag in _TAGS)
    except (binascii.Error, UnicodeDecodeError):
        return None
    when = _TIME.fullmatch(time)
    gross, charged = amount_of(total), amount_of(tax)
    if not _VAT_NUMBER.fullmatch(vat_number) or when is None or gross is None or charged is None:
        return None
    try:
        issued = date.fromisoformat(when[1])
    except ValueError:
        return None
    is_open = when[3] == "Z" and int(when[2]) >= _NEXT_DAY_IN_RIYADH
    return SaudiInvoice(
        seller_name=seller,
        vat_number=vat_number,
        issued=None if is_open else issued,
        total=gross,
        tax=charged,
    )


def read(code: PageCode) -> Iterator[Claim]:
    """Yield what the code of a Saudi invoice says of the fields."""
    found = parse(code.text)
    if found is None:
        return
    yield from written("seller_name", found.seller_name)
    yield from written("seller_tax_id", found.vat_number)
    yield from day("issue_date", found.issued)
    yield from amount("gross_amount", found.total)
    yield from amount("tax_amount", found.tax)


def _values(content: bytes) -> dict[int, bytes] | None:
    """Return the values by tag, None where the content is no such list or lacks one."""
    values: dict[int, bytes] = {}
    place = 0
    while place + 1 < len(content) and len(values) < len(_TAGS):
        tag, length = content[place], content[place + 1]
        value = content[place + 2 : place + 2 + length]
        if tag != len(values) + 1 or len(value) < length:
            return None
        values[tag] = value
        place += 2 + length
    return values if len(values) == len(_TAGS) else None
