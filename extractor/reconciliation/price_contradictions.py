"""Prices on which the contract's clauses contradict each other, or that depend on a condition."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.reconciliation.agreement import AgreedPrice, side_of
from extractor.reconciliation.bill import Bill, BilledLine
from extractor.reconciliation.case import Case, asks
from extractor.reconciliation.check import Check, CheckCode
from extractor.reconciliation.listing import SENTENCE_ENDS
from extractor.reconciliation.matching import Match
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.units import are_same_unit
from extractor.reconciliation.wording import has_condition
from extractor.validation.rounding import plain
from extractor.values.text import squeeze

_ROW_NUMBER = re.compile(r",\s*\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPrice:
    """One line's unit price beside the agreed one, both as the line states its prices.

    `agreed` is the price before the discount that the contract may owe.
    """

    line: BilledLine
    match: Match
    billed: Decimal
    agreed: Decimal
    allowed: bool
    is_for_another_unit: bool


def price_contradictions(case: Case, bill: Bill, compared: Sequence[ComparedPrice]) -> Iterator[Check]:
    """Ask for each price that is allowed by one clause of the contract, and another by a second one."""
    for each in compared:
        rivals = [price for price in case.agreement.prices if _contradicts(price, each.match.price)]
        sides = [price.price_side for price in rivals] or list(each.match.price.price_side.also)
        if each.allowed and not sides and _is_conditional(each.match.price):
            yield _is_met(bill, each)
        if not each.allowed or not sides:
            continue
        own = each.match.price.price_side
        told = " and ".join(
            f"{plain(side.value) if isinstance(side.value, Decimal) else side.value}"
            + (f" ({side.clause})" if side.clause else "")
            for side in (own, *sides)
        )
        yield asks(
            CheckCode.UNIT_PRICE_MISMATCH,
            bill,
            Reason.CONTRADICTORY,
            f"The contract contradicts itself on {each.match.price.wording}: {told}.",
            field=each.line.path("unit_price"),
            agreed=replace(own, also=tuple(sides)),
            billed=side_of(each.line.cell("unit_price")),
        )


def _contradicts(one: AgreedPrice, other: AgreedPrice) -> bool:
    """Say whether two clauses price one thing differently. Rows of one table are steps of a price.

    Two rows of one number stand in two tables whose clauses are numbered alike.
    """
    return (
        one.index != other.index
        and squeeze(one.wording) == squeeze(other.wording)
        and (one.unit == other.unit or are_same_unit(one.unit, other.unit))
        and (one.quantity == other.quantity or None in (one.quantity, other.quantity))
        and _are_alike_in_tax(one, other)
        and one.price != other.price
        and (_clause(one) != _clause(other) or _is_one_number(one, other))
    )


def _are_alike_in_tax(one: AgreedPrice, other: AgreedPrice) -> bool:
    flags = one.is_tax_included, other.is_tax_included
    return None in flags or flags[0] == flags[1]


def _is_one_number(one: AgreedPrice, other: AgreedPrice) -> bool:
    clause = one.price_side.clause
    return clause == other.price_side.clause and bool(_ROW_NUMBER.search(clause or ""))


def _clause(price: AgreedPrice) -> str:
    """Return the clause without the number of the row: "Annex A" of "Annex A, 4"."""
    return _ROW_NUMBER.sub("", price.price_side.clause or "")


def _is_conditional(price: AgreedPrice) -> bool:
    """Say whether a sentence lets the price depend on how much is ordered; a table has rows for that."""
    quote = (price.price_side.quote or "").rstrip()
    return quote.endswith(SENTENCE_ENDS) and has_condition(quote)


def _is_met(bill: Bill, each: ComparedPrice) -> Check:
    return asks(
        CheckCode.UNIT_PRICE_MISMATCH, bill, Reason.PRICE_UNDER_A_CONDITION,
        f"{each.line.description}: the price depends on how much is ordered; is {plain(each.billed)} it?",
        field=each.line.path("unit_price"), agreed=each.match.price.price_side,
        billed=side_of(each.line.cell("unit_price")),
    )  # fmt: skip
