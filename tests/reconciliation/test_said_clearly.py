"""Contracts and invoices that cannot be compared as they are: said clearly, never passed silently."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from extractor.assessment.assessment import Assessment
from extractor.delivery.encoding import encode_reconciliation
from extractor.extraction.extraction import Group, Leaf, State, Table
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation, Verdict
from extractor.validation.finding import FindingCode
from extractor.validation.rule import finding

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]
Row = dict[str, str | Decimal]

LAMP: Row = {
    "description": "Pendelleuchte", "specification": "E27, 400 mm", "quantity": Decimal(10), "unit": "Stk.",
    "unit_price": Decimal("50.00"), "net_amount": Decimal("500.00"), "tax_rate": Decimal(19),
}  # fmt: skip
TABLE: Row = {
    "description": "Tischleuchte", "specification": "E14, schwarz", "quantity": Decimal(10), "unit": "Stk.",
    "unit_price": Decimal("20.00"), "net_amount": Decimal("200.00"), "tax_rate": Decimal(19),
}  # fmt: skip


def of(outcome: Reconciliation, code: CheckCode) -> list[Check]:
    return [check for check in outcome.checks if check.code is code]


def contradictory(value: Decimal, other: Decimal) -> Leaf:
    def leaf(number: Decimal, clause: str) -> Leaf:
        return Leaf(
            value=number, state=State.FOUND, text=f"{number}", score=0.9, clause=clause, quote=f"… {number} …"
        )

    return replace(leaf(value, "§ 4"), state=State.CONTRADICTORY, also=(leaf(other, "§ 9"),))


def priced(clause: str, price: str) -> Group:
    texts = {"description": "Pendelleuchte", "specification": "E27, 400 mm", "unit": "Stück"}
    members = {
        name: Leaf(value=text, state=State.FOUND, text=text, clause=clause) for name, text in texts.items()
    }
    amount = Leaf(value=Decimal(price), state=State.FOUND, text=price, clause=clause, quote=f"… {price} …")
    return Group(members={**members, "unit_price": amount}, state=State.FOUND)


def test_a_contract_that_names_no_amount_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    silent = contract(price_list=[], total_amount=None)
    outcome = compare(bill(), contract=silent)
    (check,) = of(outcome, CheckCode.UNIT_PRICE_MISMATCH)
    assert (check.state, check.is_unsure) == (CheckState.NOT_CHECKABLE, True)
    assert outcome.verdict is Verdict.REVIEW
    capped = compare(bill(), contract=contract(price_list=[]))
    assert not of(capped, CheckCode.UNIT_PRICE_MISMATCH)[0].is_unsure
    assert capped.verdict is Verdict.APPROVE  # its total was compared


def test_an_invoice_for_another_contract_is_one_cause(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    rows = [{**LAMP, "description": "Bohrhammer", "specification": "SDS"}]
    sums = {"net_amount": Decimal("500.00"), "tax_amount": Decimal("95.00")}
    sums |= dict.fromkeys(("gross_amount", "amount_due"), Decimal("595.00"))
    foreign = bill(contract_number="K-9999/25", line_items=rows, **sums)
    outcome = compare(foreign, contract=contract())
    wrong = [(check.code, check.consequence_of) for check in outcome.checks if check.severity is not None]
    assert wrong == [
        (CheckCode.CONTRACT_NUMBER_MISMATCH, None),
        (CheckCode.ITEM_NOT_IN_CONTRACT, CheckCode.CONTRACT_NUMBER_MISMATCH),
    ]
    (number,) = of(outcome, CheckCode.CONTRACT_NUMBER_MISMATCH)
    assert "none of its lines" in number.message


def test_another_number_above_known_goods_explains_nothing(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    rows = [LAMP, TABLE, {**TABLE, "description": "Bohrhammer", "specification": "SDS"}]
    outcome = compare(
        replace(bill(contract_number="K-9999/25", line_items=rows), findings=()), contract=contract()
    )
    (item,) = of(outcome, CheckCode.ITEM_NOT_IN_CONTRACT)
    assert item.consequence_of is None
    assert "none of its lines" not in of(outcome, CheckCode.CONTRACT_NUMBER_MISMATCH)[0].message


@pytest.mark.parametrize(
    ("agreed", "billed"), [("C/6844/2025", "6844"), ("2024-6844", "2024"), ("V-6844", "6844")]
)
def test_a_piece_of_the_contracts_number_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, agreed: str, billed: str
) -> None:
    outcome = compare(bill(contract_number=billed), contract=contract(contract_number=agreed))
    (check,) = of(outcome, CheckCode.CONTRACT_NUMBER_MISMATCH)
    assert (check.state, check.is_unsure) == (CheckState.NOT_CHECKABLE, True)


def test_contradictory_terms_are_cited_both(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(payment_days=contradictory(Decimal(30), Decimal(60)))
    outcome = compare(bill(), contract=terms)
    (check,) = of(outcome, CheckCode.PAYMENT_TERM_MISMATCH)
    assert (check.state, check.is_unsure) == (CheckState.NOT_CHECKABLE, True)
    assert "§ 4" in check.message
    assert "§ 9" in check.message
    assert check.agreed is not None
    assert [(side.value, side.clause) for side in check.agreed.also] == [(Decimal(60), "§ 9")]
    encoded = encode_reconciliation(outcome)["checks"]
    assert isinstance(encoded, list)
    (found,) = (
        each for each in encoded if isinstance(each, dict) and each["code"] == "PAYMENT_TERM_MISMATCH"
    )
    assert isinstance(found["agreed"], dict)
    assert [each["clause"] for each in found["agreed"]["also"]] == ["§ 9"]  # type: ignore[union-attr,index,call-overload]  # JSON


def test_a_deviation_from_both_of_two_clauses_is_flagged_and_cites_both(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(payment_days=contradictory(Decimal(45), Decimal(60)))
    (check,) = of(compare(bill(), contract=terms), CheckCode.PAYMENT_TERM_MISMATCH)
    assert check.state is CheckState.MISMATCH
    assert check.agreed is not None
    assert [side.clause for side in (check.agreed, *check.agreed.also)] == ["§ 4", "§ 9"]


@pytest.mark.parametrize(
    ("second", "price", "is_question"),
    [
        ("§ 2, 1", "55.00", True),  # two tables, of clauses by one number
        ("Anlage A, 1", "55.00", True),
        ("Anlage A, 1", "50.00", False),
        ("§ 2, 2", "55.00", False),
    ],
)
def test_two_clauses_with_two_prices_are_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, second: str, price: str,
    is_question: bool,
) -> None:  # fmt: skip
    """Rows of one table are steps of a price: which of them holds, the price billed says."""
    prices = Table(rows=(priced("§ 2, 1", "50.00"), priced(second, price)), state=State.FOUND)
    outcome = compare(bill(line_items=[LAMP]), contract=contract(price_list=prices))
    (check,) = of(outcome, CheckCode.UNIT_PRICE_MISMATCH)
    assert check.is_unsure is is_question
    if is_question:
        assert check.agreed is not None
        assert [side.clause for side in (check.agreed, *check.agreed.also)] == ["§ 2, 1", second]


def test_a_line_whose_price_cannot_be_read_is_said(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    unread = {name: LAMP[name] for name in ("description", "specification", "quantity")}
    outcome = compare(replace(bill(line_items=[unread, TABLE]), findings=()), contract=contract())
    states = [check.state for check in of(outcome, CheckCode.UNIT_PRICE_MISMATCH)]
    assert states == [CheckState.NOT_CHECKABLE, CheckState.PASSED]


def test_a_line_whose_quantity_cannot_be_read_is_not_counted_silently(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    unread = {name: value for name, value in LAMP.items() if name != "quantity"}
    outcome = compare(bill(line_items=[unread, TABLE]), contract=contract())
    assert {check.state for check in of(outcome, CheckCode.QUANTITY_EXCEEDED)} == {CheckState.NOT_CHECKABLE}


@pytest.mark.parametrize("term", ["total_amount", "quantity"])
def test_a_cap_of_nothing_is_exceeded_by_anything(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, term: str
) -> None:
    row: Row = {
        "description": "Pendelleuchte",
        "specification": "E27, 400 mm",
        "unit_price": Decimal("50.00"),
    }
    terms = (
        {"total_amount": Decimal(0)}
        if term == "total_amount"
        else {"price_list": [{**row, "quantity": Decimal(0)}]}
    )
    outcome = compare(bill(line_items=[LAMP]), contract=contract(**terms))
    code = CheckCode.TOTAL_EXCEEDED if term == "total_amount" else CheckCode.QUANTITY_EXCEEDED
    (check,) = of(outcome, code)
    assert check.state is CheckState.MISMATCH
    assert check.difference == (Decimal("700.00") if term == "total_amount" else Decimal(10))


def test_no_tax_at_all_is_a_rate_of_nothing(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    rows = [{name: value for name, value in LAMP.items() if name != "tax_rate"}]
    amounts = {
        "net_amount": Decimal("500.00"),
        "gross_amount": Decimal("500.00"),
        "amount_due": Decimal("500.00"),
    }
    untaxed = bill(line_items=rows, tax_amount=Decimal("0.00"), **amounts)
    (check,) = of(compare(untaxed, contract=contract()), CheckCode.TAX_RATE_MISMATCH)
    assert (check.state, check.difference) == (CheckState.MISMATCH, Decimal("-19.0"))
    unsaid = bill(line_items=rows, tax_amount=None, **amounts)
    (check,) = of(compare(unsaid, contract=contract()), CheckCode.TAX_RATE_MISMATCH)
    assert check.state is CheckState.NOT_CHECKABLE


def test_a_contract_that_ends_before_it_begins_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(effective_date=date(2025, 6, 1), expiry_date=date(2025, 1, 31))
    (check,) = of(compare(bill(), contract=terms), CheckCode.OUTSIDE_VALIDITY)
    assert check.is_unsure


@pytest.mark.parametrize(
    ("due", "state"),
    [
        (date(2025, 4, 30), CheckState.PASSED),  # 30 days from the end of March
        (date(2025, 5, 3), CheckState.PASSED),  # a weekend later
        (date(2025, 5, 4), CheckState.MISMATCH),
        (date(2025, 4, 2), CheckState.MISMATCH),  # 30 days from the invoice
    ],
)
def test_days_from_the_end_of_the_month_are_counted_from_there(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, due: date, state: CheckState
) -> None:
    days = Leaf(
        value=Decimal(30), state=State.FOUND, text="30", score=0.9, clause="§ 5",
        quote="Invoices are payable within 30 days from the end of the month of the invoice.",
    )  # fmt: skip
    invoice = bill(due_date=due, payment_terms=None)
    terms = contract(payment_days=days, payment_trigger=None)
    (check,) = of(compare(invoice, contract=terms), CheckCode.PAYMENT_TERM_MISMATCH)
    assert check.state is state


def test_milestones_without_amounts_are_said(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(milestones=[{"name": "Montage", "share": Decimal(30)}], total_amount=None)
    (check,) = of(compare(bill(), contract=terms), CheckCode.MILESTONE_AMOUNT_MISMATCH)
    assert "no amounts" in check.message


def test_a_contract_that_looks_like_another_document_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    told = finding(FindingCode.DOCUMENT_KIND, None, "It was read as a contract, but looks like an invoice.")
    outcome = compare(bill(), contract=replace(contract(), findings=(told,)))
    question, number = of(outcome, CheckCode.CONTRACT_NUMBER_MISMATCH)
    assert question.is_unsure
    assert "looks like an invoice" in question.message
    assert number.state is CheckState.PASSED
    assert outcome.verdict is Verdict.REVIEW


def test_a_second_contract_in_the_file_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    told = finding(FindingCode.SECOND_CONTRACT, None, "On page 3 another contract begins, “Lease”.")
    outcome = compare(bill(), contract=replace(contract(), findings=(told,)))
    question, _ = of(outcome, CheckCode.CONTRACT_NUMBER_MISMATCH)
    assert question.is_unsure
    assert question.message.startswith("Which contract are the invoices for? On page 3")
    assert outcome.verdict is Verdict.REVIEW


@pytest.mark.parametrize(("seller", "is_unsure"), [(None, True), ("Quendelmoor Lampen GmbH", False)])
def test_an_invoice_that_nothing_ties_to_the_contract_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, seller: str | None, is_unsure: bool
) -> None:
    nameless = contract(
        contract_number=None, seller_name=seller, seller_tax_id=None, buyer_name=None, buyer_tax_id=None
    )
    (check,) = of(compare(bill(), contract=nameless), CheckCode.CONTRACT_NUMBER_MISMATCH)
    assert (check.state, check.is_unsure) == (CheckState.NOT_CHECKABLE, is_unsure)


@pytest.mark.parametrize(("cited", "is_question"), [("R-7001", False), ("R-6999", True), (None, False)])
def test_a_credit_note_of_nothing_that_is_known_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, cited: str | None, is_question: bool
) -> None:
    invoice = bill(invoice_number="R-7001")
    remarks = None if cited is None else f"Gutschrift zur Rechnung {cited}"
    credit = bill(
        invoice_number="G-1", invoice_type="credit_note", issue_date=date(2025, 3, 10), due_date=None,
        remarks=remarks,
    )  # fmt: skip
    alone = of(compare(credit, contract=contract()), CheckCode.DUPLICATE_INVOICE)
    assert [check.is_unsure for check in alone] == [True]
    beside = of(compare(invoice, credit, contract=contract()), CheckCode.DUPLICATE_INVOICE)
    assert [check.is_unsure for check in beside] == [False, is_question]


def conditional(quote: str) -> Leaf:
    return Leaf(value=Decimal(5), state=State.FOUND, text="5%", clause="§ 4", quote=quote)


@pytest.mark.parametrize(
    ("quote", "is_question"),
    [
        ("A rebate of 5% applies to every invoice over EUR 1,000.", True),
        ("For orders of more than 50 pieces the price is reduced by 5%.", True),
        ("Ab 50 Stück je Abruf wird ein Rabatt von 5 % gewährt.", True),
        ("单笔订单满10000元的，给予5%的折扣。", True),
        ("A discount of 5% applies to every invoice.", False),
        ("A discount of 5% on every invoice holds for over 12 months.", False),
        ("Auf jede Rechnung wird ein Rabatt von 5 % gewährt.", False),
        ("乙方就每张发票给予5%的折扣。", False),
    ],
)
def test_a_discount_under_a_condition_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, quote: str, is_question: bool
) -> None:
    members = {"percent": conditional(quote)}
    terms = contract(agreed_discount=Group(members=members, state=State.FOUND))
    (check,) = of(compare(bill(), contract=terms), CheckCode.DISCOUNT_MISSING)
    assert (check.state, check.is_unsure) == (
        (CheckState.NOT_CHECKABLE, True) if is_question else (CheckState.MISMATCH, False)
    )


@pytest.mark.parametrize(
    ("quote", "is_question"),
    [
        ("A minimum order charge of EUR 50.00 applies to orders below EUR 100.", True),
        ("Bei Aufträgen unter 100 EUR wird ein Zuschlag von 50,00 EUR berechnet.", True),
        ("订单金额不足1000元的，收取50元手续费。", True),
        ("A handling charge of EUR 50.00 per order is invoiced.", False),
    ],
)
def test_a_fee_under_a_condition_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, quote: str, is_question: bool
) -> None:
    name = Leaf(value="Handling charge", state=State.FOUND, text="Handling charge", clause="§ 4", quote=quote)
    fee = Group(
        members={"name": name, "amount": replace(name, value=Decimal(50), text="50.00")}, state=State.FOUND
    )
    row: Row = {"description": "Handling charge", "net_amount": Decimal("50.00"), "tax_rate": Decimal(19)}
    charged = replace(bill(line_items=[LAMP, TABLE, row]), findings=())
    terms = contract(allowed_fees=Table(rows=(fee,), state=State.FOUND))
    (check,) = of(compare(charged, contract=terms), CheckCode.FEE_NOT_AGREED)
    assert (check.state, check.is_unsure) == (
        (CheckState.NOT_CHECKABLE, True) if is_question else (CheckState.PASSED, False)
    )


def test_a_table_and_a_sentence_that_price_one_thing_differently_are_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    """The sentence says nothing of the tax, and spells the unit otherwise."""
    listed, told = priced("§ 2, 1", "50.00"), priced("§ 9", "55.00")
    listed = Group(
        members={**listed.members, "tax_included": Leaf(value="false", state=State.FOUND, text="netto")},
        state=State.FOUND,
    )
    told = Group(
        members={**told.members, "unit": Leaf(value="Stk.", state=State.FOUND, text="Stk.")},
        state=State.FOUND,
    )
    prices = Table(rows=(listed, told), state=State.FOUND)
    outcome = compare(bill(line_items=[LAMP]), contract=contract(price_list=prices))
    (check,) = of(outcome, CheckCode.UNIT_PRICE_MISMATCH)
    assert check.is_unsure


@pytest.mark.parametrize(
    ("net", "is_question"), [("50.00", False), ("500.00", True), (None, False)]
)  # 50 are agreed for one
def test_a_line_that_prints_only_an_amount_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, net: str | None, is_question: bool
) -> None:
    amount = {} if net is None else {"net_amount": Decimal(net)}
    row = {"description": "Pendelleuchte", "specification": "E27, 400 mm", **amount}
    outcome = compare(replace(bill(line_items=[row, TABLE]), findings=()), contract=contract())
    assert any(check.is_unsure for check in of(outcome, CheckCode.UNIT_PRICE_MISMATCH)) is is_question


@pytest.mark.parametrize(
    ("quote", "is_question"),
    [
        ("Pendelleuchten kosten 50,00 EUR, ab 100 Stück je Abruf 45,00 EUR.", True),
        ("Pendelleuchte E27 ab 100 Stück 50,00", False),  # a row of a table: another row says the rest
        ("Pendelleuchten kosten 50,00 EUR je Stück.", False),
    ],
)
def test_a_price_under_a_condition_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, quote: str, is_question: bool
) -> None:
    row = priced("§ 2", "50.00")
    price = replace(row.members["unit_price"], quote=quote)
    told = Group(members={**row.members, "unit_price": price}, state=State.FOUND)
    prices = Table(rows=(told,), state=State.FOUND)
    outcome = compare(bill(line_items=[LAMP]), contract=contract(price_list=prices))
    (check,) = of(outcome, CheckCode.UNIT_PRICE_MISMATCH)
    assert check.is_unsure is is_question


@pytest.mark.parametrize(
    ("state", "text", "expected", "is_question"),
    [
        (State.DERIVED, "GB930287234", CheckState.NOT_CHECKABLE, True),  # told by the seller's country
        (State.DERIVED, "£", CheckState.MISMATCH, False),
        (State.FOUND, "GBP", CheckState.MISMATCH, False),
    ],
)
def test_a_currency_that_is_only_guessed_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, *, state: State, text: str,
    expected: CheckState, is_question: bool,
) -> None:  # fmt: skip
    guessed = Leaf(value="GBP", state=state, text=text)
    (check,) = of(compare(bill(currency=guessed), contract=contract()), CheckCode.CURRENCY_MISMATCH)
    assert (check.state, check.is_unsure) == (expected, is_question)


def test_a_proforma_invoice_is_not_approved(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(bill(invoice_type="proforma"), contract=contract(invoice_type_required=None))
    (check,) = of(outcome, CheckCode.INVOICE_TYPE_MISMATCH)
    assert check.is_unsure
    assert outcome.verdict is Verdict.REVIEW
