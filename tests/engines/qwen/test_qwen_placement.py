from collections.abc import Callable

import pytest

from extractor.engines.qwen.page_text import text_of
from extractor.engines.qwen.placement import (
    agreement_of,
    evidence_of,
    label_spots,
    nearest_to_label,
    nearest_to_row,
    places_of,
)
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Origin

PageMaker = Callable[..., Page]


def test_an_exact_span_is_placed_on_its_words(make_page: PageMaker) -> None:
    page = make_page("Invoice No. A-17", "Total 99,50 EUR")
    (place,) = places_of("99,50 EUR", text_of(page), may_wrap=False)
    assert [word.text for word in place.words] == ["99,50", "EUR"]
    assert evidence_of(place, page=1).boxes == (Box(44.0, 28.0, 96.0, 38.0),)


def test_a_wrapped_span_has_one_box_a_printed_line(make_page: PageMaker) -> None:
    text = text_of(make_page("Harrow Ltd.", "Mill Lane 4"))
    (place,) = places_of("Harrow Ltd. Mill Lane 4", text, may_wrap=True)
    assert [box.y0 for box in evidence_of(place, page=1).boxes] == [14.0, 28.0]


def test_a_span_cannot_wrap_where_its_type_does_not(make_page: PageMaker) -> None:
    text = text_of(make_page("Harrow Ltd.", "Mill Lane 4"))
    assert places_of("Harrow Ltd. Mill Lane 4", text, may_wrap=False) == []


def test_on_a_text_layer_other_words_are_no_place(make_page: PageMaker) -> None:
    text = text_of(make_page("No. INV-2024-00417"))
    assert places_of("INV-2024-00471", text, may_wrap=False) == []


def test_on_an_ocr_page_the_most_alike_words_are_the_place(make_page: PageMaker) -> None:
    text = text_of(make_page("No. INV-2O24-00417", "Harrow Ltd.", origin=Origin.OCR))
    (place,) = places_of("INV-2024-00417", text, may_wrap=False)
    assert [word.text for word in place.words] == ["INV-2O24-00417"]
    assert 0.8 <= place.agreement < 1.0
    assert evidence_of(place, page=1).origin is Origin.OCR


@pytest.mark.parametrize(
    ("printed", "said", "is_borne_out"),
    [
        ("1.234,56", "1.234,56", True),
        ("1.234,S6", "1.234,56", True),
        ("Iban DE89 37O4", "IBAN DE89 3704", True),
        ("1.234,56", "1.234,66", False),
        ("1.234,56", "1234,56", False),
        ("1.234,56", "1,234.56", False),
        ("12.50 EUR", "1250 EUR", False),
        ("123456789", "12345678", False),
        ("-1.234,56", "1.234,56", False),
        ("1.234,56", "(1.234,56)", False),
    ],
)
def test_on_an_ocr_page_a_number_must_be_the_same(
    make_page: PageMaker, printed: str, said: str, *, is_borne_out: bool
) -> None:
    text = text_of(make_page(printed, origin=Origin.OCR))
    assert bool(places_of(said, text, may_wrap=False)) is is_borne_out


def test_words_that_are_hardly_alike_are_no_place(make_page: PageMaker) -> None:
    text = text_of(make_page("Harrow Ltd.", origin=Origin.OCR))
    assert places_of("99,50", text, may_wrap=False) == []


def test_a_text_without_a_place_is_the_models_word_alone(make_page: PageMaker) -> None:
    evidence = evidence_of(None, page=3)
    assert (evidence.page, evidence.boxes, evidence.origin) == (3, (), Origin.MODEL)
    with_words, without = text_of(make_page("x", origin=Origin.OCR)), text_of(make_page())
    assert agreement_of(None, without) < agreement_of(None, with_words) < 1.0


@pytest.mark.parametrize(("label", "row"), [("Subtotal", 0), ("Amount due", 2)])
def test_of_several_places_the_one_beside_the_label_is_taken(
    make_page: PageMaker, label: str, row: int
) -> None:
    page = make_page("Subtotal: 50,00", "Shipping 0,00", "Amount due 50,00")
    text = text_of(page)
    places = places_of("50,00", text, may_wrap=False)
    chosen = nearest_to_label(places, label_spots([label], text))
    assert chosen == places[0 if row == 0 else 1]


def test_a_label_above_counts_too(make_page: PageMaker) -> None:
    page = make_page("Net", (200.0, "Gross"), "80,00", (200.0, "80,00"))
    text = text_of(page)
    chosen = nearest_to_label(places_of("80,00", text, may_wrap=False), label_spots(["Gross"], text))
    assert chosen is not None
    assert chosen.spot.box.x0 == 200.0


def test_without_a_label_the_first_place_is_taken(make_page: PageMaker) -> None:
    text = text_of(make_page("50,00", "50,00"))
    places = places_of("50,00", text, may_wrap=False)
    assert nearest_to_label(places, []) == places[0]
    assert nearest_to_label([], []) is None
    assert nearest_to_row(places, None) == places[0]
    assert nearest_to_row(places, places[1].spot) == places[1]
