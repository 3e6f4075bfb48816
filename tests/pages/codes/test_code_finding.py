"""From a page to its codes, with their places."""

import pytest
from drawn_codes import Way, draws_code
from drawn_pdf import Draw, both, drawn_pdf, pymupdf, says
from pages.scans.pictures import picture_of, png, skewed

from extractor.documents.opening import open_document
from extractor.documents.pdf import PdfFile
from extractor.pages.codes.code import PageCode, Symbology
from extractor.pages.codes.decoder import decode
from extractor.pages.codes.finding import codes_in_picture, hull
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.reading import read_pages
from extractor.pages.scans.upright import turned

PAYLOAD = "01,31,,26312000000012345678,1130.00,20260305,,1A2B,"
LINES = tuple(says(f"Printed line {index} of this page", 72, 80 + 22 * index) for index in range(15))
SCANNED = 110 / 96  # points of a picture that was drawn at 110 dpi and does not say so
PLACE = Box(400, 560, 490, 650)


def read(*draws: Draw) -> Page:
    (page,) = read_pages(open_document(drawn_pdf(both(says("Invoice 118"), *draws))))
    return page


def assert_near(box: Box, place: Box, *, within: float) -> None:
    assert tuple(box) == pytest.approx(tuple(place), abs=within)


@pytest.mark.parametrize("way", ["bars", "squares", "path"])
def test_a_drawn_code_is_read_where_it_stands(way: Way) -> None:
    (code,) = read(draws_code(PAYLOAD, way=way)).codes
    assert (code.text, code.symbology) == (PAYLOAD, Symbology.QR)
    assert_near(code.box, PLACE, within=1)


@pytest.mark.parametrize("way", ["bars", "squares", "path", "image", "mask"])
@pytest.mark.parametrize("side", [20, 28, 40, 57, 66, 70, 90, 113.4, 130])
def test_a_code_of_any_size_is_read(way: Way, side: float) -> None:
    assert [code.text for code in read(draws_code(PAYLOAD, 300.3, side=side, way=way)).codes] == [PAYLOAD]


@pytest.mark.parametrize("way", ["image", "mask"])
def test_an_image_of_a_code_is_read_within_its_margin(way: Way) -> None:
    (code,) = read(draws_code(PAYLOAD, way=way)).codes
    margin = 90 * 4 / (4 + 33 + 4)
    assert code.text == PAYLOAD
    assert_near(code.box, Box(400 + margin, 560 + margin, 490 - margin, 650 - margin), within=1)


def test_a_data_matrix_is_read() -> None:
    (code,) = read(draws_code("118/2026 Tannwald", side=40, is_data_matrix=True)).codes
    assert (code.text, code.symbology) == ("118/2026 Tannwald", Symbology.DATA_MATRIX)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_code_on_a_turned_page_stands_on_the_upright_one(rotation: int) -> None:
    content = drawn_pdf(both(*LINES, draws_code(PAYLOAD)))
    with pymupdf.open(stream=content, filetype="pdf") as file:
        file[0].set_rotation(rotation)
        place = Box(*(pymupdf.Rect(PLACE) * file[0].rotation_matrix))
        content = file.tobytes()
    (page,) = read_pages(open_document(content))
    assert [code.text for code in page.codes] == [PAYLOAD]
    assert_near(page.codes[0].box, place, within=1)


def test_several_codes_are_read_from_top_to_bottom() -> None:
    page = read(
        draws_code("second", 60, 500),
        draws_code("first", 300, 300),
        draws_code("third", 60, 700, way="image"),
    )
    assert [code.text for code in page.codes] == ["first", "second", "third"]


def test_the_same_code_twice_is_two_codes_but_is_found_once_in_each_place() -> None:
    page = read(draws_code(PAYLOAD, 60, 500), draws_code(PAYLOAD, 300, 500))
    assert [round(code.box.x0) for code in page.codes] == [60, 300]


def test_a_code_within_a_picture_of_the_whole_page_under_its_text_is_read() -> None:
    picture = drawn_pdf(draws_code("A" * 700, side=46.5, way="path"))
    with pymupdf.open(stream=picture, filetype="pdf") as file:
        pixels = file[0].get_pixmap(dpi=300).tobytes("png")
    (code,) = read(lambda page: page.insert_image((0, 0, 595, 842), stream=pixels), *LINES).codes
    assert code.text == "A" * 700
    assert_near(code.box, Box(400, 560, 446.5, 606.5), within=2)


def test_a_page_that_is_only_drawn_on_has_no_codes_looked_for() -> None:
    content = drawn_pdf(both(*LINES, draws_code(PAYLOAD)))
    (page,) = read_pages(open_document(content), is_recognised=False)
    assert page.words
    assert page.codes == ()


# Scans


def scan(content: bytes) -> Page:
    (page,) = read_pages(open_document(content))
    return page


def on_the_scan(page: Page, code: PageCode) -> Box:
    assert page.placement is not None
    return page.placement.box(code.box)


def test_a_code_on_a_scan_stands_on_the_upright_page_and_leaves_no_words_behind() -> None:
    page = scan(png(picture_of(drawn_pdf(both(*LINES, draws_code(PAYLOAD))), dpi=110)))
    (code,) = page.codes
    assert code.text == PAYLOAD
    assert "".join(word.text for word in page.words).startswith("Printedline0ofthispage")
    assert not any(code.box.contains_centre(word.box) for word in page.words)
    assert_near(on_the_scan(page, code), Box(*(SCANNED * edge for edge in PLACE)), within=3)


def test_a_code_on_a_scan_that_lies_on_its_side_stands_on_the_upright_page() -> None:
    picture = turned(picture_of(drawn_pdf(both(*LINES, draws_code(PAYLOAD))), dpi=110), 1)
    page = scan(png(picture))
    (code,) = page.codes
    last = max(word.box.y1 for word in page.words)
    assert code.box.y0 > last  # below the lines, as on the upright page
    turned_place = Box(*(SCANNED * edge for edge in (842 - PLACE.y1, PLACE.x0, 842 - PLACE.y0, PLACE.x1)))
    assert_near(on_the_scan(page, code), turned_place, within=4)


def test_a_code_on_a_slanting_scan_is_level_on_the_flat_page() -> None:
    page = scan(png(skewed(picture_of(drawn_pdf(both(*LINES, draws_code(PAYLOAD))), dpi=110), 5)))
    (code,) = page.codes
    assert code.text == PAYLOAD
    assert code.box.width == pytest.approx(code.box.height, rel=0.05)
    slanting = on_the_scan(page, code)
    side = 90 * 0.9 * SCANNED  # the page was made smaller, so that it stays in
    assert slanting.width > 1.05 * side  # a slanting square takes more room


def test_a_code_that_a_picture_does_not_give_is_looked_at_again_on_the_page() -> None:
    content = drawn_pdf(draws_code(PAYLOAD))
    picture = picture_of(content, dpi=110)
    middle = [round(edge * 110 / 72) for edge in (PLACE.centre_x, PLACE.centre_y)]
    picture[middle[1] - 28 : middle[1] + 28, middle[0] - 28 : middle[0] + 28] = 255
    assert [symbol.content for symbol in decode(picture)] == [None]
    with PdfFile(content) as file:
        (code,) = codes_in_picture(file, 1, picture, dpi=110)
    assert code.text == PAYLOAD
    assert_near(hull(code.corners), PLACE, within=1)


def test_a_page_with_nothing_but_a_code_has_the_code() -> None:
    page = scan(drawn_pdf(draws_code(PAYLOAD, way="image")))
    assert page.words == ()
    assert [code.text for code in page.codes] == [PAYLOAD]
