"""Draw the tables of a contract: its price list and its instalments."""

from synthesis.canvas import text_width, wrap
from synthesis.contract_sheet import MARGIN, Sheet
from synthesis.contract_wording import COLUMNS
from synthesis.notation import NumberStyle, number

NUMBERS = {
    "en": NumberStyle(),
    "de": NumberStyle(decimal_mark=",", group_mark="."),
    "zh": NumberStyle(),
}


def draw_prices(sheet: Sheet) -> None:
    """Draw the price list; columns that no row fills are left out."""
    record = sheet.record
    numbers = NUMBERS[record.language]
    names = ["description", "specification", "unit", "quantity", "unit_price"]
    if not any(row.specification for row in record.price_list):
        names.remove("specification")
    if not any(row.quantity for row in record.price_list):
        names.remove("quantity")
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
    _draw_grid(sheet, names, rows)


def draw_milestones(sheet: Sheet) -> None:
    """Draw the instalments."""
    numbers = NUMBERS[sheet.record.language]
    rows = [
        {
            "name": step.name,
            "share": f"{number(step.share, numbers, places=None)}%",
            "amount": number(step.amount, numbers),
            "due": step.due,
        }
        for step in sheet.record.milestones
    ]
    _draw_grid(sheet, ["name", "share", "amount", "due"], rows)


def _draw_grid(sheet: Sheet, names: list[str], rows: list[dict[str, str]]) -> None:
    titles = COLUMNS[sheet.record.language]
    size, face = sheet.style.size - 1, sheet.style.face
    widths = {
        name: max(
            text_width(text, size=size, face=face) for text in (titles[name], *(row[name] for row in rows))
        )
        + 14
        for name in names
    }
    flexible = names[0] if names[0] == "description" else names[-1]
    widths[flexible] += sheet.width - sum(widths.values())
    for cells in ({name: titles[name] for name in names}, *rows):
        broken = {name: wrap(cells[name], width=widths[name] - 8, size=size, face=face) for name in names}
        height = max(map(len, broken.values())) * size * 1.4 + 6
        sheet.make_room(height)
        x = MARGIN
        for name in names:
            sheet.canvas.box(x, sheet.y, x + widths[name], sheet.y + height)
            for index, text in enumerate(broken[name]):
                is_right = name in {"quantity", "unit_price", "amount", "share"}
                sheet.canvas.text(
                    x + widths[name] - 4 if is_right else x + 4,
                    sheet.y + 3 + index * size * 1.4,
                    text,
                    size=size,
                    align="right" if is_right else "left",
                )
            x += widths[name]
        sheet.y += height
    sheet.y += 8
