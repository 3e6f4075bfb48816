"""Find figures that stand alone and that detection has overlooked: the "2" of a quantity.

Detection looks for lines of text, and passes over one character that stands alone in its
cell. What it left is told by its ink: spots as high as the page's print, on the height
of a line that was found, and in none of its boxes. They are recognised one by one, and
kept only if they are read as figures without a doubt.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extractor.pages.scans.recogniser import (
    Corners,
    Picture,
    RecognisedLine,
    recognise_crops,
    size_of,
)
from extractor.pages.scans.words import median_height

_LEAST_HEIGHT, _MOST_HEIGHT = 0.55, 1.25  # of the print's usual height: a figure, and no comma or frame
_LEAST_WIDTH, _MOST_WIDTH = 0.15, 1.2  # of its own height: "1" is narrow, a rule is narrower
_TOGETHER = 0.6  # of the height: figures closer than this are one number
_MOST_FIGURES = 4
_SAME_HEIGHT = 0.35  # of the print's height: so far off a line's middle is on its height
_RIM = 0.3  # of the height: paper around the figures, as recognition wants it
_MOST_MARKS = 60  # a page with more is noise
_SURE = 0.9
_CONTRAST = 12  # grey levels below the paper around: weaker is no ink
_FIGURES = frozenset("0123456789")

_Spot = tuple[float, float, float, float]  # left, top, right, bottom in pixels


def lone_figures(picture: Picture, lines: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """Return the numbers of few figures that none of the lines has."""
    height = median_height(lines)
    if not height:
        return []
    spots = [spot for spot in _numbers(_spots(picture, height)) if _is_on_a_line(spot, lines, height)]
    free = [spot for spot in spots if not any(_is_in(spot, line.corners) for line in lines)]
    if not 0 < len(free) <= _MOST_MARKS:
        return []
    crops = [_crop(picture, spot) for spot in free]
    return [
        RecognisedLine(text=text, corners=_corners(spot), score=score, spans=_spans(text))
        for spot, (text, score) in zip(free, recognise_crops(crops), strict=True)
        if score >= _SURE and set(text) <= _FIGURES and text.strip("0")  # a lone 0 is as likely a bullet
    ]


def _spots(picture: Picture, height: float) -> list[_Spot]:
    """Return the connected spots of ink that are as high as print, left to right."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    around = max(3, round(3 * height) | 1)
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, around, _CONTRAST
    )
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:]
    tall = (stats[:, 3] >= _LEAST_HEIGHT * height) & (stats[:, 3] <= _MOST_HEIGHT * height)
    wide = (stats[:, 2] >= _LEAST_WIDTH * stats[:, 3]) & (stats[:, 2] <= _MOST_WIDTH * stats[:, 3])
    found = [
        (float(left), float(top), float(left + width), float(top + tall_by))
        for left, top, width, tall_by, _ in stats[tall & wide]
    ]
    return sorted(found)


def _numbers(spots: Sequence[_Spot]) -> Iterator[_Spot]:
    """Join spots that stand close beside each other; more than a few are a word, and left out."""
    rest = list(spots)
    while rest:
        group = [rest.pop(0)]
        for spot in list(rest):
            last = group[-1]
            is_beside = -1 <= spot[0] - last[2] <= _TOGETHER * (last[3] - last[1])
            if is_beside and min(spot[3], last[3]) - max(spot[1], last[1]) > (last[3] - last[1]) / 2:
                group.append(spot)
                rest.remove(spot)
        if len(group) <= _MOST_FIGURES:
            left, top, right, bottom = zip(*group, strict=True)
            yield min(left), min(top), max(right), max(bottom)


def _is_on_a_line(spot: _Spot, lines: Sequence[RecognisedLine], height: float) -> bool:
    """Say whether a line that was found, drawn on in its direction, runs through the spot."""
    x, y = (spot[0] + spot[2]) / 2, (spot[1] + spot[3]) / 2
    for line in lines:
        left, right = (line.corners[0] + line.corners[3]) / 2, (line.corners[1] + line.corners[2]) / 2
        if right[0] - left[0] < height:
            continue
        slope = (right[1] - left[1]) / (right[0] - left[0])
        if abs(left[1] + slope * (x - left[0]) - y) <= _SAME_HEIGHT * height:
            return True
    return False


def _is_in(spot: _Spot, corners: Corners) -> bool:
    middle = ((spot[0] + spot[2]) / 2, (spot[1] + spot[3]) / 2)
    rim = size_of(corners)[1] * _RIM
    return cv2.pointPolygonTest(corners.astype(np.float32), middle, measureDist=True) > -rim


def _crop(picture: Picture, spot: _Spot) -> Picture:
    rim = round(_RIM * (spot[3] - spot[1]))
    left, top, right, bottom = (round(each) for each in spot)
    part = picture[max(0, top - rim) : bottom + rim, max(0, left - rim) : right + rim]
    return np.ascontiguousarray(part)


def _corners(spot: _Spot) -> Corners:
    left, top, right, bottom = spot
    rim = (bottom - top) * _RIM / 2  # as detection leaves it around a line
    top, bottom = top - rim, bottom + rim
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)])


def _spans(text: str) -> tuple[tuple[float, float], ...]:
    return tuple((place / len(text), (place + 1) / len(text)) for place in range(len(text)))
