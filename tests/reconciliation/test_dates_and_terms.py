"""Validity and due dates: both sides of each bound."""

from collections.abc import Callable
from datetime import date

import pytest

from extractor.assessment.assessment import Assessment
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]


def one(outcome: Reconciliation, code: CheckCode) -> Check:
    (check,) = (each for each in outcome.checks if each.code is code)
    return check


@pytest.mark.parametrize(
    ("issued", "state"),
    [
        (date(2025, 1, 1), CheckState.PASSED),
        (date(2024, 12, 31), CheckState.MISMATCH),
        (date(2025, 12, 31), CheckState.PASSED),
        (date(2026, 1, 1), CheckState.MISMATCH),
    ],
)
def test_the_first_and_the_last_day_belong_to_the_contract(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, issued: date, state: CheckState
) -> None:
    outcome = compare(bill(issue_date=issued, due_date=None, remarks=None), contract=contract())
    assert one(outcome, CheckCode.OUTSIDE_VALIDITY).state is state


@pytest.mark.parametrize(
    ("remarks", "state"),
    [
        ("Leistungsdatum: 31.12.2025", CheckState.PASSED),  # served in time, billed after the end
        ("Leistungsdatum: 02.01.2026", CheckState.MISMATCH),
        ("Leistungszeitraum: 15.12.2025 - 14.01.2026", CheckState.NOT_CHECKABLE),  # partly: a question
    ],
)
def test_the_day_of_service_counts_where_it_is_printed(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, remarks: str, state: CheckState
) -> None:
    outcome = compare(bill(issue_date=date(2026, 1, 5), due_date=None, remarks=remarks), contract=contract())
    check = one(outcome, CheckCode.OUTSIDE_VALIDITY)
    assert check.state is state
    assert check.is_unsure is (state is CheckState.NOT_CHECKABLE)


def test_a_contract_that_may_have_been_renewed_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(renewal_term="verlängert sich um jeweils ein Jahr")
    outcome = compare(bill(remarks="Leistungsdatum: 02.01.2026"), contract=terms)
    assert one(outcome, CheckCode.OUTSIDE_VALIDITY).is_unsure


@pytest.mark.parametrize(
    ("due", "trigger", "state"),
    [
        (date(2025, 4, 1), "invoice_date", CheckState.PASSED),  # a day early: how days are counted
        (date(2025, 3, 31), "invoice_date", CheckState.MISMATCH),
        (date(2025, 4, 5), "invoice_date", CheckState.PASSED),  # three late: a weekend
        (date(2025, 4, 6), "invoice_date", CheckState.MISMATCH),
        (date(2025, 4, 15), "invoice_receipt", CheckState.PASSED),
        (date(2025, 4, 16), "invoice_receipt", CheckState.MISMATCH),
        (date(2025, 3, 30), "delivery", CheckState.PASSED),  # thirty days after 28 February
        (date(2025, 5, 2), "delivery", CheckState.MISMATCH),
        (date(2025, 9, 9), "signing", CheckState.NOT_CHECKABLE),
    ],
)
def test_the_due_date_is_counted_from_what_the_contract_says(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    *,
    due: date,
    trigger: str,
    state: CheckState,
) -> None:
    outcome = compare(bill(payment_terms=None, due_date=due), contract=contract(payment_trigger=trigger))
    assert one(outcome, CheckCode.PAYMENT_TERM_MISMATCH).state is state


def test_right_words_with_a_wrong_due_date_are_one_deviation(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(bill(due_date=date(2025, 3, 10)), contract=contract())
    check = one(outcome, CheckCode.PAYMENT_TERM_MISMATCH)
    assert (check.state, check.field) == (CheckState.MISMATCH, "due_date")


def test_a_due_date_before_the_issue_is_the_cause_of_the_wrong_term(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(bill(due_date=date(2025, 2, 10)), contract=contract())
    assert one(outcome, CheckCode.PAYMENT_TERM_MISMATCH).consequence_of == "DATE_ORDER"
