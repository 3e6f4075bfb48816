"""A page that cannot be read gets advice that a person can act on; a blank one gets none."""

import cv2
import numpy as np
import pytest
from pages.scans.pictures import letter

from extractor.pages.scans.advice import advice_on, is_blank
from extractor.pages.scans.recogniser import Picture, RecognisedLine, recognise_lines


def advice(picture: Picture, *, native: float = 1.0) -> str | None:
    return advice_on(picture, recognise_lines(picture), native=native)


def guessed(score: float, *, height: float = 20) -> list[RecognisedLine]:
    corners = np.array([[0, 0], [200, 0], [200, height], [0, height]], dtype=np.float64)
    return [RecognisedLine(text="Invoice", corners=corners, score=score, spans=())]


def test_a_page_that_was_read_needs_none() -> None:
    assert advice(letter()) is None


@pytest.mark.parametrize(("score", "is_read"), [(0.72, True), (0.719, False)])
def test_what_is_guessed_is_not_read(score: float, is_read: bool) -> None:  # noqa: FBT001
    assert (advice_on(letter(), guessed(score), native=1) is None) == is_read


def test_too_dark() -> None:
    dark = (letter() * 0.02).astype(np.uint8)
    assert "more light" in str(advice_on(dark, [], native=1))


def test_too_pale() -> None:
    pale = (205 + letter() * 0.1).astype(np.uint8)
    assert "too pale" in str(advice_on(pale, guessed(0.4), native=1))


def test_blurred() -> None:
    blurred = np.asarray(cv2.GaussianBlur(letter(), (0, 0), 12), dtype=np.uint8)
    assert "hold the camera still" in str(advice_on(blurred, guessed(0.4), native=1))


@pytest.mark.parametrize(("native", "words"), [(0.6, "9 pixels high"), (0.63, "could not be made out")])
def test_too_small_in_the_original(native: float, words: str) -> None:
    assert words in str(advice_on(letter(), guessed(0.4), native=native))


def test_a_picture_without_text_says_so() -> None:
    noise = np.random.default_rng(7).integers(0, 255, (600, 400, 3), dtype=np.uint8)
    assert "no text was found" in str(advice_on(noise, [], native=1))


def test_the_empty_back_of_a_scanned_page_needs_none() -> None:
    back = np.random.default_rng(7).normal(235, 6, (600, 400, 3)).clip(0, 255).astype(np.uint8)
    assert advice_on(back, [], native=1) is None
    assert not is_blank(back)


def test_a_page_without_any_print_is_blank() -> None:
    white = np.full((600, 400, 3), 255, np.uint8)
    assert is_blank(white)
    assert not is_blank(np.zeros((600, 400, 3), np.uint8))
    white[300:303, 200:210] = 0
    assert not is_blank(white)
