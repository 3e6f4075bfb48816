from decimal import Decimal

import pytest
from synthesis.chance import seeded
from synthesis.invoices.companies import random_company
from synthesis.invoices.markets import markets, number_style, places_of, random_market
from synthesis.notation import NumberStyle, number


@pytest.mark.parametrize(
    "sample", sorted({sample for market in markets().values() for sample in market.numbers})
)
def test_a_style_writes_as_its_sample(sample: str) -> None:
    places = 2
    value = Decimal("123456.00") if sample == "1,23,456.00" else Decimal("1234.56")
    assert number(value, number_style(sample), places=places) == sample


def test_indian_numbers_are_grouped_by_two_above_the_thousands() -> None:
    assert number(Decimal("1234567.8"), NumberStyle(is_indian=True)) == "12,34,567.80"
    assert number(Decimal("999.99"), NumberStyle(is_indian=True)) == "999.99"


def test_every_language_has_a_market_at_home() -> None:
    assert {market.language for market in markets().values()} == {
        "en",
        "de",
        "fr",
        "zh",
        "nl",
        "es",
        "it",
        "pt",
    }
    assert random_market(seeded("1"), "zh").country == "CN"


@pytest.mark.parametrize("key", sorted(markets()))
def test_every_market_has_companies(key: str) -> None:
    company = random_company(seeded(key), markets()[key])
    assert company.address
    assert company.tax_id
    assert "N" not in company.address[0].split(" ")  # the place of the house number


def test_pesos_of_chile_have_no_cents() -> None:
    assert (places_of("CLP"), places_of("MXN")) == (0, 2)
