"""Pictures are put upright and flat, and the map says how."""

import numpy as np
import pytest
from pages.scans.pictures import letter, photographed, skewed

from extractor.pages.scans.recogniser import recognise_lines
from extractor.pages.scans.upright import flattening, mapped, quarter_turns, turned, turning


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_quarter_turns_are_found_and_undone(turns: int) -> None:
    lying = turned(letter(), (4 - turns) % 4)
    assert quarter_turns(lying, recognise_lines(lying)) == turns
    assert np.array_equal(turned(lying, turns), letter())


def test_a_picture_without_text_is_left_as_it_is() -> None:
    assert quarter_turns(np.full((50, 50, 3), 255, np.uint8), []) == 0


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_the_map_of_a_turn_takes_each_point_where_its_pixel_goes(turns: int) -> None:
    picture = np.zeros((40, 60, 3), np.uint8)
    picture[10:12, 20:24] = 255
    rows, columns = np.nonzero(turned(picture, turns)[:, :, 0])
    outline = np.array([[20, 10], [24, 10], [24, 12], [20, 12]], dtype=np.float64)
    moved = mapped(turning(picture, turns), outline)
    assert moved.min(axis=0).tolist() == [columns.min(), rows.min()]
    assert moved.max(axis=0).tolist() == [columns.max() + 1, rows.max() + 1]


@pytest.mark.parametrize("degrees", [-5.0, -1.0, 0.5, 5.0])
def test_skew_is_taken_out(degrees: float) -> None:
    picture = skewed(letter(), degrees)
    lines = recognise_lines(picture)
    flat, _ = flattening(picture, lines)
    for line in lines:
        corners = mapped(flat, line.corners)
        if len(line.text) > 20:
            assert corners[0][1] == pytest.approx(corners[1][1], abs=6)


def test_a_level_scan_is_left_as_it_is() -> None:
    flat, sheet = flattening(letter(), recognise_lines(letter()))
    assert np.abs(flat - np.eye(3)).max() < 0.002
    assert sheet.max(axis=0).tolist() == [letter().shape[1], letter().shape[0]]


def test_a_sheet_seen_from_the_side_is_squared() -> None:
    corners = np.array([[150, 90], [760, 60], [860, 1130], [40, 1080]], dtype=np.float64)
    photo = photographed(letter(dpi=130), size=(900, 1200), corners=corners)
    lines = [line for line in recognise_lines(photo) if len(line.text) > 5]
    flat, sheet = flattening(photo, lines)
    assert np.abs(sheet - corners).max() < 12
    lefts = [mapped(flat, line.corners)[0][0] for line in lines]
    assert np.ptp(lefts) < 0.3 * np.ptp([line.corners[0][0] for line in lines])


def test_a_bright_area_that_does_not_hold_the_text_is_not_its_sheet() -> None:
    upper = np.array([[200, 90], [700, 90], [700, 700], [200, 700]], dtype=np.float64)
    lower = np.array([[50, 760], [850, 760], [850, 1190], [50, 1190]], dtype=np.float64)
    photo = photographed(letter(), size=(900, 1200), corners=upper)
    photo[760:] = photographed(letter(), size=(900, 1200), corners=lower)[760:]
    _, sheet = flattening(photo, recognise_lines(photo))
    assert sheet.max(axis=0).tolist() == [900, 1200]
