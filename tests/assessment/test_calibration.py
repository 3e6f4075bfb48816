"""Curves of calibration: rising, straight between knots, and the shipped ones sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.assessment.calibration import ANY, PROVEN, Calibration, Curve, shipped_calibration

CURVE = Curve(raw=(0.5, 0.8), sure=(0.6, 0.9))


@pytest.mark.parametrize(
    ("raw", "sure"),
    [(-1.0, 0.0), (0.0, 0.0), (0.25, 0.3), (0.5, 0.6), (0.65, 0.75), (0.8, 0.9), (1.0, 0.9)],
)
def test_a_curve_is_straight_between_its_knots_and_level_beyond(raw: float, sure: float) -> None:
    assert CURVE.at(raw) == pytest.approx(sure)


def test_a_step_takes_its_upper_side() -> None:
    assert Curve(raw=(0.5, 0.5), sure=(0.2, 0.8)).at(0.5) == pytest.approx(0.8)


def test_the_most_special_curve_holds_and_the_one_for_any_else() -> None:
    calibration = Calibration(curves={ANY: CURVE, "date": Curve(raw=(0.0,), sure=(0.4,))})
    assert calibration.confidence(0.5, names=("date.proven", "date")) == pytest.approx(0.4)
    assert calibration.confidence(0.5, names=("name",)) == pytest.approx(0.6)


@given(low=st.floats(0, 1), high=st.floats(0, 1), name=st.sampled_from(sorted(shipped_calibration().curves)))
def test_every_shipped_curve_rises_within_shares_of_one(low: float, high: float, name: str) -> None:
    low, high = sorted((low, high))
    curve = shipped_calibration().curves[name]
    assert 0 <= curve.at(low) <= curve.at(high) <= 1


def test_the_shipped_calibration_has_a_curve_for_any_value_and_for_any_proven_one() -> None:
    assert {ANY, PROVEN} <= set(shipped_calibration().curves)
