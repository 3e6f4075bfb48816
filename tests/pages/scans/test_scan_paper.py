"""The sheet of paper in a photo is found by its brightness, and nothing else is taken for one."""

import cv2
import numpy as np
import pytest
from pages.scans.pictures import letter, photographed

from extractor.pages.scans.paper import find_paper

SIZE = (900, 1200)
LYING = np.array([[120, 90], [760, 140], [820, 1080], [60, 1010]], dtype=np.float64)


@pytest.mark.parametrize("ground", [20, 70, 150])
def test_the_corners_of_a_sheet_on_a_table_are_found(ground: int) -> None:
    found = find_paper(photographed(letter(), size=SIZE, corners=LYING, ground=ground))
    assert found is not None
    assert np.abs(found - LYING).max() < 12


def test_a_scan_is_all_paper() -> None:
    assert find_paper(letter()) is None


def test_a_table_of_rules_on_a_page_is_no_sheet() -> None:
    page = letter()
    cv2.rectangle(page, (60, 100), (800, 1100), (0, 0, 0), 3)
    assert find_paper(page) is None


def test_a_ground_hardly_darker_than_the_sheet_shows_no_edge() -> None:
    assert find_paper(photographed(letter(), size=SIZE, corners=LYING, ground=244)) is None


def test_a_small_sheet_is_too_far_away() -> None:
    far = LYING * 0.4 + 200
    assert find_paper(photographed(letter(), size=SIZE, corners=far)) is None


def test_a_shape_far_from_a_rectangle_is_no_page() -> None:
    kite = np.array([[450, 20], [880, 300], [450, 1180], [20, 300]], dtype=np.float64)
    assert find_paper(photographed(letter(), size=SIZE, corners=kite)) is None
