import numpy as np
import pytest
import segno
from drawn_codes import modules_of, picture_of_code
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from extractor.errors import PageUnreadable
from extractor.pages.codes.code import Symbology
from extractor.pages.codes.decoder import decode


def picture(payload: str | bytes, *, scale: int = 4, **how: object) -> np.ndarray:
    made = segno.make(payload, micro=False, **how)  # type: ignore[arg-type] # passed on
    return picture_of_code([[bool(value) for value in row] for row in made.matrix], scale=scale)


def test_a_qr_code_is_read_with_its_corners() -> None:
    (symbol,) = decode(picture("Tannwald 118", scale=4))
    assert (symbol.symbology, symbol.text, symbol.content) == (Symbology.QR, "Tannwald 118", b"Tannwald 118")
    assert symbol.corners[0] == pytest.approx((16, 16), abs=2)  # a margin of four modules of four pixels
    assert symbol.corners[2] == pytest.approx((16 + 4 * 21, 16 + 4 * 21), abs=2)


def test_a_data_matrix_is_read() -> None:
    (symbol,) = decode(picture_of_code(modules_of("Tannwald 118", is_data_matrix=True)))
    assert (symbol.symbology, symbol.text) == (Symbology.DATA_MATRIX, "Tannwald 118")


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_turned_codes_name_their_own_upper_left(turns: int) -> None:
    upright = picture("Tannwald 118")
    (symbol,) = decode(np.rot90(upright, -turns))
    height, width = upright.shape
    corner = {1: (width - 16, 16), 2: (width - 16, height - 16), 3: (16, height - 16)}[turns]
    assert symbol.text == "Tannwald 118"
    assert symbol.corners[0] == pytest.approx(corner, abs=3)


def test_light_codes_on_dark_ground_and_colours_are_read() -> None:
    grey = picture("Tannwald 118")
    assert [symbol.text for symbol in decode(255 - grey)] == ["Tannwald 118"]
    assert [symbol.text for symbol in decode(np.dstack([grey] * 3))] == ["Tannwald 118"]


@pytest.mark.parametrize(
    ("encoding", "names_its_set"), [("utf-8", False), ("iso8859-1", True), ("utf-16-be", True)]
)
def test_text_is_in_the_set_that_the_code_names_and_else_in_utf_8(
    encoding: str, *, names_its_set: bool
) -> None:
    (symbol,) = decode(picture("Möbel", encoding=encoding, eci=names_its_set))
    assert (symbol.text, symbol.content) == ("Möbel", "Möbel".encode(encoding))


def test_bytes_of_no_set_are_kept_and_spelled_somehow() -> None:
    (symbol,) = decode(picture(bytes(range(256))))
    assert symbol.content == bytes(range(256))
    assert symbol.text


def test_the_largest_code_is_read() -> None:
    (symbol,) = decode(picture("7" * 7089, error="l", scale=3))
    assert symbol.text == "7" * 7089


def test_a_code_that_cannot_be_decoded_is_found_without_content() -> None:
    spoiled = picture("Tannwald 118")
    spoiled[50:100, 50:100] = 255
    (symbol,) = decode(spoiled)
    assert symbol.content is None


def test_an_empty_picture_has_no_codes_and_a_strange_one_is_refused() -> None:
    assert decode(np.full((80, 80), 255, np.uint8)) == []
    assert decode(np.zeros((0, 80), np.uint8)) == []
    with pytest.raises(PageUnreadable):
        decode(np.zeros((80, 80, 7), np.uint8))


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 60), st.integers(1, 60))))
def test_no_picture_makes_it_fail(pixels: np.ndarray) -> None:
    assert all(symbol.corners for symbol in decode(pixels))


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_come_out_as_they_went_in(content: bytes) -> None:
    assert [symbol.content for symbol in decode(picture(content, scale=3, mode="byte"))] == [content]
