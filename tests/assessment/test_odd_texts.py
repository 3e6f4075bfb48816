"""Texts that are odd for their field, and those that are not."""

import pytest
from invoice_record import extraction, leaf, line, rows

from extractor.assessment.misfits import misfits
from extractor.assessment.odd_texts import odd_texts
from extractor.extraction.extraction import Extraction, Group, State


def paths(made: Extraction) -> list[str]:
    return [path for path, _ in odd_texts(made)]


@pytest.mark.parametrize(
    ("name", "is_odd"),
    [
        ("EUR", True),
        ("Quast", True),
        ("Quast GmbH", False),
        ("3M Deutschland", False),
        ("Veldhorst (Handel", True),
        ("Veldhorst (Handel)", False),
        ("(Veldhorst) Handel", True),
        ("杭州岫云物流", True),
        ("杭州市岫云区税务局", False),
        ("欧阳若溪", False),
        ("欧阳若溪某", True),
        ("秦若溪", False),
        ("Veldhorst+ Veldhorst+", True),
        ("Veldhorst Handel", False),
        ("Beneficiary Veldhorst Handel", True),
        ("Faturar a Quintarra Lamas", True),
        ("Payeeling Trading Ltd", False),
        ("杭州岫云物流（集团）有", True),
        ("杭州岫云物流有限公司", False),
        ("Veldhorst Handel Veldhorst Handel BV", True),
        ("Veldhorst Handel de de Meer", True),
        ("Condomínio Largo do", True),
        ("Van Beek en Van Dam", False),
        ("Titular Veldhorst Handel", True),
        ("Zu Rechnung 4711", True),
        ("Veldhorst RECHNUNG Handel KG", True),
        ("Invoicery Trading Ltd", False),
        ("70 Esplanade", True),
        ("UG (haftungsbeschränkt)", True),
        ("Empfänger Veldhorst Handel eG", True),
        ("Guia n.º", True),
        ("Project K-3808", True),
        ("Lampen GmbH", True),  # a part of the seller's name
        ("Abt. Einkauf", True),
        ("Beanstandungen bitte innerhalb von acht Tagen.", True),
        ("Veldhorst Import Export Ltd.", False),
    ],
)
def test_a_name_is_not_short_cut_off_or_said_twice(name: str, *, is_odd: bool) -> None:
    assert paths(extraction(buyer_name=leaf(name))) == (["buyer_name"] if is_odd else [])


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
        ("9 Quarry Road, Bénéficiaire Ostrach", True),
        ("9 Quarry Road, we invoice as agreed:", True),
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


@pytest.mark.parametrize(
    ("column", "text", "is_odd"),
    [
        ("unit", "m2", False),
        ("unit", "100 Stk.", False),
        ("unit", "盒 8", True),
        ("unit", "€ 5,00%", True),
        ("unit", "€", True),
        ("unit", "mes 9,59 EUR", True),
        ("unit", "pair", False),
        ("specification", "(EUR)", True),
        ("specification", "1,153.44 16%", True),
        ("specification", "M12 × 80", False),
        ("product_code", "4700-41-E Faltkarton zweiwellig", True),
        ("product_code", "4700-41-E", False),
        ("product_code", "323.70 8.1%", True),
        ("description", "Lamp 24 V", False),
    ],
)
def test_a_cell_holds_what_is_of_its_column(column: str, text: str, *, is_odd: bool) -> None:
    made = extraction(line_items=rows({**line("1", "100.00", "100.00"), column: leaf(text)}))
    assert paths(made) == ([f"line_items[0].{column}"] if is_odd else [])


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
    ],
)
def test_terms_do_not_break_off(terms: str, *, is_odd: bool) -> None:
    assert paths(extraction(payment_terms=leaf(terms))) == (["payment_terms"] if is_odd else [])


def test_a_number_is_not_said_twice() -> None:
    assert paths(extraction(invoice_number=leaf("88298167 88298167"))) == ["invoice_number"]
    assert paths(extraction(invoice_number=leaf("88298167 2"))) == []


@pytest.mark.parametrize(
    ("described", "code", "is_odd"),
    [
        (("A1909 Copper pipe", "Hinge"), None, True),  # half of them
        (("A1909 Copper pipe", "Hinge", "Board"), None, False),
        (("A1909 Copper pipe", "B2040 Hinge"), "X1", False),  # they have codes
        (("20 lunches", "120 oils"), None, True),
        (("4711 lamps", "Hinge", "Board"), None, False),
        (("425364 labour", "Hinge"), None, True),
        (("pcs", "kg", "Board"), "X1", True),  # units
        (("pcs", "Hinge", "Board"), "X1", False),
    ],
)
def test_descriptions_do_not_begin_with_a_missing_column(
    described: tuple[str, ...], code: str | None, *, is_odd: bool
) -> None:
    cells = [
        {"description": leaf(text), **({"product_code": leaf(code)} if code else {})} for text in described
    ]
    assert paths(extraction(line_items=rows(*cells))) == (["line_items"] if is_odd else [])


@pytest.mark.parametrize(("code", "is_odd"), [("002", True), ("20", True), ("003", False), ("0002", False)])
def test_a_code_is_not_its_rows_number(code: str, *, is_odd: bool) -> None:
    cells = [{"description": leaf("Lamp"), "product_code": leaf(each)} for each in ("BEN440", code)]
    assert paths(extraction(line_items=rows(*cells))) == (["line_items[1].product_code"] if is_odd else [])


def test_a_cell_holds_no_sum_and_a_code_no_unit() -> None:
    cells = {"description": leaf("Lamp"), "specification": leaf("Gr. 43 Zwischensumme")}
    assert paths(extraction(line_items=rows(cells))) == ["line_items[0].specification"]
    cells = {"description": leaf("Lamp"), "product_code": leaf("stuks 1938365")}
    assert paths(extraction(line_items=rows(cells))) == ["line_items[0].product_code"]


@pytest.mark.parametrize(("account", "is_odd"), [("678924", True), ("6789245", False)])
def test_an_account_has_seven_digits_at_least(account: str, *, is_odd: bool) -> None:
    bank = Group(members={"account": leaf(account)}, state=State.FOUND)
    assert paths(extraction(seller_bank_account=bank)) == (["seller_bank_account"] if is_odd else [])


def test_a_remark_is_no_total() -> None:
    assert paths(extraction(remarks=leaf("Totale righe"))) == ["remarks"]
    assert paths(extraction(remarks=leaf("In total two deliveries"))) == []
