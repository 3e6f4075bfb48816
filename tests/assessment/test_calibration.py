"""The model's curve rises, the shipped model fits its features, and knows right from wrong."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.assessment.calibration import Curve, calibration_of, shipped_calibration
from extractor.assessment.features import NAMES

CURVE = Curve(told=(0.5, 0.8), right=(0.6, 0.9))


@pytest.mark.parametrize(
    ("told", "right"),
    [(-1.0, 0.0), (0.0, 0.0), (0.25, 0.3), (0.5, 0.6), (0.65, 0.75), (0.8, 0.9), (1.0, 0.9)],
)
def test_a_curve_is_straight_between_its_knots_and_level_beyond(told: float, right: float) -> None:
    assert CURVE.at(told) == pytest.approx(right)


def test_a_step_takes_its_upper_side() -> None:
    assert Curve(told=(0.5, 0.5), right=(0.2, 0.8)).at(0.5) == pytest.approx(0.8)


@given(low=st.floats(0, 1), high=st.floats(0, 1))
def test_the_shipped_curve_rises_within_shares_of_one(low: float, high: float) -> None:
    low, high = sorted((low, high))
    curve = shipped_calibration().curve
    assert 0 <= curve.at(low) <= curve.at(high) <= 1


@given(margin=st.floats(0, 1), wider=st.floats(0, 1), score=st.floats(0, 1))
def test_a_wider_margin_or_a_proof_never_makes_less_sure(margin: float, wider: float, score: float) -> None:
    margin, wider = sorted((margin, wider))
    rows = np.zeros((3, len(NAMES)), dtype=np.float32)
    rows[:, NAMES.index("score")] = score
    rows[:, NAMES.index("margin")] = (margin, wider, wider)
    rows[2, NAMES.index("proof.sum")] = 1
    narrow, clear, proven = shipped_calibration().confidences(rows)
    assert narrow <= clear <= proven


def test_a_model_of_other_features_is_refused() -> None:
    text = json.dumps({"features": ["score"], "baseline": 0.0, "trees": [[[0.0]]], "curve": [[0.0, 0.0]]})
    with pytest.raises(ValueError, match="train it again"):
        calibration_of(text)
