"""Candidates out of XML: the text as written, its exact value, and a place on no page.

What a text is not (a date that does not exist, an amount with a comma) gets no value:
extraction then says what it makes of the text. Shared by all syntaxes.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from extractor.engines.reading import Candidate, Evidence, Scalar
from extractor.pages.word import Origin
from extractor.values.identifiers import normal_tax_id

_IN_XML: Final = Evidence(page=None, origin=Origin.XML)
_DECIMAL: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)", re.ASCII)  # xsd:decimal: no exponent, no grouping
_DIGITS: Final = re.compile(  # UNTDID 2379: 102, 203, 204, 205
    r"(\d{4})(\d{2})(\d{2})(?:\d{4}(?:\d{2})?(?:[+-]\d{2,4})?)?", re.ASCII
)
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*|Z|[+-]\d{2}:\d{2})?", re.ASCII)

SECOND_CHOICE: Final = 0.5
"""The score of what an e-invoice names besides the first: a further account, a further due date."""


def exact(
    text: str, value: Scalar | None = None, *, is_derived: bool = False, score: float = 1.0
) -> Candidate:
    """Return a candidate; without a value it is left to extraction to interpret the text."""
    return Candidate(text=text, evidence=_IN_XML, score=score, value=value, is_derived=is_derived)


def written(text: str) -> Candidate:
    """Return a candidate whose value is the text itself, on one line."""
    return exact(text, " ".join(text.split()))


def tax_id(text: str) -> Candidate:
    """Return a tax id without separators."""
    return exact(text, normal_tax_id(text) or None)


def number(text: str) -> Candidate:
    """Return an amount, quantity or rate."""
    return exact(text, parse_decimal(text))


def day(text: str) -> Candidate:
    """Return a date in one of the forms of UNTDID 2379, or in ISO 8601."""
    return exact(text, _parse_day(text))


def account(
    account_number: str | None, *, bic: str | None, bank: str | None, score: float
) -> Candidate | None:
    """Return a bank account; None where nothing is known of it."""
    parts = {
        name: exact(text, value)
        for name, text, value in (
            ("bank", bank, bank),
            ("account", account_number, _compact(account_number)),
            ("bic", bic, _compact(bic)),
        )
        if text is not None
    }
    if account_number is None:
        return None  # a bank without an account cannot be paid to
    return Candidate(text=account_number, evidence=_IN_XML, score=score, parts=parts)


def parse_decimal(text: str) -> Decimal | None:
    """Return the number as XML Schema writes it, None if it is written otherwise."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def _parse_day(text: str) -> date | None:
    match = _DIGITS.fullmatch(text) or _ISO.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def _compact(text: str | None) -> str | None:
    return None if text is None else "".join(text.split()).upper()
