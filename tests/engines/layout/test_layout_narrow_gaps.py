"""A row whose columns nearly touch is parted where the heads above it begin."""

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
