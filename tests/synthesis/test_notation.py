from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthesis.notation import NumberStyle, chinese_amount, money, number, rate, written_date

GERMAN = NumberStyle(decimal_mark=",", group_mark=".", currency="sign_after")


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        ("0", NumberStyle(), "0.00"),
        ("999.99", NumberStyle(), "999.99"),
        ("1000", NumberStyle(), "1,000.00"),
        ("1234567.8", GERMAN, "1.234.567,80"),
        ("-1234.5", NumberStyle(decimal_mark=",", group_mark=" "), "-1 234,50"),
        ("1234.5", NumberStyle(group_mark=""), "1234.50"),
    ],
)
def test_numbers_are_grouped_by_three(value: str, style: NumberStyle, written: str) -> None:
    assert number(Decimal(value), style) == written


def test_a_quantity_keeps_its_places() -> None:
    assert number(Decimal("9.50"), NumberStyle(), places=None) == "9.5"
    assert number(Decimal(1200), NumberStyle(), places=None) == "1,200"


def test_the_currency_stands_where_the_style_wants_it() -> None:
    assert money(Decimal(-3), NumberStyle(currency="sign_before"), "GBP") == "-£3.00"
    assert money(Decimal(3), GERMAN, "EUR") == "3,00 €"
    assert money(Decimal(3), NumberStyle(currency="code_before"), "USD") == "USD 3.00"


def test_a_rate_has_no_needless_places() -> None:
    assert rate(Decimal("19.00"), GERMAN, gap=" ") == "19 %"
    assert rate(Decimal("5.5"), GERMAN) == "5,5%"


@pytest.mark.parametrize(
    ("pattern", "language", "written"),
    [
        ("D.M.Y", "de", "05.03.2026"),
        ("d N Y", "fr", "5 mars 2026"),
        ("d-n-y", "en", "5-Mar-26"),
        ("Y年m月d日", "zh", "2026年3月5日"),
        ("zh-digits", "zh", "二〇二六年三月五日"),
    ],
)
def test_dates_are_written_by_pattern(pattern: str, language: str, written: str) -> None:
    assert written_date(date(2026, 3, 5), pattern, language=language) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "零圆整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10", "壹拾圆整"),
        ("100.05", "壹佰圆零伍分"),
        ("1010", "壹仟零壹拾圆整"),
        ("10000", "壹万圆整"),
        ("10050.30", "壹万零伍拾圆叁角"),
        ("100000001", "壹亿零壹圆整"),
        ("-78.57", "（负数）柒拾捌圆伍角柒分"),
    ],
)
def test_amounts_in_chinese_words(amount: str, written: str) -> None:
    assert chinese_amount(Decimal(amount)) == written


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_chinese_words_never_repeat_a_zero_or_end_in_one(cents: int) -> None:
    written = chinese_amount(Decimal(cents) / 100)
    assert "零零" not in written
    assert "零圆" not in written or cents < 100
