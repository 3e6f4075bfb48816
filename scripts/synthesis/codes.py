"""The codes that invoices bear: what they say, and the modules to be drawn."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import segno

from synthesis.fapiao_record import Fapiao

Modules: TypeAlias = tuple[tuple[bool, ...], ...]  # row by row, dark ones true, without a margin

_FAPIAO_TYPES = {"vat_special": "01", "vat_general": "04", "e_vat_special": "31", "e_vat_general": "32"}
_SWISS_PARTY_LINES = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """Who is to be paid, and for what. `amount` is None where the payer fills it in."""

    name: str
    iban: str
    amount: Decimal | None
    remittance: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SwissCreditor:
    """The address of the payee of a Swiss bill."""

    street: str
    house_number: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PortugueseTotals:
    """What the fiscal code of a Portuguese invoice at the normal rate sums up."""

    base: Decimal
    tax: Decimal
    total: Decimal


def modules_of(payload: str) -> Modules:
    """Return the QR code of a payload, in UTF-8 and at error correction level M."""
    made = segno.make(payload.encode(), error="m", micro=False)
    return tuple(tuple(bool(value) for value in row) for row in made.matrix)


def bars_of(modules: Modules) -> list[tuple[int, int, int]]:
    """Return row, first column and width of every run of dark modules."""
    bars = []
    for row, line in enumerate(modules):
        start: int | None = None
        for column, is_dark in enumerate((*line, False)):
            if is_dark and start is None:
                start = column
            elif not is_dark and start is not None:
                bars.append((row, start, column - start))
                start = None
    return bars


def fapiao_payload(fapiao: Fapiao) -> str:
    """Return what the code of a fapiao says: the amount with tax on the digital form, else without."""
    amount = fapiao.net_amount if fapiao.is_older_form else fapiao.gross_amount
    values = (
        "01",
        _FAPIAO_TYPES[fapiao.invoice_type],
        fapiao.invoice_code or "",
        fapiao.invoice_number,
        f"{amount:.2f}",
        f"{fapiao.issue_date:%Y%m%d}",
        fapiao.check_code or "",
        "5E1F",
    )
    return f"{','.join(values)},"


def epc_payload(payee: Payee) -> str:
    """Return a payment code of EPC069-12, version 002, in UTF-8."""
    amount = "" if payee.amount is None else f"EUR{payee.amount:.2f}"
    return _lines(
        "BCD", "002", "1", "SCT", payee.bic, payee.name, payee.iban, amount, "", "", payee.remittance
    )


def swiss_payload(payee: Payee, creditor: SwissCreditor, *, reference: str, bill: str = "") -> str:
    """Return a Swiss QR-bill in francs with a QR reference of 27 digits, and bill information if any."""
    address = (creditor.street, creditor.house_number, creditor.postcode, creditor.town, "CH")
    nobody = ("",) * _SWISS_PARTY_LINES
    amount = "" if payee.amount is None else f"{payee.amount:.2f}"
    head = ("SPC", "0200", "1", payee.iban, "S", payee.name, *address, *nobody)
    return _lines(*head, amount, "CHF", *nobody, "QRR", reference, payee.remittance, "EPD", bill)


def portuguese_payload(
    *, seller: str, buyer: str, number: str, atcud: str, issued: date, totals: PortugueseTotals
) -> str:
    """Return the fiscal code of a Portuguese invoice (FT) of the mainland, at the normal rate."""
    values = {
        "A": seller,
        "B": buyer,
        "C": "PT",
        "D": "FT",
        "E": "N",
        "F": f"{issued:%Y%m%d}",
        "G": number,
        "H": atcud,
        "I1": "PT",
        "I7": f"{totals.base:.2f}",
        "I8": f"{totals.tax:.2f}",
        "N": f"{totals.tax:.2f}",
        "O": f"{totals.total:.2f}",
        "Q": "aB3d",
        "R": "9999",
    }
    return "*".join(f"{key}:{value}" for key, value in values.items())


def _lines(*lines: str) -> str:
    return "\n".join(lines)
