"""What units have to do with each other."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.reconciliation.units import are_same_unit, factor_between

UNITS = ["pcs", "Stk.", "kg", "t", "g", "m", "km", "h", "min", "day", "month", "Quartal", "Jahr", "dozen",
         "Tsd.", "千只", "box of 50", "box", "套", "lump sum"]  # fmt: skip


@pytest.mark.parametrize(
    ("billed", "agreed", "factor"),
    [
        ("pcs", "个", "1"),
        ("件", "Stück", "1"),
        ("hours", "Std.", "1"),
        ("month", "月", "1"),
        ("t", "kg", "1000"),
        ("kg", "t", "0.001"),
        ("pcs", "Tsd.", "0.001"),
        ("Karton (12 Stk.)", "Stk.", "12"),
        ("100 Stk.", "Tsd.", "0.1"),
        ("year", "quarter", "4"),
        ("MWh", "kWh", "1000"),
        (None, "kg", "1"),
        ("kg", None, "1"),
    ],
)
def test_a_factor_leads_from_the_billed_to_the_agreed_unit(
    billed: str | None, agreed: str | None, factor: str
) -> None:
    assert factor_between(billed=billed, agreed=agreed) == Decimal(factor)


@pytest.mark.parametrize(
    ("billed", "agreed"), [("kg", "m"), ("day", "hour"), ("set", "piece"), ("month", "day")]
)
def test_nothing_connects_units_of_different_kinds(billed: str, agreed: str) -> None:
    assert factor_between(billed=billed, agreed=agreed) is None


@pytest.mark.parametrize(
    ("billed", "agreed", "factor"),
    [("人天", "小时", "8"), ("Std.", "PT", "0.125"), ("day", "min", "480"), ("month", "day", None)],
)
def test_days_and_hours_are_connected_by_the_contract_only(
    billed: str, agreed: str, factor: str | None
) -> None:
    found = factor_between(billed=billed, agreed=agreed, hours_per_day=Decimal(8))
    assert found == (None if factor is None else Decimal(factor))


@given(one=st.sampled_from(UNITS), other=st.sampled_from(UNITS))
def test_the_way_back_is_the_inverse(one: str, other: str) -> None:
    there, back = factor_between(billed=one, agreed=other), factor_between(billed=other, agreed=one)
    assert (there is None) is (back is None)
    if there is not None and back is not None:
        assert abs(there * back - 1) < Decimal("1e-20")


def test_units_that_are_not_printed_are_not_the_same() -> None:
    assert not are_same_unit(None, None)
    assert not are_same_unit("kg", None)
    assert are_same_unit("pcs", "Stk.")
