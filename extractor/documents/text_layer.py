"""What the text layer of a page holds besides words: what is painted over and under them, and in which style.

MuPDF's structured text tells it in ways of its own; they are put into records here. Its
words count the blocks of text alone, its other parts count all blocks: the common measure
of what is drawn when is the number of words drawn before.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, TypedDict

Rectangle: TypeAlias = tuple[float, float, float, float]
Colour: TypeAlias = tuple[int, int, int]  # red, green, blue in 0..255
RawWord: TypeAlias = tuple[float, float, float, float, str, int, int, int]  # …, text, block, line, word

_TEXT_BLOCK, _VECTOR_BLOCK = 0, 3
_SMALLEST_FILL = 3.0  # points; thinner ones are rules, which hide nothing
_SPECK = (0.4, 12.0)  # points of a speck's shorter side: thinner is a rule, thicker no module of a code
_SPECK_LENGTH = 12  # times as long as high: modules side by side are drawn as one bar
_SMALLEST_FIGURE = 14.0  # points of its shorter side
_FIGURE_ASPECT = 1.5
_OPAQUE = 230  # of 255
_FAINTEST = 25  # of 255: text that lets nine tenths of the ground through is not seen
_DRAWN = 16 | 32  # MuPDF's flags of filled and of stroked letters


class RawSpan(TypedDict):
    """What is used of MuPDF's description of a run of letters in one style."""

    bbox: Rectangle
    size: float
    color: int
    alpha: int
    char_flags: int


class RawLine(TypedDict):
    """What is used of MuPDF's description of a line."""

    spans: list[RawSpan]


class RawBlock(TypedDict, total=False):
    """What is used of MuPDF's description of a block of text, of a vector drawing, of an image."""

    type: int
    number: int
    bbox: Rectangle
    lines: list[RawLine]
    stroked: bool
    isrect: bool
    color: int
    alpha: int


class PrintedWord(NamedTuple):
    """A word of the text layer, in points on the upright page, origin top left."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str


class Style(NamedTuple):
    """How a run of text is drawn. `colour` is None where nothing is drawn at all."""

    colour: Colour | None
    size: float  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """An opaque area, drawn after `order` words. `colour` is None for an image."""

    order: int
    box: Rectangle
    colour: Colour | None
    is_rectangle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer:
    """A page's words, and all that may hide them.

    `orders` has the number of words drawn before each word: what a fill of the same or a
    lower order paints lies below the word. `fills` are in the order of drawing.
    """

    width: float
    height: float
    words: tuple[PrintedWord, ...]
    orders: tuple[int, ...]
    fills: tuple[Fill, ...]
    styles: frozenset[Style]  # of all words together
    specks: tuple[Rectangle, ...] = ()  # small drawings: a code is made of many, MuPDF tells but a few
    figures: tuple[Rectangle, ...] = ()  # roughly square drawings of many edges


def colour_of(number: int) -> Colour:
    """Return the colour that MuPDF packs into a number."""
    return number >> 16 & 255, number >> 8 & 255, number & 255


def vectors_of(blocks: Sequence[RawBlock], words: Sequence[RawWord]) -> Iterator[Fill]:
    """Yield the filled vector drawings that are opaque and large enough to hide a word."""
    texts = 0
    numbers = [word[5] for word in words]
    for block in blocks:
        if block["type"] == _TEXT_BLOCK:
            texts += 1
        elif (
            block["type"] == _VECTOR_BLOCK
            and not block["stroked"]
            and block["alpha"] >= _OPAQUE
            and _is_large(block["bbox"])
        ):
            yield Fill(
                order=bisect_left(numbers, texts),
                box=block["bbox"],
                colour=colour_of(block["color"]),
                is_rectangle=block["isrect"],
            )


def images_of(images: Sequence[RawBlock], words: Sequence[RawWord]) -> Iterator[Fill]:
    """Yield the images that are large enough to hide a word; words and images of one reading."""
    numbers = [word[5] for word in words]
    for earlier, image in enumerate(images):
        if _is_large(image["bbox"]):
            order = bisect_left(numbers, image["number"] - earlier)
            yield Fill(order=order, box=image["bbox"], colour=None, is_rectangle=True)


def specks_of(blocks: Sequence[RawBlock]) -> Iterator[Rectangle]:
    """Yield the small vector drawings, filled or stroked, that may be modules of a code."""
    for block in blocks:
        if block["type"] == _VECTOR_BLOCK and is_speck(block["bbox"]):
            yield block["bbox"]


def is_speck(box: Rectangle) -> bool:
    """Say whether a drawing is of the size and shape of a code's module, or of a bar of them."""
    short, long = sorted((box[2] - box[0], box[3] - box[1]))
    return _SPECK[0] <= short <= _SPECK[1] and long <= _SPECK_LENGTH * short


def figures_of(blocks: Sequence[RawBlock]) -> Iterator[Rectangle]:
    """Yield the roughly square drawings that are no rectangle: one path may be a whole code."""
    for block in blocks:
        if block["type"] == _VECTOR_BLOCK and not block["isrect"] and not block["stroked"]:
            short, long = sorted((block["bbox"][2] - block["bbox"][0], block["bbox"][3] - block["bbox"][1]))
            if short >= _SMALLEST_FIGURE and long <= _FIGURE_ASPECT * short:
                yield block["bbox"]


def _is_large(box: Rectangle) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) >= _SMALLEST_FILL


def styles_of(blocks: Sequence[RawBlock]) -> frozenset[Style]:
    """Return the styles that are used on the page."""
    drawn = {
        (span["color"], span["alpha"], span["char_flags"], span["size"])
        for block in blocks
        if block["type"] == _TEXT_BLOCK
        for line in block["lines"]
        for span in line["spans"]
    }
    return frozenset(_style(*each) for each in drawn)


def word_style(blocks: Sequence[RawBlock], word: RawWord) -> Style:
    """Return the style of the span of a word's line that stands at its middle, or nearest to it.

    `blocks` are those of text alone.
    """
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    spans = blocks[word[5]]["lines"][word[6]]["spans"]
    span = min(spans, key=lambda each: _distance(each["bbox"], x, y))
    return _style(span["color"], span["alpha"], span["char_flags"], span["size"])


def texts_of(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the blocks of text: words count these alone."""
    return [block for block in blocks if block["type"] == _TEXT_BLOCK]


def _style(color: int, alpha: int, char_flags: int, size: float) -> Style:
    is_drawn = alpha > _FAINTEST and char_flags & _DRAWN
    return Style(colour_of(color) if is_drawn else None, size)


def _distance(box: Rectangle, x: float, y: float) -> float:
    x0, y0, x1, y1 = box
    return max(x0 - x, x - x1, 0.0) + max(y0 - y, y - y1, 0.0)
