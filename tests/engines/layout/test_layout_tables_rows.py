"""Which printed rows make one item, over lines and pages, and where the items end."""

import pytest
from engines.layout.pages import LABELS, block, grid, page

from extractor.engines.layout.cells import sheet_of
from extractor.engines.layout.labelled import label
from extractor.engines.layout.printed_numbers import PrintedNumbers
from extractor.engines.layout.table_ends import TableEnds
from extractor.engines.layout.tables.printed import PrintedTable
from extractor.engines.layout.tables.rows import read_tables
from extractor.pages.page import Page
from extractor.values.conventions import Conventions

COLUMNS = "50 >300 >400 >545"
HEAD = "Description | Qty | Price | Amount"


def tables(*pages: Page) -> list[PrintedTable]:
    sheets = [sheet_of(each, LABELS) for each in pages]
    labelled_sheets = [label(sheet, LABELS.fields, LABELS.titles) for sheet in sheets]
    ends = TableEnds(
        labelled_sheets, LABELS.sums["line_items"], PrintedNumbers(Conventions(decimal_mark="."))
    )
    return read_tables(sheets, LABELS.tables["line_items"], ends=ends)


def rows_of(*pages: Page) -> list[list[str]]:
    found = tables(*pages)
    assert len(found) <= 1
    return [[cell.text for _, cell in sorted(row.cells.items())] for table in found for row in table.rows]


def body(*rows: str, top: float = 300, step: float = 16) -> list[str]:
    return grid(COLUMNS, HEAD, *rows, top=top, step=step)


def test_each_row_with_numbers_is_an_item() -> None:
    assert rows_of(page(body("Oak board | 2 | 3.50 | 7.00", "Brass hinge | 4 | 2.00 | 8.00"))) == [
        ["Oak board", "2", "3.50", "7.00"],
        ["Brass hinge", "4", "2.00", "8.00"],
    ]


def test_a_description_that_wraps_downwards_joins_its_item() -> None:
    rows = rows_of(
        page(
            body(
                "Oak board, | 2 | 3.50 | 7.00",
                "planed and oiled |  |  | ",
                "Brass hinge | 4 | 2.00 | 8.00",
                "with screws |  |  | ",
                step=14,
            )
        )
    )
    assert [row[0] for row in rows] == ["Oak board, planed and oiled", "Brass hinge with screws"]


def test_where_groups_have_headings_so_they_have_on_the_next_page() -> None:
    first = page(body("Joinery |  |  | ", "Oak board | 2 | 3.50 | 7.00", "Brass hinge | 4 | 2.00 | 8.00"))
    more = ("Pine board | 2 | 3.50 | 7.00", "Tin plate | 4 | 2.00 | 8.00")
    later = ("Metal |  |  | ", "Zinc plate | 4 | 2.00 | 8.00")
    found = rows_of(first, page(body(*more, *later), number=2))
    assert [row[0] for row in found] == ["Oak board", "Brass hinge", "Pine board", "Tin plate", "Zinc plate"]


def test_lines_set_close_to_an_items_numbers_above_and_below_join_it() -> None:
    rows = rows_of(
        page(
            grid(COLUMNS, HEAD, top=300),
            "Oak board, @50,320",
            grid(COLUMNS, "planed and | 2 | 3.50 | 7.00", top=333),
            "oiled @50,346",
            "Brass hinge, @50,380",
            grid(COLUMNS, "with | 4 | 2.00 | 8.00", top=393),
            "screws @50,406",
        )
    )
    assert [row[0] for row in rows] == ["Oak board, planed and oiled", "Brass hinge, with screws"]


def test_the_totals_end_the_items() -> None:
    rows = rows_of(
        page(
            body(
                "Oak board | 2 | 3.50 | 7.00",
                "Subtotal |  |  | 7.00",
                "VAT 19% |  |  | 1.33",
                "Total |  |  | 8.33",
            )
        )
    )
    assert [row[0] for row in rows] == ["Oak board"]


def test_text_below_the_last_item_is_not_of_it() -> None:
    rows = rows_of(page(body("Oak board | 2 | 3.50 | 7.00"), "Payment terms: 30 days net @50,332"))
    assert [row[0] for row in rows] == ["Oak board"]


@pytest.mark.parametrize(("gap", "count"), [(5 * 13 - 0.5, 2), (5 * 13 + 0.5, 1)])
def test_a_gap_of_more_than_five_row_heights_ends_the_items(gap: float, count: int) -> None:
    last = 316 + 13
    rows = rows_of(
        page(body("Oak board | 2 | 3.50 | 7.00"), grid(COLUMNS, "Hinge | 1 | 2.00 | 2.00", top=last + gap))
    )
    assert len(rows) == count


def test_a_header_repeated_on_the_next_page_goes_on_with_the_table() -> None:
    rows = rows_of(
        page(body("Oak board | 2 | 3.50 | 7.00")),
        page(block("Page 2", x=50, top=40), body("Brass hinge | 4 | 2.00 | 8.00", top=100), number=2),
    )
    assert [row[0] for row in rows] == ["Oak board", "Brass hinge"]


def test_a_table_goes_on_at_the_top_of_the_next_page_without_a_header() -> None:
    (table,) = tables(
        page(body("Oak board | 2 | 3.50 | 7.00")),
        page(grid(COLUMNS, "Brass hinge | 4 | 2.00 | 8.00", "Total |  |  | 15.00", top=40), number=2),
    )
    assert [row.page for row in table.rows] == [1, 2]
    assert [row.cells[0].text for row in table.rows] == ["Oak board", "Brass hinge"]


def test_a_table_that_ended_does_not_go_on_without_a_header() -> None:
    rows = rows_of(
        page(body("Oak board | 2 | 3.50 | 7.00", "Total |  |  | 7.00")),
        page(grid(COLUMNS, "Brass hinge | 4 | 2.00 | 8.00", top=40), number=2),
    )
    assert [row[0] for row in rows] == ["Oak board"]


@pytest.mark.parametrize("label_of_sum", ["Subtotal", "Zwischensumme", "Sous-total", "小计"])
def test_a_sum_at_the_foot_of_a_page_is_no_item(label_of_sum: str) -> None:
    rows = rows_of(
        page(body("Oak board | 2 | 3.50 | 7.00", f"{label_of_sum} |  |  | 7.00")),
        page(body("Brass hinge | 4 | 2.00 | 8.00", top=40), number=2),
    )
    assert [row[0] for row in rows] == ["Oak board", "Brass hinge"]


def test_a_cell_stands_on_the_page_and_the_lines_it_was_read_from() -> None:
    (table,) = tables(page(body("Oak board, | 2 | 3.50 | 7.00", "planed |  |  | ", step=14)))
    evidence = table.rows[0].cells[0].evidence
    assert evidence.page == 1
    assert [round(box.y0) for box in evidence.boxes] == [314, 328]


def test_details_with_labels_of_their_own_are_not_the_description() -> None:
    (row,) = rows_of(
        page(
            body(
                "Oak board | 2 | 3.50 | 7.00",
                "Serial no: 88123 |  |  | ",
                "Origin: Latvia |  |  | ",
                step=14,
            )
        )
    )
    assert row[0] == "Oak board"


def test_a_price_worked_out_over_lines_is_its_outcome() -> None:
    (row,) = rows_of(
        page(
            body(
                "Oak board | 2 | 20.00 | 36.00",
                " |  | - 2.00 | ",
                " |  | = 18.00 | ",
                step=14,
            )
        )
    )
    assert row[2] == "= 18.00"


def test_a_header_without_rows_is_no_table() -> None:
    assert tables(page(body())) == []
    assert tables(page(body("Total |  |  | 7.00"))) == []
    assert tables() == []


NUMBERED = "50 90 >345 >450 >545"
NAMES = "Pos | Description | Quantity | Unit price | Amount"


def test_a_heading_of_a_group_is_no_part_of_an_item() -> None:
    rows = (
        NAMES,
        "01 | Scaffolding |  |  | ",
        "01.1 | Scaffold, put up | 120 | 8.40 | 1008.00",
        "02 | Painting |  |  | ",
        "02.1 | First coat | 110 | 4.20 | 462.00",
    )
    found = rows_of(page(grid(NUMBERED, *rows, top=280)))
    assert [row[1] for row in found] == ["Scaffold, put up", "First coat"]


def test_a_text_without_a_position_still_joins_its_item() -> None:
    rows = (
        NAMES,
        "1 | Scaffold | 120 | 8.40 | 1008.00",
        " | put up |  |  | ",
        "2 | Coat | 110 | 4.20 | 462.00",
    )
    found = rows_of(page(grid(NUMBERED, *rows, top=280)))
    assert [row[1] for row in found] == ["Scaffold put up", "Coat"]


def test_where_items_have_no_position_a_row_beginning_there_is_kept() -> None:
    rows = (
        NAMES,
        " | Scaffold | 120 | 8.40 | 1008.00",
        "A2 | put up |  |  | ",
        " | Coat | 110 | 4.20 | 462.00",
    )
    found = rows_of(page(grid(NUMBERED, *rows, top=280)))
    assert any("put up" in cell for row in found for cell in row)


def test_a_text_in_a_nameless_first_column_is_no_position() -> None:
    rows = ("Note | Qty | Price | Amount", "Oak board, | 2 | 3.50 | 7.00", "planed |  |  | ")
    found = rows_of(page(grid(COLUMNS, *rows, "Hinge | 4 | 2.00 | 8.00", top=300, step=14)))
    assert [row[0] for row in found] == ["Oak board, planed", "Hinge"]


def titled(*rows: str, head: str = HEAD) -> list[str]:
    printed = grid(COLUMNS, head, *rows, top=300, step=16)
    return [row[0] for row in rows_of(page(printed))]


def test_a_heading_right_under_the_head_tells_that_there_are_more() -> None:
    first_group = ["Services |  |  | ", "Oak board | 2 | 3.50 | 7.00", "Brass hinge | 4 | 2.00 | 8.00"]
    second_group = ["Consumables |  |  | ", "Hinge pin | 1 | 1.00 | 1.00"]
    assert titled(*first_group, *second_group) == ["Oak board", "Brass hinge", "Hinge pin"]
    assert titled(*first_group[1:], *second_group)[1] == "Brass hinge Consumables"


@pytest.mark.parametrize(
    ("closing", "is_last"),
    [("Total |  |  | 17.00", True), ("Subtotal |  |  | 17.00", False)],
)
def test_rows_behind_a_sum_are_marked(closing: str, *, is_last: bool) -> None:
    rows = ["Oak board | 2 | 3.50 | 7.00", "Brass hinge | 4 | 2.00 | 8.00"]
    printed = page(body(*rows, "Subtotal |  |  | 15.00", "Freight | 1 | 2.00 | 2.00", closing))
    (found,) = tables(printed)
    assert [row.is_behind_sum for row in found.rows] == [False, False, True]
    assert [row.is_behind_last_sum for row in found.rows] == [False, False, is_last]


def test_charges_between_two_sums_of_other_names_are_behind_the_last() -> None:
    rows = ["Oak board |  |  | 7.00", "Brass hinge |  |  | 8.00", "Total of lines |  |  | 15.00"]
    charge = ["Freight |  |  | 2.00", "Subtotal |  |  | 17.00", "VAT 20 % |  |  | 3.40"]
    (found,) = tables(page(body(*rows, *charge, "Total |  |  | 20.40")))
    assert [row.is_behind_last_sum for row in found.rows] == [False, False, True]


@pytest.mark.parametrize(
    ("below", "is_text"), [("Within 10 days", False), ("10 days", True), ("within a box", True)]
)
def test_terms_right_below_the_last_item_are_no_text_of_it(below: str, *, is_text: bool) -> None:
    (row,) = rows_of(page(body("Oak board | 2 | 3.50 | 7.00", f"{below} |  |  | ", step=14)))
    assert (row[0] != "Oak board") is is_text
