"""Generated files of several invoices say which pages are whose, and are the same every time."""

import pytest
from drawn_pdf import pymupdf
from synthesis.canvas import Canvas, page_count
from synthesis.collection import generate_collection
from synthesis.paging import Paging

from extractor.documents.drawing import joined


def texts(content: bytes) -> list[str]:
    with pymupdf.open(stream=content, filetype="pdf") as file:
        return [page.get_text() for page in file]


@pytest.mark.parametrize("seed", range(8))
def test_the_parts_are_the_pages_of_each_invoice(seed: int) -> None:
    made = generate_collection(seed)
    pages = texts(joined(made.contents))
    assert [number for part in made.parts for number in part] == list(range(1, len(pages) + 1))
    for part, group in zip(made.parts, made.groups, strict=True):
        assert group[0].invoice_number in pages[part[0] - 1]


def test_the_same_seed_makes_the_same_bytes() -> None:
    assert list(generate_collection(3).contents) == list(generate_collection(3).contents)


def test_invoices_of_one_collection_have_numbers_of_their_own() -> None:
    for seed in range(8):
        numbers = [group[0].invoice_number for group in generate_collection(seed).groups]
        assert len(set(numbers)) == len(numbers)


def test_counter_and_head_stand_on_the_pages_they_belong_to() -> None:
    canvas = Canvas()
    canvas.new_page()
    Paging(counter="Page {page} of {of}", head="Invoice {number}").draw(canvas, "A-1")
    content = canvas.content()
    assert page_count(content) == 2
    assert [text.split("\n")[:-1] for text in texts(content)] == [
        ["Page 1 of 2"],
        ["Page 2 of 2", "Invoice A-1"],
    ]
