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
        return max(0.0, min(self.x1, other.x1) - max(self.x0, other.x0))

    def overlap_y(self, other: "Box") -> float:
        """Return how many points high the shared vertical range is, 0 if none."""
        return max(0.0, min(self.y1, other.y1) - max(self.y0, other.y0))

    def contains_centre(self, other: "Box") -> bool:
        """Say whether the middle of `other` lies inside, edges included."""
        return self.x0 <= other.centre_x <= self.x1 and self.y0 <= other.centre_y <= self.y1


def union(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds them all.

    Raises:
        ValueError: there is no box.
    """
    left, top, right, bottom = zip(*boxes, strict=True)
    return Box(min(left), min(top), max(right), max(bottom))
