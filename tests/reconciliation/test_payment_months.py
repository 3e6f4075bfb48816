"""Payment up to the end of a month: by the due date, else by the invoice's words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import Leaf, State
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]

FOLLOWING = Leaf(
    value="other", state=State.FOUND, text="end of the month following", clause="5.1",
    quote="Invoices are payable by the end of the month following the month of invoice.",
)  # fmt: skip


def term(outcome: Reconciliation) -> Check:
    (check,) = (each for each in outcome.checks if each.code is CheckCode.PAYMENT_TERM_MISMATCH)
    return check


@pytest.mark.parametrize(
    ("due", "words", "state", "difference"),
    [
        (date(2025, 4, 30), None, CheckState.PASSED, None),
        (date(2025, 5, 3), None, CheckState.PASSED, None),  # a weekend later
        (date(2025, 4, 29), None, CheckState.PASSED, None),
        (date(2025, 5, 4), None, CheckState.MISMATCH, Decimal(4)),
        (date(2025, 4, 28), None, CheckState.MISMATCH, Decimal(-2)),
        (None, "Payable by the end of the following month", CheckState.PASSED, None),
        (None, "zahlbar bis Ende des Folgemonats", CheckState.PASSED, None),
        (None, "Payable within 14 days", CheckState.MISMATCH, Decimal(-44)),
        (
            None,
            "Payable within 9999999 days",
            CheckState.MISMATCH,
            Decimal((date.max - date(2025, 4, 30)).days),
        ),
        (
            None,
            "Payable by the end of the second month following the invoice",
            CheckState.MISMATCH,
            Decimal(31),
        ),
        (None, None, CheckState.NOT_CHECKABLE, None),
    ],
)
def test_an_invoice_of_march_is_due_at_the_end_of_april(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, due: date | None, words: str | None,
    state: CheckState, difference: Decimal | None,
) -> None:  # fmt: skip
    terms = contract(payment_days=None, payment_trigger=FOLLOWING)
    check = term(compare(bill(due_date=due, payment_terms=words), contract=terms))
    assert (check.state, check.difference, check.is_unsure) == (state, difference, False)


@pytest.mark.parametrize(
    ("words", "is_asked"), [("Payable within 30 days", True), ("30 days end of month", False)]
)
def test_days_that_the_contract_counts_from_the_end_of_the_month_are_asked_for(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, words: str, is_asked: bool
) -> None:
    days = Leaf(
        value=Decimal(30),
        state=State.FOUND,
        text="30",
        clause="5.1",
        quote="Payment terms: 30 days end of month.",
    )
    terms = contract(payment_days=days, payment_trigger=None)
    assert term(compare(bill(due_date=None, payment_terms=words), contract=terms)).is_unsure is is_asked
