"""An S before the numbers of a contract's headings is the sign of a paragraph."""

import numpy as np
import pytest

from extractor.pages.scans.paragraph_signs import with_paragraph_signs
from extractor.pages.scans.recogniser import RecognisedLine


def line(text: str, top: float) -> RecognisedLine:
    corners = np.array([[0, top], [100, top], [100, top + 10], [0, top + 10]], dtype=np.float64)
    spans = tuple((0.0, 1.0) for character in text if not character.isspace())
    return RecognisedLine(text=text, corners=corners, score=0.9, spans=spans)


def mended(*texts: str) -> list[str]:
    lines = [line(text, 20.0 * place) for place, text in enumerate(texts)]
    return [each.text for each in with_paragraph_signs(lines)]


def test_numbers_that_follow_one_another_are_those_of_paragraphs() -> None:
    printed = ("S 3 Entgelte", "(1) Der Anhang nennt sie.", "S4 Abrechnung", "$ 5 Schluss")
    assert mended(*printed) == ["§ 3 Entgelte", "(1) Der Anhang nennt sie.", "§4 Abrechnung", "§ 5 Schluss"]


def test_signs_that_were_read_count_with_the_others() -> None:
    assert mended("§ 1 Umfang", "S 2 Dauer") == ["§ 1 Umfang", "§ 2 Dauer"]


@pytest.mark.parametrize(
    "printed",
    [
        ("S 4 Abrechnung",),  # one alone may be anything
        ("S 4 Abrechnung", "S 6 Schluss"),
        ("S 4 Abrechnung", "S 4 Schluss"),
        ("S 5 Schluss", "S 4 Abrechnung"),
        ("S 4 mm", "S 5 mm"),
        ("Size S 4 Blue", "Size S 5 Blue"),
    ],
)
def test_what_does_not_count_on_stays_as_it_was_read(printed: tuple[str, ...]) -> None:
    assert mended(*printed) == list(printed)


def test_lines_count_from_the_top_whatever_their_order() -> None:
    lines = [line("S 2 Dauer", 40.0), line("S 1 Umfang", 20.0)]
    assert [each.text for each in with_paragraph_signs(lines)] == ["§ 2 Dauer", "§ 1 Umfang"]
