"""Amounts in every notation, and what is no amount."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.amounts import Amount, find_amounts, parse_amount


def _texts(line: str, **options: bool | str | None) -> list[str]:
    return [line[one.start : one.end] for one in find_amounts(line, **options)]  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1,234.56", "1234.56", None),
        ("1.234,56", "1234.56", None),
        ("1 234,56", "1234.56", None),
        ("1\u00a0234,56", "1234.56", None),
        ("1\u2009234,56", "1234.56", None),
        ("1\u202f234,56", "1234.56", None),
        ("1'234.56", "1234.56", None),
        ("1’234.56", "1234.56", None),
        ("¥1,234.56", "1234.56", "CNY"),
        ("￥１，２３４．５６", "1234.56", "CNY"),
        ("1234,5", "1234.5", None),
        ("80", "80", None),
        ("1 200", "1200", None),
        (".50", "0.50", None),
        ("100. 00", "100.00", None),
        ("1.234.567,89", "1234567.89", None),
        ("12,345,678.90", "12345678.90", None),
        ("1.234,56 €", "1234.56", "EUR"),
        ("€ 1.234,56", "1234.56", "EUR"),
        ("EUR 1.234,56", "1234.56", "EUR"),
        ("1.234,56 EUR", "1234.56", "EUR"),
        ("1.234,56EUR", "1234.56", "EUR"),
        ("12 Euro", "12", "EUR"),
        ("US$ 12", "12", "USD"),
        ("$1,234.56 USD", "1234.56", "USD"),
        ("$1.5M", "1500000", "USD"),
        ("USD 1.2 million", "1200000", "USD"),
        ("RM 12.00", "12.00", "MYR"),
        ("Rs. 500/-", "500", "INR"),
        ("₹ 1,23,456.00", "123456.00", "INR"),
        ("CHF 1'234.—", "1234", "CHF"),
        ("CHF 1'234.--", "1234", "CHF"),
        ("100,-", "100", None),
        ("kr 12,00", "12.00", None),
        ("12,50 zł", "12.50", "PLN"),
        ("R$ 1.234,56", "1234.56", "BRL"),
        ("人民币80元", "80", "CNY"),
        ("RMB ¥1,234.56", "1234.56", "CNY"),
        ("120万元整", "1200000", "CNY"),
    ],
)
def test_a_notation_is_read(text: str, value: str, currency: str | None) -> None:
    assert parse_amount(text) == Amount(value=Decimal(value), currency=currency)


@pytest.mark.parametrize(
    "text",
    [
        *("(1,234.56)", "（1,234.56）", "1,234.56-", "-1,234.56", "−1.234,56", "- 1,234.56", "–1,234.56"),
        *("-$1,234.56", "$-1,234.56", "($1,234.56)", "$(1,234.56)", "1.234,56- €", "1,234.56 CR"),
    ],
)
def test_a_negative_amount_is_negative(text: str) -> None:
    amount = parse_amount(text)
    assert amount is not None
    assert amount.value == Decimal("-1234.56")


@pytest.mark.parametrize(
    ("text", "decimal_mark", "value"),
    [
        ("1.234", None, "1234"),
        ("1,234", None, "1234"),
        ("1.234", ".", "1.234"),
        ("1.234", ",", "1234"),
        ("1,234", ",", "1.234"),
        ("1,234", ".", "1234"),
        ("0.125", None, "0.125"),
        ("0,125", ".", "0.125"),
        ("1234.567", None, "1234.567"),
        ("12.5", ",", "12.5"),
        ("1,234.567", ",", "1234.567"),
        ("999.999", None, "999999"),
        ("1000.000", None, "1000.000"),
    ],
)
def test_an_ambiguous_mark_goes_by_the_stated_rule(text: str, decimal_mark: str | None, value: str) -> None:
    amount = parse_amount(text, decimal_mark=decimal_mark)
    assert amount is not None
    assert amount.value == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "€", ".", "12.34.56", "1,23,4", "1 23", "12 34,50", "1,2345,678", "2024-01-05"),
        *("12/05/2024", "05.01.2024", "192.168.1.1", "A12", "12A", "RE-12", "5-6", "12:30", "19 %", "3 x 4"),
        *("+49 30 123", "(12", "12)", "1234567890123456789012345", "²", "一千"),
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("Total due: €1.234,56 by 05.01.2024", ["€1.234,56"]),
        ("合计 ¥1,234.56 ¥74.07 价税合计（小写）¥1308.63", ["¥1,234.56", "¥74.07", "¥1308.63"]),
        ("12,00 EUR 15,00 EUR", ["12,00 EUR", "15,00 EUR"]),
        ("EUR 12,00 EUR 15,00", ["EUR 12,00", "EUR 15,00"]),
        ("Total 1 234,56 €", ["1 234,56 €"]),
        ("Discount (50.00)", ["(50.00)"]),
        ("ten thousand dollars ($10,000.00) only", ["$10,000.00"]),
        ("人民币壹万元整（¥10,000.00）", ["¥10,000.00"]),
        ("within thirty (30) days", ["30"]),
        ("12.50/h and 12.50€/Std.", ["12.50", "12.50€"]),
        ("2026年3月5日 数量3台 80元/台", ["3", "80元"]),
        ("balance 12.00-", ["12.00-"]),
        ("May 21, 2024 12.00 EUR", ["12.00 EUR"]),
        ("19 % MwSt. auf 100,00", ["100,00"]),
    ],
)
def test_amounts_are_found_with_sign_and_currency(line: str, texts: list[str]) -> None:
    assert _texts(line) == texts


@pytest.mark.parametrize(
    "line",
    [
        *(
            "INV-2024-001",
            "2024-01-05",
            "12/05/2024",
            "192.168.1.1",
            "IBAN DE89 3704 0044 0532 0130 00",
            "V4A",
        ),
        *(
            "Tel. +49 30 1234567",
            "Phone: (030) 123 45 67",
            "12:30",
            "7 %",
            "007",
            "x86_64",
            "****5190",
            "no digits",
        ),
    ],
)
def test_the_inside_of_other_things_is_no_amount(line: str) -> None:
    assert _texts(line) == []


def test_brackets_that_repeat_words_make_nothing_negative() -> None:
    assert find_amounts("ten dollars ($10.00)")[0].amount.value == Decimal("10.00")
    assert find_amounts("Credit (10.00)")[0].amount.value == Decimal("-10.00")


def test_an_ordinary_space_divides_thousands_only_in_a_row_that_is_one_number() -> None:
    assert _texts("2 100,00 200,00") == ["2", "100,00", "200,00"]
    assert _texts("2 100,00 200,00", is_space_grouping=True) == ["2 100,00", "200,00"]
    assert _texts("2 100,00", is_space_grouping=False) == ["2", "100,00"]
    assert _texts("2\u00a0100,00 200,00") == ["2\u00a0100,00", "200,00"]


_amounts = st.decimals(min_value=-999_999_999, max_value=999_999_999, places=2)
_STYLES = [(",", "."), (".", ","), (" ", ","), ("'", "."), ("\u202f", ","), ("", "."), ("", ",")]


def _printed(amount: Decimal, thousands: str, decimal_mark: str) -> str:
    return f"{amount:,.2f}".replace(",", "_").replace(".", decimal_mark).replace("_", thousands)


@given(
    amount=_amounts, style=st.sampled_from(_STYLES), affix=st.sampled_from(["{}", "€{}", "{} EUR", "CHF {}"])
)
def test_a_printed_amount_is_read_back(amount: Decimal, style: tuple[str, str], affix: str) -> None:
    read = parse_amount(affix.format(_printed(amount, *style)))
    assert read is not None
    assert read.value == amount


@given(amount=_amounts, style=st.sampled_from(_STYLES))
def test_an_amount_is_found_between_words(amount: Decimal, style: tuple[str, str]) -> None:
    line = f"Betrag: {_printed(amount, *style)} gesamt"
    assert [one.amount.value for one in find_amounts(line)] == [amount]


@given(st.text())
def test_no_text_makes_the_parser_fail(text: str) -> None:
    parse_amount(text)


_fragments = st.sampled_from([*"0123456789.,-'() €$¥%/:", "EUR", "年", "CR", "万", "IBAN DE89", "+49", "US$"])


@given(st.lists(_fragments, max_size=30).map("".join))
def test_found_amounts_are_in_order_and_apart(line: str) -> None:
    found = find_amounts(line)
    parse_amount(line)
    assert all(0 <= one.start < one.end <= len(line) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all("E" not in str(one.amount.value) for one in found)
