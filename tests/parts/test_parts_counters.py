"""Counters on a page, and how they follow those of the pages before."""

import pytest
from engines.layout.pages import LABELS, page
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.layout.cells import sheet_of
from extractor.parts.counters import Position, Succession, counters_on, succession
from extractor.values.page_counters import PageCounter

FAR = Position(page=40, of=90)


def on(*prints: str, position: Position = FAR) -> list[tuple[int, int | None]]:
    return [(each.page, each.of) for each in counters_on(sheet_of(page(*prints), LABELS), position)]


def counter(text: str) -> PageCounter:
    number, _, of = text.partition("/")
    return PageCounter(start=0, end=len(text), page=int(number), of=int(of) if of else None)


def follows(now: str, *earlier: str, position: Position = FAR) -> Succession:
    """Say how counters follow: "2/3" each, "" for a page without one."""
    pages = [[counter(each) for each in one.split()] for one in earlier]
    return succession([counter(each) for each in now.split()], pages, position)


def test_a_counter_stands_anywhere_with_a_word_for_page() -> None:
    assert on("Page 2 of 3 @50,400") == [(2, 3)]
    assert on("Seite @50,60", "2 von 3 @120,60") == [(2, 3)]
    assert on("第 @50,60", "2 @80,60", "页 共 @110,60", "3 页 @160,60") == [(2, 3)]


def test_a_heading_may_stand_over_its_counter() -> None:
    assert on("Page @50,60", "2 / 3 @50,75") == [(2, 3)]
    assert on("Seite @50,60", "2 @50,75") == [(2, None)]
    assert on("Page @50,60", "Terms @50,75") == []
    assert on("Sheet @50,60", "2 @120,60") == []  # a unit and its quantity


def test_a_unit_and_a_quantity_on_an_items_row_are_no_counter() -> None:
    row = ["1 @50,200", "Plywood @80,200", "sheet 2 @300,200", "40.00 @400,200"]
    assert on(*row) == []
    assert on(*row[1:]) == [(2, None)]
    assert on(*row[:3], "Page 2 of 3 @400,200") == [(2, 3)]


def test_a_counter_without_a_word_stands_at_the_edges_only() -> None:
    assert on("2/3 @300,820") == [(2, 3)]
    assert on("- 2 - @300,20") == [(2, None)]
    assert on("2/3 @300,400") == []


def test_the_place_in_the_file_is_left_out_beside_another_counter() -> None:
    position = Position(page=2, of=3)
    assert on("Page 1 of 1 @50,60", "2/3 @300,820", position=position) == [(1, 1)]
    assert on("2/3 @300,820", position=position) == [(2, 3)]


@pytest.mark.parametrize(
    ("now", "earlier", "expected"),
    [
        ("", ["1/2"], Succession.NONE),
        ("2/2", ["1/2"], Succession.GOES_ON),
        ("2", ["1"], Succession.GOES_ON),
        ("2", ["1/2"], Succession.GOES_ON),
        ("3/3", ["1/3", ""], Succession.GOES_ON),
        ("3/3", ["1/3"], Succession.STRAY),
        ("2/3", ["1/2"], Succession.STRAY),
        ("2/2", [""], Succession.STRAY),
        ("1/2", ["", ""], Succession.BEGINS),
        ("1", ["1", "2"], Succession.BEGINS_AGAIN),
        ("1/2", ["1/2"], Succession.BEGINS_AGAIN),
        ("1/1", ["1/2", "2/2"], Succession.BEGINS_AFTER_END),
        ("1/1", ["1/1", ""], Succession.BEGINS_AFTER_END),
        ("1/2", ["2/2"], Succession.GOES_ON),  # scanned in reverse
        ("1/3", ["2/2"], Succession.BEGINS_AFTER_END),
    ],
)
def test_a_counter_follows_those_before(now: str, earlier: list[str], expected: Succession) -> None:
    assert follows(now, *earlier) is expected


def test_a_count_through_the_whole_file_may_be_a_stamp() -> None:
    assert follows("2/3", "1/3", position=Position(page=2, of=3)) is Succession.MAY_BE_STAMPED
    assert follows("2/3", "1/3", position=Position(page=2, of=4)) is Succession.GOES_ON


@given(count=st.integers(2, 30))
def test_a_count_that_is_whole_goes_on_to_its_end(count: int) -> None:
    pages = [f"{page}/{count}" for page in range(1, count + 1)]
    for place in range(1, count):
        assert follows(pages[place], *pages[:place]) is Succession.GOES_ON
    assert follows("1/1", *pages) is Succession.BEGINS_AFTER_END
