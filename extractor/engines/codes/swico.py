"""The bill information of a Swiss QR-bill in Swico's syntax S1.

Tags of two digits and their values, between slashes: //S1/10/number/11/yymmdd/30/uid …
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from extractor.engines.codes.claim import Claim, amount_of, day, day_of, written

_START: Final = "//S1/"
_SLASH = re.compile(r"(?<!\\)/")
_ESCAPED = re.compile(r"\\([/\\])")
_TAG = re.compile(r"\d\d", re.ASCII)
_DAYS = re.compile(r"\d{1,3}", re.ASCII)
_UID = re.compile(r"\d{9}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A discount in percent for payment within so many days of the document's date; 0 % is the term."""

    percent: Decimal
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BillInformation:
    """What the issuer tells the payer's software. `uid` has nine digits, without CHE."""

    number: str | None = None
    issued: date | None = None
    customer_reference: str | None = None
    uid: str | None = None
    tax: tuple[tuple[Decimal, Decimal | None], ...] = ()  # rate in percent, and the amount it is on
    conditions: tuple[Condition, ...] = field(default=())

    @property
    def due(self) -> date | None:
        """Return the last day to pay in full."""
        terms = [each.days for each in self.conditions if not each.percent]
        return self.issued + timedelta(days=terms[0]) if terms and self.issued is not None else None


def parse(text: str) -> BillInformation | None:
    """Return what bill information says, None where it is of another syntax."""
    if not text.startswith(_START):
        return None
    parts = [_ESCAPED.sub(r"\1", part) for part in _SLASH.split(text[len(_START) :])]
    values = {tag: value.strip() for tag, value in list(pairwise(parts))[::2] if _TAG.fullmatch(tag)}
    uid = values.get("30", "")
    return BillInformation(
        number=values.get("10") or None,
        issued=day_of(f"20{values.get('11', '')}"),
        customer_reference=values.get("20") or None,
        uid=uid if _UID.fullmatch(uid) else None,
        tax=tuple(_tax(values.get("32", ""))),
        conditions=tuple(_conditions(values.get("40", ""))),
    )


def claims(bill: BillInformation) -> Iterator[Claim]:
    """Yield what bill information says of the fields."""
    yield from written("invoice_number", bill.number)
    yield from day("issue_date", bill.issued)
    yield from day("due_date", bill.due)
    yield from written("seller_tax_id", None if bill.uid is None else f"CHE{bill.uid}")


def _tax(text: str) -> Iterator[tuple[Decimal, Decimal | None]]:
    for part in text.split(";"):
        rate, _, base = part.partition(":")
        percent = amount_of(rate)
        if percent is not None:
            yield percent, amount_of(base)


def _conditions(text: str) -> Iterator[Condition]:
    for part in text.split(";"):
        rate, _, days = part.partition(":")
        percent = amount_of(rate)
        if percent is not None and _DAYS.fullmatch(days):
            yield Condition(percent=percent, days=int(days))
