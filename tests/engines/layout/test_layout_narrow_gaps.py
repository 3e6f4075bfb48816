"""A row whose columns nearly touch is parted where the heads above it begin, or at edges that rows share."""

import pytest
from engines.layout.pages import LABELS, page

from extractor.engines.layout.cells import sheet_of

HEADS = ("Code @50,100", "Item @90,100")
BOTTOM, HEIGHT = 113.0, 13.0  # of the heads


def second_row(*prints: str) -> list[str]:
    return [cell.text for cell in sheet_of(page(*prints), LABELS).rows[1]]


def test_a_text_under_two_heads_is_parted_where_the_second_begins() -> None:
    assert second_row(*HEADS, "AB-014 @50,116", "Hinge @90,116") == ["AB-014", "Hinge"]
    assert second_row("AB-014 @50,116", "Hinge @90,116", "7.00 @50,132") == ["7.00"]


def test_it_is_parted_under_each_of_several_heads() -> None:
    heads = (*HEADS, "Size @130,100")
    assert second_row(*heads, "AB-014 @50,116", "Hinge @90,116", "large @130,116") == [
        "AB-014",
        "Hinge",
        "large",
    ]


@pytest.mark.parametrize(("place", "is_parted"), [(90.7, True), (90.8, False), (89.3, True), (89.2, False)])
def test_a_part_begins_within_0_75_points_of_its_head(place: float, *, is_parted: bool) -> None:
    assert (len(second_row(*HEADS, "AB-014 @50,116", f"Hinge @{place},116")) > 1) is is_parted
    assert (len(second_row(*HEADS, f"AB-01 @{place - 40},116", "Hinge @90,116")) > 1) is is_parted


@pytest.mark.parametrize(("gap", "is_parted"), [(1.5 * HEIGHT - 0.1, True), (1.5 * HEIGHT + 0.1, False)])
def test_the_row_stands_within_1_5_heights_of_the_heads(gap: float, *, is_parted: bool) -> None:
    top = BOTTOM + gap
    row = second_row(*HEADS, f"AB-014 @50,{top:g}", f"Hinge @90,{top:g}")
    assert (len(row) > 1) is is_parted


@pytest.mark.parametrize("heads", [("Code @50,100", "A 1 @90,100"), ("Code @50,100",)])
def test_a_row_with_a_digit_or_one_text_is_no_row_of_heads(heads: tuple[str, ...]) -> None:
    assert second_row(*heads, "AB-014 @50,116", "Hinge @90,116") == ["AB-014 Hinge"]


def test_a_row_of_as_many_texts_as_heads_stays_as_it_is() -> None:
    row = second_row(*HEADS, "AB-014 @50,116", "Hinge @90,116", "brass @300,116")
    assert row == ["AB-014 Hinge", "brass"]


def rows(*, gap: float = 0.6 * HEIGHT, count: int = 3, value_off: float = 0.0, label_off: float = 0.0) -> int:
    """Return how many of `count` rows are parted between a label that ends at 200 and its value."""
    prints = []
    for index, label in enumerate(("Date", "Invoice", "Customer", "Terms")[:count]):
        left, right = (label_off, value_off) if index == 0 else (0.0, 0.0)
        prints += [
            f"Our {label} @>{200 + left},{100 + 20 * index}",
            f"A{index} @{200 + gap + right},{100 + 20 * index}",
        ]
    return sum(len(row) > 1 for row in sheet_of(page(*prints), LABELS).rows)


def test_labels_set_right_are_parted_from_values_set_left() -> None:
    assert rows() == 3
    assert rows(count=2) == 0


@pytest.mark.parametrize(("gap", "parted"), [(0.6 * HEIGHT + 0.01, 3), (0.6 * HEIGHT - 0.01, 0)])
def test_a_gap_between_columns_is_wider_than_a_space(gap: float, parted: int) -> None:
    assert rows(gap=gap) == parted


@pytest.mark.parametrize(("off", "parted"), [(0.74, 3), (0.76, 0), (-0.74, 3), (-0.76, 0)])
def test_the_edges_of_three_rows_are_the_same_within_0_75_points(off: float, parted: int) -> None:
    assert rows(gap=9.0, value_off=off) == parted
    assert rows(gap=9.0, label_off=off) == parted


def test_numbers_before_the_gap_and_texts_before_other_cells_are_not_parted() -> None:
    numbers = [line for y in (100, 120, 140) for line in (f"Size {y} @>200,{y}", f"each @208,{y}")]
    assert [len(row) for row in sheet_of(page(*numbers), LABELS).rows] == [1, 1, 1]
    others = [
        line for y in (100, 120, 140) for line in (f"Our size @>200,{y}", f"each @208,{y}", f"7.00 @400,{y}")
    ]
    assert [len(row) for row in sheet_of(page(*others), LABELS).rows] == [2, 2, 2]
