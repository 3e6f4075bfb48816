"""The invoice numbers that a page shows, and which of them are one."""

import pytest
from engines.layout.pages import SPEC, block, grid, labelled
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.layout.lexicon import squeezed
from extractor.engines.reading import Candidate, Evidence
from extractor.pages.word import Origin
from extractor.parts.numbers import (
    Likeness,
    Naming,
    ShownNumber,
    likeness,
    may_count_pages,
    shown_numbers,
)
from extractor.values.conventions import Conventions
from extractor.values.text import letters_and_digits

TITLES = frozenset(squeezed(title)[0] for group in SPEC.recognise.values() for title in group)


def shown(*prints: str | list[str], title: str = "") -> list[tuple[str, Naming]]:
    """Return the texts of a page's numbers and what their labels say they are of."""
    page = labelled(*prints)
    field = SPEC.fields["invoice_number"]
    numbers = shown_numbers(page, field, Conventions(), titles=TITLES, title=title)
    return [(number.candidate.text, number.naming) for number in numbers]


def number(text: str, origin: Origin = Origin.TEXT_LAYER) -> ShownNumber:
    candidate = Candidate(text=text, evidence=Evidence(page=1, origin=origin), score=1.0)
    return ShownNumber(
        key=letters_and_digits(text), candidate=candidate, label="invoiceno", naming=Naming.INVOICE
    )


@pytest.mark.parametrize(
    ("text", "naming"),
    [
        ("Invoice No: 4711", Naming.INVOICE),
        ("Rechnungsnummer: 4711", Naming.INVOICE),
        ("发票号码：4711", Naming.INVOICE),
        ("Facture n° 4711", Naming.INVOICE),
        ("Document No: 4711", Naming.DOCUMENT),
        ("单据号：4711", Naming.DOCUMENT),
        ("No. 4711", Naming.NUMBER),
    ],
)
def test_a_label_says_what_its_number_is_of(text: str, naming: Naming) -> None:
    assert shown(f"{text} @50,60") == [("4711", naming)]


def test_a_number_may_stand_beside_or_below_its_label() -> None:
    assert shown("Invoice No @50,60", "4711 @200,60") == [("4711", Naming.INVOICE)]
    assert shown("Invoice No @50,60", "4711 @50,75") == [("4711", Naming.INVOICE)]


def test_the_invoices_own_number_comes_before_other_numbers() -> None:
    assert shown(block("No. 12", "Document No: 99", "Invoice No: 4711", x=50, top=60)) == [
        ("4711", Naming.INVOICE),
        ("99", Naming.DOCUMENT),
        ("12", Naming.NUMBER),
    ]


def test_the_number_of_what_the_page_is_titled_comes_first() -> None:
    lines = block("Invoice No: 4711", "Credit Note No: 77", x=50, top=60)
    assert [text for text, _ in shown(lines, title="creditnote")] == ["77", "4711"]
    assert [text for text, _ in shown(lines, title="invoice")] == ["4711", "77"]


def test_a_number_within_a_sentence_is_another_documents() -> None:
    assert shown("Credit for your invoice 4711 as agreed @50,60") == []


def test_a_column_of_numbers_is_a_list() -> None:
    rows = [f"INV-{row} | {row}.00" for row in (1001, 1002, 1003)]
    assert shown(grid("50 >300", "Invoice No | Amount", *rows, top=60)) == []
    assert shown(grid("50 >300", "Invoice No | Amount", *rows[:1], top=60)) == [("INV-1001", Naming.INVOICE)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("RE-4711", "RE 4711", Likeness.SAME),
        ("RE-4711", "4711", Likeness.SAME),
        ("４７１１", "4711", Likeness.SAME),
        ("4711", "4712", Likeness.OTHER),
        ("RE-4711", "RE-14711", Likeness.OTHER),
        ("2026-1", "2026-11", Likeness.OTHER),
        ("A-711", "711", Likeness.OTHER),  # three characters are too few to be sure
        ("INV-1O01", "INV-1001", Likeness.OTHER),  # print is what it is
    ],
)
def test_printed_numbers_are_one_or_two(first: str, second: str, expected: Likeness) -> None:
    assert likeness(number(first), number(second)) is expected
    assert likeness(number(second), number(first)) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("INV-1O01", "INV-1001", Likeness.SAME),
        ("1NV-1001", "INV-1001", Likeness.SAME),
        ("INV-101", "INV-1001", Likeness.UNSURE),
        ("INV-11", "INV-1001", Likeness.OTHER),
        ("INV-1001", "INV-1002", Likeness.OTHER),
    ],
)
def test_recognised_numbers_may_be_mistaken(first: str, second: str, expected: Likeness) -> None:
    assert likeness(number(first, Origin.OCR), number(second)) is expected
    assert likeness(number(second), number(first, Origin.OCR)) is expected


@pytest.mark.parametrize(
    ("known", "now", "place", "expected"),
    [
        ("4711/1", "4711/2", 2, True),
        ("4711-01", "4711-03", 3, True),
        ("4711/1", "4711/2", 3, False),
        ("4711/2", "4711/3", 2, False),
        ("4711/1", "4712/2", 2, False),
        ("4711", "4712", 2, False),
    ],
)
def test_a_last_part_may_count_the_pages(known: str, now: str, place: int, expected: bool) -> None:  # noqa: FBT001 - a case
    assert may_count_pages(number(now), number(known), place=place) is expected


@given(text=st.text(min_size=1, max_size=20), origin=st.sampled_from((Origin.OCR, Origin.TEXT_LAYER)))
def test_every_number_is_itself(text: str, origin: Origin) -> None:
    assert likeness(number(text, origin), number(text)) is Likeness.SAME
