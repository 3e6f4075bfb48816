"""Numbers are read cell by cell, once: amounts apart from rates, counts and paragraphs."""

from decimal import Decimal

import pytest
from engines.layout.pages import labelled

from extractor.engines.layout.printed_numbers import PrintedNumbers
from extractor.values.conventions import Conventions


def numbers(mark: str = ".") -> PrintedNumbers:
    return PrintedNumbers(Conventions(decimal_mark="." if mark == "." else ","))


@pytest.mark.parametrize(
    ("printed", "amounts"),
    [
        ("2.00 % discount within 10 days on 119.00", ["119.00"]),
        ("according to § 13 of the law 12.50", ["12.50"]),
        ("40.00 9.50 380.00", ["40.00", "9.50", "380.00"]),
        ("IVA autoliquidação (art. 2.º, n.º 1, al. j) do CIVA) 12.50", ["12.50"]),
        ("gemäß Abs. 3 und Nr. 4 12.50", ["12.50"]),
        ("no number at all", []),
    ],
)
def test_percentages_counts_and_paragraphs_are_no_amounts(printed: str, amounts: list[str]) -> None:
    sheet = labelled(f"{printed} @50,500").sheet
    found = numbers().amounts_in(sheet.rows[0])
    assert [each.value for each in found] == [Decimal(amount) for amount in amounts]


def test_rates_are_in_percent_and_stand_apart_from_amounts() -> None:
    sheet = labelled("VAT 7.5 % on 200.00 @50,500").sheet
    found = numbers()
    assert [each.value for each in found.rates_in(sheet.rows[0])] == [Decimal("7.5")]
    assert [each.value for each in found.amounts_in(sheet.rows[0])] == [Decimal("200.00")]


def test_an_amount_knows_its_currency_and_its_place() -> None:
    sheet = labelled("Total EUR 119.00 @50,500").sheet
    (found,) = numbers().amounts_in(sheet.rows[0])
    assert found.currency == "EUR"
    assert found.cell.text[found.digits_at : found.end] == "119.00"
    candidate = found.candidate(0.5)
    assert candidate.text == "EUR 119.00"
    assert candidate.evidence.boxes[0].x0 > 50


def test_the_documents_decimal_mark_decides() -> None:
    sheet = labelled("1.234 @50,500").sheet
    assert numbers(".").amounts_in(sheet.rows[0])[0].value == Decimal("1.234")
    assert numbers(",").amounts_in(sheet.rows[0])[0].value == Decimal(1234)
    assert numbers(",").is_amount("1.234,50")
    assert not numbers(",").is_amount("1.234,50 pieces")


def test_rows_keep_the_order_of_their_cells() -> None:
    sheet = labelled("3.00 @300,500", "1.00 @50,500", "2.00 @200,500").sheet
    found = numbers().amounts_in(sheet.rows[0])
    assert [each.value for each in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("printed", "count"), [("1.234,50 EUR within a week", 1), ("30 days within a week", 0)]
)
def test_an_amount_with_its_currency_counts_no_units(printed: str, count: int) -> None:
    sheet = labelled(f"{printed} @50,500").sheet
    assert len(numbers(",").amounts_in(sheet.rows[0])) == count
