"""Properties of the comparison as a whole: order plays no part, and one change is one check."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from deviations import CHANGES, LAMP, SECOND, STEPS, TABLE, Change, Row, billed
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.assessment.assessment import Assessment
from extractor.reconciliation.check import CheckCode, CheckState, Reconciliation, Verdict

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]


def wrong(outcome: Reconciliation) -> list[CheckCode]:
    return [check.code for check in outcome.checks if check.state is CheckState.MISMATCH]


def told(outcome: Reconciliation) -> Counter[tuple[str, CheckCode, CheckState, bool, object, object]]:
    """Return the checks without what only says where in the order a line or an invoice stands."""
    return Counter(
        (
            outcome.invoices[check.invoice or 0].source,
            check.code,
            check.state,
            check.is_unsure,
            check.difference,
            check.consequence_of,
        )
        for check in outcome.checks
    )


def by_code(change: Change) -> str:
    return change.code.value


def test_there_is_a_change_for_every_check() -> None:
    assert {change.code for change in CHANGES} == set(CheckCode)


@pytest.mark.parametrize("change", CHANGES, ids=by_code)
def test_one_value_beyond_tolerance_is_exactly_its_check(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, change: Change
) -> None:
    invoices = [_without_findings(bill(**change.beyond))]
    if change.other is not None:
        invoices.append(bill(**change.other))
    outcome = compare(*invoices, contract=contract(**change.terms))
    assert wrong(outcome) == [change.code]
    assert outcome.verdict is not Verdict.APPROVE


@pytest.mark.parametrize("change", CHANGES, ids=by_code)
def test_one_value_within_tolerance_is_no_check(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, change: Change
) -> None:
    outcome = compare(_without_findings(bill(**change.within)), contract=contract(**change.terms))
    assert wrong(outcome) == []
    assert not any(check.is_unsure for check in outcome.checks)
    assert outcome.verdict is Verdict.APPROVE


def test_two_invoices_within_the_caps_are_no_check(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(total_amount=Decimal("1399.95"))
    assert wrong(compare(bill(), bill(**SECOND), contract=terms)) == []


@settings(deadline=None)  # the first call loads what later ones share
@given(
    cents=st.integers(min_value=1, max_value=400_000),
    quantity=st.integers(min_value=1, max_value=40),
    over=st.integers(min_value=2, max_value=9_999),
)
def test_any_price_above_any_agreed_one_is_exactly_one_flag(
    cents: int, quantity: int, over: int, bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    agreed = Decimal(cents) / 100
    terms = contract(price_list=[{**_agreed(LAMP), "unit_price": agreed}], total_amount=None)

    def at(price: Decimal) -> Assessment:
        row = {**LAMP, "quantity": Decimal(quantity), "unit_price": price, "net_amount": quantity * price}
        return bill(**billed(row))

    assert wrong(compare(at(agreed), contract=terms)) == []
    assert wrong(compare(at(agreed + Decimal(over) / 100), contract=terms)) == [CheckCode.UNIT_PRICE_MISMATCH]


@settings(deadline=None)  # the first call loads what later ones share
@given(cap=st.integers(min_value=0, max_value=40), quantity=st.integers(min_value=1, max_value=80))
def test_a_quantity_is_flagged_from_the_first_one_over_its_cap(
    cap: int, quantity: int, bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(price_list=[{**_agreed(LAMP), "quantity": Decimal(cap)}], total_amount=None)
    row = {**LAMP, "quantity": Decimal(quantity), "net_amount": 50 * Decimal(quantity)}
    expected = [CheckCode.QUANTITY_EXCEEDED] if quantity > cap else []
    assert wrong(compare(bill(**billed(row)), contract=terms)) == expected


def test_several_lines_of_one_row_are_one_flag_for_what_they_bill_together(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    rows = [{**LAMP, "quantity": Decimal(count), "net_amount": 50 * Decimal(count)} for count in (30, 8, 5)]
    terms = contract(total_amount=Decimal("2140.00"))
    quantity, total = (
        check
        for check in compare(bill(**billed(*rows)), contract=terms).checks
        if check.state is CheckState.MISMATCH
    )
    assert (quantity.code, quantity.field) == (CheckCode.QUANTITY_EXCEEDED, "line_items[0].quantity")
    assert (quantity.difference, quantity.billed and quantity.billed.value) == (Decimal(3), Decimal(43))
    assert (total.code, total.consequence_of) == (CheckCode.TOTAL_EXCEEDED, CheckCode.QUANTITY_EXCEEDED)


@settings(deadline=None)  # the first call loads what later ones share
@given(cents=st.integers(min_value=0, max_value=200_000))
def test_a_total_is_flagged_from_the_first_cent_over_its_cap_and_rounding(
    cents: int, bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    cap = Decimal(cents) / 100
    allowed = cap + Decimal("0.01") + 2 * Decimal("0.01")  # the bound, and a cent a line
    expected = [CheckCode.TOTAL_EXCEEDED] if Decimal("700.00") > allowed else []
    assert wrong(compare(bill(), contract=contract(total_amount=cap))) == expected


@settings(deadline=None)  # the first call loads what later ones share
@given(days=st.integers(min_value=0, max_value=200), shift=st.integers(min_value=-30, max_value=30))
def test_days_to_pay_are_the_same_in_words_and_as_a_date(
    days: int, shift: int, bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    asked = max(0, days + shift)
    terms = contract(payment_days=Decimal(days))
    in_words = bill(payment_terms=f"zahlbar innerhalb von {asked} Tagen", due_date=None)
    expected = [] if asked == days else [CheckCode.PAYMENT_TERM_MISMATCH]
    assert wrong(compare(in_words, contract=terms)) == expected
    as_a_date = bill(payment_terms=None, due_date=date(2025, 3, 3) + timedelta(days=asked))
    expected = [] if -1 <= asked - days <= 3 else [CheckCode.PAYMENT_TERM_MISMATCH]
    assert wrong(compare(as_a_date, contract=terms)) == expected


@st.composite
def line_rows(draw: st.DrawFn) -> list[Row]:
    """Return lines that keep to the contract and lines that do not, some of them alike."""
    others: list[Row] = [
        {"description": "Notausgangsschild", "net_amount": Decimal("60.00"), "tax_rate": Decimal(19)},
        {"description": "Versandkosten", "net_amount": Decimal("12.00"), "tax_rate": Decimal(19)},
        {"description": "Kundenrabatt", "net_amount": Decimal("-20.00"), "tax_rate": Decimal(19)},
        {"description": "Pendelleuchte Opalglas", "specification": "E27", "quantity": Decimal(1),
         "unit_price": Decimal("61.00"), "net_amount": Decimal("61.00"), "tax_rate": Decimal(7)},
        {"description": "Rohmontage", "net_amount": Decimal("710.00"), "tax_rate": Decimal(19)},
        {"description": "Auszahlung Einbehalt", "net_amount": Decimal("30.00"), "tax_rate": Decimal(19)},
        {"description": "Sicherheitseinbehalt", "net_amount": Decimal("-25.00"), "tax_rate": Decimal(19)},
        {**LAMP, "unit_price": Decimal("52.00"), "net_amount": Decimal("520.00")},
        {**TABLE, "unit": "Karton (10 Stk.)", "quantity": Decimal(1), "unit_price": Decimal("200.00")},
    ]  # fmt: skip
    return draw(st.lists(st.sampled_from([LAMP, TABLE, *others]), min_size=1, max_size=6))


@settings(deadline=None)  # the first call loads what later ones share
@given(data=st.data())
def test_the_order_of_lines_invoices_and_clauses_changes_no_check(
    data: st.DataObject, bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    tables: dict[str, list[dict[str, object]]] = {
        "price_list": [
            _agreed(LAMP),
            _agreed(TABLE),
            {**_agreed(LAMP), "specification": "E27, 300 mm", "unit_price": Decimal("45.00")},
            {**_agreed(TABLE), "description": "Stehleuchte", "unit_price": Decimal("120.00")},
        ],
        "milestones": [dict(step) for step in STEPS],
        "allowed_fees": [{"name": "Fracht", "amount": Decimal("10.00")}, {"name": "Verpackung"}],
        "retention_release": [
            {"share": Decimal(50), "event": "Rohmontage"},
            {"due": date(2025, 3, 4)},
        ],
    }
    terms: Mapping[str, object] = {
        "total_amount": data.draw(st.sampled_from([None, Decimal("900.00"), Decimal("9000.00")])),
        "agreed_discount": data.draw(st.sampled_from([None, {"percent": Decimal(5)}])),
        "retention_rate": data.draw(st.sampled_from([None, Decimal(5)])),
        "retention_cap": data.draw(st.sampled_from([None, {"percent": Decimal(1)}])),
    }
    invoices = [data.draw(line_rows()) for _ in range(data.draw(st.integers(min_value=1, max_value=3)))]

    def made(rows: list[Row], number: int) -> Assessment:
        fields = {
            "invoice_number": f"R-{number}",
            "issue_date": date(2025, 3, 3) + timedelta(days=number),
            "due_date": None,
            "remarks": f"Lieferschein LS-{number}",
        }
        return bill(**{**fields, **billed(*rows)})

    straight = compare(
        *(made(rows, number) for number, rows in enumerate(invoices)), contract=contract(**tables, **terms)
    )
    shuffled_tables = {name: data.draw(st.permutations(rows)) for name, rows in tables.items()}
    shuffled = [made(data.draw(st.permutations(rows)), number) for number, rows in enumerate(invoices)]
    outcome = compare(*data.draw(st.permutations(shuffled)), contract=contract(**shuffled_tables, **terms))
    assert outcome.verdict is straight.verdict
    assert told(outcome) == told(straight)


def _agreed(row: Row) -> dict[str, object]:
    return {
        "description": row["description"], "specification": row["specification"], "unit": "Stück",
        "unit_price": row["unit_price"], "tax_included": "false", "quantity": Decimal(40),
    }  # fmt: skip


def _without_findings(invoice: Assessment) -> Assessment:
    """Return the invoice as if its own sums explained themselves: only what was agreed is asked here."""
    return replace(invoice, findings=())
