"""Labels set downwards are captions, and other characters under each other are none."""

import pytest
from engines.layout.pages import LABELS, page

from extractor.engines.layout.cells import Sheet, sheet_of
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Word


def sheet(*prints: str) -> Sheet:
    return sheet_of(page(*prints), LABELS)


def texts(cut: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in cut.rows]


def test_a_label_set_downwards_is_a_caption_and_leaves_the_rows() -> None:
    cut = sheet("购买方信息 @v40,100", "名称：青禾五金有限公司 @70,105")
    assert [caption.text for caption in cut.captions] == ["购买方信息"]
    assert texts(cut) == [["名称：青禾五金有限公司"]]


def test_a_caption_drawn_as_one_tall_word_is_known_too() -> None:
    tall = Word(text="购买方", box=Box(40, 100, 50, 140))
    cut = sheet_of(Page(number=1, width=595, height=842, words=(tall,)), LABELS)
    assert [caption.text for caption in cut.captions] == ["购买方"]
    assert cut.rows == ()


def test_a_column_of_one_character_units_is_no_caption() -> None:
    cut = sheet("个 @300,100", "箱 @300,114", "套 @300,128")
    assert cut.captions == ()
    assert texts(cut) == [["个"], ["箱"], ["套"]]


def test_two_captions_below_each_other_stay_two() -> None:
    cut = sheet("购买方 @v40,100", "销售方 @v40,400")
    assert sorted(caption.text for caption in cut.captions) == ["购买方", "销售方"]


def test_the_heading_of_a_narrow_column_stays_in_its_row() -> None:
    cut = sheet("产品名称 @50,100", "数量 @v300,100", "金额（元） @400,100", "备注 @v30,300")
    assert texts(cut)[0] == ["产品名称", "数量", "金额（元）"]
    assert [caption.text for caption in cut.captions] == ["备注"]  # a field's label


@pytest.mark.parametrize(("first", "second"), [("货物", "运输"), ("数量", "金额")])  # or called like columns
def test_units_below_each_other_are_no_heading(first: str, second: str) -> None:
    upper = [f"{first} @50,100", "项 @300,100", "9.00 @400,100"]
    lower = [f"{second} @50,114", "次 @300,114", "7.00 @400,114"]
    assert texts(sheet(*upper, *lower)) == [[first, "项", "9.00"], [second, "次", "7.00"]]
