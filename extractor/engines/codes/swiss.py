"""The Swiss QR-bill: SPC 0200 of the Swiss Implementation Guidelines, lines in a fixed order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from stdnum import iso11649
from stdnum.ch import esr

from extractor.engines.codes import swico
from extractor.engines.codes.claim import HINT, LIKELY, Claim, account, amount, amount_of, written
from extractor.pages.codes.code import PageCode

_LINE_END = re.compile(r"\r\n|\n|\r")
_IBAN = re.compile(r"(?:CH|LI)\d{7}[A-Z0-9]{12}", re.ASCII)
_CURRENCIES: Final = ("CHF", "EUR")
_REFERENCE_TYPES: Final = ("QRR", "SCOR", "NON")
_QR_BANKS: Final = range(30_000, 32_000)  # clearing numbers of accounts that need a QR reference
_LEAST_LINES: Final = 28  # with the type of reference
_CREDITOR, _DEBTOR = slice(4, 11), slice(20, 27)
_AMOUNT, _CURRENCY, _REFERENCE_TYPE, _REFERENCE, _MESSAGE, _TRAILER, _BILL = 18, 19, 27, 28, 29, 30, 31


@dataclass(frozen=True, slots=True, kw_only=True)
class SwissParty:
    """A party's name, and its address in one line."""

    name: str
    address: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SwissBill:
    """What is to be paid to whom. `amount` is None where the payer fills it in."""

    iban: str
    creditor: SwissParty
    debtor: SwissParty | None
    amount: Decimal | None
    currency: str
    reference_type: str
    reference: str | None
    message: str | None
    bill: swico.BillInformation | None

    @property
    def is_qr_iban(self) -> bool:
        """Say whether the account is one for payments with a QR reference only."""
        return int(self.iban[4:9]) in _QR_BANKS

    @property
    def is_reference_valid(self) -> bool:
        """Say whether the reference is of the type's form and its check digits hold."""
        if self.reference_type == "QRR":
            digits = self.reference or ""
            return len(digits) == 27 and esr.is_valid(digits) and self.is_qr_iban  # noqa: PLR2004 - by the standard
        if self.reference_type == "SCOR":
            return bool(iso11649.is_valid(self.reference or "")) and not self.is_qr_iban
        return not self.reference and not self.is_qr_iban


def parse(text: str) -> SwissBill | None:
    """Return what a QR-bill says, None for any other text."""
    lines = [line.strip() for line in _LINE_END.split(text.removeprefix("\ufeff").strip("\r\n"))]
    if len(lines) < _LEAST_LINES or lines[0] != "SPC" or not lines[1].startswith("02") or lines[2] != "1":
        return None
    lines += [""] * (_BILL + 1 - len(lines))
    iban = lines[3].replace(" ", "").upper()
    creditor = _party(lines[_CREDITOR])
    total = amount_of(lines[_AMOUNT])
    if (
        not _IBAN.fullmatch(iban)
        or creditor is None
        or lines[_CURRENCY] not in _CURRENCIES
        or lines[_REFERENCE_TYPE] not in _REFERENCE_TYPES
        or lines[_TRAILER] not in ("EPD", "")
        or (lines[_AMOUNT] and total is None)
    ):
        return None
    return SwissBill(
        iban=iban,
        creditor=creditor,
        debtor=_party(lines[_DEBTOR]),
        amount=total or None,
        currency=lines[_CURRENCY],
        reference_type=lines[_REFERENCE_TYPE],
        reference=lines[_REFERENCE].replace(" ", "") or None,
        message=lines[_MESSAGE] or None,
        bill=swico.parse(lines[_BILL]),
    )


def read(code: PageCode) -> Iterator[Claim]:
    """Yield what a QR-bill says of the fields: its amount is what is to be paid, not the total."""
    bill = parse(code.text)
    if bill is None:
        return
    yield account(bill.iban, None)
    yield from written("seller_name", bill.creditor.name, certainty=HINT)
    yield from amount("amount_due", bill.amount)
    yield from written("currency", bill.currency)
    if bill.debtor is not None:
        yield from written("buyer_name", bill.debtor.name, certainty=LIKELY)
    if bill.bill is not None:
        yield from swico.claims(bill.bill)


def _party(lines: Sequence[str]) -> SwissParty | None:
    """Return a party: structured (S) its house number and town apart, combined (K) in two lines."""
    kind, name, street, second, postcode, town, country = lines
    if kind not in ("S", "K") or not name:
        return None
    parts = (f"{street} {second}", f"{postcode} {town}") if kind == "S" else (street, second)
    address = ", ".join(part.strip() for part in parts if part.strip())
    return SwissParty(name=name, address=address, country=country)
