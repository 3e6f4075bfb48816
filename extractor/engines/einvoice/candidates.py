"""Candidates out of XML: the text as written, its exact value, and a place on no page.

What a text is not (a date that does not exist, an amount with a comma) gets no value:
extraction then says what it makes of the text. Shared by all syntaxes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from extractor.engines.einvoice.codes import INVOICE_TYPES, UNITS
from extractor.engines.reading import Candidate, Evidence, Scalar
from extractor.pages.word import Origin
from extractor.values.identifiers import normal_tax_id

_IN_XML: Final = Evidence(page=None, origin=Origin.XML)
_DECIMAL: Final = re.compile(
    r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII
)  # xsd:decimal: no exponent, no grouping
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
    return exact(text, parse_day(text))


def invoice_type(code: str) -> Candidate:
    """Return the meaning of a document type code (BT-3); one that is not in the list has none."""
    meaning = INVOICE_TYPES.get(code)
    return exact(code, meaning, is_derived=meaning is not None)


def unit(code: str | None) -> Candidate | None:
    """Return the readable unit (BT-130); a code that is not in the list stays as it is."""
    if code is None or not code.strip():
        return None
    code = code.strip()
    readable = UNITS.get(code)
    return written(code) if readable is None else exact(code, readable, is_derived=True)


def optional(text: str | None, make: Callable[[str], Candidate]) -> Candidate | None:
    """Return the candidate that a text makes, None where there is no text."""
    return None if text is None else make(text)


def each(found: Sequence[str], make: Callable[[str], Candidate]) -> tuple[Candidate, ...]:
    """Return one candidate a text; what comes first is preferred."""
    distinct = list(dict.fromkeys(found))
    return tuple(
        candidate if index == 0 else replace(candidate, score=SECOND_CHOICE)
        for index, candidate in enumerate(map(make, distinct))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAccount:
    """A bank account as written. Without a number it is none: a bank alone cannot be paid to."""

    number: str | None
    bic: str | None
    bank: str | None


def accounts(found: Iterable[WrittenAccount]) -> Iterator[Candidate]:
    """Yield the accounts that have a number, each once; what comes first is preferred."""
    seen: set[str] = set()
    for one in found:
        if one.number is None or one.number in seen:
            continue
        parts = (
            ("bank", one.bank, one.bank),
            ("account", one.number, _compact(one.number)),
            ("bic", one.bic, _compact(one.bic)),
        )
        yield Candidate(
            text=one.number,
            evidence=_IN_XML,
            score=SECOND_CHOICE if seen else 1.0,
            parts={name: exact(text, value) for name, text, value in parts if text is not None},
        )
        seen.add(one.number)


def parse_decimal(text: str) -> Decimal | None:
    """Return the number as XML Schema writes it, None if it is written otherwise."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def parse_day(text: str) -> date | None:
    """Return the day in one of the forms of UNTDID 2379, or in ISO 8601; None in any other."""
    match = _DIGITS.fullmatch(text) or _ISO.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def _compact(text: str | None) -> str | None:
    return None if text is None else "".join(text.split()).upper()
