"""A recognised line is cut into words, each where its characters stand."""

import numpy as np
import pytest

from extractor.pages.scans.recogniser import RecognisedLine
from extractor.pages.scans.words import median_height, words_of


def line(
    text: str, middles: list[float] | None = None, *, width: float = 400, height: float = 20
) -> RecognisedLine:
    """Return a level line; `middles` are the characters' places in pixels, by default even."""
    letters = [character for character in text if not character.isspace()]
    places = middles or [
        (index + 0.5) * width / len(text) for index, character in enumerate(text) if not character.isspace()
    ]
    assert len(places) == len(letters)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    spans = tuple(((place - 4) / width, (place + 4) / width) for place in places)
    return RecognisedLine(text=text, corners=corners, score=0.9, spans=spans)


def texts(of: RecognisedLine) -> list[str]:
    return [text for text, _ in words_of(of)]


def test_spaces_part_words_in_order() -> None:
    assert texts(line("Net amount 1,250.00")) == ["Net", "amount", "1,250.00"]
    assert texts(line("  Net  amount ")) == ["Net", "amount"]
    assert texts(line("")) == []


def test_a_word_stands_where_its_characters_are() -> None:
    words = dict(words_of(line("ab cd", [10, 20, 60, 70])))
    assert words["ab"][:, 0].tolist() == pytest.approx([6, 24, 24, 6])
    assert words["cd"][:, 0].tolist() == pytest.approx([56, 74, 74, 56])


def test_the_rim_that_detection_leaves_is_cut_off_above_and_below() -> None:
    ((_, corners),) = words_of(line("ab", [10, 20], height=100))
    assert corners[:, 1].tolist() == pytest.approx([13, 13, 87, 87])
    assert median_height([line("ab", height=100)]) == pytest.approx(74)
    assert median_height([]) == 0


def test_words_of_a_slanting_line_slant_too() -> None:
    slanting = line("ab cd", [10, 20, 60, 70])
    corners = slanting.corners + np.array([[0, 0], [0, 40], [0, 40], [0, 0]])
    words = dict(words_of(RecognisedLine(text="ab cd", corners=corners, score=1, spans=slanting.spans)))
    assert words["ab"][0, 1] < words["cd"][0, 1]


@pytest.mark.parametrize(("gap", "parts"), [(31.9, 1), (32.1, 2)])
def test_a_gap_of_more_than_1_6_line_heights_parts_columns(gap: float, parts: int) -> None:
    steps = [
        10,
        20,
        30,
        38 + gap,
        48 + gap,
        58 + gap,
    ]  # a character is 8 pixels wide
    assert len(texts(line("abcdef", steps))) == parts


@pytest.mark.parametrize(("step", "words"), [(12.9, ["502vom"]), (13.1, ["502", "vom"])])
def test_a_lost_space_between_figures_and_a_word_is_found_by_its_width(step: float, words: list[str]) -> None:
    assert texts(line("502vom", [10, 20, 30, 30 + step, 40 + step, 50 + step])) == words


def test_a_time_glued_to_a_date_is_a_word_of_its_own() -> None:
    assert texts(line("03/05/201820:24", width=120)) == ["03/05/2018", "20:24"]
    assert texts(line("03/05/2018", width=80)) == ["03/05/2018"]


def test_figures_within_a_code_stay_with_its_capitals() -> None:
    assert texts(line("PO5750", [10, 20, 35, 45, 55, 65])) == ["PO5750"]
    assert texts(line("ab50", [10, 20, 35, 45])) == ["ab", "50"]
