"""How a page that was put upright lies on the page as it was uploaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from extractor.pages.geometry import Box

Matrix: TypeAlias = tuple[float, float, float, float, float, float, float, float, float]  # 3 x 3, by rows
Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placement:
    """A projective map from the upright page to the page as uploaded, both in points.

    Hartley and Zisserman, Multiple View Geometry, section 2.3: (x, y, 1) is multiplied
    by the matrix and divided by the third component.
    """

    matrix: Matrix

    def box(self, box: Box) -> Box:
        """Return the upright rectangle on the uploaded page that holds a box of the upright page."""
        return self.hull([(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)])

    def hull(self, points: Iterable[Point]) -> Box:
        """Return the upright rectangle on the uploaded page that holds points of the upright page."""
        across, down = zip(*(self._point(x, y) for x, y in points), strict=True)
        return Box(min(across), min(down), max(across), max(down))

    def inverted(self) -> "Placement":
        """Return the map from the page as uploaded to the upright page: the adjugate, scale being free."""
        a, b, c, d, e, f, g, h, i = self.matrix
        return Placement(
            (
                e * i - f * h, c * h - b * i, b * f - c * e,
                f * g - d * i, a * i - c * g, c * d - a * f,
                d * h - e * g, b * g - a * h, a * e - b * d,
            )
        )  # fmt: skip

    def _point(self, x: float, y: float) -> Point:
        a, b, c, d, e, f, g, h, i = self.matrix
        scale = g * x + h * y + i
        return (a * x + b * y + c) / scale, (d * x + e * y + f) / scale
