"""The fapiao under way: the canvas, and how far down the page the drawing has come."""

from dataclasses import dataclass

from synthesis.canvas import Canvas
from synthesis.fapiao_record import Fapiao
from synthesis.fapiao_style import FapiaoStyle


@dataclass(slots=True, kw_only=True)
class Form:
    """One page being drawn. `y` is the top of what comes next."""

    canvas: Canvas
    fapiao: Fapiao
    style: FapiaoStyle
    y: float = 0.0

    @property
    def left(self) -> float:
        """Return the left edge of the form."""
        return self.style.margin

    @property
    def right(self) -> float:
        """Return the right edge of the form."""
        return self.style.paper.width - self.style.margin

    @property
    def pitch(self) -> float:
        """Return the distance from line to line."""
        return self.style.size * 1.38

    def labelled(self, x: float, y: float, label: str, text: str | None) -> None:
        """Write a label and its value, apart by the gap of the style."""
        end = self.canvas.text(x, y, label + self.style.colon, size=self.style.size)
        self.canvas.text(end + self.style.value_gap, y, text or "", size=self.style.size)

    def rule(self, y: float) -> None:
        """Draw a rule across the form, if it has rules."""
        if self.style.has_rules:
            self.canvas.line(self.left, y, self.right, y)

    def upright(self, x: float, y0: float, y1: float) -> None:
        """Draw a rule from top to bottom, if the form has rules."""
        if self.style.has_rules:
            self.canvas.line(x, y0, x, y1)

    def caption(self, x: float, y0: float, y1: float, text: str) -> None:
        """Write a caption from top to bottom, in the middle of the room it has."""
        size = min(self.style.size, (y1 - y0) / (len(text) * 1.18))
        pitch = size * 1.18
        self.canvas.stacked(x, (y0 + y1 - pitch * len(text)) / 2, text, size=size, pitch=pitch)
