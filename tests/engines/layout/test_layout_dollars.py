"""Whose dollar "$" is: the country of the seller decides, and where none does, a person."""

import pytest
from engines.layout.pages import block, first, page, read

TOTAL = "Total due: $119.00 @50,600"


def currency(*prints: str | list[str]) -> tuple[str, float]:
    best = first(read(page(*prints, TOTAL)), "currency")
    assert best is not None
    return str(best.value), best.score


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Brisbane QLD 4000", "AUD"),
        ("ABN 51 824 753 556", "AUD"),
        ("Auckland, New Zealand", "NZD"),
        ("Col. Centro, C.P. 64000 Monterrey", "MXN"),
        ("R.U.T. 76.123.456-0", "CLP"),
        ("Viña del Mar", "CLP"),
        ("Bogotá, Colombia", "COP"),
        ("Austin, TX 78701", "USD"),
        ("All amounts in CAD", "CAD"),
    ],
)
def test_the_country_says_whose_dollar_it_is(line: str, code: str) -> None:
    found, score = currency(block("Quillmere Tools Ltd", "12 Mill Lane", line, x=50, top=40))
    assert found == code
    assert score > 0.7


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Halifax NS B3J 1P3", "CAD"),
        ("Singapore 408933", "SGD"),
        ("Kwun Tong, Kowloon, Hong Kong", "HKD"),
    ],
)
def test_where_bills_in_american_dollars_are_common_a_person_must_look(line: str, code: str) -> None:
    seller = block("Quillmere Tools Ltd", "12 Mill Lane", line, x=50, top=40)
    found, score = currency(seller)
    assert found == code
    assert score < 0.6
    assert currency(seller, "All amounts in USD @50,560")[0] == "USD"


def test_a_canadian_tax_number_says_more_than_a_place() -> None:
    place, number = (
        currency(block("Quillmere Tools Ltd", "12 Mill Lane", line, x=50, top=40))
        for line in ("Halifax NS B3J 1P3", "GST 123456789 RT0001")
    )
    assert (place[0], number[0]) == ("CAD", "CAD")
    assert place[1] < number[1]


def test_where_nothing_says_so_a_person_must_look() -> None:
    found, score = currency(block("Quillmere Tools Ltd", "12 Mill Lane", x=50, top=40))
    assert found == "USD"
    assert score < 0.6


def test_the_buyers_country_says_less_than_the_sellers() -> None:
    seller = block(
        "Quillmere Tools Pty Ltd", "12 Mill Lane", "Brisbane QLD 4000", "ABN 51 824 753 556", x=50, top=40
    )
    buyer = block("Bill to:", "Harrow Foods Inc", "4 Elm Street", "Austin, TX 78701", x=50, top=160)
    assert currency(seller, buyer)[0] == "AUD"


def test_a_sign_that_names_its_country_needs_no_other() -> None:
    found = first(read(page("Brisbane QLD 4000 @50,40", "Total due: US$119.00 @50,600")), "currency")
    assert found is not None
    assert found.value == "USD"
