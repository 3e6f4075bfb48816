from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.qwen.lookup import Lookup, printed_on
from extractor.pages.page import Page

PageMaker = Callable[..., Page]
PRINT = (
    "Harrow & Fenn Ltd.",
    "Invoice No.",
    "INV-2024-00417",
    'Oak board "A"',
    "2",
    "10,00",
    "Pine board",
    "12",
    "5,00",
)


@pytest.mark.parametrize(
    ("answer", "guess"),
    [
        ('{"number": "INV', '-2024-00417"'),
        ('{"number": "INV-2024-00417', '"'),
        ('{"seller": "Harrow', ' & Fenn Ltd."'),
        ('{"item": "Oak', ' board \\"A\\""'),
        ('{"number": "elsewhere', ""),
        ('{"number":', " null"),
        ('{"number": ', "null"),
        ('{"num', ""),
        ("", ""),
        ("{", ""),
    ],
)
def test_a_value_goes_on_as_its_piece_of_print_does(answer: str, guess: str) -> None:
    assert Lookup(PRINT).guess(answer) == guess


def test_an_empty_value_begins_with_what_follows_the_last_value_on_the_page() -> None:
    lookup = Lookup(PRINT)
    assert lookup.guess('{"item": "Oak board \\"A\\"", "count": "') == '2"'
    assert lookup.guess('{"item": "Oak board \\"A\\"", "count": "2", "price": "') == '10,00"'


def test_a_text_that_stands_twice_goes_on_where_the_answer_has_come_to() -> None:
    lookup = Lookup(("Oak board 20 mm", "Oak board 30 mm"))
    assert lookup.guess('{"item": "Oak') == ' board 20 mm"'
    assert lookup.guess('{"item": "Oak board 20 mm", "next": "Oak') == ' board 30 mm"'


def test_a_value_is_looked_for_where_a_word_begins() -> None:
    assert Lookup(("412", "12 pieces")).guess('{"count": "12') == ' pieces"'


def test_a_row_is_guessed_to_have_the_same_cells_as_the_row_before() -> None:
    lookup = Lookup(PRINT)
    rows = '{"rows": [{"item": "Oak board \\"A\\"", "code": null, "count": "2", "price": "10,00"}, {"item":'
    assert lookup.guess(rows) == ' "Pine board"'
    assert lookup.guess(rows + ' "Pine board", "code":') == " null"
    assert lookup.guess(rows + ' "Pine board", "code": null, "count":') == ' "12"'


def test_without_print_only_absence_is_guessed() -> None:
    assert Lookup(()).guess('{"number":') == " null"
    assert Lookup(()).guess('{"number": "1') == ""


@given(answer=st.text(alphabet='{}[]",: \\abn1', max_size=60), printed=st.lists(st.text(max_size=8)))
def test_any_beginning_of_an_answer_has_a_guess_or_none(answer: str, printed: list[str]) -> None:
    assert isinstance(Lookup(printed).guess(answer), str)


def test_the_pieces_of_a_page_are_parted_by_its_gaps(make_page: PageMaker) -> None:
    page = make_page("Invoice No. 17", (200.0, "Date 5"), "Total")
    assert printed_on(page) == ("Invoice No. 17", "Date 5", "Total")


def test_a_page_without_words_has_no_print(make_page: PageMaker) -> None:
    assert printed_on(make_page()) == ()
