"""Put a picture of a page upright and flat: quarter turns, perspective, skew.

All maps are 3 x 3 projective matrices from pixels of one picture to pixels of another.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.pages.scans.paper import find_paper
from extractor.pages.scans.recogniser import (
    Corners,
    Picture,
    RecognisedLine,
    count_upside_down,
    size_of,
)

Map = NDArray[np.float64]

_VERTICAL = 1.5  # a line so many times as high as wide runs up or down
_TELLING = 3  # letters: shorter lines may be of any shape
_ASKED = 15  # lines whose direction is looked at
_LONG = 4.0  # times as long as high: such a line tells the skew
_LEAST_SKEW = 0.1  # degrees
_INSIDE = 0.97  # of the lines must stand on the paper, or it is none
_ALONG = 3.0  # degrees between the lines and the edges of the sheet that they are printed on
_NOT_WORSE = 0.5  # degrees by which the lines' spread may grow when the sheet is squared


def quarter_turns(picture: Picture, lines: Sequence[RecognisedLine]) -> int:
    """Return how many clockwise quarter turns put the picture upright: 0 to 3."""
    telling = [line for line in lines if len(line.text) >= _TELLING]
    if not telling:
        return 0
    vertical = sum(len(line.text) for line in telling if _is_vertical(line.corners))
    turns = int(2 * vertical > sum(len(line.text) for line in telling))
    asked = [line for line in telling if _is_vertical(line.corners) == bool(turns)]
    asked = sorted(asked, key=lambda line: -len(line.text))[:_ASKED]
    cuts = [_cut(picture, line.corners, turns=turns) for line in asked]
    return turns + 2 * (2 * count_upside_down(cuts) > len(cuts))


def turned(picture: Picture, turns: int) -> Picture:
    """Return the picture after so many clockwise quarter turns."""
    return np.ascontiguousarray(np.rot90(picture, -turns)) if turns else picture


def turning(picture: Picture, turns: int) -> Map:
    """Return the map from a picture to what `turned` makes of it."""
    height, width = picture.shape[:2]
    maps = (
        [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        [[0, -1, height], [1, 0, 0], [0, 0, 1]],
        [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
    )
    return np.array(maps[turns], dtype=np.float64)


def flattening(picture: Picture, lines: Sequence[RecognisedLine]) -> tuple[Map, Corners]:
    """Return the map from an upright picture to the flat page, and the page's corners in the picture.

    The sheet of paper, where there is one, is squared; then the lines are made level.
    """
    corners = [line.corners for line in lines]
    flat, sheet = np.eye(3), _rectangle(*picture.shape[1::-1])
    paper = find_paper(picture)
    if paper is not None and _holds(paper, corners):
        squared = _squaring(paper, *_mean_size(paper))
        if _are_along(_angles([mapped(squared, each) for each in corners]), _angles(corners)):
            flat, sheet = squared, paper
    angles = _angles([mapped(flat, each) for each in corners])
    skew = float(np.median(angles)) if len(angles) else 0.0
    if abs(skew) >= _LEAST_SKEW:
        flat = _rotation(-skew) @ flat
    return flat, sheet


def mapped(by: Map, points: Corners) -> Corners:
    """Return the points (n x 2) where the map takes them."""
    moved: Corners = np.column_stack([points, np.ones(len(points))]) @ by.T
    return np.asarray(moved[:, :2] / moved[:, 2:], dtype=np.float64)


def _is_vertical(corners: Corners) -> bool:
    width, height = size_of(corners)
    return height > _VERTICAL * width


def _cut(picture: Picture, corners: Corners, *, turns: int) -> Picture:
    """Return one line as a picture of its own, after the quarter turns."""
    width, height = (max(1, round(side)) for side in size_of(corners))
    cut = cv2.warpPerspective(picture, _squaring(corners, width, height), (width, height))
    return turned(np.asarray(cut, dtype=np.uint8), turns)


def _holds(paper: Corners, corners: Sequence[Corners]) -> bool:
    """Say whether nearly all lines stand on the paper."""
    outline = paper.astype(np.float32).reshape(-1, 1, 2)
    inside = [
        cv2.pointPolygonTest(outline, tuple(map(float, each.mean(axis=0))), measureDist=False) >= 0
        for each in corners
    ]
    return bool(inside) and sum(inside) >= _INSIDE * len(inside)


def _squaring(corners: Corners, width: float, height: float) -> Map:
    """Return the map that makes four corners an upright rectangle."""
    source, target = corners.astype(np.float32), _rectangle(width, height).astype(np.float32)
    return np.asarray(cv2.getPerspectiveTransform(source, target), dtype=np.float64)


def _rectangle(width: float, height: float) -> Corners:
    return np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)


def _mean_size(paper: Corners) -> tuple[float, float]:
    """Return the mean length of the upper and lower edge, and of the left and right one."""
    (upper, left), (lower, right) = size_of(paper), size_of(np.roll(paper, 2, axis=0))
    return (upper + lower) / 2, (left + right) / 2


def _angles(corners: Sequence[Corners]) -> NDArray[np.float64]:
    """Return by how many degrees each long line falls to the right."""
    long = [each for each in corners if size_of(each)[0] >= _LONG * size_of(each)[1]]
    sides = np.array([(each[1] - each[0] + each[2] - each[3]) / 2 for each in long]).reshape(-1, 2)
    return np.asarray(np.degrees(np.arctan2(sides[:, 1], sides[:, 0])), dtype=np.float64)


def _are_along(after: NDArray[np.float64], before: NDArray[np.float64]) -> bool:
    """Say whether squaring the sheet left the lines parallel to its edges: it is their sheet."""
    if not len(after):
        return False
    return abs(float(np.median(after))) <= _ALONG and _spread(after) <= _spread(before) + _NOT_WORSE


def _spread(angles: NDArray[np.float64]) -> float:
    return float(np.subtract(*np.percentile(angles, [90, 10])))


def _rotation(degrees: float) -> Map:
    angle = np.radians(degrees)
    return np.array(
        [[np.cos(angle), -np.sin(angle), 0.0], [np.sin(angle), np.cos(angle), 0.0], [0.0, 0.0, 1.0]]
    )
