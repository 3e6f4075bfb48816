"""The rules together: a clean pair, and pairs with exactly one deviation."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.assessment.assessment import Assessment
from extractor.errors import ConfigurationError
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation, Verdict

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]

LINES = [
    {
        "description": "Pendelleuchte", "specification": "E27, 400 mm", "quantity": Decimal(10),
        "unit": "Stk.", "unit_price": Decimal("50.00"), "net_amount": Decimal("500.00"),
        "tax_rate": Decimal(19),
    },
    {
        "description": "Tischleuchte", "specification": "E14, schwarz", "quantity": Decimal(10),
        "unit": "Stk.", "unit_price": Decimal("20.00"), "net_amount": Decimal("200.00"),
        "tax_rate": Decimal(19),
    },
]  # fmt: skip


def flagged(reconciliation: Reconciliation) -> list[CheckCode]:
    return [check.code for check in reconciliation.checks if check.state is CheckState.MISMATCH]


def causes(reconciliation: Reconciliation) -> list[CheckCode]:
    return [check.code for check in mismatching(reconciliation) if check.consequence_of is None]


def mismatching(reconciliation: Reconciliation) -> list[Check]:
    return [check for check in reconciliation.checks if check.state is CheckState.MISMATCH]


def totals(net: Decimal) -> dict[str, Decimal]:
    tax = (net * Decimal("0.19")).quantize(Decimal("0.01"))
    return {"net_amount": net, "tax_amount": tax, "gross_amount": net + tax, "amount_due": net + tax}


def test_an_invoice_that_keeps_to_the_contract_is_approved(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(bill(), contract=contract())
    assert flagged(outcome) == []
    assert outcome.invoices[0].findings == ()
    assert outcome.verdict is Verdict.APPROVE


def test_every_code_is_reported_for_every_invoice(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    second = bill(
        invoice_number="R-7002", issue_date=date(2025, 4, 3), due_date=date(2025, 5, 3), remarks=None
    )
    outcome = compare(bill(), second, contract=contract())
    for position in (0, 1):
        reported = {check.code for check in outcome.checks if check.invoice == position}
        assert reported == set(CheckCode)


def test_what_the_contract_does_not_say_is_not_checkable_with_the_reason(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(bill(), contract=contract(bank_account=None, payment_days=None))
    by_code = {check.code: check for check in outcome.checks}
    for code in (
        CheckCode.BANK_ACCOUNT_CHANGED,
        CheckCode.PAYMENT_TERM_MISMATCH,
        CheckCode.RETENTION_NOT_HELD,
    ):
        assert by_code[code].state is CheckState.NOT_CHECKABLE
        assert by_code[code].message
    assert outcome.verdict is Verdict.APPROVE


@pytest.mark.parametrize(
    "deviation",
    [
        ({"seller_name": "Quendelmoor Handels GmbH"}, CheckCode.PARTY_NAME_MISMATCH, Verdict.BLOCK),
        ({"buyer_tax_id": "DE811907980"}, CheckCode.TAX_ID_MISMATCH, Verdict.BLOCK),
        ({"contract_number": "K-2047/25"}, CheckCode.CONTRACT_NUMBER_MISMATCH, Verdict.REVIEW),
        ({"currency": "CHF"}, CheckCode.CURRENCY_MISMATCH, Verdict.BLOCK),
        ({"invoice_type": "proforma"}, CheckCode.INVOICE_TYPE_MISMATCH, Verdict.BLOCK),
        (
            {"payment_terms": "zahlbar innerhalb von 14 Tagen", "due_date": None},
            CheckCode.PAYMENT_TERM_MISMATCH,
            Verdict.REVIEW,
        ),
        (
            {"payment_terms": None, "due_date": date(2025, 3, 17)},
            CheckCode.PAYMENT_TERM_MISMATCH,
            Verdict.REVIEW,
        ),
        (
            {"seller_bank_account": {"account": "DE89370400440532013000"}},
            CheckCode.BANK_ACCOUNT_CHANGED,
            Verdict.BLOCK,
        ),
        ({"remarks": "Lieferdatum: 03.01.2026"}, CheckCode.OUTSIDE_VALIDITY, Verdict.REVIEW),
    ],
)
def test_one_changed_field_yields_exactly_its_check(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    deviation: tuple[dict[str, object], CheckCode, Verdict],
) -> None:
    changes, code, verdict = deviation
    outcome = compare(bill(**changes), contract=contract())
    assert flagged(outcome) == [code]
    assert outcome.verdict is verdict


def test_no_invoice_is_a_wrong_call_and_never_approved(contract: MakeAssessment, compare: Compare) -> None:
    with pytest.raises(ConfigurationError, match="no invoice"):
        compare(contract=contract())


@pytest.mark.parametrize(
    ("tax", "state"),
    [("133.00", CheckState.PASSED), ("49.00", CheckState.MISMATCH), ("75.53", CheckState.NOT_CHECKABLE)],
)
def test_a_rate_that_is_not_printed_follows_from_the_amounts(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, tax: str, state: CheckState
) -> None:
    lines = [{name: value for name, value in line.items() if name != "tax_rate"} for line in LINES]
    gross = Decimal("700.00") + Decimal(tax)
    invoice = bill(line_items=lines, tax_amount=Decimal(tax), gross_amount=gross, amount_due=gross)
    (check,) = (
        each
        for each in compare(invoice, contract=contract()).checks
        if each.code is CheckCode.TAX_RATE_MISMATCH
    )
    assert (check.state, check.is_unsure) == (state, state is CheckState.NOT_CHECKABLE)


def test_messages_end_with_one_full_stop(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(bill(seller_name="Harrow Inc."), contract=contract(seller_name="Harrow, Inc."))
    assert all(check.message.endswith(".") and not check.message.endswith("..") for check in outcome.checks)


def test_both_sides_of_a_mismatch_say_where_they_stand(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(bill(currency="CHF"), contract=contract())
    (check,) = mismatching(outcome)
    assert check.agreed is not None
    assert check.agreed.clause == "§ 3 Abs. 1"
    assert check.agreed.quote
    assert check.agreed.evidence is not None
    assert check.billed is not None
    assert check.billed.evidence is not None
    assert (check.agreed.value, check.billed.value) == ("EUR", "CHF")


@pytest.mark.parametrize(
    "changes",
    [
        {"seller_name": "QUENDELMOOR LAMPEN Gesellschaft mit beschränkter Haftung"},
        {"buyer_name": "Ｏｓｔｒａｃｈ Hotelbetriebe Aktiengesellschaft"},
        {"contract_number": "K 2041 / 25"},
        {"seller_bank_account": {"account": "DE02120300000000202051"}},
        {"payment_terms": "30 Tage netto, 2 % Skonto bei Zahlung binnen 7 Tagen"},
        {"due_date": date(2025, 4, 5)},
        {"remarks": None},
        {"line_items": list(reversed(LINES))},
    ],
)
def test_another_way_of_writing_is_no_deviation(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, changes: dict[str, object]
) -> None:
    assert flagged(compare(bill(**changes), contract=contract())) == []


def test_a_price_above_its_tolerance_is_flagged_and_the_cap_it_breaks_follows(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    lines = [{**LINES[0], "unit_price": Decimal("51.00"), "net_amount": Decimal("510.00")}, LINES[1]]
    outcome = compare(
        bill(line_items=lines, **totals(Decimal("710.00"))), contract=contract(total_amount=Decimal("700.00"))
    )
    price, total = mismatching(outcome)
    assert (price.code, price.difference) == (CheckCode.UNIT_PRICE_MISMATCH, Decimal("1.00"))
    assert price.field == "line_items[0].unit_price"
    assert (total.code, total.consequence_of) == (CheckCode.TOTAL_EXCEEDED, CheckCode.UNIT_PRICE_MISMATCH)


def test_credit_notes_give_back_what_invoices_used_up(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    credit = bill(
        invoice_number="G-1",
        invoice_type="credit_note",
        issue_date=date(2025, 3, 10),
        due_date=None,
        remarks="Lieferschein LS-1",
    )
    second = bill(
        invoice_number="R-7002", issue_date=date(2025, 3, 20), due_date=None, remarks="Lieferschein LS-2"
    )
    terms = contract(total_amount=Decimal("700.00"))
    assert CheckCode.TOTAL_EXCEEDED in flagged(compare(bill(), second, contract=terms))
    assert flagged(compare(bill(), credit, second, contract=terms)) == []


@settings(deadline=None)  # the first call loads what later ones share
@given(data=st.data())
def test_the_order_of_lines_and_invoices_changes_no_verdict(
    data: st.DataObject, bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    lines = data.draw(st.permutations(LINES))
    invoices = [
        bill(line_items=lines),
        bill(
            invoice_number="R-7002", issue_date=date(2025, 4, 3), due_date=None, remarks="Lieferschein LS-2"
        ),
        bill(
            invoice_number="R-7003", issue_date=date(2025, 5, 3), due_date=None, remarks="Lieferschein LS-3"
        ),
    ]
    terms = contract(total_amount=Decimal("1500.00"))
    straight = compare(*invoices, contract=terms)
    shuffled = compare(*data.draw(st.permutations(invoices)), contract=terms)
    assert shuffled.verdict is straight.verdict is Verdict.BLOCK

    def by_number(outcome: Reconciliation) -> set[tuple[str, CheckCode]]:
        return {(outcome.invoices[check.invoice or 0].source, check.code) for check in mismatching(outcome)}

    assert by_number(shuffled) == by_number(straight) == {("R-7003.pdf", CheckCode.TOTAL_EXCEEDED)}


@settings(deadline=None)  # the first call loads what later ones share
@given(cents=st.integers(min_value=1, max_value=5_000))
def test_a_higher_price_is_always_flagged_and_only_it(
    cents: int, bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    price = Decimal("50.00") + Decimal(cents) / 100
    lines = [{**LINES[0], "unit_price": price, "net_amount": 10 * price}, LINES[1]]
    outcome = compare(bill(line_items=lines, **totals(10 * price + 200)), contract=contract())
    assert flagged(outcome) == [CheckCode.UNIT_PRICE_MISMATCH]


@settings(deadline=None)  # the first call loads what later ones share
@given(rate=st.sampled_from(["5", "7", "19", "20", "21"]), cents=st.integers(min_value=50, max_value=90_000))
def test_a_price_with_tax_equals_the_one_without_at_the_agreed_rate(
    rate: str, cents: int, bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    with_tax = Decimal(cents) / 100
    net_price = (with_tax / (1 + Decimal(rate) / 100)).quantize(Decimal("0.0001"))
    net = (net_price * 10).quantize(Decimal("0.01"))
    tax = (net * Decimal(rate) / 100).quantize(Decimal("0.01"))
    line = {**LINES[0], "unit_price": net_price, "net_amount": net, "tax_rate": Decimal(rate)}
    terms = contract(
        tax_rate=Decimal(rate),
        total_amount=None,
        price_list=[
            {
                "description": "Pendelleuchte", "specification": "E27, 400 mm", "unit": "Stück",
                "unit_price": with_tax, "tax_included": "true",
            }
        ],
    )  # fmt: skip
    invoice = bill(
        line_items=[line], net_amount=net, tax_amount=tax, gross_amount=net + tax, amount_due=net + tax
    )
    assert flagged(compare(invoice, contract=terms)) == []
