"""Draw text and rules on PDF pages. The only module of the generator that knows PyMuPDF.

The same calls make the same bytes: no clock and no random id gets into the file.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from typing import NamedTuple

import pymupdf

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
GREY: Colour = (0.45, 0.45, 0.45)

ASCENT = 0.88  # from the top of a line to its baseline, in font sizes


class Face(StrEnum):
    """The typefaces, by PyMuPDF's names.

    The shipped fixtures use the first seven only: under the OFL, but CJK (Apache-2.0). The others are
    under the OFL (Cascadia), the Ubuntu Font Licence, and the AGPL with URW's font exception.
    """

    CJK = "cjk"  # Droid Sans Fallback
    SANS = "notos"  # Noto Sans
    SANS_BOLD = "notosbo"
    FIRA = "figo"  # FiraGO
    FIRA_BOLD = "figbo"
    MONO = "spacemo"  # Space Mono
    MONO_BOLD = "spacembo"
    UBUNTU = "ubuntu"
    UBUNTU_BOLD = "ubuntubo"
    UBUNTU_MONO = "ubuntm"
    UBUNTU_MONO_BOLD = "ubuntmbo"
    CASCADIA = "cascadia"
    CASCADIA_BOLD = "cascadiab"
    HELVETICA = "helv"  # Nimbus Sans
    HELVETICA_BOLD = "hebo"
    TIMES = "tiro"  # Nimbus Roman
    TIMES_BOLD = "tibo"
    COURIER = "cour"  # Nimbus Mono
    COURIER_BOLD = "cobo"


BOLD_OF = {
    Face.SANS: Face.SANS_BOLD,
    Face.FIRA: Face.FIRA_BOLD,
    Face.MONO: Face.MONO_BOLD,
    Face.UBUNTU: Face.UBUNTU_BOLD,
    Face.UBUNTU_MONO: Face.UBUNTU_MONO_BOLD,
    Face.CASCADIA: Face.CASCADIA_BOLD,
    Face.HELVETICA: Face.HELVETICA_BOLD,
    Face.TIMES: Face.TIMES_BOLD,
    Face.COURIER: Face.COURIER_BOLD,
    Face.CJK: Face.CJK,
}


class Paper(NamedTuple):
    """A paper size in points."""

    width: float
    height: float


A4 = Paper(595.0, 842.0)
LETTER = Paper(612.0, 792.0)
FAPIAO_FORM = Paper(683.0, 397.0)  # 241 × 140 mm
FAPIAO_WIDE = Paper(595.0, 397.0)  # 210 × 140 mm


@cache
def _font(face: Face) -> pymupdf.Font:
    return pymupdf.Font(face.value)


def page_count(content: bytes) -> int:
    """Return how many pages a PDF has."""
    with pymupdf.open(stream=content, filetype="pdf") as file:
        return int(file.page_count)


def text_width(text: str, *, size: float, face: Face) -> float:
    """Return the width in points."""
    return size * sum(_advance(face, character) for character in text)


@cache
def _advance(face: Face, character: str) -> float:
    """Return a character's width at a size of one point."""
    return float(_font(face).text_length(character, fontsize=1))


def wrap(text: str, *, width: float, size: float, face: Face) -> list[str]:
    """Break into lines of at most `width` points: at spaces, and anywhere beside CJK characters."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and text_width((line + piece).rstrip(), size=size, face=face) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
            while text_width(line.rstrip(), size=size, face=face) > width and len(line) > 1:
                fitting = _longest_fitting(line, width=width, size=size, face=face)
                lines.append(line[:fitting])
                line = line[fitting:]
        lines.append(line.rstrip())
    return lines


class Canvas:
    """Pages under way. Coordinates are points from the top left; `y` is the top of a line of text."""

    def __init__(self, *, paper: Paper = A4, face: Face = Face.SANS) -> None:
        """Start with one empty page."""
        self.paper = paper
        self.face = face
        self._file = pymupdf.open()
        self._writers: dict[Colour, pymupdf.TextWriter] = {}
        self._page = self._file.new_page(width=paper.width, height=paper.height)

    @property
    def page_number(self) -> int:
        """Return the number of the page that is being drawn on, from 1."""
        return int(self._page.number) + 1

    def new_page(self) -> None:
        """Go on to a fresh page."""
        self._flush()
        self._page = self._file.new_page(width=self.paper.width, height=self.paper.height)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9.0,
        face: Face | None = None,
        align: str = "left",
        colour: Colour = BLACK,
    ) -> float:
        """Write one line; `x` is its left, right or middle, as `align` says. Return where it ends."""
        face = face or self.face
        if not text:
            return x
        width = text_width(text, size=size, face=face)
        left = x - {"left": 0.0, "right": width, "centre": width / 2}[align]
        if colour not in self._writers:
            self._writers[colour] = pymupdf.TextWriter(self._page.rect)
        writer = self._writers[colour]
        writer.append((left, y + ASCENT * size), text, font=_font(face), fontsize=size)
        return left + width

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        *,
        width: float,
        size: float = 9.0,
        face: Face | None = None,
        align: str = "left",
        leading: float = 1.32,
        colour: Colour = BLACK,
    ) -> float:
        """Write wrapped lines under each other. Return the `y` below the last."""
        for line in wrap(text, width=width, size=size, face=face or self.face):
            self.text(x, y, line, size=size, face=face, align=align, colour=colour)
            y += leading * size
        return y

    def stacked(
        self, x: float, y: float, text: str, *, size: float = 9.0, pitch: float | None = None
    ) -> float:
        """Write one character under the other, as captions of Chinese forms are. Return the end `y`."""
        for character in text:
            self.text(x, y, character, size=size)
            y += pitch or size * 1.25
        return y

    def line(
        self, x0: float, y0: float, x1: float, y1: float, *, width: float = 0.6, colour: Colour = BLACK
    ) -> None:
        """Draw a straight rule."""
        self._page.draw_line((x0, y0), (x1, y1), color=colour, width=width)

    def box(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        width: float = 0.6,
        colour: Colour | None = BLACK,
        fill: Colour | None = None,
    ) -> None:
        """Draw a rectangle, its outline, its inside, or both."""
        self._page.draw_rect((x0, y0, x1, y1), color=colour, fill=fill, width=width if colour else 0)

    def bars(self, x: float, y: float, unit: float, bars: Iterable[tuple[int, int, int]]) -> None:
        """Fill bars one unit high in one drawing: each a row, a column and a width, in units."""
        shape = self._page.new_shape()
        for row, column, width in bars:
            left, top = x + column * unit, y + row * unit
            shape.draw_rect((left, top, left + width * unit, top + unit))
        shape.finish(color=None, fill=BLACK)
        shape.commit()

    def disc(self, x: float, y: float, radius: float, *, fill: Colour) -> None:
        """Fill a circle around a middle."""
        self._page.draw_circle((x, y), radius, color=None, fill=fill, width=0)

    def polygon(self, corners: Iterable[tuple[float, float]], *, fill: Colour) -> None:
        """Fill the area between corners."""
        self._page.draw_polyline(list(corners), color=None, fill=fill, width=0, closePath=True)

    def on_every_page(
        self,
        x: float,
        y: float,
        written: Callable[[int, int], str],
        *,
        size: float = 8.0,
        align: str = "left",
    ) -> None:
        """Write a line on each page so far: what `written` says of its number, from 1, and their count."""
        self._flush()
        last, count = self._page, int(self._file.page_count)
        for index in range(count):
            self._page = self._file[index]
            self.text(x, y, written(index + 1, count), size=size, align=align)
            self._flush()
        self._page = last

    def content(self, *, title: str = "") -> bytes:
        """Close the canvas and return the PDF, fonts cut down to what is used."""
        self._flush()
        self._file.set_metadata({"title": title, "producer": "synthesis", "creator": "synthesis"})
        self._file.subset_fonts()
        data = bytes(self._file.tobytes(garbage=4, deflate=True, no_new_id=True))
        self._file.close()
        return data

    def _flush(self) -> None:
        for colour, writer in self._writers.items():
            writer.write_text(self._page, color=colour)
        self._writers = {}


def _pieces(text: str) -> Iterable[str]:
    """Cut where a line may break; the spaces stay at the end of a piece."""
    piece = ""
    for character in text:
        if _is_wide(character) and not _may_not_start(character):
            if piece:
                yield piece
            piece = character
        elif character == " ":
            yield piece + character
            piece = ""
        elif piece and _is_wide(piece[-1]) and not _is_wide(character):
            yield piece
            piece = character
        else:
            piece += character
    if piece:
        yield piece


def _is_wide(character: str) -> bool:
    return character >= "\u2e80"


def _may_not_start(character: str) -> bool:
    return character in "，。、；：）】》！？％"


def _longest_fitting(line: str, *, width: float, size: float, face: Face) -> int:
    fitting = 1
    while fitting < len(line) and text_width(line[: fitting + 1], size=size, face=face) <= width:
        fitting += 1
    return fitting
