"""Invoices that bill what another invoice bills already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks, passed
from extractor.reconciliation.check import Check, CheckCode
from extractor.reconciliation.references import references_of
from extractor.reconciliation.standing import step_of
from extractor.values.names import comparable_name
from extractor.values.text import squeeze

_CODE = CheckCode.DUPLICATE_INVOICE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Likeness:
    """Why two invoices bill the same; unsure where nothing tells deliveries apart."""

    reason: str
    is_sure: bool


def duplicates(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare every invoice with those before it, in order of date.

    The same file, the same number of the same seller, or the same delivery under a new
    number. Equal lines for different periods or deliveries are no duplicates.
    """
    seen: list[Bill] = []
    for bill in case.in_order():
        found = [
            (other, likeness) for other in seen if (likeness := _likeness(case, other, bill)) is not None
        ]
        seen.append(bill)
        if not found:
            yield passed(_CODE, bill, "No other invoice given here bills the same.")
            continue
        other, likeness = max(found, key=lambda each: each[1].is_sure)
        agreed = replace(side_of(other.leaf("invoice_number")), source=other.assessment.source)
        billed = side_of(bill.leaf("invoice_number"))
        numbers = f"{_name(bill)} and {_name(other)}"
        if likeness.is_sure:
            yield case.mismatch(
                _CODE,
                bill,
                f"{numbers} bill the same: {likeness.reason}.",
                field="invoice_number",
                agreed=agreed,
                billed=billed,
                difference=bill.gross,
            )
        else:
            yield asks(
                _CODE,
                bill,
                f"Do {numbers} bill the same? They have {likeness.reason}.",
                field="invoice_number",
                agreed=agreed,
                billed=billed,
            )


def _likeness(case: Case, first: Bill, second: Bill) -> _Likeness | None:
    if first.sign != second.sign or not (first.counts and second.counts):
        return None
    one, other = first.assessment.extraction, second.assessment.extraction
    if one.document.id == other.document.id and one.part.index == other.part.index:
        return _Likeness(reason="they are the same file", is_sure=True)
    if not _is_same_seller(first, second):
        return None
    number, other_number = _signs(first), _signs(second)
    if number and number == other_number:
        return _Likeness(reason="they have the same number", is_sure=True)
    if first.gross is None or first.gross != second.gross or not _has_same_lines(first, second):
        return None
    return _same_delivery(case, first, second)


def _same_delivery(case: Case, first: Bill, second: Bill) -> _Likeness | None:
    """Tell whether two invoices with the same lines and amount are for one delivery."""
    references, other_references = references_of(first), references_of(second)
    if references.differs_from(other_references):
        return None
    is_same_day = first.issue_date is not None and first.issue_date == second.issue_date
    sure = (
        (references.is_same_as(other_references), "the same lines for the same delivery"),
        (_bills_a_step(case, first), "the same milestone, which falls due once"),
        (is_same_day, "the same lines, amount and date"),
    )
    for holds, reason in sure:
        if holds:
            return _Likeness(reason=reason, is_sure=True)
    if squeeze(first.text("remarks")) != squeeze(second.text("remarks")):
        return None
    return _Likeness(
        reason="the same lines and amount, and nothing tells the deliveries apart", is_sure=False
    )


def _signs(bill: Bill) -> str:
    return "".join(sign for sign in squeeze(bill.text("invoice_number")) if sign.isalnum())


def _is_same_seller(first: Bill, second: Bill) -> bool:
    ids = squeeze(first.text("seller_tax_id")), squeeze(second.text("seller_tax_id"))
    if all(ids) and ids[0] == ids[1]:
        return True
    names = [comparable_name(bill.text("seller_name")) for bill in (first, second)]
    return not all(names) or names[0] == names[1]


def _has_same_lines(first: Bill, second: Bill) -> bool:
    return _fingerprint(first) == _fingerprint(second)


def _fingerprint(bill: Bill) -> list[tuple[str, Decimal | None, Decimal | None]]:
    lines = [(squeeze(line.description), line.quantity, line.net) for line in bill.lines]
    return sorted(lines, key=str)


def _bills_a_step(case: Case, bill: Bill) -> bool:
    return any(step_of(case.agreement.steps, line) is not None for line in bill.lines)


def _name(bill: Bill) -> str:
    return f"invoice {bill.text('invoice_number') or bill.position + 1}"
