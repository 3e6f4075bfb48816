"""The price list and the instalments of a varied contract: their columns go by many names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from synthesis.canvas import BOLD_OF, text_width, wrap
from synthesis.contract_record import ContractRecord
from synthesis.contract_tables import NUMBERS
from synthesis.contracts.sheet import Sheet
from synthesis.notation import number

_RIGHT = frozenset({"quantity", "unit_price", "amount", "share"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStyle:
    """What the columns are called, whether rules part the cells, and whether rows are counted."""

    titles: Mapping[str, str]
    is_ruled: bool
    is_numbered: bool


def draw_prices(sheet: Sheet, record: ContractRecord, style: TableStyle) -> None:
    """Draw the price list; columns that no row fills are left out."""
    numbers = NUMBERS[record.language]
    rows = [
        {
            "description": row.description,
            "specification": row.specification or "",
            "unit": row.unit,
            "quantity": number(row.quantity, numbers, places=None) if row.quantity else "",
            "unit_price": number(row.unit_price, numbers),
        }
        for row in record.price_list
    ]
    names = [
        name
        for name in ("description", "specification", "unit", "quantity", "unit_price")
        if any(row[name] for row in rows)
    ]
    _draw(sheet, names, rows, style, flexible="description")


def draw_milestones(sheet: Sheet, record: ContractRecord, style: TableStyle) -> None:
    """Draw the instalments."""
    numbers = NUMBERS[record.language]
    rows = [
        {
            "name": step.name,
            "share": f"{number(step.share, numbers, places=None)}%",
            "amount": number(step.amount, numbers),
            "due": step.due,
        }
        for step in record.milestones
    ]
    _draw(sheet, ["name", "share", "amount", "due"], rows, style, flexible="due")


def _draw(
    sheet: Sheet, names: Sequence[str], rows: Sequence[Mapping[str, str]], style: TableStyle, *, flexible: str
) -> None:
    if style.is_numbered:
        names = ["number", *names]
        rows = [{"number": str(count), **row} for count, row in enumerate(rows, 1)]
    size, face = sheet.size - 1, sheet.face
    widths = {
        name: max(text_width(row[name], size=size, face=BOLD_OF[face]) for row in (style.titles, *rows)) + 14
        for name in names
    }
    widths[flexible] = max(70.0, widths[flexible] + sheet.width - sum(widths.values()))
    for count, cells in enumerate((style.titles, *rows)):
        broken = {name: wrap(cells[name], width=widths[name] - 8, size=size, face=face) for name in names}
        height = max(map(len, broken.values())) * size * 1.4 + 6
        sheet.make_room(height)
        x = sheet.left
        for name in names:
            if style.is_ruled:
                sheet.canvas.box(x, sheet.y, x + widths[name], sheet.y + height)
            for index, text in enumerate(broken[name]):
                is_right = name in _RIGHT
                sheet.canvas.text(
                    x + widths[name] - 4 if is_right else x + 4,
                    sheet.y + 3 + index * size * 1.4,
                    text,
                    size=size,
                    face=face if count else BOLD_OF[face],
                    align="right" if is_right else "left",
                )
            x += widths[name]
        sheet.y += height
        if not (style.is_ruled or count):
            sheet.canvas.line(sheet.left, sheet.y - 1, x, sheet.y - 1)
    sheet.y += 8
