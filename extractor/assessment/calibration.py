"""The shipped confidence model: how often a value is right that looks like this one.

`confidence.json` is written by `scripts/train_confidence.py` from generated documents, whose
truth is exact: trees that tell right values from wrong ones, and a curve that says for
what the trees make of a value how many such values were right, in layouts that the
trees had not seen.
"""

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from extractor.assessment.features import NAMES
from extractor.assessment.forest import Forest, forest_of


class Calibration(Protocol):
    """Anything that says how sure values are, from their features."""

    def confidences(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the confidence, 0..1, of each row of features (in the order of `features.NAMES`)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Knots of what the trees say and the share that was right there, both rising within 0..1."""

    told: tuple[float, ...]
    right: tuple[float, ...]

    def at(self, told: float) -> float:
        """Return the share at one place; level beyond the last knot, falling to 0 before the first."""
        if told >= self.told[-1]:
            return self.right[-1]
        above = bisect_right(self.told, told)
        x1, y1 = self.told[above], self.right[above]
        x0, y0 = (self.told[above - 1], self.right[above - 1]) if above else (0.0, 0.0)
        return y1 if x1 == x0 else y0 + (y1 - y0) * (max(told, 0.0) - x0) / (x1 - x0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedCalibration:
    """Trees and the curve that makes their answers honest."""

    forest: Forest
    curve: Curve

    def confidences(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the confidence of each row of features."""
        return np.array([self.curve.at(float(told)) for told in self.forest.probabilities(rows)])


@lru_cache(maxsize=1)
def shipped_calibration() -> TrainedCalibration:
    """Return the model that the package carries."""
    text = files("extractor.assessment").joinpath("confidence.json").read_text(encoding="utf-8")
    return calibration_of(text)


def calibration_of(text: str) -> TrainedCalibration:
    """Read a model as `scripts/train_confidence.py` writes it.

    Raises:
        ValueError: it was trained on other features than this version knows.
    """
    model = json.loads(text)
    if tuple(model["features"]) != NAMES:
        raise ValueError("the confidence model was trained on other features: train it again")
    told, right = zip(*model["curve"], strict=True)
    return TrainedCalibration(
        forest=forest_of(model["features"], model["baseline"], model["trees"]),
        curve=Curve(told=told, right=right),
    )
