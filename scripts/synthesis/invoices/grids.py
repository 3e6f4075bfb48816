"""Small tables that fit on one page: cells in rows and columns, ruled in one of several ways."""

from collections.abc import Sequence
from dataclasses import dataclass

from synthesis.canvas import BLACK, Canvas, Colour
from synthesis.invoices.blocks import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Cells as blocks. `shares` are the columns' parts of the width, `fills` grounds by row, counted from 0.

    `ruling`: none, all, rows (between rows), rows_outer (and above and below), outer, columns (outer and
    upright), under_first. `first_width` and `last_width` are those columns' widths in points, whatever their
    shares; the first is never wider than 0.62 of all.
    """

    rows: Sequence[Sequence[Block]]
    shares: Sequence[float]
    ruling: str = "none"
    pad_x: float = 4.0
    pad_y: float = 2.0
    colour: Colour = BLACK
    fills: tuple[tuple[int, Colour], ...] = ()
    first_width: float | None = None
    last_width: float | None = None

    def height(self, width: float) -> float:
        """Return the sum of the rows' heights."""
        return sum(self._heights(width))

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Draw grounds, rules and cells."""
        edges, heights = self._edges(x, width), self._heights(width)
        tops = [y + sum(heights[:index]) for index in range(len(heights) + 1)]
        for index, fill in self.fills:
            canvas.box(x, tops[index], x + width, tops[index + 1], colour=None, fill=fill)
        self._draw_rules(canvas, edges, tops)
        for row, top in zip(self.rows, tops, strict=False):
            for block, left, right in zip(row, edges, edges[1:], strict=False):
                block.draw(canvas, left + self.pad_x, top + self.pad_y, right - left - 2 * self.pad_x)

    def _draw_rules(self, canvas: Canvas, edges: Sequence[float], tops: Sequence[float]) -> None:
        left, right, top, bottom = edges[0], edges[-1], tops[0], tops[-1]
        inner = {
            "all": tops[1:-1],
            "rows": tops[1:-1],
            "rows_outer": tops,
            "under_first": tops[1:2],
        }.get(self.ruling, ())
        for level in inner:
            canvas.line(left, level, right, level, colour=self.colour)
        if self.ruling in {"all", "outer", "columns"}:
            canvas.box(left, top, right, bottom, colour=self.colour)
        if self.ruling in {"all", "columns"}:
            for at in edges[1:-1]:
                canvas.line(at, top, at, bottom, colour=self.colour)

    def _edges(self, x: float, width: float) -> list[float]:
        fixed: dict[int, float] = {}
        if self.first_width is not None:
            fixed[0] = min(self.first_width, width * 0.62)
        if self.last_width is not None:
            fixed[len(self.shares) - 1] = self.last_width
        free = width - sum(fixed.values())
        whole = sum(share for index, share in enumerate(self.shares) if index not in fixed)
        edges = [x]
        for index, share in enumerate(self.shares):
            edges.append(edges[-1] + (fixed[index] if index in fixed else free * share / whole))
        return edges

    def _heights(self, width: float) -> list[float]:
        edges = self._edges(0.0, width)
        return [
            max(
                block.height(right - left - 2 * self.pad_x)
                for block, left, right in zip(row, edges, edges[1:], strict=False)
            )
            + 2 * self.pad_y
            for row in self.rows
        ]
