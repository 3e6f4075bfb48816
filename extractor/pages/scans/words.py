"""Cut recognised lines into words, and say where on the line each stands."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from statistics import median

import numpy as np

from extractor.pages.scans.recogniser import Corners, RecognisedLine, size_of

_WIDE_GAP = 1.6  # line heights: characters further apart belong to two columns
_RIM = 0.13  # of a line's height, above and below: what is left is as high as a text layer's word
_DATE_BEFORE_TIME = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}(?=\d{1,2}:\d{2})")
_LOST_SPACE = 1.3  # times the line's usual step: where figures meet letters, a space was there


def words_of(line: RecognisedLine) -> Iterator[tuple[str, Corners]]:
    """Yield the words of a line, each with its corners in the picture.

    Words part at spaces, and where the characters stand further apart than in one word:
    recognition loses spaces, mostly between figures and letters ("4711of 5 May").
    """
    letters = [character for character in line.text if not character.isspace()]
    parted = _parted(line, letters)
    start = 0
    for end in [*parted, len(letters)]:
        if end > start:
            place = _part(line.corners, line.spans[start][0], line.spans[end - 1][1])
            yield "".join(letters[start:end]), place
        start = end


def _parted(line: RecognisedLine, letters: list[str]) -> list[int]:
    """Return the indexes of the characters, spaces not counted, before which a word ends."""
    width, height = size_of(line.corners)
    aspect = width / max(height, 1e-6)
    middles = [(left + right) / 2 for left, right in line.spans]
    steps = [after - before for before, after in pairwise(middles)]
    usual = median(steps) if steps else 0.0
    spaces = set(accumulate(map(len, line.text.split())))
    spaces |= {match.end() for match in _DATE_BEFORE_TIME.finditer("".join(letters))}
    return [
        index
        for index in range(1, len(letters))
        if index in spaces
        or (line.spans[index][0] - line.spans[index - 1][1]) * aspect > _WIDE_GAP
        or (steps[index - 1] > _LOST_SPACE * usual and _meet(letters[index - 1], letters[index]))
    ]


def _meet(before: str, after: str) -> bool:
    """Say whether figures meet a word: its small letters, for capitals may be one code with them."""
    return (before.isdigit() and after.islower()) or (before.islower() and after.isdigit())


def _part(corners: Corners, start: float, end: float) -> Corners:
    """Return the corners of the part of a line between two shares of its length."""
    upper_left, upper_right, lower_right, lower_left = _without_rim(corners)
    return np.array(
        [
            upper_left + start * (upper_right - upper_left),
            upper_left + end * (upper_right - upper_left),
            lower_left + end * (lower_right - lower_left),
            lower_left + start * (lower_right - lower_left),
        ]
    )


def _without_rim(corners: Corners) -> Corners:
    """Return a line's corners without the rim above and below that detection leaves around print."""
    left, right = corners[3] - corners[0], corners[2] - corners[1]
    return corners + _RIM * np.array([left, right, -right, -left])


def median_height(lines: Sequence[RecognisedLine]) -> float:
    """Return the median height of the lines in pixels, 0 where there are none."""
    heights = [size_of(_without_rim(line.corners))[1] for line in lines]
    return median(heights) if heights else 0.0
