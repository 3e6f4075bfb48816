"""Boxes on a page. Points (1/72 inch), origin top left, on the upright page."""

from collections.abc import Iterable
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Return the width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.y1 - self.y0

    @property
    def centre_x(self) -> float:
        """Return the horizontal middle."""
        return (self.x0 + self.x1) / 2

    @property
    def centre_y(self) -> float:
        """Return the vertical middle."""
        return (self.y0 + self.y1) / 2

    def overlap_x(self, other: "Box") -> float:
        """Return how many points wide the shared horizontal range is, 0 if none."""
        x0, _, x1, _ = self
        left, _, right, _ = other
        return max(0.0, min(x1, right) - max(x0, left)) if x0 < right and left < x1 else 0.0

    def overlap_y(self, other: "Box") -> float:
        """Return how many points high the shared vertical range is, 0 if none."""
        return max(0.0, min(self.y1, other.y1) - max(self.y0, other.y0))

    def misalignment(self, other: "Box") -> float:
        """Return by how many points they miss being in line: at the left, at the right or in the middle."""
        edges = (self.x0 - other.x0, self.x1 - other.x1, self.centre_x - other.centre_x)
        return min(map(abs, edges))

    def contains_centre(self, other: "Box") -> bool:
        """Say whether the middle of `other` lies inside, edges included."""
        x0, y0, x1, y1 = self
        left, top, right, bottom = other
        return 2 * x0 <= left + right <= 2 * x1 and 2 * y0 <= top + bottom <= 2 * y1


def union(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds them all.

    Raises:
        ValueError: there is no box.
    """
    first, *others = boxes
    if not others:
        return first
    left, top, right, bottom = zip(first, *others, strict=True)
    return Box(min(left), min(top), max(right), max(bottom))
