"""Draw the table of an invoice's lines, over as many pages as it takes."""

from typing import TYPE_CHECKING

from synthesis.canvas import BOLD_OF, GREY, text_width, wrap
from synthesis.invoice_style import Style
from synthesis.notation import money, number, rate
from synthesis.record import InvoiceRecord, Line

if TYPE_CHECKING:  # the sheet draws the table, the table draws on the sheet
    from synthesis.invoice_drawing import Sheet

_NUMERIC = frozenset({"quantity", "unit_price", "tax_rate", "tax_amount", "net_amount"})
_GAP = 11.0
_PAD = 3.0


def cells_of(line: Line, index: int, record: InvoiceRecord, style: Style) -> dict[str, str]:
    """Return what is printed for one line, by column."""
    in_cells = (
        style.numbers
        if style.is_currency_in_cells
        else style.numbers.__class__(
            decimal_mark=style.numbers.decimal_mark,
            group_mark=style.numbers.group_mark,
        )
    )
    places = max(2, -line.unit_price.normalize().as_tuple().exponent)  # type: ignore[operator]  # finite
    tax = line.tax_amount
    return {
        "position": str(index + 1),
        "product_code": line.product_code or "",
        "description": line.description,
        "specification": line.specification or "",
        "quantity": number(line.quantity, style.numbers, places=None),
        "unit": line.unit or "",
        "unit_price": money(line.unit_price, in_cells, record.currency, places=places),
        "tax_rate": rate(line.tax_rate, style.numbers, gap=" " if style.language == "de" else ""),
        "tax_amount": "" if tax is None else money(tax, in_cells, record.currency),
        "net_amount": money(line.net_amount, in_cells, record.currency),
    }


def draw_table(sheet: "Sheet") -> None:
    """Draw all lines; where a page ends, say so and go on with the next."""
    style = sheet.style
    rows = [cells_of(line, index, sheet.record, style) for index, line in enumerate(sheet.record.line_items)]
    edges = _edges(sheet, rows)
    _draw_header(sheet, edges)
    for index, cells in enumerate(rows):
        broken = {
            name: wrap(
                cells[name], width=edges[name][1] - edges[name][0] - _GAP, size=style.size, face=style.face
            )
            for name in style.columns
        }
        height = max(len(lines) for lines in broken.values()) * sheet.pitch + 2 * _PAD
        if sheet.y + height > sheet.bottom:
            sheet.canvas.text(
                sheet.right, sheet.y + 4, style.label("carried"), size=style.size - 1, align="right"
            )
            sheet.canvas.new_page()
            sheet.y = 48
            if style.repeats_header:
                _draw_header(sheet, edges)
        if style.table == "striped" and index % 2:
            sheet.canvas.box(
                sheet.left, sheet.y, sheet.right, sheet.y + height, colour=None, fill=(0.95, 0.95, 0.95)
            )
        for name, lines in broken.items():
            _draw_cell(sheet, edges[name], name, lines)
        if style.table == "grid":
            for left, right in edges.values():
                sheet.canvas.box(left, sheet.y, right, sheet.y + height)
        sheet.y += height
    if style.table == "header_rule":
        sheet.canvas.line(sheet.left, sheet.y, sheet.right, sheet.y)


def _edges(sheet: "Sheet", rows: list[dict[str, str]]) -> dict[str, tuple[float, float]]:
    style = sheet.style
    widths: dict[str, float] = {}
    for name in style.columns:
        if name == "description":
            continue
        longest = 96.0 if name == "specification" else 200.0
        texts = [style.label(name), *(cells[name] for cells in rows)]
        face = BOLD_OF[style.face]
        widths[name] = (
            min(longest, max(text_width(text, size=style.size, face=face) for text in texts)) + _GAP
        )
    widths["description"] = sheet.right - sheet.left - sum(widths.values())
    edges, x = {}, sheet.left
    for name in style.columns:
        edges[name] = (x, x + widths[name])
        x += widths[name]
    return edges


def _draw_header(sheet: "Sheet", edges: dict[str, tuple[float, float]]) -> None:
    style = sheet.style
    height = sheet.pitch + 2 * _PAD
    if style.table == "striped":
        sheet.canvas.box(
            sheet.left, sheet.y, sheet.right, sheet.y + height, colour=None, fill=(0.88, 0.9, 0.94)
        )
    for name, (left, right) in edges.items():
        if name in _NUMERIC:
            sheet.bold(right - _GAP / 2, sheet.y + _PAD, style.label(name), align="right")
        else:
            sheet.bold(left + _GAP / 2, sheet.y + _PAD, style.label(name))
        if style.table == "grid":
            sheet.canvas.box(left, sheet.y, right, sheet.y + height)
    sheet.y += height
    if style.table == "header_rule":
        sheet.canvas.line(sheet.left, sheet.y, sheet.right, sheet.y, colour=GREY)


def _draw_cell(sheet: "Sheet", edge: tuple[float, float], name: str, lines: list[str]) -> None:
    left, right = edge
    y = sheet.y + _PAD
    for line in lines:
        if name in _NUMERIC:
            sheet.plain(right - _GAP / 2, y, line, align="right")
        else:
            sheet.plain(left + _GAP / 2, y, line)
        y += sheet.pitch
