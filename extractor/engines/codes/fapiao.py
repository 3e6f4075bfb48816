"""The QR code of the Chinese fapiao: seven or eight values between commas.

    01,type,code,number,amount,YYYYMMDD,check code,…

As the State Taxation Administration's systems print it. Fully digital invoices (20 digits,
no code) state the amount with tax; those of the older platforms without it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from extractor.engines.codes.claim import EXACT, Claim, amount, amount_of, day, day_of, kind, written
from extractor.pages.codes.code import PageCode

_VERSION: Final = "01"
_LEAST_VALUES: Final = 6
_CODE = re.compile(r"|\d{10}|\d{12}", re.ASCII)
_NUMBER = re.compile(r"\d{8}|\d{20}", re.ASCII)
_TYPE = re.compile(r"\d\d", re.ASCII)
_DIGITAL_LENGTH: Final = 20
_WITHOUT_TAX: Final = frozenset({"01", "04", "08", "10"})  # what the others state is not documented
_TITLES: Final = {
    "01": "增值税专用发票",
    "04": "增值税普通发票",
    "08": "增值税电子专用发票",
    "10": "增值税电子普通发票",
    "11": "增值税普通发票（卷票）",
    "14": "增值税电子普通发票",
    "31": "电子发票（增值税专用发票）",
    "32": "电子发票（普通发票）",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FapiaoCode:
    """What the code says. `invoice_code` is None on fully digital invoices."""

    type_code: str
    invoice_code: str | None
    number: str
    amount: Decimal | None
    issued: date
    check_code: str | None = None

    @property
    def is_digital(self) -> bool:
        """Say whether the invoice is fully digital."""
        return self.invoice_code is None and len(self.number) == _DIGITAL_LENGTH

    @property
    def title(self) -> str | None:
        """Return the title of such an invoice, None where the type is none that is known."""
        return _TITLES.get(self.type_code)


def parse(text: str) -> FapiaoCode | None:
    """Return what a fapiao's code says, None for any other text."""
    values = [value.strip() for value in text.replace("，", ",").split(",")]
    if len(values) < _LEAST_VALUES or values[0] != _VERSION:
        return None
    type_code, invoice_code, number, figure, issued = values[1:_LEAST_VALUES]
    day_issued = day_of(issued)
    is_one = _TYPE.fullmatch(type_code) and _CODE.fullmatch(invoice_code) and _NUMBER.fullmatch(number)
    total = amount_of(figure)
    if not is_one or day_issued is None or (figure and total is None):
        return None
    return FapiaoCode(
        type_code=type_code,
        invoice_code=invoice_code or None,
        number=number,
        amount=total,
        issued=day_issued,
        check_code=(values[_LEAST_VALUES] if len(values) > _LEAST_VALUES else None) or None,
    )


def read(code: PageCode) -> Iterator[Claim]:
    """Yield what a fapiao's code says of the fields."""
    found = parse(code.text)
    if found is None:
        return
    yield from kind(found.title, certainty=EXACT)
    yield from written("invoice_code", found.invoice_code)
    yield from written("invoice_number", found.number)
    yield from day("issue_date", found.issued)
    if found.is_digital:
        yield from amount("gross_amount", found.amount)
    elif found.type_code in _WITHOUT_TAX:
        yield from amount("net_amount", found.amount)
