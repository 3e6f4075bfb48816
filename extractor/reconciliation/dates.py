"""Whether what is billed falls into the time for which the contract runs."""

from collections.abc import Iterator, Sequence
from datetime import date

from extractor.reconciliation.agreement import Agreement, side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode, Side
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.references import Period, service_period

_CODE = CheckCode.OUTSIDE_VALIDITY


def validity(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare the delivery or service date, else the issue date, with the contract's time.

    Both ends of that time belong to it.
    """
    first, last = _bound(case.agreement, "effective_date"), _bound(case.agreement, "expiry_date")
    for bill in case.bills:
        if first is None and last is None:
            yield not_checkable(
                _CODE, bill, Reason.NOT_AGREED, "The contract names no time for which it runs."
            )
            continue
        if first is not None and last is not None and first > last:
            yield asks(
                _CODE, bill, Reason.ENDS_BEFORE_IT_BEGINS,
                f"The contract begins on {first} and ends before, on {last}: which is meant?",
                agreed=side_of(case.agreement.leaf("expiry_date")),
            )  # fmt: skip
            continue
        served = service_period(bill)
        period = served or (Period(first=bill.issue_date, last=bill.issue_date) if bill.issue_date else None)
        if period is None:
            yield not_checkable(_CODE, bill, Reason.NOT_PRINTED, "The invoice has no date that can be read.")
            continue
        yield _compare(case, bill, period, first, last, is_served=served is not None)


def _compare(
    case: Case, bill: Bill, period: Period, first: date | None, last: date | None, *, is_served: bool
) -> Check:
    what = "delivered or served" if is_served else "issued"
    when = f"{period.first}" if period.first == period.last else f"{period.first} to {period.last}"
    is_early = first is not None and period.last < first
    is_late = last is not None and period.first > last
    term = case.agreement.leaf("expiry_date" if is_late or first is None else "effective_date")
    agreed = side_of(term)
    field = "remarks" if is_served else "issue_date"
    leaf = bill.leaf(field)
    billed = Side(value=period.first, text=leaf.text, evidence=leaf.evidence)
    if not is_early and not is_late:
        if (first and period.first < first) or (last and period.last > last):
            return asks(
                _CODE, bill, Reason.PARTLY_OUTSIDE,
                f"It was {what} {when}, only in part within the contract's time.",
                field=field, agreed=agreed, billed=billed,
            )  # fmt: skip
        return passed(
            _CODE,
            bill,
            f"It was {what} {when}, within the contract's time.",
            field=field,
            agreed=agreed,
            billed=billed,
        )
    if is_late and case.agreement.has("renewal_term"):
        return asks(
            _CODE, bill, Reason.MAYBE_RENEWED,
            f"It was {what} {when}, after {last}, and the contract may have been renewed.",
            field=field, agreed=agreed, billed=billed,
        )  # fmt: skip
    side = f"after the contract ended on {last}" if is_late else f"before the contract began on {first}"
    return case.mismatch(
        _CODE, bill, f"It was {what} {when}, {side}.", field=field, agreed=agreed, billed=billed
    )


def _bound(agreement: Agreement, name: str) -> date | None:
    value = agreement.leaf(name).value
    return value if isinstance(value, date) else None
