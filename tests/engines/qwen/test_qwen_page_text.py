from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.engines.qwen.page_text import PageText, Strand, text_of
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Origin, Word

PageMaker = Callable[..., Page]


def texts(strands: tuple[Strand, ...]) -> list[str]:
    return [strand.text for strand in strands]


def test_rows_hold_what_stands_side_by_side(make_page: PageMaker) -> None:
    text = text_of(make_page("Harrow Ltd.", (250.0, "No. 17"), "Mill Lane 4"))
    assert texts(text.rows) == ["Harrow Ltd. No. 17", "Mill Lane 4"]


def test_flows_go_on_below_but_stay_in_their_column(make_page: PageMaker) -> None:
    text = text_of(make_page("Harrow Ltd.", (250.0, "Ship to"), "Mill Lane 4", (250.0, "Dock 9")))
    assert texts(text.flows) == ["Harrow Ltd. Mill Lane 4", "Ship to Dock 9"]


def test_a_wide_vertical_gap_ends_a_flow(make_page: PageMaker) -> None:
    page = make_page("Harrow Ltd.")
    far = Word(text="Total", box=Box(10, 60, 40, 70))
    both = Page(number=1, width=400, height=100, words=(*page.words, far))
    assert texts(text_of(both).flows) == ["Harrow Ltd.", "Total"]


def test_chinese_text_goes_on_without_a_space(make_page: PageMaker) -> None:
    text = text_of(make_page("浙江省杭州市文三路", "一百号", "Room 4"))
    assert texts(text.flows) == ["浙江省杭州市文三路一百号 Room 4"]


def test_a_page_without_words_has_no_strands_and_is_not_certain(make_page: PageMaker) -> None:
    text = text_of(make_page())
    assert (text.rows, text.flows, text.is_certain) == ((), (), False)


@pytest.mark.parametrize(("origin", "is_certain"), [(Origin.TEXT_LAYER, True), (Origin.OCR, False)])
def test_only_a_text_layer_is_certain(make_page: PageMaker, origin: Origin, *, is_certain: bool) -> None:
    assert text_of(make_page("Total 5", origin=origin)).is_certain is is_certain


@pytest.mark.parametrize("number", ["1.234,56", "-17,00", "1'234.50", "2026", "EUR1,200.00"])
def test_a_number_is_one_chunk(make_page: PageMaker, number: str) -> None:
    (row,) = text_of(make_page(f"Total {number} net")).rows
    assert list(row.chunks()) == ["Total", " ", number, " ", "net"]


def test_chinese_characters_are_chunks_of_their_own(make_page: PageMaker) -> None:
    (row,) = text_of(make_page("共3页")).rows
    assert list(row.chunks()) == ["共", "3", "页"]


def test_a_part_of_a_number_does_not_occur(make_page: PageMaker) -> None:
    (row,) = text_of(make_page("Total 1,234.56")).rows
    assert list(row.occurrences("234.56")) == []
    assert len(list(row.occurrences("1,234.56"))) == 1


def test_an_occurrence_gives_the_words_it_touches(make_page: PageMaker) -> None:
    (row,) = text_of(make_page("Date: 5 March 2026, Leeds")).rows
    (words,) = row.occurrences("5 March 2026")
    assert [word.text for word in words] == ["5", "March", "2026,"]


def test_a_row_is_parted_before_it_exceeds_its_bound(make_page: PageMaker) -> None:
    fitting = " ".join(["word"] * 60)  # 299 characters
    assert texts(text_of(make_page(fitting)).rows) == [fitting]
    assert texts(text_of(make_page(f"{fitting} more")).rows) == [fitting, "more"]


def test_a_long_flow_is_parted_at_a_sentences_end(make_page: PageMaker) -> None:
    line = "The buyer pays within thirty days of the invoice and"  # 52 characters
    short = make_page(*[line] * 5, "so on.", line)
    assert len(text_of(short).flows) == 1
    long = make_page(*[line] * 10, "so on.", line)
    assert texts(text_of(long).flows) == [" ".join([*[line] * 10, "so on."]), line]


def test_a_flow_without_an_end_is_parted_at_its_bound(make_page: PageMaker) -> None:
    flows = texts(text_of(make_page(*["and so on and on"] * 60)).flows)
    assert len(flows) == 2
    assert all(len(flow) <= 800 for flow in flows)


words = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8)


@settings(deadline=None)  # the time of a busy machine is no fault
@given(st.lists(st.lists(words, min_size=1, max_size=5), min_size=1, max_size=5))
def test_every_run_of_words_is_found_again(lines: list[list[str]]) -> None:
    page = Page(
        number=1,
        width=500,
        height=500,
        words=tuple(
            Word(text=word, box=Box(10 + 60 * column, 20 * row, 60 + 60 * column, 20 * row + 10))
            for row, line in enumerate(lines)
            for column, word in enumerate(line)
        ),
    )
    text: PageText = text_of(page)
    for strand in (*text.rows, *text.flows):
        assert "".join(strand.chunks()) == strand.text
        assert strand.words in list(strand.occurrences(strand.text))
