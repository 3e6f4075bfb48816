"""The totals of an invoice: which rows there are, and how the block of them is drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from synthesis.canvas import BLACK, GREY
from synthesis.invoices.blocks import Beside, Block, Framed, Ink, Rule, Space, Stack, Text
from synthesis.invoices.content import Content
from synthesis.invoices.grids import Grid
from synthesis.invoices.words import spellings

TOTALS_SHARE = {
    "right": 0.48,
    "right_ruled": 0.48,
    "boxed": 0.5,
    "grid": 0.46,
    "dotted": 0.55,
}  # at the right
_LIGHT = (0.92, 0.93, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRow:
    """One row: what it is, how it is called, what it says."""

    name: str  # net, tax, tax_sum, gross, due, or another that is no field
    label: str
    text: str
    is_strong: bool = False


def total_rows(content: Content) -> tuple[TotalRow, ...]:
    """Return the rows in the order of the calculation."""
    bill, layout = content.bill, content.layout
    record, wording, total = bill.record, layout.wording, layout.pen.total
    gross = TotalRow(
        name="gross", label=wording["gross_total"], text=total(record.gross_amount), is_strong=True
    )
    net = TotalRow(name="net", label=wording["net_total"], text=total(record.net_amount))
    if bill.tax_case == "gross_prices":
        included = wording["tax_included"].format(rate=layout.pen.rate(record.tax_breakdown[0].rate))
        tax = TotalRow(name="tax", label=included, text=total(record.tax_amount))
        rows = [net, tax, gross] if layout.shows_base and layout.across % 2 else [gross, tax]
    elif bill.tax_case == "taxed":
        rows = [*_allowances(content), net, *_taxes(content), gross]
    else:
        zero = TotalRow(
            name="tax",
            label=wording["tax_row"].format(rate=layout.pen.rate(Decimal(0)), base=total(record.net_amount)),
            text=total(record.tax_amount),
        )
        rows = [net, zero, gross] if layout.shows_base and layout.market.rates else [gross]
    return (*rows, *_settlement(content))


def tax_table(content: Content) -> Block:
    """Return the table of rates, bases and taxes, where the layout has one."""
    layout, record = content.layout, content.bill.record
    if layout.tax_table == "none" or content.bill.tax_case != "taxed":
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


def _allowances(content: Content) -> list[TotalRow]:
    bill, layout = content.bill, content.layout
    if not bill.record.allowances:
        return []
    goods = sum((entry.net_amount for entry in bill.record.line_items), Decimal(0))
    rows = [TotalRow(name="goods", label=layout.wording["goods_total"], text=layout.pen.total(goods))]
    for allowance in bill.record.allowances:
        amount = allowance.amount if allowance.is_charge else -allowance.amount
        rows.append(TotalRow(name="allowance", label=allowance.reason, text=layout.pen.total(amount)))
    return rows


def _taxes(content: Content) -> list[TotalRow]:
    layout, record = content.layout, content.bill.record
    pen, wording = layout.pen, layout.wording
    whole = TotalRow(name="tax_sum", label=wording["tax_total"], text=pen.total(record.tax_amount))
    has_parts = any(row.name for row in record.tax_breakdown)
    if layout.tax_table != "none" and layout.has_tax_sum_only and not has_parts:
        return [whole]
    if len(record.tax_breakdown) == 1 and not layout.shows_base and layout.across == 3:  # noqa: PLR2004 - one in four
        return [whole]
    rows = []
    for row in record.tax_breakdown:
        label = (
            f"{row.name} {pen.rate(row.rate)}"
            if row.name
            else wording["tax_row"].format(rate=pen.rate(row.rate), base=pen.total(row.base))
        )
        if (
            len(record.tax_breakdown) > 1
            and layout.shows_base
            and not row.name
            and "{base}" not in wording["tax_row"]
        ):
            label = f"{label} ({pen.total(row.base)})"
        rows.append(TotalRow(name="tax", label=label, text=pen.total(row.tax)))
    return [*rows, whole] if len(rows) > 1 and layout.across % 2 and not has_parts else rows


def _settlement(content: Content) -> list[TotalRow]:
    """Return what stands between the gross amount and what is due."""
    layout, record = content.layout, content.bill.record
    wording, total = layout.wording, layout.pen.total
    rows = []
    withholding = layout.market.withholding
    if record.withheld_amount is not None and withholding:
        name = spellings(layout.market.language)["withheld"][0].replace("{tax}", withholding.name)
        label = f"{name} {layout.pen.rate(withholding.rate)}"
        rows.append(TotalRow(name="withheld", label=label, text=total(-record.withheld_amount)))
    if record.prepaid_amount is not None:
        rows.append(TotalRow(name="prepaid", label=wording["prepaid"], text=total(-record.prepaid_amount)))
    if record.previous_balance is not None:
        rows.append(
            TotalRow(name="previous", label=wording["previous_balance"], text=total(record.previous_balance))
        )
    if record.rounding_amount is not None:
        rows.append(TotalRow(name="rounding", label=wording["rounding"], text=total(record.rounding_amount)))
    if rows or (layout.shows_amount_due and not content.bill.is_settled):
        rows.append(
            TotalRow(name="due", label=wording["amount_due"], text=total(record.amount_due), is_strong=True)
        )
    return rows


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
    fills = tuple((index, _LIGHT) for index, row in enumerate(rows) if row.is_strong and layout.across % 2)
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
