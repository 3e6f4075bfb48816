from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from extractor.pages.geometry import Box
from extractor.pages.lines import Line, in_reading_order, line_of, segments
from extractor.pages.page import Page
from extractor.pages.word import Word


def _word(text: str, x: float, y: float, *, width: float = 30, height: float = 10) -> Word:
    return Word(text=text, box=Box(x, y, x + width, y + height))


def _page(*words: Word) -> Page:
    return Page(number=3, width=595, height=842, words=in_reading_order(words))


_words = st.lists(
    st.builds(
        lambda text, x, y, width, height: _word(text, x, y, width=width, height=height),
        st.text("abc", min_size=1, max_size=3),
        st.floats(-50, 600),
        st.floats(-50, 900),
        st.floats(0, 80),
        st.floats(0, 60),
    ),
    max_size=40,
)


def test_words_are_read_row_by_row_and_left_to_right() -> None:
    words = [_word("d", 50, 30), _word("b", 50, 10), _word("c", 10, 30), _word("a", 10, 10)]
    assert [word.text for word in in_reading_order(words)] == ["a", "b", "c", "d"]


def test_words_a_little_higher_or_lower_stand_in_the_same_row() -> None:
    (line,) = _page(_word("Total", 10, 100), _word("9.00", 60, 102), _word("EUR", 110, 98)).lines
    assert line.text == "Total 9.00 EUR"
    assert line.page == 3
    assert line.box == Box(10, 98, 140, 112)


def test_half_the_height_must_be_shared() -> None:
    assert len(_page(_word("a", 10, 100), _word("b", 60, 105)).lines) == 1
    assert len(_page(_word("a", 10, 100), _word("b", 60, 105.1)).lines) == 2


def test_a_word_more_than_three_times_as_high_stands_in_no_row() -> None:
    assert len(_page(_word("a", 10, 100), _word("up", 60, 90, height=30)).lines) == 1
    assert len(_page(_word("a", 10, 100), _word("up", 60, 90, height=30.1)).lines) == 2


def test_a_gap_wider_than_asked_parts_segments() -> None:
    line = line_of([_word("a", 0, 0), _word("b", 42, 0), _word("c", 84.1, 0)], page=1)
    assert [part.text for part in segments(line)] == ["a b", "c"]  # 1.2 times the height of 10
    assert [part.text for part in segments(line, gap=1.3)] == ["a b c"]
    assert [part.text for part in segments(line, gap=0)] == ["a", "b", "c"]


def test_between_print_of_two_sizes_the_smaller_height_counts() -> None:
    def parts(height: float, gap: float) -> int:
        words = _word("INVOICE", 0, 0, height=height), _word("No", 30 + gap, 0)
        return len(segments(line_of(words, page=1)))

    assert [parts(16.1, 12), parts(16.1, 12.1)] == [1, 2]  # 1.2 times the height of 10
    assert [parts(13, 12.1), parts(13, 15.5)] == [1, 1]  # of one size still: the higher one counts


def test_beside_a_logo_each_line_is_a_row_of_its_own() -> None:
    logo = _word("QUILLON", 10, 100, height=24)
    small = _word("Mill", 100, 108), _word("Ring", 140, 108), _word("Kiel", 100, 119)
    assert [line.text for line in _page(logo, *small).lines] == ["QUILLON Mill Ring", "Kiel"]


def test_a_word_of_two_thirds_of_the_rows_height_does_not_narrow_it() -> None:
    def rows(height: float) -> int:
        first = _word("QUILLON", 10, 100, height=15), _word("a", 100, 103, height=height)
        return len(_page(*first, _word("b", 140, 110, height=8)).lines)

    assert (rows(10.1), rows(10)) == (1, 2)


def test_a_segment_stays_on_its_page() -> None:
    (part,) = segments(line_of([_word("a", 0, 0)], page=7))
    assert (part.page, part.box) == (7, Box(0, 0, 30, 10))


def test_a_page_without_words_has_no_lines() -> None:
    assert _page().lines == ()
    assert _page().parted_lines == ()


def test_each_line_of_a_page_is_parted_at_its_wide_gaps() -> None:
    page = _page(_word("Total", 10, 100), _word("9.00", 300, 100), _word("Thanks", 10, 130))
    assert [[part.text for part in parts] for parts in page.parted_lines] == [["Total", "9.00"], ["Thanks"]]


@given(_words)
def test_no_word_is_lost_or_doubled(words: list[Word]) -> None:
    ordered = in_reading_order(words)
    lines = _page(*words).lines
    assert Counter(ordered) == Counter(words)
    assert Counter(word for line in lines for word in line.words) == Counter(words)
    assert Counter(word for line in lines for part in segments(line) for word in part.words) == Counter(words)


@given(_words)
def test_lines_and_segments_run_from_left_to_right(words: list[Word]) -> None:
    for line in _page(*words).lines:
        assert _runs_right(line)
        assert all(map(_runs_right, segments(line)))


@given(_words)
def test_reading_order_is_that_of_the_lines(words: list[Word]) -> None:
    page = _page(*words)
    assert tuple(word for line in page.lines for word in line.words) == page.words


def _runs_right(line: Line) -> bool:
    lefts = [word.box.x0 for word in line.words]
    return lefts == sorted(lefts)
