"""Pieces of a page that know their height: set beside or under each other, they cannot overlap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from synthesis.canvas import ASCENT, BLACK, Canvas, Colour, Face, text_width, wrap

_SMALLEST = 4.5  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class Ink:
    """How a piece of text looks. `leading` is the distance of lines, in font sizes."""

    face: Face
    size: float
    colour: Colour = BLACK
    leading: float = 1.34

    @property
    def pitch(self) -> float:
        """Return the distance from line to line in points."""
        return self.size * self.leading

    def width_of(self, text: str) -> float:
        """Return the width in points."""
        return text_width(text, size=self.size, face=self.face)

    def drop_beside(self, other: "Ink") -> float:
        """Return how much lower to begin, so that the base lines of both are the same."""
        return max(0.0, ASCENT * (other.size - self.size))


class Block(Protocol):
    """Anything that can be set on a page."""

    def height(self, width: float) -> float:
        """Return how high it is when it may be so wide."""

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Draw it with its top left corner there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph, broken into as many lines as it takes; `drop` is how far below the top it begins.

    It is set smaller where a word is wider than the column: words are never broken.
    """

    text: str
    ink: Ink
    align: str = "left"
    drop: float = 0.0

    def height(self, width: float) -> float:
        """Return the height of its lines."""
        ink = self._fitting(width)
        return len(self._lines(width, ink)) * ink.pitch + (self.drop if self.text else 0.0)

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Write line by line."""
        at = x + {"left": 0.0, "centre": width / 2, "right": width}[self.align]
        ink = self._fitting(width)
        y += self.drop
        for line in self._lines(width, ink):
            canvas.text(at, y, line, size=ink.size, face=ink.face, align=self.align, colour=ink.colour)
            y += ink.pitch

    def _lines(self, width: float, ink: Ink) -> list[str]:
        return wrap(self.text, width=width, size=ink.size, face=ink.face) if self.text else []

    def _fitting(self, width: float) -> Ink:
        widest = max((self.ink.width_of(word) for word in words_of(self.text)), default=0.0)
        if widest <= width:
            return self.ink
        return replace(self.ink, size=max(_SMALLEST, 0.99 * self.ink.size * width / widest))


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A label and its value in one line of running text, each in its own ink; it breaks after the label."""

    label: str
    value: str
    label_ink: Ink
    value_ink: Ink
    align: str = "left"

    def height(self, width: float) -> float:
        """Return one line's height, or more where the two do not fit beside each other."""
        if self._fits(width):
            return max(self.label_ink.pitch, self.value_ink.pitch)
        return self._parts().height(width)

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Write the label, then the value."""
        if not self._fits(width):
            self._parts().draw(canvas, x, y, width)
            return
        gap = self.value_ink.width_of(" ")
        used = self.label_ink.width_of(self.label) + gap + self.value_ink.width_of(self.value)
        at = x + {"left": 0.0, "centre": (width - used) / 2, "right": width - used}[self.align]
        end = canvas.text(
            at,
            y + self.label_ink.drop_beside(self.value_ink),
            self.label,
            size=self.label_ink.size,
            face=self.label_ink.face,
            colour=self.label_ink.colour,
        )
        canvas.text(
            end + gap,
            y + self.value_ink.drop_beside(self.label_ink),
            self.value,
            size=self.value_ink.size,
            face=self.value_ink.face,
            colour=self.value_ink.colour,
        )

    def _fits(self, width: float) -> bool:
        used = self.label_ink.width_of(self.label) + self.value_ink.width_of(" " + self.value)
        return used <= width

    def _parts(self) -> "Stack":
        return Stack(
            (
                Text(text=self.label, ink=self.label_ink, align=self.align),
                Text(text=self.value, ink=self.value_ink, align=self.align),
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """Short texts in one running line with a mark between; a line ends only where a text does."""

    texts: Sequence[str]
    mark: str
    ink: Ink
    align: str = "left"

    def height(self, width: float) -> float:
        """Return the height of its lines."""
        return self._paragraphs(width).height(width)

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Write line by line."""
        self._paragraphs(width).draw(canvas, x, y, width)

    def _paragraphs(self, width: float) -> "Stack":
        lines: list[str] = []
        for text in self.texts:
            longer = f"{lines[-1]}{self.mark}{text}" if lines else ""
            if longer and self.ink.width_of(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(text)
        return Stack([Text(text=line, ink=self.ink, align=self.align) for line in lines])


@dataclass(frozen=True, slots=True)
class Stack:
    """Blocks under each other."""

    blocks: Sequence[Block]
    gap: float = 0.0

    def height(self, width: float) -> float:
        """Return the sum of the heights and the gaps between."""
        heights = [height for block in self.blocks if (height := block.height(width))]
        return sum(heights) + self.gap * max(0, len(heights) - 1)

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Draw from top to bottom."""
        for block in self.blocks:
            if height := block.height(width):
                block.draw(canvas, x, y, width)
                y += height + self.gap


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks beside each other, their tops in line, each with its share of the width."""

    blocks: Sequence[tuple[Block, float]]
    gap: float = 16.0

    def height(self, width: float) -> float:
        """Return the height of the highest."""
        widths = self._widths(width)
        return max(block.height(own) for (block, _), own in zip(self.blocks, widths, strict=True))

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Draw from left to right."""
        for (block, _), own in zip(self.blocks, self._widths(width), strict=True):
            block.draw(canvas, x, y, own)
            x += own + self.gap

    def _widths(self, width: float) -> list[float]:
        whole = sum(share for _, share in self.blocks)
        free = width - self.gap * (len(self.blocks) - 1)
        return [free * share / whole for _, share in self.blocks]


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """A block with some room around it, an outline, a ground, or both."""

    block: Block
    outline: Colour | None = None
    fill: Colour | None = None
    pad: float = 5.0

    def height(self, width: float) -> float:
        """Return the block's height and the room above and below."""
        return self.block.height(width - 2 * self.pad) + 2 * self.pad

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Draw the frame, then what is in it."""
        if self.outline or self.fill:
            canvas.box(x, y, x + width, y + self.height(width), colour=self.outline, fill=self.fill)
        self.block.draw(canvas, x + self.pad, y + self.pad, width - 2 * self.pad)


@dataclass(frozen=True, slots=True)
class Space:
    """Nothing, of a height in points."""

    points: float = 0.0

    def height(self, width: float) -> float:  # noqa: ARG002 - any width will do
        """Return the height."""
        return self.points

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Draw nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line across, with some room around it."""

    colour: Colour = BLACK
    thickness: float = 0.6
    room: float = 3.0

    def height(self, width: float) -> float:  # noqa: ARG002 - any width will do
        """Return the room above and below."""
        return 2 * self.room

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Draw the line."""
        canvas.line(x, y + self.room, x + width, y + self.room, width=self.thickness, colour=self.colour)


def words_of(text: str) -> list[str]:
    """Return what should stay in one piece: the words, but in Chinese any two characters may part."""
    return [] if any(character >= "\u2e80" for character in text) else text.split(" ")
