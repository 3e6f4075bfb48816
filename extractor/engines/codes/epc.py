"""The payment code of the European Payments Council: EPC069-12, in Germany GiroCode.

Twelve lines at most: BCD, version, character set, SCT, BIC, name, IBAN, amount, purpose,
structured remittance (ISO 11649), unstructured remittance, hint to the payer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractor.engines.codes.claim import HINT, Claim, account, amount, written
from extractor.engines.codes.remittance import numbers_in
from extractor.pages.codes.code import PageCode

_SETS: Final = {
    b"1": "utf-8",
    b"2": "iso8859-1",
    b"3": "iso8859-2",
    b"4": "iso8859-4",
    b"5": "iso8859-5",
    b"6": "iso8859-7",
    b"7": "iso8859-10",
    b"8": "iso8859-15",
}
_VERSIONS: Final = (b"001", b"002")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_LINES: Final = 12
_HEAD: Final = 4  # lines before the BIC
_LEAST_LINES: Final = 7  # with the IBAN
_IBAN = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}", re.ASCII)
_AMOUNT = re.compile(r"([A-Z]{3})(\d{1,9}(?:\.\d{1,2})?)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class EpcPayment:
    """What is to be paid to whom. `amount` is None where the payer fills it in."""

    iban: str
    bic: str | None
    name: str
    amount: Decimal | None
    currency: str | None
    purpose: str | None
    structured_reference: str | None
    remittance: str | None


def parse(content: bytes) -> EpcPayment | None:
    """Return what a payment code says, None for any other content."""
    lines = _LINE_END.split(content.removeprefix(b"\xef\xbb\xbf").strip(b"\r\n"))
    if not _LEAST_LINES <= len(lines) <= _LINES + 1:
        return None
    service, version, charset, identification = (line.strip() for line in lines[:_HEAD])
    if service != b"BCD" or version not in _VERSIONS or identification != b"SCT" or charset not in _SETS:
        return None
    bic, name, iban, figure, purpose, reference, remittance = (
        _decoded(line, _SETS[charset]).strip() for line in [*lines[_HEAD:], *[b""] * _LINES][:7]
    )
    iban = iban.replace(" ", "").upper()
    total = _AMOUNT.fullmatch(figure)
    if not _IBAN.fullmatch(iban) or (figure and total is None):
        return None
    to_pay = Decimal(total[2]) if total is not None else Decimal(0)
    return EpcPayment(
        iban=iban,
        bic=bic.replace(" ", "").upper() or None,
        name=name,
        amount=to_pay or None,
        currency=total[1] if total is not None else None,
        purpose=purpose or None,
        structured_reference=reference or None,
        remittance=remittance or None,
    )


def _decoded(line: bytes, charset: str) -> str:
    """Return a line in the set that is named; as Latin-1 where it is not of that set, as often happens."""
    try:
        return line.decode(charset)
    except UnicodeDecodeError:
        return line.decode("iso8859-1")


def read(code: PageCode) -> Iterator[Claim]:
    """Yield what a payment code says of the fields: its amount is what is to be paid, not the total."""
    payment = parse(code.content)
    if payment is None:
        return
    yield account(payment.iban, payment.bic)
    yield from written("seller_name", payment.name, certainty=HINT)
    yield from amount("amount_due", payment.amount)
    yield from written("currency", payment.currency)
    yield from numbers_in(payment.remittance or "")
