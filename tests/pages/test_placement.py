"""Boxes of upright pages are taken to the pages as uploaded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pages.geometry import Box
from extractor.pages.placement import Placement

_EDGES = st.floats(0, 800)


@given(_EDGES, _EDGES, st.floats(0.1, 99), st.floats(0.1, 99))
def test_an_upright_page_moves_nothing(x: float, y: float, width: float, height: float) -> None:
    box = Box(x, y, x + width, y + height)
    assert Placement((1, 0, 0, 0, 1, 0, 0, 0, 1)).box(box) == pytest.approx(box)


def test_a_turned_box_is_the_upright_one_around_it() -> None:
    quarter = Placement((0, -1, 100, 1, 0, 0, 0, 0, 1))  # clockwise, on a page 100 points high
    assert quarter.box(Box(10, 20, 40, 30)) == Box(70, 10, 80, 40)


def test_perspective_divides_by_the_distance() -> None:
    far = Placement((1, 0, 0, 0, 1, 0, 0, 0.01, 1))
    assert far.box(Box(0, 0, 100, 100)) == pytest.approx(Box(0, 0, 100, 50))
