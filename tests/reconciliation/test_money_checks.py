"""Prices, fees, discounts and caps: both sides of each bound."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import Group, Leaf, State, Table
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]
Row = dict[str, str | Decimal]

LAMP: Row = {
    "description": "Pendelleuchte", "specification": "E27, 400 mm", "quantity": Decimal(10), "unit": "Stk.",
    "unit_price": Decimal("50.00"), "net_amount": Decimal("500.00"), "tax_rate": Decimal(19),
}  # fmt: skip
AGREED: Row = {
    "description": "Pendelleuchte", "specification": "E27, 400 mm", "unit": "Stück",
    "unit_price": Decimal("50.00"), "tax_included": "false", "quantity": Decimal(40),
}  # fmt: skip


def flagged(outcome: Reconciliation) -> list[tuple[CheckCode, object]]:
    return [
        (check.code, check.consequence_of) for check in outcome.checks if check.state is CheckState.MISMATCH
    ]


def one(outcome: Reconciliation, code: CheckCode) -> Check:
    (check,) = (each for each in outcome.checks if each.code is code)
    return check


def lines(*rows: Row) -> dict[str, object]:
    net = sum((row["net_amount"] for row in rows if isinstance(row["net_amount"], Decimal)), Decimal(0))
    tax = (net * Decimal("0.19")).quantize(Decimal("0.01"))
    return {
        "line_items": list(rows), "net_amount": net, "tax_amount": tax, "gross_amount": net + tax,
        "amount_due": net + tax,
    }  # fmt: skip


def fee(name: str, amount: str) -> Row:
    return {"description": name, "net_amount": Decimal(amount), "tax_rate": Decimal(19)}


@pytest.mark.parametrize(
    ("price", "net", "is_flagged"),
    [
        ("50.00", "500.01", False),  # rounding of a cent on the line
        ("50.005", "500.05", False),  # the bound over, inclusive
        ("50.02", "500.20", True),
        ("49.995", "499.95", False),  # the bound under, inclusive
        ("49.98", "499.80", True),
    ],
)
def test_a_unit_price_is_flagged_beyond_its_bounds_only(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    *,
    price: str,
    net: str,
    is_flagged: bool,
) -> None:
    row = {**LAMP, "unit_price": Decimal(price), "net_amount": Decimal(net)}
    outcome = compare(bill(**lines(row)), contract=contract())
    assert flagged(outcome) == ([(CheckCode.UNIT_PRICE_MISMATCH, None)] if is_flagged else [])


def test_a_price_for_a_thousand_equals_one_for_a_piece(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    agreed = {
        **AGREED,
        "description": "Dübel",
        "specification": "8 mm",
        "unit": "Tsd.",
        "unit_price": Decimal(80),
    }
    row = {
        **LAMP, "description": "Dübel", "specification": "8 mm", "unit_price": Decimal("0.08"),
        "quantity": Decimal(5000), "net_amount": Decimal("400.00"),
    }  # fmt: skip
    assert flagged(compare(bill(**lines(row)), contract=contract(price_list=[agreed]))) == []


def test_a_price_for_another_unit_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    agreed = {**AGREED, "description": "Montage", "specification": "", "unit": "Stunde"}
    row = {
        **LAMP, "description": "Montage", "specification": "", "unit": "Tag", "quantity": Decimal(1),
        "unit_price": Decimal("400.00"), "net_amount": Decimal("400.00"),
    }  # fmt: skip
    outcome = compare(bill(**lines(row)), contract=contract(price_list=[agreed]))
    assert flagged(outcome) == []
    assert one(outcome, CheckCode.UNIT_PRICE_MISMATCH).is_unsure


def test_a_deviating_tax_rate_is_one_flag_however_the_price_is_stated(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    with_tax = {**AGREED, "unit_price": Decimal("59.50"), "tax_included": "true"}
    same_net = {**lines({**LAMP, "tax_rate": Decimal(7)}), "tax_amount": Decimal("35.00")}
    same_net |= {"gross_amount": Decimal("535.00"), "amount_due": Decimal("535.00")}
    outcome = compare(bill(**same_net), contract=contract(price_list=[with_tax]))
    assert flagged(outcome) == [(CheckCode.TAX_RATE_MISMATCH, None)]


def test_another_currency_explains_prices_that_all_deviate(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    second = {**LAMP, "description": "Tischleuchte", "specification": "E14, schwarz"}
    rows = [
        {**LAMP, "unit_price": Decimal("55.00"), "net_amount": Decimal("550.00")},
        {**second, "unit_price": Decimal("22.00"), "net_amount": Decimal("220.00")},
    ]
    outcome = compare(bill(currency="CHF", **lines(*rows)), contract=contract())
    assert (CheckCode.CURRENCY_MISMATCH, None) in flagged(outcome)
    assert {cause for code, cause in flagged(outcome) if code is CheckCode.UNIT_PRICE_MISMATCH} == {
        CheckCode.CURRENCY_MISMATCH
    }


def test_goods_that_are_not_on_the_price_list_are_flagged(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    row = {**LAMP, "description": "Notausgangsschild", "specification": "grün"}
    outcome = compare(bill(**lines(LAMP, row)), contract=contract())
    (check,) = (each for each in outcome.checks if each.state is CheckState.MISMATCH)
    assert (check.code, check.field) == (CheckCode.ITEM_NOT_IN_CONTRACT, "line_items[1].description")
    assert check.agreed is not None
    assert check.agreed.clause == "§ 3 Abs. 1"


def test_goods_beside_a_price_that_stands_in_a_sentence_are_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    sentence = "Pendelleuchten werden mit 50,00 EUR je Stück berechnet."
    leaves: dict[str, str | Decimal] = {
        "description": "Pendelleuchte E27, 400 mm",
        "unit_price": Decimal("50.00"),
    }
    members = {
        name: Leaf(value=value, state=State.FOUND, text=str(value), score=0.9, clause="§ 2", quote=sentence)
        for name, value in leaves.items()
    }
    prices = Table(rows=(Group(members=members, state=State.FOUND),), state=State.FOUND)
    other = {**LAMP, "description": "Notausgangsschild", "specification": "grün"}
    outcome = compare(bill(**lines(LAMP, other)), contract=contract(price_list=prices))
    assert one(outcome, CheckCode.ITEM_NOT_IN_CONTRACT).is_unsure
    outcome = compare(bill(**lines(LAMP, LAMP, other)), contract=contract(price_list=prices))
    assert (CheckCode.ITEM_NOT_IN_CONTRACT, None) in flagged(outcome)


@pytest.mark.parametrize(
    ("name", "is_question"),
    [
        ("驻场运维服务费", True),
        ("Network operation fee", True),
        ("附加费", False),
        ("Verwaltungspauschale", False),
        ("Frachtkosten", False),
    ],
)
def test_a_fee_that_may_be_a_service_priced_in_a_sentence_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, name: str, is_question: bool
) -> None:
    members = {
        "description": Leaf(value="Pendelleuchte", state=State.FOUND, text="Pendelleuchte", score=0.9),
        "unit_price": Leaf(
            value=Decimal("50.00"), state=State.FOUND, text="50,00 EUR", score=0.9, clause="§ 2",
            quote="Pendelleuchten werden mit 50,00 EUR je Stück berechnet.",
        ),
    }  # fmt: skip
    prices = Table(rows=(Group(members=members, state=State.FOUND),), state=State.FOUND)
    outcome = compare(bill(**lines(LAMP, fee(name, "35.00"))), contract=contract(price_list=prices))
    assert one(outcome, CheckCode.FEE_NOT_AGREED).is_unsure is is_question
    assert (CheckCode.FEE_NOT_AGREED in [code for code, _ in flagged(outcome)]) is not is_question


def test_a_line_that_is_only_a_number_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(
        bill(**lines({**LAMP, "description": "N0003", "specification": ""})), contract=contract()
    )
    assert flagged(outcome) == []
    assert one(outcome, CheckCode.ITEM_NOT_IN_CONTRACT).is_unsure


def test_what_the_contract_allows_by_name_is_neither_goods_nor_a_fee_too_many(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(allowed_fees=[{"name": "Musterkarton", "amount": Decimal("20.00")}])
    assert flagged(compare(bill(**lines(LAMP, fee("Musterkarton", "20.00"))), contract=terms)) == []


@pytest.mark.parametrize(
    "name",
    ["Versandkosten", "Fracht", "Bearbeitungsgebühr", "Expresszuschlag", "Rush handling",
     "Account maintenance fee", "Delivery charge", "Frais de port", "运费", "加急费", "包装费（木箱）"],
)  # fmt: skip
def test_a_fee_that_is_not_agreed_is_flagged(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, name: str
) -> None:
    outcome = compare(bill(**lines(LAMP, fee(name, "35.00"))), contract=contract())
    assert flagged(outcome) == [(CheckCode.FEE_NOT_AGREED, None)]


@pytest.mark.parametrize(
    ("amount", "is_flagged"), [("12.50", False), ("12.51", False), ("12.52", True), ("9.00", False)]
)
def test_an_allowed_fee_may_be_billed_up_to_its_amount(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, amount: str, is_flagged: bool
) -> None:
    terms = contract(allowed_fees=[{"name": "Versandpauschale", "amount": Decimal("12.50")}])
    outcome = compare(bill(**lines(LAMP, fee("Versandkosten", amount))), contract=terms)
    assert flagged(outcome) == ([(CheckCode.FEE_NOT_AGREED, None)] if is_flagged else [])


@pytest.mark.parametrize(
    ("agreed", "most", "billed", "amount", "expected"),
    [
        ("Delivery and collection", "90.00", "Delivery", "90.00", None),
        ("Delivery and collection", "90.00", "Collection of dumper", "90.00", None),
        ("Delivery and collection", "90.00", "Delivery", "90.02", CheckCode.FEE_NOT_AGREED),
        ("Delivery and collection", "90.00", "Collection box", "90.02", CheckCode.ITEM_NOT_IN_CONTRACT),
        ("An- und Abtransport", "90.00", "Abtransport Rüttelplatte", "90.00", None),
        ("An- und Abtransport", "90.00", "Antransport Rüttelplatte", "90.00", None),
        ("An- und Abtransport", "90.00", "Ansatzstück", "90.00", CheckCode.ITEM_NOT_IN_CONTRACT),
        ("postage and wrapping", None, "Wrapping", "9.00", None),
        ("postage and wrapping", None, "Wrapping paper", "9.00", CheckCode.ITEM_NOT_IN_CONTRACT),
        ("安装和调试", "90.00", "现场调试", "90.00", None),
    ],
)
def test_a_fee_that_joins_two_things_allows_each(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, agreed: str, most: str | None,
    billed: str, amount: str, expected: CheckCode | None,
) -> None:  # fmt: skip
    terms = contract(allowed_fees=[{"name": agreed, "amount": None if most is None else Decimal(most)}])
    line = {**fee(billed, amount), "quantity": Decimal(1)}
    outcome = compare(bill(**lines(LAMP, line)), contract=terms)
    assert flagged(outcome) == ([] if expected is None else [(expected, None)])


@pytest.mark.parametrize(
    ("note", "is_flagged"),
    [("Please pay to IBAN DE02 1203", False), ("Payment within 30 days 0000", False), ("Deckenfluter", True)],
)
def test_a_line_on_how_to_pay_is_no_item(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, note: str, is_flagged: bool
) -> None:
    misread: Row = {"description": note, "quantity": Decimal(2), "unit_price": Decimal(65)}
    figures = lines(LAMP)
    invoice = replace(bill(**{**figures, "line_items": [LAMP, misread]}), findings=())
    found = [code for code, _ in flagged(compare(invoice, contract=contract()))]
    assert (CheckCode.ITEM_NOT_IN_CONTRACT in found) is is_flagged


@pytest.mark.parametrize(("most", "is_flagged"), [("25.00", False), ("24.98", True), (None, False)])
def test_freight_below_the_lines_is_a_fee_too(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, most: str | None, is_flagged: bool
) -> None:
    figures = lines(LAMP, fee("Fracht", "25.00"))
    invoice = replace(bill(**{**figures, "line_items": [LAMP]}), findings=())  # the page explains the sum
    terms = contract(allowed_fees=[{"name": "Fracht", "amount": None if most is None else Decimal(most)}])
    expected = [(CheckCode.FEE_NOT_AGREED, None)] if is_flagged else []
    assert flagged(compare(invoice, contract=terms)) == expected


def test_a_sum_that_is_wrong_is_no_fee(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    figures = lines(LAMP, fee("Fracht", "25.00"))
    assert flagged(compare(bill(**{**figures, "line_items": [LAMP]}), contract=contract())) == []


def test_a_fee_on_the_price_list_is_no_fee(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    freight: Row = {"description": "Frachtpauschale", "unit_price": Decimal("90.00"), "unit": "psch."}
    row: Row = {
        **LAMP,
        **freight,
        "specification": "",
        "quantity": Decimal(1),
        "net_amount": Decimal("90.00"),
    }
    assert flagged(compare(bill(**lines(LAMP, row)), contract=contract(price_list=[AGREED, freight]))) == []


@pytest.mark.parametrize(
    ("taken_off", "is_flagged"),
    [("25.00", False), ("24.97", False), ("24.90", True), ("15.00", True), (None, True)],
)
def test_the_agreed_discount_is_owed_in_full(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    *,
    taken_off: str | None,
    is_flagged: bool,
) -> None:
    rows = [LAMP] if taken_off is None else [LAMP, fee("Kundenrabatt 5 %", f"-{taken_off}")]
    outcome = compare(bill(**lines(*rows)), contract=contract(agreed_discount={"percent": Decimal(5)}))
    assert flagged(outcome) == ([(CheckCode.DISCOUNT_MISSING, None)] if is_flagged else [])


def test_a_discount_may_be_granted_in_the_prices_or_in_the_total(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(agreed_discount={"percent": Decimal(5)})
    in_price = {**LAMP, "unit_price": Decimal("47.50"), "net_amount": Decimal("475.00")}
    assert flagged(compare(bill(**lines(in_price)), contract=terms)) == []
    on_the_line = {**LAMP, "net_amount": Decimal("475.00")}
    assert flagged(compare(bill(**lines(on_the_line)), contract=terms)) == []
    in_the_total = {**lines(in_price), "line_items": [LAMP]}
    assert flagged(compare(bill(**in_the_total), contract=terms)) == []


def test_an_early_payment_discount_is_never_owed(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(early_payment_discount={"percent": Decimal(3), "days": Decimal(10)})
    outcome = compare(bill(), contract=terms)
    assert flagged(outcome) == []


@pytest.mark.parametrize(("quantity", "is_flagged"), [("30", False), ("31", True)])
def test_quantities_add_up_over_invoices(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, quantity: str, is_flagged: bool
) -> None:
    row = {**LAMP, "quantity": Decimal(quantity), "net_amount": Decimal(quantity) * 50}
    later = bill(
        invoice_number="R-7002", issue_date=date(2025, 4, 1), due_date=None, remarks=None, **lines(row)
    )
    outcome = compare(later, bill(**lines(LAMP)), contract=contract())  # the later one given first
    assert flagged(outcome) == ([(CheckCode.QUANTITY_EXCEEDED, None)] if is_flagged else [])
    if is_flagged:
        exceeded = next(each for each in outcome.checks if each.state is CheckState.MISMATCH)
        assert (exceeded.invoice, exceeded.difference) == (0, Decimal(1))


@pytest.mark.parametrize(
    ("cap", "quote", "is_flagged"),
    [
        ("500.00", "500.00 netto", False),
        ("499.99", "499.99 netto", False),  # a cent a line is rounding
        ("499.90", "499.90 netto", True),
        ("595.00", "595.00 einschließlich Umsatzsteuer", False),
        ("594.90", "594.90 einschließlich Umsatzsteuer", True),
    ],
)
def test_the_total_is_compared_as_the_contract_states_it(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    *,
    cap: str,
    quote: str,
    is_flagged: bool,
) -> None:
    terms = contract(total_amount=Decimal(cap))
    leaf = replace(terms.extraction.leaf("total_amount"), quote=quote)
    outcome = compare(bill(**lines(LAMP)), contract=contract(total_amount=leaf))
    assert flagged(outcome) == ([(CheckCode.TOTAL_EXCEEDED, None)] if is_flagged else [])


def test_a_fee_that_breaks_the_cap_is_the_one_cause(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(
        bill(**lines(LAMP, fee("Fracht", "35.00"))), contract=contract(total_amount=Decimal("500.00"))
    )
    assert flagged(outcome) == [
        (CheckCode.TOTAL_EXCEEDED, CheckCode.FEE_NOT_AGREED),
        (CheckCode.FEE_NOT_AGREED, None),
    ]


@pytest.mark.parametrize(("price", "is_question"), [("0.50", True), ("0.0500", True), ("0.40", False)])
def test_a_price_without_a_unit_that_is_one_of_a_smaller_unit_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, price: str, is_question: bool
) -> None:
    agreed = {**AGREED, "description": "Leinen", "specification": "", "unit": "m", "quantity": Decimal(9)}
    row = {**LAMP, "description": "Leinen", "specification": "", "unit_price": Decimal(price),
           "quantity": Decimal(1000), "net_amount": 1000 * Decimal(price)}  # fmt: skip
    unsaid = {name: value for name, value in row.items() if name != "unit"}
    outcome = compare(bill(**lines(unsaid)), contract=contract(price_list=[agreed]))
    assert one(outcome, CheckCode.UNIT_PRICE_MISMATCH).is_unsure is is_question
    assert one(outcome, CheckCode.QUANTITY_EXCEEDED).is_unsure is is_question


def test_a_discount_and_a_retention_are_both_kept(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(agreed_discount={"percent": Decimal(5)}, retention_rate=Decimal(10))
    kept = lines(LAMP, fee("Kundenrabatt 5 %", "-25.00"), fee("Sicherheitsein behalt 10 %", "-47.50"))
    assert flagged(compare(bill(**kept), contract=terms)) == []
    too_little = lines(LAMP, fee("Kundenrabatt 5 %", "-25.00"), fee("Sicherheitseinbehalt", "-47.48"))
    assert flagged(compare(bill(**too_little), contract=terms)) == [(CheckCode.RETENTION_NOT_HELD, None)]


def test_no_discount_is_sought_on_what_has_a_flag_of_its_own(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(agreed_discount={"percent": Decimal(5)})
    in_price = {**LAMP, "unit_price": Decimal("47.50"), "net_amount": Decimal("475.00")}
    unknown = {**LAMP, "description": "Notausgangsschild", "specification": "grün"}
    outcome = compare(bill(**lines(in_price, unknown)), contract=terms)
    assert flagged(outcome) == [(CheckCode.ITEM_NOT_IN_CONTRACT, None)]
    raised = {**LAMP, "unit_price": Decimal("60.00"), "net_amount": Decimal("600.00")}
    assert flagged(compare(bill(**lines(raised)), contract=terms)) == [
        (CheckCode.UNIT_PRICE_MISMATCH, None),
        (CheckCode.DISCOUNT_MISSING, CheckCode.UNIT_PRICE_MISMATCH),
    ]
