"""Captured pages are the same for the same seed, of the kind that was asked for, and still legible."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from synthesis.canvas import Canvas
from synthesis.scan import Capture, capture_page, captured, random_capture

_FLAT = Capture(
    kind="scan",
    dpi=100,
    skew=0.0,
    tilt=0.0,
    blur=0.0,
    noise=0.0,
    shade=0.0,
    is_grey=False,
    is_bilevel=False,
    quality=95,
    table_top=(90, 90, 90),
)


@pytest.fixture(scope="module")
def page() -> bytes:
    canvas = Canvas()
    canvas.box(100, 100, 500, 110, fill=(0.0, 0.0, 0.0))
    return canvas.content()


def _decoded(picture: bytes) -> NDArray[np.uint8]:
    return np.asarray(cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR), np.uint8)


def _slope(picture: NDArray[np.uint8]) -> float:
    """Return by how many degrees the bar falls to the right."""
    dark = picture[:, :, 0] < 128
    columns = np.flatnonzero(dark.any(axis=0))
    left, right = columns[len(columns) // 8], columns[-len(columns) // 8]
    rise = np.flatnonzero(dark[:, right]).mean() - np.flatnonzero(dark[:, left]).mean()
    return float(np.rad2deg(np.arctan2(rise, right - left)))


def test_the_same_seed_makes_the_same_picture(page: bytes) -> None:
    made = [captured(page, seed=seed, kind="scan") for seed in (4, 4, 5)]
    assert made[0] == made[1] != made[2]


def test_a_flat_scan_is_the_page_as_it_is(page: bytes) -> None:
    picture = _decoded(capture_page(page, _FLAT, seed=1))
    assert picture.shape[:2] == (1170, 827)
    assert picture[20, 20].min() > 245
    assert picture[145, 400].max() < 25


@pytest.mark.parametrize("skew", [-5.0, 2.5, 5.0])
def test_the_page_is_turned_counter_clockwise_by_the_skew(page: bytes, skew: float) -> None:
    capture = replace(_FLAT, skew=skew)
    assert _slope(_decoded(capture_page(page, capture, seed=1))) == pytest.approx(-skew, abs=0.3)


def test_a_photo_shows_the_table_around_the_sheet(page: bytes) -> None:
    capture = replace(random_capture(3, kind="photo"), dpi=100)
    picture = _decoded(capture_page(page, capture, seed=3))
    height, width = picture.shape[:2]
    corner, middle = (
        picture[5:25, 5:25],
        picture[height // 2 - 9 : height // 2 + 9, width // 2 - 9 : width // 2 + 9],
    )
    assert float(middle.mean()) > float(corner.mean()) + 20


def test_no_page_is_turned_further_than_five_degrees() -> None:
    captures = [random_capture(seed, kind=kind) for seed in range(200) for kind in ("scan", "photo")]
    assert max(abs(capture.skew) for capture in captures) <= 5
    assert {capture.is_bilevel for capture in captures} == {True, False}
    assert all(capture.tilt == 0 for capture in captures if capture.kind == "scan")
