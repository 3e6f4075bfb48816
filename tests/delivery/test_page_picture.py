"""Pages as pictures, with boxes where a result's values stand."""

import io
from pathlib import Path

import pytest
from PIL import Image

from extractor.delivery.encoding import Json, encode_assessment
from extractor.delivery.page_picture import MAX_PIXELS_A_SIDE, page_picture
from extractor.documents.drawing import joined
from extractor.errors import DamagedDocument, NotFound, UnsupportedDocument
from extractor.pipeline import extract

FIXTURES = Path(__file__).parents[2] / "fixtures"
CONTRADICTING = (FIXTURES / "contradicting.pdf").read_bytes()
BLUE, RED = (0, 115, 217), (217, 26, 26)


def opened(png: bytes) -> Image.Image:
    assert png.startswith(b"\x89PNG")
    return Image.open(io.BytesIO(png)).convert("RGB")


def has(image: Image.Image, colour: tuple[int, int, int], box: tuple[int, int, int, int]) -> bool:
    found = image.crop(box).getcolors(1 << 20) or []
    return any(
        max(abs(a - b) for a, b in zip(colour, seen, strict=True)) < 40
        for _, seen in found
        if isinstance(seen, tuple)
    )


def around(box: Json, dpi: int) -> tuple[int, int, int, int]:
    assert isinstance(box, list)
    left, top, right, bottom = (float(str(edge)) * dpi / 72 for edge in box)
    return int(left - 4), int(top - 4), int(right + 4), int(bottom + 4)


@pytest.fixture(scope="module")
def result() -> dict[str, Json]:
    (assessment,) = extract(CONTRADICTING)
    return encode_assessment(assessment)


def field(result: dict[str, Json], name: str) -> dict[str, Json]:
    fields = result["fields"]
    assert isinstance(fields, dict)
    found = fields[name]
    assert isinstance(found, dict)
    return found


def test_a_page_is_as_large_as_its_points_and_dpi_say() -> None:
    assert opened(page_picture(CONTRADICTING, 1, dpi=72)).size == (595, 842)
    assert opened(page_picture(CONTRADICTING, 1, dpi=144)).size == (1190, 1684)


@pytest.mark.parametrize("is_photo", [False, True])
def test_values_get_boxes_and_contradicting_ones_red_ones(result: dict[str, Json], *, is_photo: bool) -> None:
    content = CONTRADICTING
    if is_photo:
        stream = io.BytesIO()
        opened(page_picture(CONTRADICTING, 1, dpi=72)).save(stream, "PNG", dpi=(72, 72))
        content = stream.getvalue()
    plain = opened(page_picture(content, 1, dpi=72))
    drawn = opened(page_picture(content, 1, dpi=72, result=result))
    number = around(field(result, "invoice_number")["box"], 72)
    account = field(result, "seller_bank_account")["value"]
    assert isinstance(account, dict)
    assert isinstance(account["account"], dict)
    iban = around(account["account"]["box"], 72)
    assert (has(drawn, BLUE, number), has(drawn, RED, number)) == (True, False)
    assert has(drawn, RED, iban)
    assert not has(plain, BLUE, number)


def test_only_the_page_that_is_shown_is_drawn_on(result: dict[str, Json]) -> None:
    two = joined([CONTRADICTING, CONTRADICTING])
    assert page_picture(two, 2, dpi=72, result=result) == page_picture(two, 2, dpi=72)
    assert page_picture(two, 1, dpi=72, result=result) != page_picture(two, 1, dpi=72)


@pytest.mark.parametrize("number", [-1, 0, 2, 10**12])
def test_a_page_that_is_not_there_is_not_found(number: int) -> None:
    with pytest.raises(NotFound):
        page_picture(CONTRADICTING, number, dpi=72)


def test_xml_has_no_pages_to_show() -> None:
    with pytest.raises(UnsupportedDocument):
        page_picture((FIXTURES / "ubl.xml").read_bytes(), 1, dpi=72)


def test_a_damaged_file_is_told() -> None:
    with pytest.raises(DamagedDocument):
        page_picture(b"%PDF-1.7 and no more", 1, dpi=72)


def test_a_huge_page_stays_a_small_picture() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (9000, 300), "white").save(stream, "PNG", dpi=(72, 72))
    width, height = opened(page_picture(stream.getvalue(), 1, dpi=300)).size
    assert max(width, height) <= MAX_PIXELS_A_SIDE


@pytest.mark.parametrize("box", [None, [], [1, 2, 3], ["a", "b", "c", "d"], [1, 2, 3, None]])
def test_a_value_without_a_whole_box_gets_none(box: Json) -> None:
    odd: dict[str, Json] = {"fields": {"invoice_number": {"value": "1", "page": 1, "box": box}}}
    assert page_picture(CONTRADICTING, 1, dpi=72, result=odd) == page_picture(CONTRADICTING, 1, dpi=72)
