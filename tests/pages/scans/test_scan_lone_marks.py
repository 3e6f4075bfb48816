"""A figure that stands alone is found on the height of a line, and nothing else is taken for one."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from drawn_pdf import both, drawn_pdf, says
from pages.scans.pictures import letter, picture_of, skewed

from extractor.pages.scans.lone_marks import lone_figures
from extractor.pages.scans.recogniser import Picture, RecognisedLine, recognise_lines

ROW = 200  # points from the top
FIGURES = {"7": 330, "12": 400}


def table() -> Picture:
    row = [says(text, x, ROW, fontsize=11) for text, x in FIGURES.items()]
    texts = [
        says("Oak boards, planed on both sides", 72, ROW, fontsize=11),
        says("Quantity", 320, 170, fontsize=11),
    ]
    return picture_of(drawn_pdf(both(*texts, *row)), dpi=150)


def found_but(picture: Picture, overlooked: set[str]) -> list[RecognisedLine]:
    """Return the lines of a picture without those, as if detection had overlooked them."""
    return [line for line in recognise_lines(picture) if line.text not in overlooked]


@pytest.mark.parametrize("overlooked", [{"7"}, {"12"}, {"7", "12"}])
def test_figures_that_detection_has_overlooked_are_found_in_their_place(overlooked: set[str]) -> None:
    picture = table()
    found = lone_figures(picture, found_but(picture, overlooked))
    assert {line.text for line in found} == overlooked
    for line in found:
        assert line.corners[0][0] * 72 / 150 == pytest.approx(FIGURES[line.text], abs=2)
        assert line.corners[:, 1].mean() * 72 / 150 == pytest.approx(ROW - 4, abs=3)
        assert len(line.spans) == len(line.text)
        assert line.score >= 0.9


def test_what_was_found_is_not_found_again() -> None:
    picture = table()
    assert lone_figures(picture, recognise_lines(picture)) == []
    assert lone_figures(letter(), recognise_lines(letter())) == []


def test_figures_on_a_skewed_page_are_found_along_its_lines() -> None:
    picture = skewed(table(), 4)
    assert {line.text for line in lone_figures(picture, found_but(picture, {"7"}))} >= {"7"}


def test_figures_off_the_height_of_every_line_are_left_out() -> None:
    picture = table()
    lines = [
        replace(line, corners=line.corners + np.array([0.0, 35.0]))
        for line in found_but(picture, {"7", "12"})
    ]
    assert lone_figures(picture, lines) == []


def test_letters_dots_and_rules_are_no_figures() -> None:
    picture = table()
    lines = found_but(picture, {"7", "12"})
    y = round((ROW - 4) * 150 / 72)
    spoiled = picture.copy()
    for x in FIGURES.values():
        left = round(x * 150 / 72)
        cv2.rectangle(spoiled, (left - 4, y - 16), (left + 40, y + 16), (255, 255, 255), -1)
    cv2.line(spoiled, (690, y - 12), (690, y + 12), (0, 0, 0), 1)
    cv2.circle(spoiled, (840, y), 9, (0, 0, 0), 2)
    assert lone_figures(spoiled, lines) == []


def test_a_page_without_lines_or_full_of_specks_has_none() -> None:
    picture = table()
    assert lone_figures(picture, []) == []
    noisy = picture.copy()
    rng = np.random.default_rng(4)
    for x, y in rng.integers((10, 380), (1200, 440), size=(400, 2)):
        cv2.rectangle(noisy, (int(x), int(y)), (int(x) + 5, int(y) + 12), (0, 0, 0), -1)
    assert lone_figures(noisy, found_but(picture, {"7", "12"})) == []
