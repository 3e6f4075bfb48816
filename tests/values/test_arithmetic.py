"""The identities of an invoice, on both sides of their bounds."""

from decimal import Decimal as D  # noqa: N817 - tables of numbers stay readable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.arithmetic import (
    agrees,
    discounted,
    due_agrees,
    gross_agrees,
    gross_of,
    line_agrees,
    line_net,
    lines_agree,
    net_agrees,
    net_of,
    rate_of,
    rounded,
    rounding_bound,
    tax_agrees,
    tax_on,
    taxes_agree,
)


@pytest.mark.parametrize(
    ("other", "is_alike"), [("1.01", True), ("0.99", True), ("1.011", False), ("0.989", False)]
)
def test_amounts_agree_up_to_the_bound_itself(other: str, *, is_alike: bool) -> None:
    assert agrees(D("1.00"), D(other)) is is_alike


def test_halves_are_rounded_away_from_zero() -> None:
    assert [rounded(D(amount)) for amount in ("0.005", "-0.005", "0.0049")] == [
        D("0.01"),
        D("-0.01"),
        D("0.00"),
    ]


def test_a_line_costs_quantity_times_price_less_discounts() -> None:
    assert line_net(D(3), D("12.50")) == D("37.50")
    assert line_net(D(3), D("12.50"), discount=D("1.50"), charge=D(2)) == D("38.00")
    assert line_net(D(4), D(25), discount_percent=D(10)) == D(90)
    assert line_net(D(250), D(80), price_base=D(100)) == D(200)
    assert discounted(D(200), D("2.5")) == D(5)


def test_tax_is_rounded_once() -> None:
    assert tax_on(D("0.50"), D(19)) == D("0.10")
    assert tax_on(D("1234.56"), D(13)) == D("160.49")
    assert tax_agrees(D("1234.56"), D(13), D("160.50"))
    assert not tax_agrees(D("1234.56"), D(13), D("160.51"))


def test_net_and_gross_are_each_others_inverse_to_a_cent() -> None:
    assert net_of(D("119.00"), D(19)) == D("100.00")
    assert gross_of(D("100.00"), D(19)) == D("119.00")
    assert net_of(D(5), D(-100)) is None
    assert rate_of(D("100.00"), D("19.00")) == D("19.00")
    assert rate_of(D(0), D(19)) is None


def test_a_line_may_be_off_by_a_cent_and_no_more() -> None:
    assert line_agrees(D(3), D("0.333"), D("1.01"))
    assert not line_agrees(D(3), D("0.333"), D("1.02"))


def test_lines_may_be_off_by_a_cent_each() -> None:
    nets = [D("1.00")] * 3
    assert rounding_bound(3) == D("0.03")
    assert rounding_bound(0) == D("0.01")
    assert lines_agree(nets, D("3.03"))
    assert not lines_agree(nets, D("3.04"))
    assert lines_agree(nets, D("2.97"))
    assert not lines_agree(nets, D("2.96"))
    assert taxes_agree([D("7.00"), D("19.00")], D("26.02"))
    assert not taxes_agree([D("7.00"), D("19.00")], D("26.03"))


def test_totals_agree_within_a_cent() -> None:
    assert net_agrees(D(100), D("97.01"), allowances=D(5), charges=D(2))
    assert not net_agrees(D(100), D("97.02"), allowances=D(5), charges=D(2))
    assert gross_agrees(D("100.00"), D("19.00"), D("118.99"))
    assert not gross_agrees(D("100.00"), D("19.00"), D("118.98"))
    assert due_agrees(D("119.00"), D("69.00"), prepaid=D(50))
    assert due_agrees(D("119.02"), D("119.00"), rounding=D("-0.02"))
    assert not due_agrees(D("119.00"), D("119.00"), prepaid=D(50))


_amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@given(net=_amounts, rate=st.decimals(min_value=0, max_value=30, places=2))
def test_a_gross_amount_made_from_net_agrees_with_it(net: D, rate: D) -> None:
    tax = tax_on(net, rate)
    assert tax_agrees(net, rate, tax, within=D(0))
    assert gross_agrees(net, tax, net + tax, within=D(0))
    assert agrees(net_of(gross_of(net, rate), rate) or D(0), net)


@given(st.lists(_amounts, max_size=20))
def test_lines_always_agree_with_their_own_sum(nets: list[D]) -> None:
    assert lines_agree(nets, sum(nets, D(0)))
