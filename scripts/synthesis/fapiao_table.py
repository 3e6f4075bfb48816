"""Draw the table of a fapiao, its sums, and the total in words and figures."""

from decimal import Decimal

from synthesis.canvas import Face, text_width, wrap
from synthesis.fapiao_form import Form
from synthesis.fapiao_record import Fapiao, FapiaoLine
from synthesis.fapiao_style import COLUMNS, FapiaoStyle
from synthesis.notation import NumberStyle, chinese_amount, number

_NUMERIC = frozenset({"quantity", "unit_price", "net_amount", "tax_rate", "tax_amount"})
_PLAIN = NumberStyle(group_mark="")


def printed_cells(row: FapiaoLine) -> dict[str, str]:
    """Return what the row's cells show."""
    return {
        "description": row.description,
        "specification": row.specification or "",
        "unit": row.unit or "",
        "quantity": "" if row.quantity is None else number(row.quantity, _PLAIN, places=None),
        "unit_price": "" if row.unit_price is None else f"{row.unit_price:f}",
        "net_amount": number(row.net_amount, _PLAIN),
        "tax_rate": row.tax_rate,
        "tax_amount": "***" if row.tax_amount is None else number(row.tax_amount, _PLAIN),
    }


def _edges(style: FapiaoStyle) -> list[tuple[str, float, float]]:
    found, x = [], style.margin
    for name, share in zip(COLUMNS, style.shares, strict=True):
        found.append((name, x, x + style.width * share / 100))
        x += style.width * share / 100
    return found


def _broken(row: FapiaoLine, style: FapiaoStyle) -> dict[str, list[str]]:
    cells = printed_cells(row)
    return {
        name: wrap(cells[name], width=right - left - 7, size=style.size, face=Face.CJK)
        if name in {"description", "specification"}
        else [cells[name]]
        for name, left, right in _edges(style)
    }


def _row_height(row: FapiaoLine, style: FapiaoStyle) -> float:
    return max(map(len, _broken(row, style).values())) * style.size * 1.25 + style.row_gap


def paginate(fapiao: Fapiao, style: FapiaoStyle) -> list[list[FapiaoLine]]:
    """Return the rows of each page."""
    sheets: list[list[FapiaoLine]] = [[]]
    used = 0.0
    for row in fapiao.lines:
        height = _row_height(row, style)
        if sheets[-1] and used + height > style.table_height and not fapiao.is_older_form:
            sheets.append([])
            used = 0.0
        sheets[-1].append(row)
        used += height
    return sheets


def draw_rows(form: Form, rows: list[FapiaoLine]) -> None:
    """Draw the headings and the rows; the room below stays empty."""
    style = form.style
    edges = _edges(style)
    top = form.y
    _draw_headings(form)
    form.y += form.pitch + 5
    if style.has_column_rules:
        form.rule(form.y)
    start = form.y
    for row in rows:
        broken = _broken(row, style)
        for name, left, right in edges:
            for index, text in enumerate(broken[name]):
                _draw_text(form, (name, left, right), form.y + 2 + index * style.size * 1.25, text)
        form.y += _row_height(row, style)
    form.y = max(form.y, start + style.table_height) + 4
    if style.has_column_rules:
        for _, left, _ in edges[1:]:
            form.upright(left, top, form.y + form.pitch + 4)


def _draw_headings(form: Form) -> None:
    style = form.style
    for (name, left, right), heading in zip(_edges(style), style.headings, strict=True):
        needed = text_width(heading, size=style.size, face=Face.CJK)
        size = min(style.size, style.size * (right - left - 3) / needed)
        if style.are_headings_centred:
            form.canvas.text((left + right) / 2, form.y + 3, heading, size=size, align="centre")
        elif name in _NUMERIC:
            form.canvas.text(right - 3, form.y + 3, heading, size=size, align="right")
        else:
            form.canvas.text(left + 3, form.y + 3, heading, size=size)


def _draw_text(form: Form, column: tuple[str, float, float], y: float, text: str) -> None:
    name, left, right = column
    size = form.style.size
    if name in _NUMERIC:
        form.canvas.text(right - 3, y, text, size=size, align="right")
    elif name == "unit":
        form.canvas.text((left + right) / 2, y, text, size=size, align="centre")
    else:
        form.canvas.text(left + 3, y, text, size=size)


def draw_sums(form: Form, rows: list[FapiaoLine], *, is_last: bool, is_only: bool) -> None:
    """Draw the sums of the page and, on the last, of the whole, in figures and in words."""
    style, fapiao = form.style, form.fapiao
    rights = {name: right - 3 for name, _, right in _edges(style)}

    def sums(label: str, net: Decimal, tax: Decimal | None) -> None:
        left = form.left + 12 if style.are_headings_centred else form.left + 4
        form.canvas.text(left, form.y + 2, label, size=style.size)
        taxed = "***" if tax is None else style.yen + number(tax, _PLAIN)
        form.canvas.text(
            rights["net_amount"], form.y + 2, style.yen + number(net, _PLAIN), size=style.size, align="right"
        )
        form.canvas.text(rights["tax_amount"], form.y + 2, taxed, size=style.size, align="right")
        form.y += form.pitch + 4

    if not is_only:
        taxes = [row.tax_amount for row in rows if row.tax_amount is not None]
        label = style.total_label.replace("合", "小")
        sums(
            label,
            sum((row.net_amount for row in rows), Decimal(0)),
            sum(taxes, Decimal(0)) if taxes else None,
        )
    if is_last:
        sums(style.total_label, fapiao.net_amount, fapiao.tax_amount)
    form.rule(form.y)
    if is_last:
        form.canvas.text(form.left + 14, form.y + 5, style.parenthesised(style.words_label), size=style.size)
        words = style.words_mark + chinese_amount(fapiao.gross_amount)
        form.canvas.text(form.left + style.width * 0.26, form.y + 5, words, size=style.size)
        end = form.canvas.text(
            form.right - style.width * 0.3, form.y + 5, style.parenthesised("（小写）"), size=style.size
        )
        gross = style.yen + number(fapiao.gross_amount, _PLAIN)
        form.canvas.text(end + style.value_gap, form.y + 5, gross, size=style.size)
        form.y += form.pitch + 9
        form.rule(form.y)
