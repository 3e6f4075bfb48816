"""The shipped calibration: how often a value was right that was read with as much evidence.

`calibration.toml` is written by `scripts/fit_calibration.py` from generated documents,
whose truth is exact. A curve rises from raw confidence to the share of values that were
right; between its knots it is straight.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

ANY = "any"  # the curve of what has none of its own
PROVEN = "proven"  # and of what has none of its own, but is proven


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Knots of raw confidence and the confidence there, both rising within 0..1."""

    raw: tuple[float, ...]
    sure: tuple[float, ...]

    def at(self, raw: float) -> float:
        """Return the confidence at a raw one; level beyond the last knot, falling to 0 before the first."""
        if raw >= self.raw[-1]:
            return self.sure[-1]
        above = bisect_right(self.raw, raw)
        x1, y1 = self.raw[above], self.sure[above]
        x0, y0 = (self.raw[above - 1], self.sure[above - 1]) if above else (0.0, 0.0)
        return y1 if x1 == x0 else y0 + (y1 - y0) * (max(raw, 0.0) - x0) / (x1 - x0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Curves by name: of a field or of a type, proven or not."""

    curves: Mapping[str, Curve]

    def confidence(self, raw: float, *, names: Sequence[str]) -> float:
        """Return the confidence by the first of `names` that has a curve, else by the one for any."""
        name = next((name for name in names if name in self.curves), ANY)
        return self.curves[name].at(raw)


@lru_cache(maxsize=1)
def shipped_calibration() -> Calibration:
    """Return the calibration that the package carries."""
    text = files("extractor.assessment").joinpath("calibration.toml").read_text(encoding="utf-8")
    curves = {
        name: Curve(raw=tuple(raw for raw, _ in knots), sure=tuple(sure for _, sure in knots))
        for name, knots in tomllib.loads(text)["curves"].items()
    }
    return Calibration(curves=curves)
