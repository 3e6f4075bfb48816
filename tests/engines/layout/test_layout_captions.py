"""What stands beside a caption set downwards is one text, line by line."""

from engines.layout.pages import field


def test_remarks_beside_a_caption_set_downwards_are_read_line_by_line() -> None:
    prints = ("备注 @v40,600", "合同编号：HT-2026-08 @80,602", "项目：三号车间照明 @80,616")
    assert field("remarks", prints) == "合同编号：HT-2026-08\n项目：三号车间照明"


def test_lines_of_its_box_above_and_below_the_caption_belong_to_it() -> None:
    prints = ("备注 @v40,620", "合同编号：HT-1 @80,606", "项目：照明 @80,622", "付款期限：30天 @80,638")
    assert field("remarks", prints) == "合同编号：HT-1\n项目：照明\n付款期限：30天"


def test_what_stands_elsewhere_belongs_to_no_caption() -> None:
    prints = ("备注 @v40,600", "项目：照明 @80,602", "收款人：秦若溪 @80,660")
    assert field("remarks", prints) == "项目：照明"
