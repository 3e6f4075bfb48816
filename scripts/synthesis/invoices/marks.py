"""Pictures on an invoice: logos without letters, and what stands where a code would."""

from dataclasses import dataclass

from synthesis.canvas import BLACK, Canvas, Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Emblem:
    """A mark without letters, as logos have: "disc", "bars", "peak" or "tile"."""

    shape: str
    colour: Colour
    size: float = 26.0
    align: str = "left"

    def height(self, width: float) -> float:  # noqa: ARG002 - as high as it is
        """Return the mark's height and a little room."""
        return self.size + 4

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Draw the mark."""
        size = self.size
        x += {"left": 0.0, "centre": (width - size) / 2, "right": width - size}[self.align]
        if self.shape == "disc":
            canvas.disc(x + size / 2, y + size / 2, size / 2, fill=self.colour)
        elif self.shape == "bars":
            for index in range(3):
                canvas.box(
                    x + index * size / 3,
                    y + size * (2 - index) / 4,
                    x + index * size / 3 + size / 4,
                    y + size,
                    colour=None,
                    fill=self.colour,
                )
        elif self.shape == "peak":
            canvas.polygon(((x, y + size), (x + size / 2, y), (x + size, y + size)), fill=self.colour)
        else:
            canvas.box(x, y, x + size, y + size, colour=None, fill=self.colour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mosaic:
    """What stands where a code would: dark and light squares that no reader decodes."""

    cells: tuple[tuple[bool, ...], ...]
    size: float = 62.0
    align: str = "left"

    def height(self, width: float) -> float:  # noqa: ARG002 - as high as it is
        """Return the side of the square."""
        return self.size

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Draw the squares."""
        x += width - self.size if self.align == "right" else 0.0
        side = self.size / len(self.cells)
        for row, marks in enumerate(self.cells):
            for column, is_dark in enumerate(marks):
                if is_dark:
                    left, top = x + column * side, y + row * side
                    canvas.box(left, top, left + side, top + side, colour=None, fill=BLACK)
