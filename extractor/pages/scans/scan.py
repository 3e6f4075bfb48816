"""Read one page from its picture: words on the upright, flat page, and how that lies on the picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractor.pages.geometry import Box
from extractor.pages.placement import Placement
from extractor.pages.scans.advice import advice_on, is_blank
from extractor.pages.scans.lone_marks import lone_figures
from extractor.pages.scans.paragraph_signs import with_paragraph_signs
from extractor.pages.scans.recogniser import Corners, Picture, RecognisedLine, recognise_lines
from extractor.pages.scans.upright import Map, flattening, mapped, quarter_turns, turned, turning
from extractor.pages.scans.words import median_height, words_of
from extractor.pages.word import Origin, Word

_LINE_HEIGHT = 11.5  # points: what a line of ordinary print takes; the upright page is scaled to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What was read from a picture. Boxes, width and height are in points of the upright page.

    `placement` takes them to the page as uploaded. `advice` says why the page cannot be
    read; it then has no words.
    """

    words: tuple[Word, ...]
    width: float
    height: float
    placement: Placement
    advice: str | None = None


def read_scan(picture: Picture, *, points: float, native: float) -> Scan:
    """Read a page from its picture.

    `points` is the size of a pixel on the page as uploaded, `native` how many pixels of
    the original image it was.
    """
    lines = [] if is_blank(picture) else recognise_lines(picture)
    turns = quarter_turns(picture, lines)
    upright = turned(picture, turns)
    if turns:
        lines = recognise_lines(upright)
    advice = advice_on(upright, lines, native=native)
    if advice is None:
        lines = with_paragraph_signs(lines + lone_figures(upright, lines))
    flat, sheet = flattening(upright, lines)
    flat, (width, height) = _at_origin(flat, [sheet, *(line.corners for line in lines)])
    scale = _LINE_HEIGHT / (median_height(lines) or _LINE_HEIGHT / points)
    whole = _scaling(scale) @ flat @ turning(picture, turns)  # the picture's pixels to upright points
    back = _scaling(points) @ np.linalg.inv(whole)
    return Scan(
        words=() if advice else tuple(_placed(lines, _scaling(scale) @ flat)),
        width=width * scale,
        height=height * scale,
        placement=Placement(tuple(float(each) for each in back.ravel() / back[2, 2])),  # type: ignore[arg-type] # nine
        advice=advice,
    )


def _placed(lines: list[RecognisedLine], by: Map) -> list[Word]:
    words = []
    for line in lines:
        for text, corners in words_of(line):
            (x0, y0), (x1, y1) = (edge(mapped(by, corners), axis=0) for edge in (np.min, np.max))
            box = Box(float(x0), float(y0), float(x1), float(y1))
            words.append(Word(text=text, box=box, origin=Origin.OCR, score=line.score))
    return words


def _at_origin(flat: Map, corners: Sequence[Corners]) -> tuple[Map, tuple[float, float]]:
    """Shift the flat page so that all corners lie right of and below 0; return its size too, in pixels."""
    points = np.vstack([mapped(flat, each) for each in corners])
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    shift = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]])
    return shift @ flat, (float(right - left), float(bottom - top))


def _scaling(factor: float) -> Map:
    return np.diag([factor, factor, 1.0])
