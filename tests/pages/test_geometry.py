import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pages.geometry import Box, union

_sides = st.floats(-1000, 1000)
_boxes = st.builds(
    lambda x, y, width, height: Box(x, y, x + width, y + height), _sides, _sides, *[st.floats(0, 500)] * 2
)


def test_a_box_knows_its_measures() -> None:
    box = Box(10, 20, 40, 30)
    assert (box.width, box.height, box.centre_x, box.centre_y) == (30, 10, 25, 25)


def test_boxes_that_only_touch_share_no_range() -> None:
    assert Box(0, 0, 10, 10).overlap_x(Box(10, 0, 20, 10)) == 0
    assert Box(0, 0, 10, 10).overlap_y(Box(0, 10, 10, 20)) == 0


@pytest.mark.parametrize(("x", "inside"), [(-5, True), (-5.1, False), (5, True), (5.1, False)])
def test_a_centre_on_the_edge_lies_inside(x: float, inside: bool) -> None:  # noqa: FBT001 - a case
    assert Box(0, 0, 10, 10).contains_centre(Box(x, 0, x + 10, 10)) is inside


def test_there_is_no_union_of_nothing() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        union([])


@given(st.lists(_boxes, min_size=1))
def test_the_union_holds_every_box_and_no_side_is_further_out(boxes: list[Box]) -> None:
    whole = union(boxes)
    assert whole.x0 == min(box.x0 for box in boxes)
    assert whole.y1 == max(box.y1 for box in boxes)
    assert all(whole.contains_centre(box) for box in boxes)


@given(_boxes, _boxes)
def test_overlap_is_the_same_both_ways_and_never_more_than_the_smaller(one: Box, other: Box) -> None:
    assert one.overlap_x(other) == other.overlap_x(one)
    assert 0 <= one.overlap_y(other) <= max(min(one.height, other.height), 0)


@pytest.mark.parametrize(
    ("other", "points"),
    [
        (Box(12, 20, 90, 30), 2.0),
        (Box(50, 20, 99, 30), 1.0),
        (Box(40, 20, 69, 30), 0.5),  # in the middle
        (Box(10, 50, 200, 60), 0.0),
        (Box(40, 20, 90, 30), 10.0),
    ],
)
def test_lines_miss_each_other_by_their_nearest_edges_or_middles(other: Box, points: float) -> None:
    box = Box(10, 0, 100, 10)
    assert box.misalignment(other) == other.misalignment(box) == points
