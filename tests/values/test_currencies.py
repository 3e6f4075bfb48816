"""Currencies by code, name and sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.currencies import (
    CODES,
    currency_digits,
    currency_of_country,
    currency_of_sign,
    find_currency,
    is_currency,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("All prices in EUR", "EUR"),
        ("Total (€)", "EUR"),
        ("alle Beträge in Euro", "EUR"),
        ("$12.00", "USD"),
        ("US$ 12", "USD"),
        ("payable in US dollars", "USD"),
        ("Canadian dollars", "CAD"),
        ("CA$ 12", "CAD"),
        ("¥100", "CNY"),
        ("￥100", "CNY"),
        ("JPY ¥100", "JPY"),
        ("合計 ¥100 です", "JPY"),
        ("金额单位：元", "CNY"),
        ("人民币", "CNY"),
        ("RMB 100", "CNY"),
        ("美元 100", "USD"),
        ("RM 12.00", "MYR"),
        ("12,50 zł", "PLN"),
        ("Rs. 500", "INR"),
        ("CHF12.50", "CHF"),
        ("Swiss francs", "CHF"),
        ("100 kr SEK", "SEK"),
        ("£", "GBP"),
    ],
)
def test_a_currency_is_found(text: str, code: str) -> None:
    assert find_currency(text) == code


@pytest.mark.parametrize(
    "text", ["", "100 kr", "其他元件", "5 ft", "ALL GOODS", "TRY AGAIN", "Europe", "EURASIA", "12.00"]
)
def test_nothing_is_found_where_nothing_tells(text: str) -> None:
    assert find_currency(text) is None


def test_a_code_wins_over_a_sign() -> None:
    assert find_currency("$ 12.00 (AUD)") == "AUD"


def test_a_sign_beside_an_amount_means_its_currency() -> None:
    assert currency_of_sign("€") == "EUR"
    assert currency_of_sign("usd") is None
    assert currency_of_sign("kr") is None
    assert currency_of_sign("¥", text="円です") == "JPY"


@pytest.mark.parametrize("word", ["€", "kr", "Kr.", "CHF", "chf", " eur ", "ALL", "Fr."])
def test_signs_and_codes_are_currencies(word: str) -> None:
    assert is_currency(word)


@pytest.mark.parametrize("word", ["", "all", "Top", "Day", "VAT", "EURO X", "R"])
def test_other_words_are_none(word: str) -> None:
    assert not is_currency(word)


def test_countries_have_currencies() -> None:
    assert [currency_of_country(code) for code in ("de", "CN", "GB", "UK", "CH", "US", "ZZ")] == [
        *("EUR", "CNY", "GBP", "GBP", "CHF", "USD", None)
    ]


@given(st.sampled_from(sorted(CODES - {"RMB", "CNH"})))
def test_every_code_is_found_beside_a_number(code: str) -> None:
    assert find_currency(f"{code} 12.00") == code
    assert find_currency(f"12.00 {code}") == code


@given(st.text())
def test_no_text_makes_the_finder_fail(text: str) -> None:
    assert find_currency(text) is None or len(find_currency(text) or "") == 3


@pytest.mark.parametrize(
    ("code", "digits"),
    [("EUR", 2), ("CNY", 2), ("RMB", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("", 2)],
)
def test_money_is_told_in_its_currencys_digits(code: str, digits: int) -> None:
    assert currency_digits(code) == digits
