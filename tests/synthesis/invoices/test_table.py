from dataclasses import replace
from decimal import Decimal

from synthesis.invoices.columns import cell, fitted
from synthesis.invoices.content import Content
from synthesis.invoices.drawing import draw_content

from .drawn_content import some_content, with_record, with_table
from .pages import printed_words


def _long(count: int) -> Content:
    """Return an invoice of so many lines that are all alike."""
    content = some_content(3)
    entry = replace(
        content.bill.record.line_items[0],
        description="Thing",
        group=None,
        details=(),
        net_amount=Decimal("10.00"),
        specification=None,
    )
    content = with_record(content, line_items=(entry,) * count)
    return with_table(
        content, columns=("position", "description", "quantity", "unit_price", "net_amount"), header="bold"
    )


def _words(content: Content, page: int) -> list[str]:
    return [word.text for word in printed_words(draw_content(content)) if word.page == page]


def test_a_sum_is_carried_from_page_to_page() -> None:
    content = with_table(_long(90), carries_over=True)
    first, second = _words(content, 1), _words(content, 2)
    shown = first.count("Thing")
    assert 0 < shown < 90
    total = content.layout.pen.cell(Decimal(10 * shown)).split()[-1]
    assert total in first
    assert total in second


def test_nothing_is_carried_where_the_layout_does_not() -> None:
    content = with_table(_long(90), carries_over=False)
    carried = content.layout.wording["carried"].split()[0]
    assert carried not in _words(content, 1)


def test_the_header_is_repeated_or_not() -> None:
    label = _long(90).layout.wording["description"].split()[0]
    for repeats in (True, False):
        content = with_table(_long(90), header="plain", repeats_header=repeats, carries_over=False)
        assert (label in _words(content, 2)) is repeats


def test_all_lines_are_drawn_once() -> None:
    words = [word.text for word in printed_words(draw_content(_long(90)))]
    assert words.count("Thing") == 90


def test_columns_go_until_the_description_has_room() -> None:
    content = some_content(3)
    wide = (
        "position",
        "product_code",
        "description",
        "specification",
        "quantity",
        "unit",
        "unit_price",
        "net_amount",
    )
    layout = with_table(content, columns=wide).layout
    lines = content.bill.record.line_items
    assert fitted(layout, lines, 2000.0).table.columns == wide
    narrow = fitted(layout, lines, 300.0).table.columns
    assert "specification" not in narrow
    assert {"description", "quantity", "unit_price", "net_amount"} <= set(narrow)


def test_a_unit_may_stand_in_the_cell_of_the_quantity() -> None:
    content = with_table(some_content(3), has_unit_in_quantity=True, quantity_places=None)
    entry = replace(content.bill.record.line_items[0], quantity=Decimal("2.50"), unit="box")
    assert (
        cell(content.layout, "quantity", entry, 0)
        == f"{content.layout.pen.count(Decimal('2.5'), places=None)} box"
    )


def test_a_quantity_is_never_rounded_for_the_look_of_it() -> None:
    content = with_table(some_content(3), has_unit_in_quantity=False, quantity_places=2)
    entry = replace(content.bill.record.line_items[0], quantity=Decimal("1.125"))
    assert cell(content.layout, "quantity", entry, 0)[-3:] == "125"
