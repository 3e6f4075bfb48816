"""Units with a number in them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.measures import Measure, measures_of


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("pcs", [("1", "piece")]),
        ("100 Stk.", [("100", "piece")]),
        ("per 1,000", [("1000", "piece")]),
        ("1.000 Stk", [("1000", "piece")]),
        ("25 kg", [("25", "kilogram")]),
        ("千只", [("1000", "piece")]),
        ("万次", [("10000", "time")]),
        ("Tsd. Stk.", [("1000", "piece")]),
        ("千克", [("1", "kilogram")]),  # no thousand of anything
        ("千瓦时", [("1", "kilowatt hour")]),
        ("box of 50", [("1", "box"), ("50", "piece")]),
        ("Karton (12 Stk.)", [("1", "box"), ("12", "piece")]),
        ("VE à 100 Stk.", [("1", "pack"), ("100", "piece")]),
        ("箱（50个）", [("1", "box"), ("50", "piece")]),
        ("Tag (7,5 Std.)", [("1", "day"), ("7.5", "hour")]),
        ("人天（8小时）", [("1", "day"), ("8", "hour")]),
        ("Gebinde XL", [("1", "gebinde xl")]),
        ("0 Stk.", []),
    ],
)
def test_a_unit_says_how_many_of_what_it_is(text: str, measures: list[tuple[str, str]]) -> None:
    assert [(str(each.count), each.unit) for each in measures_of(text)] == measures


@given(st.text(max_size=80))
def test_whatever_is_printed_is_measured_or_nothing(text: str) -> None:
    assert all(isinstance(each, Measure) and each.count > 0 for each in measures_of(text))


@given(st.integers(min_value=1, max_value=999_999))
def test_a_count_before_a_unit_is_that_many(count: int) -> None:
    assert measures_of(f"{count:,} pcs") == (Measure(count=Decimal(count), unit="piece"),)
