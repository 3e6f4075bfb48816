"""A page is read from its picture; boxes go back to the page as uploaded."""

import numpy as np
import pytest
from drawn_pdf import pymupdf
from pages.scans.pictures import LETTER, letter, letter_pdf, photographed, skewed

from extractor.pages.geometry import Box
from extractor.pages.scans.scan import Scan, read_scan
from extractor.pages.scans.upright import turned
from extractor.pages.word import Origin

POINTS = 72 / 110


def printed() -> dict[str, Box]:
    """Return where each word of the letter stands, as its text layer has it, if it stands once."""
    with pymupdf.open(stream=letter_pdf(), filetype="pdf") as file:
        words = file[0].get_text("words")
    texts = [word[4] for word in words]
    return {word[4]: Box(*word[:4]) for word in words if texts.count(word[4]) == 1}


def found(scan: Scan) -> dict[str, Box]:
    return {word.text: scan.placement.box(word.box) for word in scan.words}


def test_words_are_read_in_points_of_the_page() -> None:
    scan = read_scan(letter(), points=POINTS, native=1)
    assert " ".join(word.text for word in scan.words).count("1,500.00") == 1
    assert {word.origin for word in scan.words} == {Origin.OCR}
    assert all(0.5 < word.score <= 1 for word in scan.words)
    assert scan.advice is None
    places, boxes = printed(), found(scan)
    for text in ("number", "4711", "1,250.00", "1,500.00", "thirty"):
        assert boxes[text].overlap_x(places[text]) > 0.7 * places[text].width
        assert boxes[text].overlap_y(places[text]) > 0.5 * places[text].height


def test_lines_of_print_are_about_12_points_high_on_the_upright_page() -> None:
    for dpi in (90, 150):
        scan = read_scan(letter(dpi=dpi), points=72 / dpi, native=1)
        assert np.median([word.box.height for word in scan.words]) == pytest.approx(11.5, abs=1)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_lies_is_read_upright_and_pointed_at_where_it_lies(turns: int) -> None:
    lying = turned(letter(), turns)
    scan = read_scan(lying, points=POINTS, native=1)
    assert scan.height > scan.width
    tops = {word.text: word.box.y0 for word in scan.words}
    assert tops["Alder"] < tops["4711"] < tops["Thank"]
    box = found(scan)["4711"]
    height, width = (side * POINTS for side in lying.shape[:2])
    there = printed()["4711"]
    centre = {
        1: (height and width - there.centre_y, there.centre_x),
        2: (width - there.centre_x, height - there.centre_y),
        3: (there.centre_y, height - there.centre_x),
    }[turns]
    assert (box.centre_x, box.centre_y) == pytest.approx(centre, abs=5)


@pytest.mark.parametrize("degrees", [-5, 4])
def test_lines_of_a_skewed_scan_are_level_on_the_upright_page(degrees: float) -> None:
    scan = read_scan(skewed(letter(dpi=130), degrees), points=72 / 130, native=1)
    tops = {word.text: word.box.centre_y for word in scan.words}
    assert tops["Please"] == pytest.approx(tops["thirty"], abs=3)
    assert tops["Total"] == pytest.approx(tops["1,500.00"], abs=3)


def test_a_photo_of_a_sheet_on_a_table_is_read_flat() -> None:
    corners = np.array([[150, 90], [760, 60], [860, 1130], [40, 1080]], dtype=np.float64)
    scan = read_scan(photographed(letter(dpi=130), size=(900, 1200), corners=corners), points=1.0, native=1)
    lefts = [word.box.x0 for word in scan.words if word.text in {"Alder", "Invoice", "Net", "Thank"}]
    assert np.ptp(lefts) < 8
    box = found(scan)["4711"]
    assert 100 < box.x0 < box.x1 < 700
    assert len(scan.words) >= sum(len(line.split()) for line in LETTER) - 2


def test_a_blank_page_has_no_words_and_needs_no_advice() -> None:
    scan = read_scan(np.full((400, 300, 3), 255, np.uint8), points=1.0, native=1)
    assert (scan.words, scan.advice, scan.width, scan.height) == ((), None, 300, 400)


def test_an_unreadable_page_has_advice_and_no_words() -> None:
    scan = read_scan((letter() * 0.02).astype(np.uint8), points=POINTS, native=1)
    assert scan.words == ()
    assert "more light" in str(scan.advice)
