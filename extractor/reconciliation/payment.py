"""When the invoice asks to be paid: as said in words, and as its dates say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks, found, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode
from extractor.reconciliation.parties import readings
from extractor.reconciliation.payment_months import by_end_of_month, months_agreed
from extractor.reconciliation.payment_words import days_in_words
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.references import service_period
from extractor.validation.figures import number_of
from extractor.validation.finding import FindingCode
from extractor.values.month_ends import days_later, month_end
from extractor.values.text import fold

_CODE = CheckCode.PAYMENT_TERM_MISMATCH
_MONTH_END = re.compile(r"end of (the )?(\w+ )?month|\beom\b|month end|monatsende|fin de mois|月底|月末|次月")
_FROM_MONTH_END = re.compile(
    r"(?:days?|tagen?|jours?)\W+(?:(?:net|netto|from|after|following|of|the|nach|ab|zum|dem|fin)\W+){0,4}"
    r"(?:end of (?:the |that )?(?:\w+ )?month|eom\b|month[- ]end|monatsende|ende des \w*monats|de mois)|月结"
)
_MOST_DAYS = 3650
_BUSINESS = re.compile(r"business|working|werktag|arbeitstag|工作日|ouvr")


def payment_terms(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare the days to pay with the agreed ones, by the words and by the due date."""
    term = case.agreement.leaf("payment_days")
    days = [number for leaf in readings(term) if (number := number_of(leaf)) is not None]
    for bill in case.bills:
        if days:
            compared = _by_words(case, bill, days) or _by_dates(case, bill, days)
        elif (months := months_agreed(case)) is not None:
            compared = by_end_of_month(case, bill, months)
        else:
            yield not_checkable(_CODE, bill, Reason.NOT_AGREED, "The contract names no payment term.")
            continue
        yield compared or not_checkable(
            _CODE,
            bill,
            Reason.NOT_PRINTED,
            "The invoice says neither in days nor by a date when it is to be paid.",
        )


def _by_words(case: Case, bill: Bill, agreed: list[Decimal]) -> Check | None:
    leaf = bill.leaf("payment_terms")
    text = leaf.text or bill.text("payment_terms")
    billed = days_in_words(text)
    if billed is None or _MONTH_END.search(fold(text)):
        return None
    term = case.agreement.leaf("payment_days")
    limits = case.limits(_CODE)
    side = replace(side_of(leaf), value=Decimal(billed))
    if not any(limits.allows(agreed=each, billed=Decimal(billed)) for each in agreed):
        return case.mismatch(
            _CODE,
            bill,
            f"The invoice asks for payment within {billed} days, but {agreed[0]} days are agreed.",
            field="payment_terms",
            agreed=side_of(term),
            billed=side,
            difference=billed - agreed[0],
        )
    by_dates = _by_dates(case, bill, agreed)
    if by_dates is not None and by_dates.severity is not None:
        return by_dates  # the words are right and the due date is not
    if by_dates is None and _runs_from_month_end(case):
        return asks(
            _CODE, bill, Reason.COUNTED_FROM_ELSEWHERE,
            f"The invoice asks for payment within {billed} days, which the contract counts from the end "
            "of the month: from when are they counted?",
            field="payment_terms", agreed=side_of(term), billed=side,
        )  # fmt: skip
    return passed(
        _CODE, bill, f"Payment within {billed} days, as agreed.", field="payment_terms",
        agreed=side_of(term), billed=side,
    )  # fmt: skip


def _by_dates(case: Case, bill: Bill, agreed: list[Decimal]) -> Check | None:
    due = bill.leaf("due_date")
    start, is_exact = _start(case, bill)
    if not isinstance(due.value, date) or start is None:
        return None
    term = case.agreement.leaf("payment_days")
    if _BUSINESS.search(fold(f"{term.text or ''} {term.quote or ''}")):
        return None  # working days depend on a calendar that is not ours
    if _runs_from_month_end(case):
        return _by_month_end(case, bill, start=start, due=due.value, agreed=agreed)
    billed = Decimal((due.value - start).days)
    limits, slack = case.limits(_CODE), case.policy.payment
    over = slack.days_over + (0 if is_exact else slack.receipt_days)
    if any(
        each - slack.days_under <= billed <= each + over or limits.allows(agreed=each, billed=billed)
        for each in agreed
    ):
        return passed(
            _CODE, bill, f"It is due {billed} days after {start}.", field="due_date",
            agreed=side_of(term), billed=side_of(due),
        )  # fmt: skip
    return case.mismatch(
        _CODE,
        bill,
        f"It is due on {due.value}, {billed} days after {start}, but {agreed[0]} days are agreed.",
        field="due_date",
        agreed=side_of(term),
        billed=side_of(due),
        difference=billed - agreed[0],
        consequence_of=FindingCode.DATE_ORDER if found(bill, FindingCode.DATE_ORDER) else None,
    )


def _by_month_end(case: Case, bill: Bill, *, start: date, due: date, agreed: list[Decimal]) -> Check | None:
    """Compare where the days run from the end of the month, or to the end of the month that they reach."""
    term, slack = side_of(case.agreement.leaf("payment_days")), case.policy.payment
    billed = side_of(bill.leaf("due_date"))
    days = [int(each) for each in agreed if 0 <= each <= _MOST_DAYS]
    if not days:
        return None
    ends = [days_later(month_end(start), each) for each in days]
    ends += [month_end(days_later(start, each)) for each in days]
    if any(-slack.days_under <= (due - end).days <= slack.days_over for end in ends):
        return passed(
            _CODE, bill, f"It is due on {due}, as agreed from the end of the month.", field="due_date",
            agreed=term, billed=billed,
        )  # fmt: skip
    return case.mismatch(
        _CODE,
        bill,
        f"It is due on {due}, but by the contract on {ends[0]}, {agreed[0]} days from the end of the month.",
        field="due_date",
        agreed=term,
        billed=billed,
        difference=Decimal((due - ends[0]).days),
    )


def _runs_from_month_end(case: Case) -> bool:
    trigger, term = case.agreement.leaf("payment_trigger"), case.agreement.leaf("payment_days")
    return bool(
        (trigger.value == "other" and _MONTH_END.search(fold(trigger.text or "")))
        or _FROM_MONTH_END.search(fold(term.quote or ""))
    )


def _start(case: Case, bill: Bill) -> tuple[date | None, bool]:
    """Return the day from which the term runs, and whether it is known to the day."""
    trigger = case.agreement.leaf("payment_trigger").value
    if trigger == "other" and _runs_from_month_end(case):
        return bill.issue_date, False
    if trigger in (None, "invoice_date"):
        return bill.issue_date, trigger is not None
    if trigger == "invoice_receipt":
        return bill.issue_date, False
    served = service_period(bill) if trigger in ("delivery", "acceptance") else None
    return (served.last if served is not None else None), False
