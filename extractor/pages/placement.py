"""How a page that was put upright lies on the page as it was uploaded."""

from dataclasses import dataclass
from typing import TypeAlias

from extractor.pages.geometry import Box

Matrix: TypeAlias = tuple[float, float, float, float, float, float, float, float, float]  # 3 x 3, by rows


@dataclass(frozen=True, slots=True)
class Placement:
    """A projective map from the upright page to the page as uploaded, both in points.

    Hartley and Zisserman, Multiple View Geometry, section 2.3: (x, y, 1) is multiplied
    by the matrix and divided by the third component.
    """

    matrix: Matrix

    def box(self, box: Box) -> Box:
        """Return the upright rectangle on the uploaded page that holds a box of the upright page."""
        corners = [
            self._point(x, y)
            for x, y in ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
        ]
        across, down = zip(*corners, strict=True)
        return Box(min(across), min(down), max(across), max(down))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f, g, h, i = self.matrix
        scale = g * x + h * y + i
        return (a * x + b * y + c) / scale, (d * x + e * y + f) / scale
