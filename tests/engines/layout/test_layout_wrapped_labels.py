"""Labels that go over two lines are found as one, and end in the lower line."""

import pytest
from engines.layout.pages import LABELS, labelled, page

from extractor.engines.layout.cells import sheet_of
from extractor.engines.layout.spec_labels import NOTHING
from extractor.engines.layout.wrapped_labels import wrapped_labels

BOTTOM, HEIGHT = 113.0, 13.0  # of a line at 100


def wrapped(*prints: str) -> list[tuple[str, str]]:
    """Return the heads and tails of wrapped labels."""
    found = wrapped_labels(sheet_of(page(*prints), LABELS), LABELS.fields)
    return [(each.head.text, each.tail.text) for each in found]


def test_a_label_begins_in_one_line_and_ends_in_the_next() -> None:
    assert wrapped("Purchase order @50,100", "number @50,114") == [("Purchase order", "number")]
    assert wrapped("Alder Ltd @50,100", "Invoice number @50,114") == []


@pytest.mark.parametrize(("gap", "is_one"), [(0.6 * HEIGHT - 0.1, True), (0.6 * HEIGHT + 0.1, False)])
def test_lines_of_one_label_stand_closer_than_0_6_of_their_height(gap: float, *, is_one: bool) -> None:
    assert bool(wrapped("Purchase order @50,100", f"number @50,{BOTTOM + gap:g}")) is is_one


@pytest.mark.parametrize(
    ("tail", "is_one"),
    [
        ("number @53.9,114", True),
        ("number @54.1,114", False),
        ("number @>200,114", True),
        ("number @>195.9,114", False),
        ("number @|164.4,114", True),
    ],
)
def test_they_are_in_line_at_an_edge_or_the_middle_to_four_points(tail: str, *, is_one: bool) -> None:
    head = "Purchase order @50,100" if "@5" in tail else "Purchase order @>200,100"
    assert bool(wrapped(head, tail)) is is_one


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("12 Purchase order", "number"),
        ("Purchase order", "number 12"),
        ("We thank you for each purchase order", "number"),
    ],
)
def test_a_line_with_a_digit_or_more_than_five_words_is_no_part_of_a_label(head: str, tail: str) -> None:
    assert wrapped(f"{head} @50,100", f"{tail} @50,114") == []


@pytest.mark.parametrize(
    "first", [("Purchase order @50,100", "4500 @200,100"), ("Purchase order 4500 @50,100",)]
)
def test_a_value_beside_the_first_line_is_that_of_the_whole_label(first: tuple[str, ...]) -> None:
    sheet = labelled(*first, "number @50,114")
    ((cell, hit),) = sheet.labels()
    assert (cell.row, hit.start, hit.end) == (0, 0, len("Purchase order"))
    assert hit.names == ("purchase_order_number",)


@pytest.mark.parametrize(("second", "is_one"), [("4711 @200,114", False), ("4711 @300,114", True)])
def test_two_lines_with_a_value_each_are_two_labels(second: str, *, is_one: bool) -> None:
    found = wrapped("Purchase order @50,100", "4500 @200,100", "number @50,114", second)
    assert bool(found) is is_one


def test_another_label_beside_the_first_line_is_no_value() -> None:
    assert wrapped("Purchase order @50,100", "Due Date @200,100", "number @50,114") != []


def test_the_lower_line_has_the_meaning_of_the_whole_label() -> None:
    ((alone, label_alone),) = labelled("date @50,114").labels()
    ((cell, hit),) = labelled("Order @50,100", "date @50,114").labels()
    assert (alone.text, cell.text) == ("date", "date")
    assert "issue_date" in label_alone.names
    assert hit.names == (NOTHING,)
    assert (hit.start, hit.end) == (0, 4)


def test_labels_before_and_behind_the_wrapped_one_are_kept() -> None:
    sheet = labelled("Due Date / Purchase order @50,100", "number / Currency @50,114")
    found = [cell.text[hit.start : hit.end] for cell, hit in sheet.labels()]
    assert found == ["Due Date", "number", "Currency"]


def test_a_look_alike_of_two_lines_names_nothing() -> None:
    sheet = labelled("Réf. facture @50,100", "4711 @200,100", "d'origine : @50,114")
    assert [hit.names for _, hit in sheet.labels()] == [(NOTHING,)]


def test_a_title_is_no_first_line_of_the_label_under_it() -> None:
    sheet = labelled("Fatura @50,100", "N.º da fatura: 4711 @50,114")
    assert [cell.row for cell, hit in sheet.labels_of("invoice_number") if hit.start == 0] == [0, 1]
    assert wrapped("Fatura @50,100", "N.º da fatura: @50,114") == []


def test_a_label_with_its_colon_does_not_go_on() -> None:
    assert wrapped("Purchase order: @50,100", "number @50,114") == []


@pytest.mark.parametrize(("off", "is_valued"), [(0.0, True), (5.0, False)])
def test_a_value_stands_level_with_its_label(off: float, *, is_valued: bool) -> None:
    sheet = labelled("Purchase order @50,100", f"4500 @200,{100 + off:g}", "number @50,114")
    ((cell, _),) = sheet.labels_of("purchase_order_number")
    assert (cell.text == "Purchase order") is is_valued


@pytest.mark.parametrize(
    ("head", "tail"),
    [("Invoice 4711", "Due date"), ("Purchase order PO-12", "Date"), ("Invoice 4711", "Date")],
)
def test_a_label_with_a_value_of_its_own_in_another_column_is_one(head: str, tail: str) -> None:
    assert wrapped(f"{head} @50,100", f"{tail} @50,114", "05.04.2026 @300,114") == []
