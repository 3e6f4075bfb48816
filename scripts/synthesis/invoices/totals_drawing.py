"""Draw the totals of an invoice, and the table of its taxes."""

from collections.abc import Callable, Sequence

from synthesis.canvas import BLACK, GREY
from synthesis.invoices.blocks import Beside, Block, Framed, Ink, Rule, Space, Stack, Text
from synthesis.invoices.content import Content
from synthesis.invoices.grids import Grid
from synthesis.invoices.totals import TotalRow, has_tax_table, total_rows

TOTALS_SHARE = {
    "right": 0.48,
    "right_ruled": 0.48,
    "boxed": 0.5,
    "grid": 0.46,
    "dotted": 0.55,
}  # at the right
_LIGHT = (0.92, 0.93, 0.95)


def tax_table(content: Content) -> Block:
    """Return the table of rates, bases and taxes, where the layout has one."""
    layout, record = content.layout, content.bill.record
    if not has_tax_table(content):
        return Space()
    pen, wording = layout.pen, layout.wording
    header = [
        Text(text=wording[name], ink=layout.bold, align=align)
        for name, align in (("rate", "left"), ("base", "right"), ("tax_amount", "right"))
    ]
    rows = [
        [
            Text(
                text=f"{row.name} {pen.rate(row.rate)}" if row.name else pen.rate(row.rate), ink=layout.body
            ),
            Text(text=pen.bare(row.base), ink=layout.body, align="right"),
            Text(text=pen.bare(row.tax), ink=layout.body, align="right"),
        ]
        for row in record.tax_breakdown
    ]
    ruling = {"grid": "all", "bare": "none"}.get(layout.table.ruling, "under_first")
    return Beside(((Grid(rows=[header, *rows], shares=(3, 4, 4), ruling=ruling), 55), (Space(), 45)))


def totals_block(content: Content, *, last_column: float) -> Block:
    """Return the block of totals; `last_column` is the width of the table's last column in points."""
    return _FORMS[content.layout.totals](content, total_rows(content), last_column)


def _ink(content: Content, row: TotalRow) -> Ink:
    return content.layout.bold if row.is_strong else content.layout.body


def _grid(content: Content, rows: Sequence[TotalRow], *, ruling: str = "none") -> Block:
    layout = content.layout
    end = layout.label_end if ruling != "all" else ""
    cells = [
        (
            Text(text=row.label + ("" if row.label.endswith((":", "：")) else end), ink=_ink(content, row)),
            Text(text=row.text, ink=_ink(content, row), align="right"),
        )
        for row in rows
    ]
    fills = tuple(
        (index, _LIGHT)
        for index, row in enumerate(rows)
        if row.is_strong and layout.finish.has_ground_of_sums
    )
    return Grid(rows=cells, shares=(11, 9), ruling=ruling, pad_y=1.8, colour=GREY, fills=fills)


def _right(content: Content, rows: Sequence[TotalRow], _: float) -> Block:
    return _grid(content, rows)


def _right_ruled(content: Content, rows: Sequence[TotalRow], _: float) -> Block:
    first, last = rows[:-1], rows[-1:]
    grids = [_grid(content, part) for part in (first, last) if part]
    ruled = [grids[0], *(piece for grid in grids[1:] for piece in (Rule(thickness=0.8, room=1.5), grid))]
    return Stack(ruled)


def _boxed(content: Content, rows: Sequence[TotalRow], _: float) -> Block:
    return Framed(block=_grid(content, rows), outline=BLACK, pad=4)


def _ruled(content: Content, rows: Sequence[TotalRow], _: float) -> Block:
    return _grid(content, rows, ruling="all")


def _left(content: Content, rows: Sequence[TotalRow], _: float) -> Block:
    return Beside(((_grid(content, rows), 48), (Space(), 52)), gap=0)


def _strip(content: Content, rows: Sequence[TotalRow], _: float) -> Block:
    """Set the totals out across the page, labels above amounts; more than five in two strips."""
    strips = [rows[start : start + 5] for start in range(0, len(rows), 5)]
    layout = content.layout
    grids = [
        Grid(
            rows=(
                [Text(text=row.label, ink=layout.caption, align="centre") for row in strip],
                [Text(text=row.text, ink=_ink(content, row), align="centre") for row in strip],
            ),
            shares=(1,) * len(strip),
            ruling="columns",
            colour=GREY,
            fills=((0, _LIGHT),),
        )
        for strip in strips
    ]
    return Stack(grids, gap=3)


def _in_table(content: Content, rows: Sequence[TotalRow], last: float) -> Block:
    """Go on as rows of the table: labels at the right end of the wide cell, amounts in the last column."""
    layout = content.layout
    ruling = {"grid": "all", "columns": "all", "rows": "rows_outer"}.get(layout.table.ruling, "none")
    cells = [
        (
            Text(text=row.label, ink=_ink(content, row), align="right"),
            Text(text=row.text, ink=_ink(content, row), align="right"),
        )
        for row in rows
    ]
    widest = max(layout.bold.width_of(row.text) for row in rows) + 10
    return Grid(rows=cells, shares=(1, 1), last_width=max(last, widest), ruling=ruling, pad_y=2)


def _dotted(content: Content, rows: Sequence[TotalRow], _: float) -> Block:
    return _grid(content, rows, ruling="rows_outer")


_FORMS: dict[str, Callable[[Content, Sequence[TotalRow], float], Block]] = {
    "right": _right,
    "right_ruled": _right_ruled,
    "boxed": _boxed,
    "grid": _ruled,
    "full": _right,
    "left": _left,
    "strip": _strip,
    "in_table": _in_table,
    "dotted": _dotted,
}
