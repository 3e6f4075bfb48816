from collections.abc import Callable

import pytest

from extractor.engines.contract.outline import clauses_of
from extractor.engines.qwen.clause_numbers import ClauseNumbers, clause_numbers
from extractor.engines.qwen.page_text import text_of
from extractor.engines.qwen.placement import Place, places_of
from extractor.pages.page import Page

PageMaker = Callable[..., Page]
LINES = (
    "Supply contract 4711",
    "§ 4 Zahlung",
    "(1) Rechnungen werden monatlich gestellt.",
    "(2) Zahlbar binnen 30 Tagen.",
    "§ 5 Haftung",
    "(1) Es gilt das Gesetz.",
)


@pytest.fixture
def page(make_page: PageMaker) -> Page:
    return make_page(*LINES)


@pytest.fixture
def numbers(page: Page) -> ClauseNumbers:
    return clause_numbers(clauses_of([page]))


def place(span: str, page: Page) -> Place:
    (found,) = places_of(span, text_of(page), may_wrap=True)
    return found


@pytest.mark.parametrize(
    ("span", "number"),
    [
        ("30 Tagen", "§ 4 Abs. 2"),
        ("monatlich", "§ 4 Abs. 1"),
        ("das Gesetz", "§ 5 Abs. 1"),
        ("contract", "Preamble"),
    ],
)
def test_a_place_belongs_to_a_clause(page: Page, numbers: ClauseNumbers, span: str, number: str) -> None:
    assert numbers.at(place(span, page)) == number


@pytest.mark.parametrize("printed", ["(2)", "2", "§ 4", "§ 4 Abs. 2", None])
def test_a_number_that_is_copied_in_part_or_not_at_all_is_completed(
    page: Page, numbers: ClauseNumbers, printed: str | None
) -> None:
    assert numbers.completed(printed, place("30 Tagen", page)) == ("§ 4 Abs. 2", True)


@pytest.mark.parametrize("printed", ["(1)", "§ 5", "§ 4 Abs. 3", "no number"])
def test_the_number_of_another_clause_is_kept_and_told(
    page: Page, numbers: ClauseNumbers, printed: str
) -> None:
    assert numbers.completed(printed, place("30 Tagen", page)) == (printed, False)


def test_before_the_first_clause_the_copied_number_holds(page: Page, numbers: ClauseNumbers) -> None:
    assert numbers.completed("4711", place("Supply", page)) == ("4711", True)
    assert numbers.completed(None, place("Supply", page)) == ("Preamble", True)


def test_without_an_outline_the_copied_number_holds(page: Page) -> None:
    assert ClauseNumbers().completed("(2)", place("30 Tagen", page)) == ("(2)", True)
    assert ClauseNumbers().completed(None, place("30 Tagen", page)) == (None, True)
