"""Texts that are odd for their field, and those that are not."""

import pytest
from invoice_record import extraction, leaf

from extractor.assessment.misfits import misfits
from extractor.assessment.odd_texts import odd_texts
from extractor.extraction.extraction import Extraction, Group, State


def paths(made: Extraction) -> list[str]:
    return [path for path, _ in odd_texts(made)]


@pytest.mark.parametrize(
    ("address", "is_odd"),
    [
        ("9 Quarry Road, Alderbrook", False),
        ("9 Quarry Road Alderbrook Thank you for your order.", True),
        ("Rua das Lamas 3 Braga Caro cliente", True),
        ("12 Deardale Lane", False),
        ("9 Quarry Road Alderbrook 9 Quarry Road Alderbrook", True),
        ("9 Quarry Road, Quendelmoor Lampen GmbH", True),  # the seller's name
        ("Taux 12,00%", True),
        ("Transit / Institution: 88311-237", True),
        ("Calle Obregón 19, C.P.: 64000 Monterrey", False),
        (f"9 Quarry Road{' of' * 18}", True),
        (f"9 Quarry Road{' of' * 17}", False),
        ("9 Quarry Road, Bénéficiaire Ostrach", True),
        ("9 Quarry Road, we invoice as agreed:", True),
        ("9 Quarry Road, no discount for paying early.", True),
        ("9 Quarrystr.", False),
        ("9 Quarry Road 697402617B01", True),
        ("Ponant 076", True),
        ("9 Quarry Rd", False),
        ("望湖路9号", False),
        ("9 Quarry Road, Bankrelatie Vlaamse", True),
    ],
)
def test_an_address_is_no_sentence(address: str, *, is_odd: bool) -> None:
    assert paths(extraction(seller_address=leaf(address))) == (["seller_address"] if is_odd else [])


@pytest.mark.parametrize(
    ("words", "is_odd"),
    [("seventy and 70/100", False), ("叁拾圆整 2025-08-02", True), ("seventy 123", False)],
)
def test_an_amount_in_words_has_no_long_number(words: str, *, is_odd: bool) -> None:
    assert paths(extraction(amount_in_words=leaf(words))) == (["amount_in_words"] if is_odd else [])


@pytest.mark.parametrize(("number", "is_odd"), [("A-1", False), ("DEL", True)])
def test_a_reference_has_a_digit(number: str, *, is_odd: bool) -> None:
    made = extraction(purchase_order_number=leaf(number))
    assert paths(made) == (["purchase_order_number"] if is_odd else [])


@pytest.mark.parametrize(("account", "is_odd"), [("02-11-2025", True), ("DE02120300000000202051", False)])
def test_a_date_is_no_account(account: str, *, is_odd: bool) -> None:
    group = Group(members={"account": leaf(account)}, state=State.FOUND)
    assert paths(extraction(seller_bank_account=group)) == (["seller_bank_account"] if is_odd else [])


@pytest.mark.parametrize(
    ("remark", "is_odd"),
    [
        ("A-7341.28", True),
        ("2.6 % MwSt. auf EUR 4’593.92", True),
        ("Partial delivery.", False),
        ("Total of all the lines:", True),
        ("谢谢", False),
    ],
)
def test_a_remark_is_a_sentence(remark: str, *, is_odd: bool) -> None:
    assert paths(extraction(remarks=leaf(remark))) == (["remarks"] if is_odd else [])


def test_odd_texts_are_among_what_does_not_fit() -> None:
    assert [path for path, _ in misfits(extraction(buyer_name=leaf("EUR")))] == ["buyer_name"]


@pytest.mark.parametrize(
    ("terms", "is_odd"),
    [
        ("30 days net", False),
        ("net by 12.", True),
        ("2 % until 18 August (", True),
        ("2 % until 18 August (AUD 321.96), net until 30 August", False),
        ("by 14 March =", True),
        ("45 days ·", True),
        ("Delivery note 14 days net", True),
        ("30 400343918 days net", True),
        ("01日付清", True),
        ("30日付清", True),
        ("月结30日", False),
        ("应付日期：2024年2月4日 10天内付清", True),
    ],
)
def test_terms_do_not_break_off(terms: str, *, is_odd: bool) -> None:
    assert paths(extraction(payment_terms=leaf(terms))) == (["payment_terms"] if is_odd else [])


def test_a_number_is_not_said_twice() -> None:
    assert paths(extraction(invoice_number=leaf("88298167 88298167"))) == ["invoice_number"]
    assert paths(extraction(invoice_number=leaf("88298167 2"))) == []


@pytest.mark.parametrize(("account", "is_odd"), [("678924", True), ("6789245", False), ("19130-9", False)])
def test_an_account_has_seven_digits_at_least(account: str, *, is_odd: bool) -> None:
    bank = Group(members={"account": leaf(account)}, state=State.FOUND)
    assert paths(extraction(seller_bank_account=bank)) == (["seller_bank_account"] if is_odd else [])


def test_a_remark_is_no_total() -> None:
    assert paths(extraction(remarks=leaf("Totale righe"))) == ["remarks"]
    assert paths(extraction(remarks=leaf("In total two deliveries"))) == []


def test_a_number_of_a_contract_with_its_label_is_a_remark_of_a_fapiao() -> None:
    assert paths(extraction(remarks=leaf("合同号：XS-2023-6936"))) == []
    assert paths(extraction(remarks=leaf("PO 47295032"))) == ["remarks"]


def test_terms_may_speak_of_the_invoices_number() -> None:
    assert paths(extraction(payment_terms=leaf("By 24 July 2026 quoting the invoice number."))) == []
    assert paths(extraction(payment_terms=leaf("By 24 July 2026, invoice number 4711"))) == ["payment_terms"]


@pytest.mark.parametrize(
    ("number", "is_odd"), [("2025", True), ("2125", False), ("12", True), ("123", False)]
)
def test_an_orders_number_is_no_year_and_not_very_short(number: str, *, is_odd: bool) -> None:
    assert paths(extraction(purchase_order_number=leaf(number))) == (
        ["purchase_order_number"] if is_odd else []
    )


@pytest.mark.parametrize(
    ("terms", "is_odd"),
    [
        ("pay by 31 March 2025, 2% before 21 March 2025", False),
        ("pay by 31 March 2025 31 March 2025 (14 days)", True),
    ],
)
def test_terms_do_not_say_a_day_twice(terms: str, *, is_odd: bool) -> None:
    assert paths(extraction(payment_terms=leaf(terms))) == (["payment_terms"] if is_odd else [])


@pytest.mark.parametrize(("number", "is_odd"), [("42.5", True), ("42.555", False), ("4711", False)])
def test_a_figure_is_no_number_of_an_order(number: str, *, is_odd: bool) -> None:
    found = paths(extraction(purchase_order_number=leaf(number)))
    assert found == (["purchase_order_number"] if is_odd else [])


@pytest.mark.parametrize(
    ("terms", "is_odd"),
    [("Wir bitten um", True), ("Wie vereinbart", True), ("Vorkasse", False), ("30 days net", False)],
)
def test_terms_say_when_or_how_to_pay(terms: str, *, is_odd: bool) -> None:
    assert paths(extraction(payment_terms=leaf(terms))) == (["payment_terms"] if is_odd else [])


def test_terms_hold_no_number_of_a_document() -> None:
    assert paths(extraction(payment_terms=leaf("Prepayment bill No. 3858 of 29 March"))) == ["payment_terms"]


@pytest.mark.parametrize(
    ("terms", "is_odd"), [("giorni, altrimenti 14 giorni netto", True), ("14 giorni netto", False)]
)
def test_terms_do_not_begin_with_the_days_of_a_number_before_them(terms: str, *, is_odd: bool) -> None:
    assert paths(extraction(payment_terms=leaf(terms))) == (["payment_terms"] if is_odd else [])


@pytest.mark.parametrize(
    ("number", "is_odd"),
    [
        ("VOM 21", True),
        ("DI 4614/2025", True),
        ("IVA CHE-909.760.317", True),
        ("CHE-909.760.317", True),
        ("DU-21", False),
        ("DUE 215", False),
    ],
)
def test_a_number_does_not_begin_with_a_word_before_dates(number: str, *, is_odd: bool) -> None:
    found = paths(extraction(purchase_order_number=leaf(number)))
    assert found == (["purchase_order_number"] if is_odd else [])


@pytest.mark.parametrize(
    ("remark", "is_odd"),
    [
        ("PRO-FORMAFACTUUR / PRO FORMA INVOICE", True),
        ("Invoice to be paid by bank", False),
        ("合同号：XS-2023-6936", False),
    ],
)
def test_a_remark_is_no_title(remark: str, *, is_odd: bool) -> None:
    assert paths(extraction(remarks=leaf(remark))) == (["remarks"] if is_odd else [])
