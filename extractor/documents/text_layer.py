"""What the text layer of a page holds besides words: what is painted over and under them, and in which style.

MuPDF's structured text tells it in three ways of its own; they are put into records here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias, TypedDict

Rectangle: TypeAlias = tuple[float, float, float, float]
Colour: TypeAlias = tuple[int, int, int]  # red, green, blue in 0..255
RawBlock: TypeAlias = tuple[float, float, float, float, str, int, int]

_TEXT_BLOCK, _IMAGE_BLOCK, _VECTOR_BLOCK = 0, 1, 3
_SMALLEST_FILL = 3.0  # points; thinner ones are rules, which hide nothing
_OPAQUE = 230  # of 255
_FILLED = re.compile(r"<vector filled, color: #([0-9a-f]{6}), alpha: (\d+), is-rect: (true|false)")
_SPAN = re.compile(r'<span style="[^"]*?font-size:([\d.]+)pt([^"]*)"')
_SPAN_COLOUR = re.compile(r"color:#([0-9a-f]{6})")
_FAINTEST = 25  # of 255: text that lets nine tenths of the ground through is not seen
_DRAWN = 16 | 32  # MuPDF's flags of filled and of stroked letters


class RawSpan(TypedDict):
    """What is used of MuPDF's description of a run of letters in one style."""

    bbox: Rectangle
    size: float
    color: int
    alpha: int
    char_flags: int


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
    """An opaque area. `order` is its place in the order of drawing; `colour` None for an image."""

    order: int
    box: Rectangle
    colour: Colour | None
    is_rectangle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLayer:
    """A page's words, each with the order in which it is drawn, and all that may hide them."""

    width: float
    height: float
    words: tuple[PrintedWord, ...]
    orders: tuple[int, ...]  # one a word, to be compared with those of the fills
    fills: tuple[Fill, ...]
    styles: frozenset[Style]  # of all words together


def colour_of(hexadecimal: str) -> Colour:
    """Return the colour that six hexadecimal digits name."""
    return int(hexadecimal[:2], 16), int(hexadecimal[2:4], 16), int(hexadecimal[4:], 16)


def text_orders(blocks: Sequence[RawBlock]) -> list[int]:
    """Return the place in the order of drawing of each block of text: words count these alone."""
    return [order for order, block in enumerate(blocks) if block[6] == _TEXT_BLOCK]


def fills_of(blocks: Sequence[RawBlock]) -> Iterator[Fill]:
    """Yield what is painted opaquely and is large enough to hide a word."""
    for order, (x0, y0, x1, y1, text, _, kind) in enumerate(blocks):
        if kind == _TEXT_BLOCK or min(x1 - x0, y1 - y0) < _SMALLEST_FILL:
            continue
        if kind == _IMAGE_BLOCK:
            yield Fill(order=order, box=(x0, y0, x1, y1), colour=None, is_rectangle=True)
        elif kind == _VECTOR_BLOCK and (filled := _FILLED.search(text)) and int(filled[2]) >= _OPAQUE:
            yield Fill(
                order=order,
                box=(x0, y0, x1, y1),
                colour=colour_of(filled[1]),
                is_rectangle=filled[3] == "true",
            )


def has_images(blocks: Sequence[RawBlock]) -> bool:
    """Say whether any block is an image."""
    return any(block[6] == _IMAGE_BLOCK for block in blocks)


def styles_of(html: str) -> frozenset[Style]:
    """Return the styles that MuPDF's rendering of the text as HTML uses."""
    styles = set()
    for size, rest in set(_SPAN.findall(html)):
        colour = _SPAN_COLOUR.search(rest)
        styles.add(Style(colour_of(colour[1]) if colour else None, float(size)))
    return frozenset(styles)


def style_at(spans: Iterable[RawSpan], x: float, y: float) -> Style:
    """Return the style of that of a line's spans which stands at a point, or nearest to it."""
    span = min(spans, key=lambda each: _distance(each["bbox"], x, y))
    is_drawn = span["alpha"] > _FAINTEST and span["char_flags"] & _DRAWN
    return Style(colour_of(f"{span['color']:06x}") if is_drawn else None, span["size"])


def _distance(box: Rectangle, x: float, y: float) -> float:
    x0, y0, x1, y1 = box
    return max(x0 - x, x - x1, 0.0) + max(y0 - y, y - y1, 0.0)
