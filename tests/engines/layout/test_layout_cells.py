"""Rows of cells: what stands together is one cell, what a wide gap parts is two."""

import pytest
from engines.layout.pages import LABELS, SIZE, page, width_of
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.layout.cells import Sheet, cell_of, joined_lines, sheet_of
from extractor.pages.geometry import Box
from extractor.pages.lines import line_of
from extractor.pages.page import Page
from extractor.pages.word import Word

_LINE_HEIGHT = 1.3 * SIZE


def sheet(*prints: str) -> Sheet:
    return sheet_of(page(*prints), LABELS)


def texts(cut: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in cut.rows]


def two_words(gap: float) -> list[list[str]]:
    left = 50 + width_of("Quarry")
    return texts(sheet("Quarry @50,100", f"Lane @{left + gap},100"))


def test_words_with_narrow_gaps_are_one_cell() -> None:
    assert texts(sheet("Brass hinge 40 mm @50,100")) == [["Brass hinge 40 mm"]]


def test_a_gap_parts_two_cells_only_if_it_is_wider_than_1_2_line_heights() -> None:
    assert two_words(1.2 * _LINE_HEIGHT - 0.1) == [["Quarry Lane"]]
    assert two_words(1.2 * _LINE_HEIGHT + 0.1) == [["Quarry", "Lane"]]


def test_rows_run_downwards_and_cells_to_the_right() -> None:
    cut = sheet("right @400,100", "below @50,130", "left @50,100")
    assert texts(cut) == [["left", "right"], ["below"]]
    assert [(cell.row, cell.column) for cell in cut.cells] == [(0, 0), (0, 1), (1, 0)]


def test_words_on_one_row_may_stand_a_little_higher_or_lower() -> None:
    assert texts(sheet("Total @50,100", "19.00 @300,104")) == [["Total", "19.00"]]


def test_a_place_in_the_text_leads_to_the_words_that_hold_it() -> None:
    (cell,) = sheet("Invoice No: 4711 @50,100").cells
    start = cell.text.index("4711")
    assert [word.text for word in cell.words_of(start, start + 4)] == ["4711"]
    assert cell.evidence(start, start + 4).boxes == (cell.words[2].box,)
    assert [word.text for word in cell.words_of(0, 9)] == ["Invoice", "No:"]


def test_a_span_that_touches_no_word_has_no_evidence() -> None:
    (cell,) = sheet("a b @50,100").cells
    with pytest.raises(ValueError, match=r".*"):
        cell.evidence(1, 2)


def test_a_part_of_a_word_takes_its_share_of_the_words_width() -> None:
    word = Word(text="名称:Alder", box=Box(100, 10, 180, 20))
    cell = cell_of(line_of([word], page=1), row=0, column=0)
    assert cell.box_of(3, 8) == Box(130, 10, 180, 20)
    assert cell.box_of(0, 8) == word.box


def test_a_number_that_the_file_sets_in_two_pieces_is_one_word() -> None:
    cut = sheet("100. @50,100", f"00 @{50 + width_of('100.') + 1},100")
    assert texts(cut) == [["100.00"]]
    (cell,) = cut.cells
    assert cell.words[0].box.x0 == 50


def test_a_number_is_not_put_together_over_half_a_line_height() -> None:
    left = 50 + width_of("100.")
    assert texts(sheet("100. @50,100", f"00 @{left + _LINE_HEIGHT / 2 - 0.1},100")) == [["100.00"]]
    assert texts(sheet("100. @50,100", f"00 @{left + _LINE_HEIGHT / 2 + 0.1},100")) == [["100. 00"]]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Unit 4, 19 Foundry Way", "Unit 4, 19 Foundry Way"),
        ("Unit 4, 19", "Unit 4,19"),
        ("EUR 4, 19 Foundry", "EUR 4,19 Foundry"),
    ],
)
def test_numbers_of_an_address_stay_two_words(printed: str, read: str) -> None:
    assert texts(sheet(f"{printed} @50,100")) == [[read]]


def test_a_quantity_and_a_count_behind_it_stay_two_words() -> None:
    (cell,) = sheet("12 50 @50,100").cells
    assert [word.text for word in cell.words] == ["12", "50"]


@pytest.mark.parametrize("gap", [20, 30, 60])
def test_a_label_whose_characters_are_set_apart_is_put_together(gap: int) -> None:
    assert texts(sheet("名 @50,100", f"称：青禾五金有限公司 @{60 + gap},100")) == [
        ["名 称：青禾五金有限公司"]
    ]


def test_two_short_chinese_words_that_make_no_label_stay_apart() -> None:
    assert texts(sheet("个 @50,100", "箱 @100,100")) == [["个", "箱"]]


def test_what_lies_below_is_found_within_the_distance_and_the_range() -> None:
    cut = sheet("Due @50,100", "Number @300,100", "soon @52,120", "77 @310,120", "late @50,200")
    due = cut.rows[0][0]
    assert [cell.text for cell in cut.below(due.box, 0, within=20)] == ["soon"]
    assert [cell.text for cell in cut.below(due.box, 0, within=120)] == ["soon", "late"]
    assert [cell.text for cell in cut.right_of(due)] == ["Number"]


def test_wrapped_lines_join_with_a_space_but_chinese_ones_seamlessly() -> None:
    assert joined_lines(["Oak board,", "planed"]) == "Oak board, planed"
    assert joined_lines(["信息技术", "服务费"]) == "信息技术服务费"
    assert joined_lines(["螺栓", "M8"]) == "螺栓 M8"
    assert joined_lines([]) == ""


def test_an_empty_page_has_no_rows() -> None:
    assert sheet_of(page(), LABELS).rows == ()


_WORDS = st.lists(
    st.builds(
        lambda text, x, y, width, height: Word(text=text, box=Box(x, y, x + width, y + height)),
        st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=6),
        st.integers(0, 500),
        st.integers(0, 800),
        st.integers(1, 90),
        st.integers(1, 40),
    ),
    max_size=25,
)


@given(_WORDS)
def test_no_word_is_lost_or_doubled(words: list[Word]) -> None:
    cut = sheet_of(Page(number=1, width=595, height=842, words=tuple(words)), LABELS)
    kept = "".join(word.text for cell in cut.cells for word in cell.words)
    kept += "".join(caption.text for caption in cut.captions)
    assert sorted(kept) == sorted("".join(word.text for word in words))
    for cell in cut.cells:
        assert [
            cell.text[at : at + len(word.text)] for at, word in zip(cell.starts, cell.words, strict=True)
        ] == [word.text for word in cell.words]


_BOXES = (
    "1. Exporter @50,50",
    "2. Invoice No @300,50",
    "3. Consignee @50,90",
    "4. Country of Origin @300,90",
)


def test_the_numbers_of_a_forms_boxes_are_left_out() -> None:
    form = sheet(*_BOXES, "5. Date and place of shipment @50,130")
    assert [cell.text for cell in form.cells] == [
        "Exporter",
        "Invoice No",
        "Consignee",
        "Country of Origin",
        "Date and place of shipment",
    ]


def test_three_numbers_make_no_form() -> None:
    form = sheet(*_BOXES[:3], "4. Something else @300,90")
    assert next(form.cells).text == "1. Exporter"


def test_rows_that_are_counted_keep_their_numbers() -> None:
    rows = [f"{number}. Oak table, no. {number} @50,{50 + 16 * number}" for number in range(1, 7)]
    assert next(sheet(*rows).cells).text.startswith("1. ")


@pytest.mark.parametrize(
    ("above", "is_line"),
    [
        ("Half of it @50,86", True),
        ("Half of it as we agreed @53.1,86", False),  # out of line by more than three points
        ("Half @>94.3,86", True),  # in line on the right
        ("Half @|72.2,86", True),  # or in the middle
        ("Half of it @50,75", False),  # further than 0.9 line heights above
        ("Half of it @300,86", False),
    ],
)
def test_the_line_above_stands_close_and_in_line(above: str, *, is_line: bool) -> None:
    cut = sheet(above, "in 45 days @50,100")
    (cell,) = cut.rows[-1]
    assert bool(list(cut.line_above(cell))) is is_line


def test_a_row_of_what_stands_beside_may_lie_between() -> None:
    cut = sheet("Half of it @50,80", "Beside @300,86", "in 45 days @50,94")
    (cell,) = cut.rows[-1]
    assert [each.text for each in cut.above(cell)] == ["Half of it"]
    assert cut.above(cut.rows[0][0]) == ()
