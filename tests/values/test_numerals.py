"""Numbers in Chinese and in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.numerals import (
    LARGEST_CHINESE_AMOUNT,
    find_counts,
    format_chinese_amount,
    parse_chinese_amount,
    parse_number_words,
)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("壹万贰仟叁佰肆拾伍元陆角柒分整", "12345.67"),
        ("人民币叁拾万元整", "300000"),
        ("⊗壹佰圆整", "100"),
        ("（大写）人民币：壹元零伍分", "1.05"),
        ("壹仟零伍元正", "1005"),
        ("拾元", "10"),
        ("壹佰元伍角", "100.50"),
        ("伍角", "0.50"),
        ("柒分", "0.07"),
        ("零元整", "0"),
        ("负壹佰元整", "-100"),
        ("（负数）壹佰元整", "-100"),
        ("壹亿零叁拾万元", "100300000"),
        ("壹 万 贰 仟 圆 整", "12000"),
        ("一万二千三百", "12300"),
        ("三十", "30"),
        ("十二", "12"),
        ("二〇二六", "2026"),
        ("三点五", "3.5"),
        ("30万元", "300000"),
        ("1.2亿元", "120000000"),
    ],
)
def test_chinese_amounts_are_read(text: str, amount: str) -> None:
    assert parse_chinese_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["", "元", "整", "一百五", "abc", "12", "合计", "万元", "壹佰贰佰元", "壹元元", "一、二"]
)
def test_other_text_is_no_chinese_amount(text: str) -> None:
    assert parse_chinese_amount(text) is None


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("100.5", "壹佰元伍角整"),
        ("10005", "壹万零伍元整"),
        ("12345.67", "壹万贰仟叁佰肆拾伍元陆角柒分"),
        ("100010000.01", "壹亿零壹万元零壹分"),
        ("1000000000000", "壹万亿元整"),
        ("-5.5", "负伍元伍角整"),
        ("0.005", "壹分"),
        ("0.0049", "零元整"),
    ],
)
def test_amounts_are_written_in_capitals(amount: str, written: str) -> None:
    assert format_chinese_amount(Decimal(amount)) == written


def test_the_largest_amount_is_written_and_the_next_refused() -> None:
    assert parse_chinese_amount(format_chinese_amount(LARGEST_CHINESE_AMOUNT)) == LARGEST_CHINESE_AMOUNT
    for refused in (LARGEST_CHINESE_AMOUNT + Decimal("0.01"), Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(ValueError, match="no Chinese capitals"):
            format_chinese_amount(refused)


@given(st.decimals(min_value=-LARGEST_CHINESE_AMOUNT, max_value=LARGEST_CHINESE_AMOUNT, places=2))
def test_what_is_written_in_capitals_is_read_back(amount: Decimal) -> None:
    assert parse_chinese_amount(format_chinese_amount(amount)) == amount
    assert parse_chinese_amount("人民币" + format_chinese_amount(amount).replace("元", "圆")) == amount


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("thirty", None, "30"),
        ("twenty-one", "en", "21"),
        ("one hundred and five", "en", "105"),
        ("one thousand two hundred and 50/100 dollars", None, "1200.50"),
        ("twelve thousand dollars and fifty cents", None, "12000.50"),
        ("SINGAPORE DOLLARS ONE HUNDRED AND CENTS SEVENTY ONLY", None, "100.70"),
        ("Ringgit Malaysia two hundred and sen five only", None, "200.05"),
        ("euro milleduecento/66", None, "1200.66"),
        ("mil doscientos euros con 50 céntimos", None, "1200.50"),
        ("deux cents euros toutes taxes comprises", None, "200"),
        ("SESENTA Y NUEVE MIL TRESCIENTOS UN PESOS 14/100 M.N.", None, "69301.14"),
        ("(sesenta mil pesos 14/100 M. N.)", None, "60000.14"),
        ("SESENTA MIL PESOS 14/100 MONEDA NACIONAL", None, "60000.14"),
        ("TRES MIL PESOS MEXICANOS 05/100 MN", None, "3000.05"),
        ("cinco mil dólares 20/100", None, "5000.20"),
        ("VEINTIDOS MIL VEINTIUN EUROS CON VEINTITRES CENTIMOS", "es", "22021.23"),
        ("UN MILLON DE PESOS", "es", "1000000"),
        ("DOIS MIL E TRES REAIS E DEZ CENTAVOS", "pt", "2003.10"),
        ("UM MILHAO DE EUROS", "pt", "1000000"),
        ("FUENFZIG EURO UND ZWOELF CENT", "de", "50.12"),
        ("One Hundred Twenty-Three Thousand US Dollars Only", None, "123000"),
        ("US Dollars two hundred", None, "200"),
        ("zwölf Euro und fünfzig Cent", None, "12.50"),
        ("dreihundertfünfundvierzig", "de", "345"),
        ("Eintausendzweihundert Euro", None, "1200"),
        ("mille deux cents euros", "fr", "1200"),
        ("quatre-vingt-dix", None, "90"),
        ("duecento", None, "200"),
        ("叁拾万元整", None, "300000"),
        ("三十", "zh", "30"),
    ],
)
def test_number_words_are_read(text: str, language: str | None, number: str) -> None:
    assert parse_number_words(text, language=language) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "30",
        "twelve monkeys",
        "12.50",
        "one hundred dollars and 200 cents",
        "one hundred/150",
        "one apple/66",
        "sesenta mil pesos 14/100 MNX",
        "veintidosa",
    ],
)
def test_other_words_are_no_number(text: str) -> None:
    assert parse_number_words(text) is None


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("within thirty (30) days", [("thirty (30)", 30)]),
        ("thirty [30] days", [("thirty [30]", 30)]),
        ("within 30 (thirty) days", [("30 (thirty)", 30)]),
        ("thirty (60) days", [("thirty", 30), ("60", 60)]),
        ("forty-five (45) calendar days", [("forty-five (45)", 45)]),
        ("net 30 days", [("30", 30)]),
        ("三十日内", [("三十", 30)]),
        ("收到发票后30（三十）日内", [("30（三十）", 30)]),
        ("合同期限三年", [("三", 3)]),
        ("dreißig Tage", [("dreißig", 30)]),
        ("in fünfundvierzig Tagen", [("fünfundvierzig", 45)]),
        ("vingt-et-un jours", [("vingt-et-un", 21)]),
        ("30天", [("30", 30)]),
        ("12 months from 1 May 2024", [("12", 12)]),
        ("12.50 EUR 5 % 2024-01-05 RE-7", []),
        ("第十二条 统一 一次性 二〇二六年三月", []),
        ("（一）付款", []),
        ("Tel. +49 30 123456", []),
    ],
)
def test_counts_are_found_in_digits_and_words(line: str, counts: list[tuple[str, int]]) -> None:
    assert [(line[one.start : one.end], one.count) for one in find_counts(line)] == counts


@given(count=st.integers(0, 999_999_999))
def test_a_count_in_digits_is_found_up_to_nine_of_them(count: int) -> None:
    assert [one.count for one in find_counts(f"within {count} days")] == [count]
    assert find_counts(f"within {count + 1_000_000_000} days") == []


_fragments = st.sampled_from(
    [*"零一二十百千万亿元角分整年月(）)0123.", "thirty", " ", "and", "hundred", "fünf", "und", "壹拾"]
)


@given(st.one_of(st.text(), st.lists(_fragments, max_size=30).map("".join)))
def test_no_text_makes_a_reader_fail(text: str) -> None:
    parse_chinese_amount(text)
    parse_number_words(text)
    for one in find_counts(text):
        assert 0 <= one.start < one.end <= len(text)
