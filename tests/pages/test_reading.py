import io

import numpy as np
import pytest
from drawn_pdf import both, drawn_pdf, says
from pages.scans.pictures import letter, png
from PIL import Image
from plain_pdf import plain_pdf

from extractor.documents.opening import open_document
from extractor.errors import DamagedDocument, NotFound
from extractor.pages.reading import open_file, read_pages, render_page
from extractor.pages.word import Origin


def test_pages_are_numbered_from_one_in_the_order_of_the_file() -> None:
    pages = read_pages(open_document(plain_pdf(["first"], ["second"], ["third"])))
    assert [(page.number, [word.text for word in page.words]) for page in pages] == [
        (1, ["first"]),
        (2, ["second"]),
        (3, ["third"]),
    ]


def test_words_come_in_reading_order_with_their_origin() -> None:
    content = drawn_pdf(both(says("third", 72, 200), says("second", 200, 101), says("first", 72, 100)))
    (page,) = read_pages(open_document(content))
    assert [word.text for word in page.words] == ["first", "second", "third"]
    assert {word.origin for word in page.words} == {Origin.TEXT_LAYER}


def test_sizes_are_those_of_the_upright_page() -> None:
    content = drawn_pdf(says("x"), both(says("x"), lambda page: page.set_rotation(90)))
    assert [(page.width, page.height) for page in read_pages(open_document(content))] == [
        (595, 842),
        (842, 595),
    ]


def test_a_page_without_words_is_there_without_words() -> None:
    pages = read_pages(open_document(plain_pdf(["first"], [])))
    assert [len(page.words) for page in pages] == [1, 0]


def test_an_image_is_a_page_without_words() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (300, 200)).save(stream, "PNG")
    (page,) = read_pages(open_document(stream.getvalue()))
    assert (page.words, page.has_hidden_text) == ((), False)
    assert page.width > page.height > 0


def test_xml_has_no_pages() -> None:
    document = open_document(b"<?xml version='1.0'?><Invoice/>")
    assert read_pages(document) == ()
    with pytest.raises(DamagedDocument):
        open_file(document)


def test_a_page_is_rendered_at_the_asked_resolution() -> None:
    document = open_document(plain_pdf(["first"]))
    raster = render_page(document, 1, dpi=144)
    assert (raster.width, raster.height) == (1190, 1684)
    assert len(raster.rgb) == 1190 * 1684 * 3


def test_a_page_that_is_not_there_cannot_be_rendered() -> None:
    with pytest.raises(NotFound):
        render_page(open_document(plain_pdf(["first"])), 2, dpi=72)


def test_without_recognition_a_picture_has_no_words() -> None:
    document = open_document(png(letter()))
    (drawn_on,) = read_pages(document, is_recognised=False)
    assert (drawn_on.words, drawn_on.placement, drawn_on.advice) == ((), None, None)
    (page,) = read_pages(document)
    assert {word.origin for word in page.words} == {Origin.OCR}
    assert page.placement is not None


def test_a_stamp_over_a_scan_does_not_hide_what_the_scan_says() -> None:
    scan = png(letter(dpi=150))
    content = drawn_pdf(
        both(lambda page: page.insert_image(page.rect, stream=scan), says("RECEIVED 7", 350, 800))
    )
    (page,) = read_pages(open_document(content))
    texts = [word.text for word in page.words]
    assert "4711" in texts
    assert "RECEIVED" in texts


def test_print_on_a_long_strip_is_rendered_as_large_as_on_a_page() -> None:
    strip = np.vstack([letter(dpi=100)] * 6)
    (page,) = read_pages(open_document(png(strip)))
    assert [word.text for word in page.words].count("4711") == 6
