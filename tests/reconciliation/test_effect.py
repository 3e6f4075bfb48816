"""Differences as they are told: money in its currency's digits, prices as exact as they are printed."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from extractor.assessment.assessment import Assessment
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation
from extractor.reconciliation.effect import money_differences, told_difference

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]


def wrong(outcome: Reconciliation) -> list[Check]:
    return [check for check in outcome.checks if check.state is CheckState.MISMATCH]


def lamp(bill: MakeAssessment, price: str, currency: str, **changes: object) -> Assessment:
    net = 10 * Decimal(price)
    row = {
        "description": "Pendelleuchte", "specification": "E27, 400 mm", "unit": "Stk.",
        "quantity": Decimal(10),
        "unit_price": Decimal(price), "net_amount": net, "tax_rate": Decimal(19),
    }  # fmt: skip
    sums = {
        "net_amount": net,
        "tax_amount": net * 19 / 100,
        "gross_amount": net * 119 / 100,
    }
    return replace(
        bill(**{"line_items": [row], "currency": currency, **sums, "amount_due": None, **changes}),
        findings=(),
    )


@pytest.mark.parametrize(
    ("currency", "difference", "money"),
    [("EUR", "7.98", "79.83"), ("JPY", "7.98", "80"), ("KWD", "7.983", "79.832")],
)
def test_a_difference_of_prices_has_the_digits_of_both(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    *,
    currency: str,
    difference: str,
    money: str,
) -> None:
    """50 with tax is 42.0168… without; 50.00 is billed."""
    rows = [
        {"description": "Pendelleuchte", "specification": "E27, 400 mm", "unit": "Stück",
         "unit_price": Decimal(50), "tax_included": "true"},
    ]  # fmt: skip
    terms = contract(currency=currency, total_amount=None, price_list=rows)
    outcome = compare(lamp(bill, "50.00", currency), contract=terms)
    (check,) = wrong(outcome)
    assert str(told_difference(check, outcome)) == difference
    (told,) = (each for each in money_differences(outcome) if each is not None)
    assert str(told) == money


@pytest.mark.parametrize(("currency", "difference"), [("EUR", "16.67"), ("JPY", "17")])
def test_a_difference_in_money_has_the_currencys_digits(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, currency: str, difference: str
) -> None:
    terms = contract(currency=currency, agreed_discount={"percent": Decimal("3.3334")}, total_amount=None)
    outcome = compare(lamp(bill, "50.00", currency), contract=terms)
    (check,) = wrong(outcome)
    assert check.code is CheckCode.DISCOUNT_MISSING
    assert str(told_difference(check, outcome)) == f"-{difference}"


def test_what_is_no_money_keeps_its_digits(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    row = {
        "description": "Pendelleuchte", "specification": "E27, 400 mm", "quantity": Decimal("40.125"),
        "unit": "Stk.", "unit_price": Decimal(50), "net_amount": Decimal("2006.25"), "tax_rate": Decimal(19),
    }  # fmt: skip
    outcome = compare(lamp(bill, "50.00", "JPY", line_items=[row]), contract=contract(currency="JPY"))
    assert [str(told_difference(check, outcome)) for check in wrong(outcome)] == ["0.125"]
