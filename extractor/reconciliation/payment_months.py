"""When the invoice asks to be paid, where the contract lets be paid up to the end of a month."""

from datetime import date
from decimal import Decimal

from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, passed
from extractor.reconciliation.check import Check, CheckCode, Side
from extractor.reconciliation.payment_words import days_in_words
from extractor.values.month_ends import days_later, find_month_end, month_end
from extractor.values.text import fold

_CODE = CheckCode.PAYMENT_TERM_MISMATCH


def months_agreed(case: Case) -> int | None:
    """Return up to the end of which month after the invoice's is paid; None where no month is named."""
    trigger = case.agreement.leaf("payment_trigger")
    found = find_month_end(fold(trigger.text or "")) if trigger.value == "other" else None
    return None if found is None else found.months


def by_end_of_month(case: Case, bill: Bill, months: int) -> Check | None:
    """Compare by the invoice's due date, else by its words; None where it has neither, or no date."""
    agreed = side_of(case.agreement.leaf("payment_trigger"))
    if bill.issue_date is None:
        return None
    end = month_end(bill.issue_date, months=months)
    due = bill.leaf("due_date")
    if isinstance(due.value, date):
        return _compare(case, bill, due.value, end, agreed, side_of(due), "due_date")
    leaf = bill.leaf("payment_terms")
    text = fold(leaf.text or bill.text("payment_terms"))
    own, days = find_month_end(text), days_in_words(text)
    if own is not None:
        asked = month_end(bill.issue_date, months=own.months)
    elif days is not None:
        asked = days_later(bill.issue_date, days)
    else:
        return None
    return _compare(case, bill, asked, end, agreed, side_of(leaf), "payment_terms")


def _compare(case: Case, bill: Bill, asked: date, end: date, agreed: Side, billed: Side, field: str) -> Check:
    slack = case.policy.payment
    over = (asked - end).days
    if -slack.days_under <= over <= slack.days_over:
        return passed(
            _CODE, bill, f"It is due on {asked}, at the end of the month as agreed.", field=field,
            agreed=agreed, billed=billed,
        )  # fmt: skip
    return case.mismatch(
        _CODE,
        bill,
        f"It is due on {asked}, but by the contract at the end of the month, on {end}.",
        field=field,
        agreed=agreed,
        billed=billed,
        difference=Decimal(over),
    )
