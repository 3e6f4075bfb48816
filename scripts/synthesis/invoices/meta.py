"""Draw the labelled values of an invoice's head in one of many forms."""

from collections.abc import Callable, Sequence

from synthesis.canvas import GREY
from synthesis.invoices.blocks import Beside, Block, Inline, Labelled, Space, Stack, Text
from synthesis.invoices.grids import Grid
from synthesis.invoices.layout import Layout
from synthesis.invoices.surroundings import Fact

LIGHT = (0.92, 0.93, 0.95)


def meta_block(facts: Sequence[Fact], layout: Layout) -> Block:
    """Return the facts as a block."""
    return _FORMS[layout.meta](facts, layout) if facts else Space()


def _ended(fact: Fact, layout: Layout) -> str:
    return fact.label if fact.label.endswith((":", "：")) else fact.label + layout.label_end


def _rows(facts: Sequence[Fact], layout: Layout) -> Block:
    return _two_columns(facts, layout, value_align="left")


def _rows_right(facts: Sequence[Fact], layout: Layout) -> Block:
    return _two_columns(facts, layout, value_align="right")


def _rows_outer(facts: Sequence[Fact], layout: Layout) -> Block:
    return _two_columns(facts, layout, value_align="left", label_align="right")


def _two_columns(
    facts: Sequence[Fact],
    layout: Layout,
    *,
    value_align: str,
    label_align: str = "left",
    ruling: str = "none",
) -> Grid:
    drop = layout.caption.drop_beside(layout.body)
    rows = [
        (
            Text(text=_ended(fact, layout), ink=layout.caption, align=label_align, drop=drop),
            Text(text=fact.text, ink=layout.body, align=value_align),
        )
        for fact in facts
    ]
    widest = max(layout.caption.width_of(_ended(fact, layout)) for fact in facts)
    return Grid(rows=rows, shares=(1, 1), first_width=widest + 10, ruling=ruling, pad_y=1.2, colour=GREY)


def _grid_rows(facts: Sequence[Fact], layout: Layout) -> Block:
    return _two_columns(facts, layout, value_align="left", ruling="all")


def _colon(facts: Sequence[Fact], layout: Layout) -> Block:
    align = "right" if layout.head.align == "right" and layout.finish.are_cells_centred else "left"
    return Stack(
        [
            Labelled(
                label=_ended(fact, layout),
                value=fact.text,
                label_ink=layout.caption,
                value_ink=layout.body,
                align=align,
            )
            for fact in facts
        ]
    )


def _stacked(facts: Sequence[Fact], layout: Layout) -> Block:
    pairs = [
        Stack((Text(text=fact.label, ink=layout.caption), Text(text=fact.text, ink=layout.body)))
        for fact in facts
    ]
    half = -(-len(pairs) // 2)
    if len(pairs) > 3:  # noqa: PLR2004 - one column would be long
        return Beside(((Stack(pairs[:half], gap=4), 1), (Stack(pairs[half:], gap=4), 1)))
    return Stack(pairs, gap=4)


def _cells(facts: Sequence[Fact], layout: Layout, *, ruling: str, pad_y: float = 3.0) -> Block:
    """Set the facts out in rows of cells, each with its label above its value."""
    across = min(layout.across, len(facts))
    rows: list[list[Block]] = []
    for start in range(0, len(facts), across):
        row: list[Block] = [
            Stack((Text(text=fact.label, ink=layout.caption), Text(text=fact.text, ink=layout.body)))
            for fact in facts[start : start + across]
        ]
        rows.append(row + [Space()] * (across - len(row)))
    return Grid(rows=rows, shares=(1,) * across, ruling=ruling, pad_y=pad_y, colour=GREY)


def _strip(facts: Sequence[Fact], layout: Layout) -> Block:
    return _cells(facts, layout, ruling="none")


def _strip_ruled(facts: Sequence[Fact], layout: Layout) -> Block:
    return _cells(facts, layout, ruling="rows_outer")


def _boxes(facts: Sequence[Fact], layout: Layout) -> Block:
    return _cells(facts, layout, ruling="all")


def _table(facts: Sequence[Fact], layout: Layout) -> Block:
    """Set the facts out as a table: a row of labels on a ground, a row of values."""
    tables: list[Block] = []
    for start in range(0, len(facts), layout.across):
        part = facts[start : start + layout.across]
        align = "centre" if layout.finish.are_cells_centred else "left"
        tables.append(
            Grid(
                rows=(
                    [Text(text=fact.label, ink=layout.caption, align=align) for fact in part],
                    [Text(text=fact.text, ink=layout.body, align=align) for fact in part],
                ),
                shares=(1,) * len(part),
                ruling="all",
                colour=GREY,
                fills=((0, LIGHT),),
            )
        )
    return Stack(tables, gap=5)


def _inline(facts: Sequence[Fact], layout: Layout) -> Block:
    return Inline(
        texts=[f"{_ended(fact, layout)} {fact.text}" for fact in facts],
        mark=layout.finish.meta_mark,
        ink=layout.body,
    )


def _columns(facts: Sequence[Fact], layout: Layout) -> Block:
    half = -(-len(facts) // 2)
    parts = [(_rows(part, layout), 1.0) for part in (facts[:half], facts[half:]) if part]
    return Beside(parts, gap=24)


_FORMS: dict[str, Callable[[Sequence[Fact], Layout], Block]] = {
    "rows": _rows,
    "rows_right": _rows_right,
    "rows_outer": _rows_outer,
    "colon": _colon,
    "stacked": _stacked,
    "grid_rows": _grid_rows,
    "strip": _strip,
    "strip_ruled": _strip_ruled,
    "boxes": _boxes,
    "table": _table,
    "inline": _inline,
    "two_columns": _columns,
}
