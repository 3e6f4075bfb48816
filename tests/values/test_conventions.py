"""What a whole document tells about its numbers, dates and language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.conventions import Conventions, infer_conventions


def test_a_german_invoice() -> None:
    lines = ["Rechnung Nr. 5 vom 05.01.2024", "Der Betrag von 1.234,56 ist zahlbar bis", "Ziffer 4.20 gilt"]
    assert infer_conventions(lines) == Conventions(decimal_mark=",", is_day_first=True, language="de")


def test_an_invoice_from_the_us() -> None:
    lines = [
        "Invoice for services",
        "Springfield, IL 62704",
        "Total due 1,234.56",
        "Date: 03/04/2024 of the invoice",
    ]
    assert infer_conventions(lines) == Conventions(decimal_mark=".", is_day_first=False, language="en")


def test_a_chinese_invoice() -> None:
    assert infer_conventions(["发票号码 123", "合计 ¥1,234.56"]) == Conventions(
        decimal_mark=".", language="zh"
    )


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("1,234.56", "."),
        ("1.234,56", ","),
        ("12.50", "."),
        ("12,50", ","),
        ("1.234.567", ","),
        ("1,234,567", "."),
        ("1’234.50", "."),
        ("0,125", ","),
        ("24.62-", "."),
        ("24.62 CHF", "."),
        ("24,62 €", ","),
        ("CHF 24.62- net", "."),
        ("x 24.62-9", None),
        ("1.234", None),
        ("1,234", None),
        ("05.01.2024", None),
        ("24.62 eur", "."),
        ("24,62 Kr.", ","),
        ("24.62 R", "."),
        ("4.20 Delivery", None),
        ("4.20 Day", None),
        ("4.20 All", None),
        ("4.20 VAT", None),
        ("§ 4.20 applies", None),
    ],
)
def test_only_unambiguous_numbers_vote(line: str, mark: str | None) -> None:
    assert infer_conventions([line]).decimal_mark == mark


def test_the_most_votes_win() -> None:
    assert infer_conventions(["12,50", "13,50", "version 1.25 x", "1.20"]).decimal_mark == ","
    assert infer_conventions(["1.20", "1.30", "1.234,56"]).decimal_mark == ","


@pytest.mark.parametrize(
    ("lines", "is_day_first"),
    [
        (["13/04/2024"], True),
        (["04/13/2024"], False),
        (["04/12/2024"], None),
        (["03.04.2024"], True),
        (["04/13/2024", "03.04.2024"], False),
        (["May 4, 2024", "03/04/2024"], False),
        (["4 May 2024", "03/04/2024"], True),
        (["(555) 010-1234", "03/04/2024"], False),
        (["VAT No 123", "03/04/2024"], True),
        (["Total £20", "03/04/2024"], True),
        (["Sales tax 7 %", "03/04/2024"], False),
        (["Sales tax 7 %", "VAT No 123", "03/04/2024"], None),
        ([], None),
    ],
)
def test_day_or_month_first_goes_by_the_strongest_sign(
    lines: list[str], *, is_day_first: bool | None
) -> None:
    assert infer_conventions(lines).is_day_first is is_day_first


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("The invoice is due within thirty days of the date", "en"),
        ("Die Rechnung ist innerhalb von dreißig Tagen zu zahlen", "de"),
        ("La facture est payable dans les trente jours", "fr"),
        ("De factuur moet binnen dertig dagen worden betaald op het nummer", "nl"),
        ("La factura se paga en los treinta días por el cliente", "es"),
        ("La fattura della società è pagata con bonifico da gli uffici", "it"),
        ("A fatura do cliente não é paga com os dados da empresa em dia", "pt"),
        ("本合同一式两份", "zh"),
        ("4711 0815", None),
    ],
)
def test_the_language_goes_by_function_words(line: str, language: str | None) -> None:
    assert infer_conventions([line]).language == language


@given(st.lists(st.text(), max_size=5))
def test_no_text_makes_it_fail(lines: list[str]) -> None:
    infer_conventions(lines)


def test_a_phone_number_of_american_form_does_not_turn_the_dates_of_other_languages() -> None:
    dutch = [
        "Factuur",
        "Datum factuur 07/11/2026",
        "F +32 (806) 890-8993",
        "Totaal bedrag van de factuur met btw",
    ]
    assert infer_conventions(dutch).is_day_first is True
    english = ["Invoice", "Date of the invoice 07/11/2026", "Fax (806) 890-8993", "Total amount due to us"]
    assert infer_conventions(english).is_day_first is False


@pytest.mark.parametrize(
    ("phone", "is_day_first"),
    [
        ("(806) 890-8993", False),
        ("+1 (806) 890-8993", False),
        ("+1(806) 890-8993", False),
        ("+64 (806) 890-8993", None),
        ("0064 (806) 890-8993", None),
        ("+64(806) 890-8993", None),
    ],
)
def test_a_phone_number_of_another_country_is_none_of_the_us(
    phone: str, *, is_day_first: bool | None
) -> None:
    assert infer_conventions([f"Phone {phone}"]).is_day_first is is_day_first
