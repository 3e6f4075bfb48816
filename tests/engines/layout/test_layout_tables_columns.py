"""Words of a table's body go to the column with which they line up."""

import pytest
from engines.layout.pages import LABELS, grid, page

from extractor.engines.layout.cells import sheet_of
from extractor.engines.layout.tables.columns import assign, is_figure
from extractor.engines.layout.tables.head import find_heads

LEXICON = LABELS.tables["line_items"]


def assigned(*prints: str | list[str]) -> list[list[str]]:
    """Read a page that begins with a header; return the text of each column, row by row."""
    sheet = sheet_of(page(*prints), LABELS)
    (head,) = find_heads(sheet, LEXICON)
    rows = assign(sheet.rows[head.last_row + 1 :], head.columns)
    return [[" ".join(run.text for run in runs) for runs in row] for row in rows]


def in_columns(columns: str, *rows: str) -> list[list[str]]:
    return assigned(grid(columns, *rows, top=300))


@pytest.mark.parametrize(
    "columns", ["50 >300 >400 >545", "50 270 350 480", "50 |280 |380 |500", "50 |280 >400 480"]
)
def test_columns_may_be_aligned_left_right_or_in_the_middle(columns: str) -> None:
    rows = in_columns(
        columns,
        "Description | Qty | Price | Amount",
        "Oak board, planed | 12 | 3.50 | 42.00",
        "Brass hinge | 1,200 | 0.95 | 1,140.00",
    )
    assert rows == [
        ["Oak board, planed", "12", "3.50", "42.00"],
        ["Brass hinge", "1,200", "0.95", "1,140.00"],
    ]


def test_numbers_may_be_aligned_unlike_their_heading() -> None:
    head = grid("50 250 350 480", "Description | Quantity | Unit Price | Amount", top=300)
    body = grid(
        "50 >290 >400 >520", "Oak board | 2 | 3.50 | 7.00", "Brass hinge | 40 | 11.00 | 440.00", top=316
    )
    assert assigned(head, body) == [
        ["Oak board", "2", "3.50", "7.00"],
        ["Brass hinge", "40", "11.00", "440.00"],
    ]


def test_a_long_description_reaches_under_the_next_heading() -> None:
    rows = in_columns(
        "50 >300 >400 >545",
        "Description | Qty | Price | Amount",
        "Oak board, planed on both sides, 40 mm | 2 | 3.50 | 7.00",
    )
    assert rows == [["Oak board, planed on both sides, 40 mm", "2", "3.50", "7.00"]]


def test_an_empty_cell_stays_empty() -> None:
    rows = in_columns(
        "50 >250 >350 >450 >545",
        "Description | Qty | Price | VAT % | Amount",
        "Oak board | 2 | 3.50 | 19 % | 7.00",
        "Delivery |  |  | 19 % | 5.00",
    )
    assert rows[1] == ["Delivery", "", "", "19 %", "5.00"]


def test_a_number_in_the_description_is_not_taken_for_the_quantity() -> None:
    rows = in_columns(
        "50 >300 >400 >545", "Description | Qty | Price | Amount", "Hinge 40 mm type 7 | 2 | 3.50 | 7.00"
    )
    assert rows == [["Hinge 40 mm type 7", "2", "3.50", "7.00"]]


def test_a_run_that_the_file_sets_without_a_gap_is_cut_at_the_column() -> None:
    head = grid("50 >293 300 >420 >545", "Description | Qty | Unit | Price | Amount", top=300)
    body = ["Oak board @50,316", "2 @>293,316", "pcs @300,316", "3.50 @>420,316", "7.00 @>545,316"]
    assert assigned(head, body) == [["Oak board", "2", "pcs", "3.50", "7.00"]]


def test_two_words_with_a_narrow_gap_under_two_columns_of_numbers_are_cut() -> None:
    head = grid("50 >300 >345 >545", "Description | Qty | Price | Amount", top=300)
    body = ["Oak board @50,316", "12 @>300,316", "1,313.50 @>345,316", "7.00 @>545,316"]
    assert assigned(head, body)[0][1:3] == ["12", "1,313.50"]


def test_runs_keep_the_order_of_the_columns() -> None:
    rows = in_columns(
        "50 >300 >400 >545",
        "Description | Qty | Price | Amount",
        "Oak board | 2 | 3.50 | 7.00",
        " |  | 3.50 | 7.00",
    )
    assert rows[1] == ["", "", "3.50", "7.00"]


def test_no_word_of_a_body_is_lost() -> None:
    rows = in_columns(
        "50 >300 >400 >545",
        "Description | Qty | Price | Amount",
        "one two three | 4 | 5 | 6",
        "seven | 8 | nine | 10",
    )
    assert sorted(" ".join(cell for row in rows for cell in row).split()) == sorted(
        ["one", "two", "three", "4", "5", "6", "seven", "8", "nine", "10"]
    )


@pytest.mark.parametrize(("edge", "column"), [(302, 1), (305, 0)])
def test_a_text_right_under_a_heading_of_numbers_is_a_unit(edge: int, column: int) -> None:
    head = grid("205 >300 >400 >545", "Description | Quantity | Price | Amount", top=300)
    body = [f"pcs @>{edge},316", "3.50 @>400,316", "7.00 @>545,316"]
    assert assigned(head, body)[0][column] == "pcs"


def test_a_phrase_with_numbers_in_it_is_no_number_of_the_next_column() -> None:
    head = grid("50 >330 >430 >545", "Item | Qty | Price | Amount", top=300)
    body = grid(
        "50 >330 >430 >545",
        "Bracket to drawing 4471-C, rev. 3, deburred | 60 | 7.54 | 452.40",
        "Toner | 4 | 53.73 | 214.92",
        top=316,
    )
    assert assigned(head, body)[0] == ["Bracket to drawing 4471-C, rev. 3, deburred", "60", "7.54", "452.40"]


@pytest.mark.parametrize(
    ("text", "is_number"),
    [("60", True), ("7.50 h", True), ("120 pieces", True), ("rev. 3, deburred", False), ("deburred", False)],
)
def test_a_figure_is_a_number_with_a_unit_at_most(text: str, *, is_number: bool) -> None:
    assert is_figure(text) is is_number


def test_a_text_that_ends_close_to_a_column_with_its_own_number_is_one() -> None:
    head = grid("50 154 >400 >545", "Code | Text | Price | Amount", top=300)
    body = ["G8 @50,316", "Juice, case 6 × 1 @154,316", "4 @250,316", "14,71 @>400,316", "58,84 @>545,316"]
    quantity = "Qty @250,300"
    assert assigned(head, quantity, *body)[0] == ["G8", "Juice, case 6 × 1", "4", "14,71", "58,84"]
