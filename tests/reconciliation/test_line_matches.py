"""What every line was taken for is shown, with its score."""

from collections.abc import Callable
from decimal import Decimal

from extractor.assessment.assessment import Assessment
from extractor.delivery.encoding import encode_reconciliation
from extractor.reconciliation.check import CheckCode, CheckState, Reconciliation

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]
Row = dict[str, str | Decimal]

LAMP: Row = {
    "description": "Pendelleuchte", "specification": "E27, 400 mm", "quantity": Decimal(10), "unit": "Stk.",
    "unit_price": Decimal("50.00"), "net_amount": Decimal("500.00"),
}  # fmt: skip
SERVICE: Row = {
    "description": "Lichtplanung", "quantity": Decimal(2), "unit": "Tage", "unit_price": Decimal("640.00"),
    "net_amount": Decimal("1280.00"),
}  # fmt: skip
AGREED_SERVICE: Row = {
    "description": "Lichtplanung", "unit": "Stunde", "unit_price": Decimal("80.00"), "quantity": Decimal(20)
}  # fmt: skip


def matched(outcome: Reconciliation) -> list[tuple[str | None, bool]]:
    return [(match.term, match.is_sure) for match in outcome.matches]


def test_every_line_has_one_match_in_the_order_printed(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    lines = [
        {**LAMP, "description": "Tischleuchte", "specification": "E14, schwarz"},
        LAMP,
        {"description": "Notausgangsschild", "net_amount": Decimal("9.00")},
        {"description": "Frachtkosten", "net_amount": Decimal("12.00")},
    ]
    terms = contract(allowed_fees=[{"name": "Fracht", "amount": Decimal("20.00")}])
    outcome = compare(bill(line_items=lines), contract=terms)
    assert [match.line for match in outcome.matches] == [0, 1, 2, 3]
    assert matched(outcome) == [
        ("price_list[1]", True),
        ("price_list[0]", True),
        (None, False),
        ("allowed_fees[0]", True),
    ]


def test_a_match_says_where_both_sides_stand(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    match = compare(bill(), contract=contract()).matches[0]
    assert match.agreed is not None
    assert (match.agreed.value, match.agreed.clause) == ("Pendelleuchte E27, 400 mm", "§ 3 Abs. 1")
    assert match.agreed.evidence is not None
    assert match.billed.evidence is not None
    assert (match.score, match.factor) == (1.0, Decimal(1))


def test_a_day_is_billed_by_the_hours_that_the_contract_gives_it(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = {"price_list": [AGREED_SERVICE], "hours_per_day": Decimal(8)}
    outcome = compare(bill(line_items=[SERVICE]), contract=contract(**terms))
    states = {check.code: check.state for check in outcome.checks}
    assert outcome.matches[0].factor == Decimal(8)
    assert states[CheckCode.UNIT_PRICE_MISMATCH] is CheckState.PASSED
    assert states[CheckCode.QUANTITY_EXCEEDED] is CheckState.PASSED  # 16 hours of 20
    three = {**SERVICE, "quantity": Decimal(3), "net_amount": Decimal("1920.00")}
    outcome = compare(bill(line_items=[three]), contract=contract(**terms))
    (over,) = (check for check in outcome.checks if check.code is CheckCode.QUANTITY_EXCEEDED)
    assert (over.state, over.difference) == (CheckState.MISMATCH, Decimal(4))


def test_a_day_of_unknown_length_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(bill(line_items=[SERVICE]), contract=contract(price_list=[AGREED_SERVICE]))
    asked = {check.code for check in outcome.checks if check.is_unsure}
    assert outcome.matches[0].factor is None
    assert {CheckCode.UNIT_PRICE_MISMATCH, CheckCode.QUANTITY_EXCEEDED} <= asked


def test_the_hours_of_a_day_may_stand_beside_its_price(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    by_day: Row = {"description": "Lichtplanung", "unit": "Tag (8 Std.)", "unit_price": Decimal("640.00")}
    line = {**SERVICE, "quantity": Decimal(4), "unit": "Std.", "unit_price": Decimal("80.00"),
            "net_amount": Decimal("320.00")}  # fmt: skip
    outcome = compare(bill(line_items=[line]), contract=contract(price_list=[by_day]))
    assert outcome.matches[0].factor == Decimal("0.125")
    assert CheckState.MISMATCH not in {
        check.state for check in outcome.checks if check.code is CheckCode.UNIT_PRICE_MISMATCH
    }


def test_an_unsure_match_is_shown_as_one_and_flags_nothing(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    line = {**LAMP, "description": "Pendelleuchte Opalglas", "specification": "E27",
            "net_amount": Decimal("550.00")}  # fmt: skip
    outcome = compare(bill(line_items=[line]), contract=contract())
    (match,) = outcome.matches
    assert (match.price, match.is_sure) == (0, False)
    assert CheckCode.UNIT_PRICE_MISMATCH in {check.code for check in outcome.checks if check.is_unsure}


def test_matches_are_in_the_json_with_score_and_places(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    encoded = encode_reconciliation(compare(bill(), contract=contract()))["matches"]
    assert isinstance(encoded, list)
    first = encoded[0]
    assert isinstance(first, dict)
    assert (first["invoice"], first["field"], first["term"]) == (0, "line_items[0]", "price_list[0]")
    assert (first["score"], first["sure"], first["factor"]) == (1.0, True, "1")
    assert isinstance(first["agreed"], dict)
    assert first["agreed"]["clause"] == "§ 3 Abs. 1"
