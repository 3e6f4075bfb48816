"""Page counters: what counts the pages of a document, and what only names a page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.values.page_counters import (
    MAX_BARE_LENGTH,
    MAX_PAGES,
    find_page_counters,
    is_page_word,
    parse_page_counter,
)

Counted = tuple[int, int | None]

FORMS = (
    "Page {page} of {of}",
    "Page: {page}/{of}",
    "PAGE NO. {page} OF {of}",
    "Page(s): {page} of {of}",
    "p. {page}/{of}",
    "Sheet {page} of {of}",
    "Seite {page} von {of}",
    "Seite {page} von insgesamt {of}",
    "Blatt {page} / {of}",
    "S. {page}/{of}",
    "Page {page} sur {of}",
    "Page n° {page} / {of}",
    "Feuillet {page} de {of}",
    "Pagina {page} van {of}",
    "Bladzijde {page}/{of}",
    "Blz. {page} van {of}",
    "Página {page} de {of}",
    "Pág. {page}/{of}",
    "Hoja {page} de {of}",
    "Pagina {page} di {of}",
    "Pag. {page} / {of}",
    "Foglio {page} di {of}",
    "Folha {page} de {of}",
    "Fl. {page}/{of}",
    "第{page}页 共{of}页",
    "第 {page} 页，共 {of} 页",
    "共{of}页 第{page}页",
    "第{page}/{of}页",
    "页码：{page}/{of}",
    "第{page}頁 總{of}頁",
)


def counted(text: str) -> list[Counted]:
    return [(counter.page, counter.of) for counter in find_page_counters(text)]


def bare(text: str, *, is_labelled: bool = False) -> Counted | None:
    counter = parse_page_counter(text, is_labelled=is_labelled)
    return None if counter is None else (counter.page, counter.of)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25)
@given(numbers=st.tuples(st.integers(1, MAX_PAGES), st.integers(1, MAX_PAGES)).map(sorted))
def test_a_counter_is_read_in_every_language(form: str, numbers: list[int]) -> None:
    page, of = numbers
    text = form.format(page=page, of=of)
    (counter,) = find_page_counters(text)
    assert (counter.page, counter.of) == (page, of)
    assert (counter.start, counter.end) == (0, len(text))


@given(text=st.text(max_size=60))
def test_any_text_gives_counters_within_it_and_within_bounds(text: str) -> None:
    for counter in find_page_counters(text):
        assert 0 <= counter.start < counter.end <= len(text)
        assert 1 <= counter.page <= (counter.of or MAX_PAGES) <= MAX_PAGES


@given(text=st.text(alphabet="0123456789/ -ofvonde第共页一", max_size=30), is_labelled=st.booleans())
def test_any_bare_text_is_one_counter_within_bounds_or_none(text: str, is_labelled: bool) -> None:  # noqa: FBT001 - drawn
    counter = parse_page_counter(text, is_labelled=is_labelled)
    assert counter is None or 1 <= counter.page <= (counter.of or MAX_PAGES) <= MAX_PAGES


@pytest.mark.parametrize("text", ["Page 0 of 3", "Page 4 of 3", "Seite 2 von 1", "第3页 共2页", "Page 0"])
def test_pages_outside_their_count_are_no_counter(text: str) -> None:
    assert counted(text) == []


def test_chinese_numerals_count_too() -> None:
    assert counted("第一页 共二页") == [(1, 2)]
    assert counted("第十二页") == [(12, None)]


@pytest.mark.parametrize(
    "text",
    [
        "see page 2",
        "please turn to page 2",
        "siehe Seite 2",
        "Fortsetzung auf Seite 2",
        "Übertrag von Seite 1",
        "suite page 2",
        "vervolg op pagina 2",
        "sigue en página 2",
        "接第1页",
        "续见第2页",
    ],
)
def test_a_page_that_is_pointed_at_is_no_counter(text: str) -> None:
    assert counted(text) == []


@pytest.mark.parametrize(
    "text",
    ["Landing page 2", "Page 2 layout design", "Webpage 3", "pages 12", "Page 3.5", "page 1 de 12,50", "12"],
)
def test_items_and_amounts_are_no_counters(text: str) -> None:
    assert counted(text) == []


@pytest.mark.parametrize("text", ["Page 2", "Invoice 4711, Page 2", "4711 | Page 2"])
def test_a_counter_without_a_total_stands_behind_numbers_and_signs_only(text: str) -> None:
    assert counted(text) == [(2, None)]


def test_a_counter_with_a_total_stands_anywhere() -> None:
    assert counted("Acme Ltd Page 2 of 3 Invoice 4711") == [(2, 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1/2", (1, 2)), ("2 von 3", (2, 3)), ("- 2 -", (2, None)), ("–2–", (2, None)), ("３/４", (3, 4))],
)
def test_a_counter_can_do_without_a_word(text: str, expected: Counted) -> None:
    assert bare(text) == expected


@pytest.mark.parametrize("text", ["12", "3/2", "1/2024", "1-2", "1/2 inch", "", " " * (MAX_BARE_LENGTH + 1)])
def test_other_bare_texts_are_none(text: str) -> None:
    assert bare(text) is None


def test_a_lone_number_counts_only_under_a_heading() -> None:
    assert bare("12") is None
    assert bare("12", is_labelled=True) == (12, None)


def test_a_longer_text_than_a_counter_is_none() -> None:
    assert bare("1/2".ljust(MAX_BARE_LENGTH)) == (1, 2)
    assert bare("1/2".ljust(MAX_BARE_LENGTH + 1)) is None


@pytest.mark.parametrize("text", ["Page", "Page:", "Seite", "页码：", "Pág."])
def test_a_heading_over_counters_is_a_word_for_page(text: str) -> None:
    assert is_page_word(text)


@pytest.mark.parametrize("text", ["Pages of text", "Seitenpreis", "", "Page 2", "Sheet", "Blatt"])
def test_other_texts_are_no_heading_over_counters(text: str) -> None:
    assert not is_page_word(text)
