"""The claim: what a code says of one field. And the notations that codes share."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from extractor.engines.reading import Scalar

EXACT: Final = 0.95  # the code says it of this field
LIKELY: Final = 0.75  # the code says it of something that is nearly always this field
HINT: Final = 0.45  # the code says it of something that is mostly this field: agrees, but never accuses

_AMOUNT = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One value for a field, as the code has it.

    `value` is None where the spec must say what the text means (a kind of invoice).
    For an account `text` is its number, and `bic` its bank's code.
    """

    field: str
    text: str
    value: Scalar | None = None
    certainty: float = EXACT
    bic: str | None = None


def amount_of(text: str) -> Decimal | None:
    """Return an amount in plain notation, None for anything else."""
    return Decimal(text) if text.isascii() and _AMOUNT.fullmatch(text) else None


def day_of(text: str) -> date | None:
    """Return the day that YYYYMMDD says, None where it is none of the calendar."""
    match = _DAY.fullmatch(text) if text.isascii() else None
    try:
        return None if match is None else date(*map(int, match.groups()))
    except ValueError:
        return None


def amount(field: str, value: Decimal | None) -> Iterator[Claim]:
    """Yield the claim of an amount, if there is one."""
    if value is not None:
        yield Claim(field=field, text=f"{value:f}", value=value)


def day(field: str, value: date | None) -> Iterator[Claim]:
    """Yield the claim of a day, if there is one."""
    if value is not None:
        yield Claim(field=field, text=value.isoformat(), value=value)


def written(field: str, text: str | None, *, certainty: float = EXACT) -> Iterator[Claim]:
    """Yield the claim of a text, if there is one."""
    if text:
        yield Claim(field=field, text=text, value=text, certainty=certainty)


def kind(text: str | None, *, certainty: float) -> Iterator[Claim]:
    """Yield the claim of a kind of invoice by its printed name, which the spec knows."""
    if text:
        yield Claim(field="invoice_type", text=text, certainty=certainty)


def account(number: str, bic: str | None) -> Claim:
    """Return the claim of the account to pay to."""
    return Claim(field="seller_bank_account", text=number, value=number, bic=bic or None)
