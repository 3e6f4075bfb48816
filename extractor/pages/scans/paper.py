"""Find the sheet of paper in a photo: the four corners of the bright area that the print stands on."""

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.pages.scans.recogniser import Corners, Picture

_SIDE = 640  # pixels of the longer side: enough to see edges, and quick
_LEAST_AREA, _MOST_AREA = 0.2, 0.97  # of the picture; a scan is all paper
_TOLERANCE = 0.02  # of the outline's length: how far a side may bulge
_CORNERS = 4
_OUTSIDE_CONTRAST = 20.0  # grey levels by which the paper is brighter than what is around it
_STEEPEST = 0.35  # cosine: opposite what a right angle has; a photo taken from further aside is no page


def find_paper(picture: Picture) -> Corners | None:
    """Return the paper's corners in pixels, clockwise from the upper left; None where it fills the picture.

    The paper is the largest convex area with four corners that is clearly brighter than
    its surroundings.
    """
    scale = min(1.0, _SIDE / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.medianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), 7)
    best: tuple[float, Corners] | None = None
    for mask in _bright_areas(np.asarray(grey, dtype=np.uint8)):
        for outline in cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            corners = _four_corners(np.asarray(outline, dtype=np.int32))
            if corners is None:
                continue
            area = cv2.contourArea(corners.astype(np.float32)) / grey.size
            if not _LEAST_AREA <= area <= _MOST_AREA or not _stands_out(np.asarray(grey), corners):
                continue
            if best is None or area > best[0]:
                best = area, corners
    return _in_order(best[1]) / scale if best is not None else None


def _bright_areas(grey: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """Return masks of what is bright, at the level that parts the picture best and around it."""
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    kernel = np.ones((9, 9), np.uint8)  # print on the paper is filled up
    masks = []
    for offset in (-15, 0, 15):
        mask = cv2.threshold(grey, level + offset, 255, cv2.THRESH_BINARY)[1]
        masks.append(np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), dtype=np.uint8))
    return masks


def _four_corners(outline: NDArray[np.int32]) -> Corners | None:
    hull = cv2.convexHull(outline)
    rough = cv2.approxPolyDP(hull, _TOLERANCE * cv2.arcLength(hull, closed=True), closed=True)
    if len(rough) != _CORNERS:
        return None
    corners = np.asarray(rough, dtype=np.float64).reshape(_CORNERS, 2)
    return corners if _is_like_a_page(corners) else None


def _is_like_a_page(corners: Corners) -> bool:
    """Say whether no angle is far from a right one."""
    for index in range(_CORNERS):
        before, after = corners[index - 1] - corners[index], corners[(index + 1) % 4] - corners[index]
        lengths = np.hypot(*before) * np.hypot(*after)
        if not lengths or abs(before @ after) / lengths > _STEEPEST:
            return False
    return True


def _stands_out(grey: NDArray[np.uint8], corners: Corners) -> bool:
    """Say whether the inside is clearly brighter than a rim around it."""
    inside = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(inside, corners.astype(np.int32), 1)
    wide = np.asarray(cv2.dilate(inside, np.ones((31, 31), np.uint8)), dtype=np.uint8)
    rim = (wide == 1) & (inside == 0)
    if not rim.any():
        return False
    return float(np.median(grey[inside == 1]) - np.median(grey[rim])) >= _OUTSIDE_CONTRAST


def _in_order(corners: Corners) -> Corners:
    """Return the corners clockwise, from the one nearest to the picture's upper left."""
    centre = corners.mean(axis=0)
    angles = np.arctan2(*(corners - centre).T[::-1])
    clockwise = corners[np.argsort(angles)]
    first = int(np.argmin(clockwise.sum(axis=1)))
    return np.roll(clockwise, -first, axis=0)
