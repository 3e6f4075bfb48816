"""Print is recognised with its place, whatever its script."""

import numpy as np
import pytest
from drawn_pdf import both, drawn_pdf, says
from pages.scans.pictures import LETTER, letter, picture_of

from extractor.errors import ConfigurationError
from extractor.pages.scans import recogniser
from extractor.pages.scans.recogniser import Picture, count_upside_down, recognise_lines
from extractor.workers import THREADS_VARIABLE


def test_lines_are_read_with_their_places_and_scores() -> None:
    lines = {line.text: line for line in recognise_lines(letter())}
    assert set(LETTER) <= set(lines)
    number = lines["Invoice number 4711"]
    assert number.score > 0.9
    left, top = number.corners[0] * 72 / 110
    assert left == pytest.approx(72, abs=6)
    assert top == pytest.approx(160 - 13, abs=8)


def test_each_character_but_the_spaces_has_its_share_of_the_line() -> None:
    for line in recognise_lines(letter()):
        assert len(line.spans) == sum(not character.isspace() for character in line.text)
        middles = [left + right for left, right in line.spans]
        assert middles == sorted(middles)
        assert all(0 <= left <= right <= 1 for left, right in line.spans)


def test_umlauts_and_chinese_are_read() -> None:
    german, chinese = "Grüße aus Köln, Straße 5", "增值税专用发票"
    page = drawn_pdf(both(says(german, fontsize=16), says(chinese, 72, 150, fontname="china-s", fontsize=16)))
    assert {line.text for line in recognise_lines(picture_of(page))} == {german, chinese}


def test_a_long_strip_is_read_in_pieces_and_no_line_twice() -> None:
    strip = np.vstack([letter()] * 4)
    lines = recognise_lines(strip)
    numbers = sorted(line.corners[:, 1].mean() for line in lines if line.text == "Invoice number 4711")
    assert len(numbers) == 4
    assert np.diff(numbers).tolist() == pytest.approx([letter().shape[0]] * 3, abs=4)
    assert len(lines) == 4 * len(LETTER)


def test_an_empty_picture_has_no_lines() -> None:
    assert recognise_lines(np.full((300, 200, 3), 255, np.uint8)) == []


def cut(picture: Picture) -> list[Picture]:
    boxes = [
        (*line.corners.min(axis=0).astype(int), *line.corners.max(axis=0).astype(int))
        for line in recognise_lines(picture)
    ]
    return [picture[top:bottom, left:right] for left, top, right, bottom in boxes]


def test_lines_that_stand_on_their_heads_are_counted() -> None:
    upright = cut(letter())
    flipped = [np.ascontiguousarray(np.rot90(line, 2)) for line in upright]
    assert count_upside_down(upright) == 0
    assert count_upside_down(flipped) > len(flipped) / 2


def test_characters_that_the_engine_cannot_place_are_spread_evenly() -> None:
    corners = np.array([[0, 0], [100, 0], [100, 10], [0, 10]], dtype=np.float64)
    assert list(recogniser._spans("ab c", corners, [])) == [(0, 0.25), (0.25, 0.5), (0.75, 1)]  # noqa: SLF001


@pytest.mark.parametrize("asked", ["0", "-1", "two", ""])
def test_a_wrong_number_of_threads_is_refused(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS_VARIABLE, asked)
    with pytest.raises(ConfigurationError, match=THREADS_VARIABLE):
        recogniser._threads()  # noqa: SLF001


def test_a_process_uses_its_share_of_the_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(THREADS_VARIABLE, "3")
    assert recogniser._threads() == 3  # noqa: SLF001
    monkeypatch.delenv(THREADS_VARIABLE)
    assert recogniser._threads() >= 1  # noqa: SLF001
