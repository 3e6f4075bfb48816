"""Amendments: each invoice is compared with the terms of its own day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import Group, Leaf, State, Table
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation, Verdict
from extractor.reconciliation.in_force import first_days, version_on

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]

_SINCE = date(2025, 6, 1)


def changed(before: Decimal, after: Decimal) -> Leaf:
    """Return a term that an amendment changed on the first of June."""
    first = Leaf(value=before, state=State.FOUND, text=str(before), clause="4.2", quote="before", score=0.9)
    return replace(
        first,
        value=after,
        text=str(after),
        clause="Nachtrag, 1",
        quote="after",
        since=_SINCE,
        earlier=(first,),
    )


DAYS = changed(Decimal(30), Decimal(45))


def with_price(contract: Assessment, price: Leaf) -> Assessment:
    rows = contract.extraction.rows("price_list")
    first = Group(members={**rows[0].members, "unit_price": price}, state=State.FOUND)
    fields = {**contract.fields, "price_list": Table(rows=(first, *rows[1:]), state=State.FOUND)}
    return replace(contract, extraction=replace(contract.extraction, fields=fields))


def of(outcome: Reconciliation, code: CheckCode) -> list[Check]:
    return [check for check in outcome.checks if check.code is code]


@pytest.mark.parametrize(
    ("day", "days"),
    [(date(2025, 5, 31), 30), (date(2025, 6, 1), 45), (date(2025, 12, 1), 45), (date(1999, 1, 1), 30)],
)
def test_a_term_holds_from_its_first_day_on(contract: MakeAssessment, day: date, days: int) -> None:
    term = version_on(contract(payment_days=DAYS), day).extraction.leaf("payment_days")
    assert term.value == Decimal(days)


def test_on_an_unknown_day_the_versions_contradict_each_other(contract: MakeAssessment) -> None:
    term = version_on(contract(payment_days=DAYS), None).extraction.leaf("payment_days")
    assert (term.state, [each.value for each in term.also]) == (State.CONTRADICTORY, [Decimal(30)])


def test_a_contract_that_was_never_changed_has_no_first_days(contract: MakeAssessment) -> None:
    assert first_days(contract()) == frozenset()
    assert first_days(with_price(contract(payment_days=DAYS), changed(Decimal(50), Decimal(55)))) == {_SINCE}


def test_each_invoice_has_the_payment_term_of_its_day(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    words = "zahlbar innerhalb von 45 Tagen"
    early = bill(invoice_number="R-1", payment_terms=words, due_date=None)
    late = bill(
        invoice_number="R-2", payment_terms=words, due_date=None, issue_date=date(2025, 7, 1), remarks=None
    )
    checks = of(compare(late, early, contract=contract(payment_days=DAYS)), CheckCode.PAYMENT_TERM_MISMATCH)
    assert [(check.invoice, check.state) for check in checks] == [
        (0, CheckState.PASSED),
        (1, CheckState.MISMATCH),
    ]
    assert [check.agreed.clause for check in checks if check.agreed] == ["Nachtrag, 1", "4.2"]


def test_an_old_price_is_too_low_after_the_change(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    amended = with_price(contract(), changed(Decimal("40.00"), Decimal("50.00")))
    early, late = (
        bill(invoice_number="R-1"),
        bill(invoice_number="R-2", issue_date=date(2025, 7, 1), remarks=None),
    )
    checks = of(compare(early, late, contract=amended), CheckCode.UNIT_PRICE_MISMATCH)
    mismatches = [
        (check.invoice, check.agreed.value)
        for check in checks
        if check.state is CheckState.MISMATCH and check.agreed
    ]
    assert mismatches == [(0, Decimal("40.00"))]


def test_a_cap_counts_the_invoices_of_all_versions(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    amended = contract(total_amount=changed(Decimal("1000.00"), Decimal("1300.00")))
    bills = [
        bill(
            invoice_number=f"R-{count}",
            issue_date=date(2025, 5 + count, 1),
            remarks=f"Lieferschein L-{count}",
        )
        for count in (0, 1)
    ]
    checks = of(compare(*bills, contract=amended), CheckCode.TOTAL_EXCEEDED)
    assert [check.state for check in checks] == [CheckState.PASSED, CheckState.MISMATCH]
    assert checks[1].difference == Decimal("100.00")


def test_a_changed_term_is_not_passed_for_an_invoice_without_a_date(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    undated = bill(issue_date=None, due_date=None)
    (check,) = of(compare(undated, contract=contract(payment_days=DAYS)), CheckCode.PAYMENT_TERM_MISMATCH)
    assert check.state is CheckState.NOT_CHECKABLE
    assert check.is_unsure


def added(description: str, price: Decimal) -> Group:
    """Return a row that an amendment adds on the first of June."""
    cells: dict[str, str | Decimal] = {
        "description": description,
        "unit": "Stück",
        "unit_price": price,
        "tax_included": "false",
    }
    members = {
        name: Leaf(value=value, state=State.FOUND, text=str(value), clause="Nachtrag, 2", since=_SINCE)
        for name, value in cells.items()
    }
    return Group(members=members, state=State.FOUND)


def with_row(contract: Assessment, row: Group) -> Assessment:
    rows = Table(rows=(*contract.extraction.rows("price_list"), row), state=State.FOUND)
    fields = {**contract.fields, "price_list": rows}
    return replace(contract, extraction=replace(contract.extraction, fields=fields))


def undated(bill: MakeAssessment, **changes: object) -> Assessment:
    return replace(
        bill(**{"issue_date": None, "due_date": None, "payment_terms": None, **changes}), findings=()
    )


def questions(outcome: Reconciliation) -> dict[CheckCode, str]:
    return {check.code: check.message for check in outcome.checks if check.is_unsure}


def test_an_invoice_without_a_date_is_asked_for_it_where_a_term_depends_on_it(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(undated(bill), contract=contract(payment_days=DAYS))
    told = questions(outcome)[CheckCode.OUTSIDE_VALIDITY]
    assert "payment days: 30, from 2025-06-01 on 45" in told
    assert outcome.verdict is Verdict.REVIEW
    assert questions(compare(undated(bill), contract=contract())) == {}


@pytest.mark.parametrize(("description", "is_asked"), [("Pendelleuchte", True), ("Stehlampe", False)])
def test_an_item_added_later_is_a_question_only_to_the_undated_invoice_that_bills_it(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, description: str, is_asked: bool
) -> None:
    """The only row that the first line can be is agreed from the first of June on."""
    row = {
        "description": "Tischleuchte", "specification": "E14, schwarz", "unit": "Stück",
        "unit_price": Decimal("20.00"), "tax_included": "false",
    }  # fmt: skip
    first = {**row, "description": "Pendelleuchte", "specification": "", "unit_price": Decimal("50.00")}
    terms = with_row(
        contract(price_list=[row] if is_asked else [row, first]), added(description, Decimal("50.00"))
    )
    lamp = {
        "description": "Pendelleuchte", "quantity": Decimal(10), "unit": "Stk.",
        "unit_price": Decimal("50.00"), "net_amount": Decimal("500.00"), "tax_rate": Decimal(19),
    }  # fmt: skip
    told = questions(compare(undated(bill, line_items=[lamp]), contract=terms))
    assert ("Pendelleuchte: agreed only from 2025-06-01 on" in str(told)) is is_asked
    assert bool(told) is is_asked


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ("50.00", "55.00", CheckState.NOT_CHECKABLE),  # 50 is billed: right on one of the days
        ("45.00", "50.00", CheckState.NOT_CHECKABLE),
        ("45.00", "55.00", CheckState.MISMATCH),  # wrong on any day
    ],
)
def test_an_undated_price_is_a_question_where_one_of_its_versions_is_billed(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, before: str, after: str,
    state: CheckState,
) -> None:  # fmt: skip
    terms = with_price(contract(), changed(Decimal(before), Decimal(after)))
    outcome = compare(undated(bill), contract=terms)
    assert {check.state for check in of(outcome, CheckCode.UNIT_PRICE_MISMATCH)} == {state}
    assert "Pendelleuchte: unit price" in questions(outcome)[CheckCode.OUTSIDE_VALIDITY]


@pytest.mark.parametrize(("before", "after"), [("5", "40"), ("40", "5")])
@pytest.mark.parametrize("place", [0, 1])
def test_an_undated_quantity_within_one_version_of_its_cap_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, before: str, after: str, place: int
) -> None:
    """Ten of each are billed."""
    terms = contract()
    rows = terms.extraction.rows("price_list")
    cap = changed(Decimal(before), Decimal(after))
    row = Group(members={**rows[place].members, "quantity": cap}, state=State.FOUND)
    table = Table(rows=(*rows[:place], row, *rows[place + 1 :]), state=State.FOUND)
    fields = {**terms.fields, "price_list": table}
    terms = replace(terms, extraction=replace(terms.extraction, fields=fields))
    outcome = compare(undated(bill), contract=terms)
    assert [check.is_unsure for check in of(outcome, CheckCode.QUANTITY_EXCEEDED)] == [True]


@pytest.mark.parametrize(
    ("net", "state"),
    [
        ("600.00", CheckState.NOT_CHECKABLE),
        ("400.00", CheckState.NOT_CHECKABLE),
        ("500.00", CheckState.MISMATCH),
    ],
)
def test_an_undated_milestone_is_a_question_where_one_of_its_versions_is_billed(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, net: str, state: CheckState
) -> None:
    members = {
        "name": Leaf(value="Rohbau", state=State.FOUND, text="Rohbau"),
        "amount": changed(Decimal("400.00"), Decimal("600.00")),
    }
    steps = Table(rows=(Group(members=members, state=State.FOUND),), state=State.FOUND)
    row = {"description": "Rohbau", "net_amount": Decimal(net), "tax_rate": Decimal(19)}
    outcome = compare(
        undated(bill, line_items=[row], net_amount=Decimal(net)),
        contract=contract(price_list=[], milestones=steps),
    )
    assert [check.state for check in of(outcome, CheckCode.MILESTONE_AMOUNT_MISMATCH)] == [state]
    assert "Rohbau: amount" in questions(outcome)[CheckCode.OUTSIDE_VALIDITY]
