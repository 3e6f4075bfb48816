"""Draw slips: as PDF pages with a text layer, and quickly as the same pixels."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from extractor.documents.pdf import PdfFile
from synthesis.canvas import ASCENT, Canvas, Face, Paper
from synthesis.slip import Slip

DPI = 72  # at which a point is a pixel
_FACE, _SIZE = Face.UBUNTU_MONO_BOLD, 28.0  # each character 14 wide: a patch of the model
_CELL, _PITCH = 14, 28  # pixels from character to character, from line to line
_BASELINE = 20
_COLUMNS = 18
_WHITE = 255


def paper_of(slip: Slip) -> tuple[int, int]:
    """Return width and height in pixels: whole tokens of the model."""
    return _COLUMNS * _CELL, max(3, len(slip.lines)) * _PITCH


def pdf_of(slip: Slip, *, is_blank: bool = False) -> bytes:
    """Return the slip as a PDF of one page, or that page without its print."""
    width, height = paper_of(slip)
    canvas = Canvas(paper=Paper(width, height), face=_FACE)
    for row, line in enumerate(() if is_blank else slip.lines):
        baseline = slip.down + row * _PITCH + _BASELINE
        for column, text in _words(line.text):
            canvas.text(slip.right + column * _CELL, baseline - ASCENT * _SIZE, text, size=_SIZE)
    return canvas.content(title="Slip")


def pixels_of(slip: Slip) -> NDArray[np.uint8]:
    """Return the page as grey samples, height x width."""
    width, height = paper_of(slip)
    drawn = np.full((height + 2 * _PITCH, width + 2 * _CELL), _WHITE, np.uint8)
    for row, line in enumerate(slip.lines):
        top = slip.down + row * _PITCH
        for column, character in enumerate(line.text):
            left = slip.right + column * _CELL
            if character != " ":
                part = drawn[top : top + 2 * _PITCH, left : left + 3 * _CELL]
                glyph = _glyph(character)[: part.shape[0], : part.shape[1]]
                np.minimum(part, glyph, out=part)
    return drawn[_PITCH // 2 : _PITCH // 2 + height, _CELL : _CELL + width]


@cache
def _glyph(character: str) -> NDArray[np.uint8]:
    """Return a character in the middle of three columns, half a line from the top."""
    canvas = Canvas(paper=Paper(3 * _CELL, 2 * _PITCH), face=_FACE)
    canvas.text(_CELL, _PITCH // 2 + _BASELINE - ASCENT * _SIZE, character, size=_SIZE)
    with PdfFile(canvas.content()) as file:
        return file.render(1, dpi=DPI).pixels[:, :, 0]


def _words(text: str) -> list[tuple[int, str]]:
    """Return each word with its column."""
    found, column = [], 0
    for word in text.split(" "):
        if word:
            found.append((column, word))
        column += len(word) + 1
    return found
