"""Say why a page cannot be read, and what a person can do about it."""

from collections.abc import Sequence
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from extractor.pages.scans.recogniser import Picture, RecognisedLine
from extractor.pages.scans.words import median_height

Grey: TypeAlias = NDArray[np.uint8]

_LEGIBLE = 0.72  # mean score of the characters: below, what was recognised is guessed
_SMALLEST = 9.0  # pixels of the original's lines: smaller print runs together
_DARK = 70.0  # grey level that nine tenths of the picture stay below
_FLAT = 12  # levels between the darkest and the brightest point of a page without print
_PALE = 60.0  # grey levels between print and paper: with fewer, the print is too pale
_BLURRED = 0.001  # variance of the Laplacian (Pech-Pacheco et al. 2000), for a contrast of 1, without edges
_MEASURED = 1000  # pixels of the longer side at which blur is measured


def advice_on(picture: Picture, lines: Sequence[RecognisedLine], *, native: float) -> str | None:
    """Return what is wrong and what to do, None where the page can be read or is blank.

    `native` is how many pixels of the original one pixel of the picture was.
    """
    if lines and _mean_score(lines) >= _LEGIBLE:
        return None
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    if not lines and _is_bare(grey):
        return None
    return _fault_of(picture, grey) or _fault_of_lines(lines, native)


def is_blank(picture: Picture) -> bool:
    """Say whether nothing at all is printed on a page, so that it need not be read."""
    return int(np.ptp(picture[::2, ::2])) < _FLAT and int(picture.min()) > _DARK


def _mean_score(lines: Sequence[RecognisedLine]) -> float:
    letters = sum(len(line.text) for line in lines)
    return sum(len(line.text) * line.score for line in lines) / max(letters, 1)


def _fault_of(picture: Picture, grey: Grey) -> str | None:
    dark, bright = np.percentile(grey, [0.2, 99])
    if np.percentile(grey, 90) < _DARK:
        return "it is too dark: retake it with more light"
    if bright > dark and _sharpness(picture) < _BLURRED * (bright - dark) ** 2:
        return "it is blurred: hold the camera still, or scan it"
    if bright - dark < _PALE:
        return "its print is too pale: scan it with more contrast"
    return None


def _fault_of_lines(lines: Sequence[RecognisedLine], native: float) -> str:
    if not lines:
        return "no text was found on it: if there is some, scan it straight and at 200 dpi or more"
    height = median_height(lines) * native
    if height < _SMALLEST:
        return f"its text is {height:.0f} pixels high: scan it at 200 dpi or more, or go nearer"
    return "its text could not be made out: scan it at 200 dpi or more"


def _is_bare(grey: Grey) -> bool:
    """Say whether a page on which no text was found is the empty back of one."""
    dark, bright = np.percentile(grey, [0.5, 99])
    return bool(bright - dark < _PALE and np.percentile(grey, 10) > _DARK)


def _sharpness(picture: Picture) -> float:
    scale = min(1.0, _MEASURED / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return float(np.asarray(cv2.Laplacian(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), cv2.CV_64F)).var())
