"""Rates in percent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.rates import find_rates, parse_rate


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("19 %", "19"),
        ("19,00%", "19.00"),
        ("7%", "7"),
        ("１３％", "13"),
        ("%18", "18"),
        ("19", "19"),
        ("5,5", "5.5"),
        ("-3 %", "-3"),
        ("0.5‰", "0.05"),
        ("13 percent", "13"),
        ("8 Prozent", "8"),
        ("5 v. H.", "5"),
        ("20 pour cent", "20"),
        ("百分之十三", "13"),
        ("万分之五", "0.05"),
        ("千分之三", "0.3"),
        ("免税", "0"),
        ("steuerfrei", "0"),
    ],
)
def test_a_rate_is_read(text: str, rate: str) -> None:
    assert parse_rate(text) == Decimal(rate)


@pytest.mark.parametrize("text", ["", "%", "19 EUR", "19 % of 5", "tax", "2024-01-05", "1.2.3 %"])
def test_other_text_is_no_rate(text: str) -> None:
    assert parse_rate(text) is None


@pytest.mark.parametrize(
    ("line", "rates"),
    [
        ("MwSt. 19 % auf 100,00", ["19"]),
        ("thirty percent (30%) now, 70 % later", ["30", "70"]),
        ("税率13%，违约金万分之五", ["13", "0.05"]),
        ("interest of 0.05% per day", ["0.05"]),
        ("100,00 EUR", []),
    ],
)
def test_rates_are_found(line: str, rates: list[str]) -> None:
    assert [one.rate for one in find_rates(line)] == [Decimal(rate) for rate in rates]


@given(rate=st.decimals(min_value=-100, max_value=1000, places=2), mark=st.sampled_from(".,"))
def test_a_printed_rate_is_read_back(rate: Decimal, mark: str) -> None:
    assert parse_rate(f"{rate} %".replace(".", mark)) == rate


@given(
    st.one_of(
        st.text(), st.lists(st.sampled_from([*"0123.,%‰百分之五-", "percent", " "]), max_size=20).map("".join)
    )
)
def test_no_text_makes_the_reader_fail(text: str) -> None:
    parse_rate(text)
    for one in find_rates(text):
        assert 0 <= one.start < one.end <= len(text)
