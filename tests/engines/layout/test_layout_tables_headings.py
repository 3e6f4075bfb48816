"""Headings of groups and notes in the margin are told from items and their texts."""

import pytest
from engines.layout.pages import LABELS, grid, page

from extractor.engines.layout.cells import Cell, sheet_of
from extractor.engines.layout.tables.column import Column
from extractor.engines.layout.tables.columns import assign
from extractor.engines.layout.tables.head import find_heads
from extractor.engines.layout.tables.headings import within_columns, without_headings
from extractor.pages.geometry import union

COLUMNS = "50 >300 >400 >545"
HEAD = "Description | Qty | Price | Amount"
ITEM, OTHER = "Oak board | 2 | 3.50 | 7.00", "Brass hinge | 4 | 2.00 | 8.00"


def body(
    *prints: str | list[str], columns: str = COLUMNS, head: str = HEAD
) -> tuple[list[tuple[Cell, ...]], tuple[Column, ...]]:
    """Return the rows below a header, and its columns."""
    sheet = sheet_of(page(grid(columns, head, top=300), *prints), LABELS)
    (found,) = find_heads(sheet, LABELS.tables["line_items"])
    return list(sheet.rows[found.last_row + 1 :]), found.columns


def kept(
    *prints: str | list[str], columns: str = COLUMNS, head: str = HEAD, behind: int | None = None
) -> list[str]:
    """Return the first texts of the rows that are no headings; `behind` is the row behind a sum."""
    rows, found = body(*prints, columns=columns, head=head)
    left = without_headings(
        (assignments := assign(rows, found)),
        [bool(assignment[-1]) for assignment in assignments],
        found,
        [union(cell.box for cell in row) for row in rows],
        behind_sums=[index == behind for index in range(len(rows))],
    )
    return [rows[index][0].text for index in left]


def in_rows(*rows: str, top: float = 320, step: float = 16) -> list[str]:
    return grid(COLUMNS, *rows, top=top, step=step)


def test_a_text_above_the_first_item_is_a_heading_where_items_are_named() -> None:
    assert kept(in_rows("Joinery |  |  | ", ITEM, OTHER)) == ["Oak board", "Brass hinge"]
    assert kept(in_rows("Joinery |  |  | ", " | 2 | 3.50 | 7.00")) == ["Joinery", "2"]


@pytest.mark.parametrize("line", ["Oak board,", "Oak-", "Oak board &", "Oak /"])
def test_a_text_that_breaks_off_above_the_first_item_is_its_own(line: str) -> None:
    assert kept(in_rows(f"{line} |  |  | ", "planed | 2 | 3.50 | 7.00")) == [line, "planed"]


def test_a_text_between_items_belongs_to_the_one_above() -> None:
    assert kept(in_rows(ITEM, "planed |  |  | ", OTHER)) == ["Oak board", "planed", "Brass hinge"]


def test_a_text_right_behind_a_sum_is_a_heading() -> None:
    assert kept(in_rows(ITEM, "Metal |  |  | ", OTHER), behind=1) == ["Oak board", "Brass hinge"]


@pytest.mark.parametrize(("off", "is_heading"), [(-0.9, True), (-1.1, False)])
def test_a_later_heading_keeps_the_distance_of_items_to_a_point(off: float, *, is_heading: bool) -> None:
    first = in_rows("Joinery |  |  | ", ITEM, OTHER)
    last = 352 + 16 + off
    later = [f"Metal @50,{last}", *in_rows("Tin plate | 1 | 5.00 | 5.00", top=last + 16)]
    assert ("Metal" not in kept(first, later)) is is_heading


def test_without_a_heading_above_a_text_at_that_distance_is_none() -> None:
    assert "Metal" in kept(in_rows(ITEM, OTHER, "Metal |  |  | ", "Tin plate | 1 | 5.00 | 5.00"))


@pytest.mark.parametrize(
    ("title", "is_kept"), [("Phase 2: fitting", False), ("Colour: red 2", True), ("Phase two: fitting", True)]
)
def test_a_counted_text_at_that_distance_is_one(title: str, *, is_kept: bool) -> None:
    shown = kept(in_rows(ITEM, OTHER, f"{title} |  |  | ", "Tin plate | 1 | 5.00 | 5.00"))
    assert (title in shown) is is_kept


def test_a_heading_may_reach_over_several_columns() -> None:
    columns, head = "50 100 >300 >400 >545", "Code | Description | Qty | Price | Amount"
    rows = grid(columns, "A1 | Oak board | 2 | 3.50 | 7.00", "A2 | Hinge | 4 | 2.00 | 8.00", top=340)
    title = "Fittings for the north @50,320"
    assert "Fittings for the north" not in kept(title, rows, columns=columns, head=head)


def test_a_row_with_an_amount_alone_is_the_sum_of_a_group() -> None:
    groups = (ITEM, OTHER, "Joinery in all |  |  | 15.00", "Metal |  |  | ", "Tin plate | 1 | 5.00 | 5.00")
    assert "Metal" not in kept(in_rows(*groups))


def test_a_row_of_two_texts_or_more_digits_than_letters_is_no_heading() -> None:
    assert "4711-20 A" in kept(in_rows("4711-20 A |  |  | ", ITEM))
    assert "Joinery" in kept(in_rows("Joinery | new |  | ", ITEM))


NUMBERED = "50 90 >345 >450 >545"
NAMES = "Pos | Description | Quantity | Unit price | Amount"


@pytest.mark.parametrize(
    ("position", "left"), [("2.1", ["1.1", "2.1"]), ("", ["1.1", "2", "Coat"])], ids=["each", "not each"]
)
def test_a_position_without_an_amount_is_a_heading_where_every_item_has_one(
    position: str, left: list[str]
) -> None:
    rows = ("1.1 | Board | 1 | 8.00 | 8.00", "2 | Paint |  |  | ", f"{position} | Coat | 1 | 4.00 | 4.00")
    assert kept(grid(NUMBERED, *rows, top=320), columns=NUMBERED, head=NAMES) == left


@pytest.mark.parametrize(("place", "is_kept"), [(545 + 14.9, True), (545 + 15.1, False)])
def test_a_text_right_of_the_table_by_more_than_15_points_is_beside_it(
    place: float, *, is_kept: bool
) -> None:
    rows, columns = body(in_rows(ITEM, OTHER), f"a note @{place},352")
    texts = [cell.text for row in within_columns(rows, columns) for cell in row]
    assert ("a note" in texts) is is_kept


@pytest.mark.parametrize(("place", "is_kept"), [(545 + 44.9, True), (545 + 45.1, False)])
def test_a_lone_item_does_not_tell_how_far_its_table_reaches(place: float, *, is_kept: bool) -> None:
    rows, columns = body(in_rows(ITEM), f"a note @{place},336")
    texts = [cell.text for row in within_columns(rows, columns) for cell in row]
    assert ("a note" in texts) is is_kept


def test_a_text_left_of_the_table_is_beside_it_and_its_row_is_dropped() -> None:
    columns = "150 >300 >400 >545"
    rows, found = body(grid(columns, ITEM, OTHER, top=320), "Our bank @20,352", columns=columns)
    assert len(rows) == 3
    assert [row[0].text for row in within_columns(rows, found)] == ["Oak board", "Brass hinge"]


def test_a_table_reaches_as_far_as_most_of_its_items() -> None:
    rows, columns = body(in_rows(ITEM, OTHER), "pcs @580,320", "pcs @580,336")
    assert within_columns(rows, columns) == rows


def test_where_nothing_is_an_item_every_row_is_kept() -> None:
    rows, columns = body("Our bank @20,320", "Call us @580,320")
    assert within_columns(rows, columns) == rows


@pytest.mark.parametrize(
    "total", ["Total Joinery", "Joinery", "Sum of it all: Joinery", "Subtotal Carpentry"]
)
def test_a_text_that_a_sum_names_again_is_the_heading_of_a_group(total: str) -> None:
    rows, found = body(in_rows(ITEM, "Joinery |  |  | ", OTHER))
    left = without_headings(
        assign(rows, found),
        [True, False, True],
        found,
        [union(cell.box for cell in row) for row in rows],
        behind_sums=[False] * 3,
        sums=[f"{total} 8.00"],
    )
    assert (1 in left) is (total != "Total Joinery")


def test_a_groups_sum_may_stand_among_the_items() -> None:
    total = ["Total Joinery @>400,368", "8.00 @>545,368"]
    assert "Joinery" not in kept(in_rows(ITEM, "Joinery |  |  | ", OTHER), *total)
    assert "Joinery" in kept(in_rows(ITEM, "Joinery |  |  | ", OTHER))


def test_a_heading_over_two_columns_is_named_by_its_sum() -> None:
    rows, found = body(
        grid("20 50 >400 >545", "Lot 1: | Joinery |  | ", top=320), in_rows(ITEM, OTHER, top=336)
    )
    left = without_headings(
        assign(rows, found),
        [False, True, True],
        found,
        [union(cell.box for cell in row) for row in rows],
        behind_sums=[False] * 3,
        sums=["Total Lot 1: Joinery 15.00"],
    )
    assert left == [1, 2]


@pytest.mark.parametrize(("first", "left"), [("001", [1, 2]), ("104", [0, 1, 2])])
def test_a_text_beside_running_numbers_is_a_heading_under_any_name(first: str, left: list[int]) -> None:
    head = "Item | Description | Qty | Amount"
    columns = "50 120 >400 >545"
    printed = grid(
        columns, "Lot 2: | Joinery |  | ", f"{first} | Board | 2 | 7.00", "002 | Hinge | 4 | 8.00", top=340
    )
    rows, found = body(printed, columns=columns, head=head)
    kept = without_headings(
        assign(rows, found),
        [False, True, True],
        found,
        [union(cell.box for cell in row) for row in rows],
        behind_sums=[False] * 3,
    )
    assert kept == left


@pytest.mark.parametrize(
    ("sum_of", "is_kept"), [("耗材小计", False), ("小计耗材", False), ("设备小计", True)]
)
def test_a_text_that_a_chinese_sum_names_is_a_heading(sum_of: str, *, is_kept: bool) -> None:
    lines, found = body(in_rows(ITEM, "耗材 |  |  | ", OTHER))
    left = without_headings(
        (assignments := assign(lines, found)),
        [bool(assignment[-1]) for assignment in assignments],
        found,
        [union(cell.box for cell in row) for row in lines],
        behind_sums=[False] * len(lines),
        sums=[sum_of],
    )
    assert (1 in left) is is_kept
