"""Draw a fapiao: the fully digital form, and the older one with code and password area."""

from dataclasses import dataclass
from decimal import Decimal

from synthesis.canvas import Canvas, Face, text_width, wrap
from synthesis.fapiao_record import Fapiao, FapiaoLine
from synthesis.fapiao_style import COLUMNS, FapiaoStyle
from synthesis.notation import NumberStyle, chinese_amount, number, written_date
from synthesis.parties import Party

_NUMERIC = frozenset({"quantity", "unit_price", "net_amount", "tax_rate", "tax_amount"})
_PLAIN = NumberStyle(group_mark="")
_TITLES = {
    "e_vat_special": "电子发票（增值税专用发票）",
    "e_vat_general": "电子发票（普通发票）",
    "vat_special": "增值税专用发票",
    "vat_general": "增值税普通发票",
}
_CIPHER = "03*>/<-+8592>0*<4-71+/6583>*29</04+-76<81*5>2/3-+9<640>*8715-/<+293>06*<48-/517+>"
_CAPTION_WIDTH = 18.0


@dataclass(slots=True, kw_only=True)
class _Form:
    canvas: Canvas
    fapiao: Fapiao
    style: FapiaoStyle
    y: float = 0.0

    @property
    def left(self) -> float:
        return self.style.margin

    @property
    def right(self) -> float:
        return self.style.paper.width - self.style.margin

    @property
    def pitch(self) -> float:
        return self.style.size * 1.38

    def labelled(self, x: float, y: float, label: str, text: str | None) -> None:
        """Write a label and its value, apart by the gap of the style."""
        end = self.canvas.text(x, y, label + self.style.colon, size=self.style.size)
        self.canvas.text(end + self.style.value_gap, y, text or "", size=self.style.size)

    def rule(self, y: float) -> None:
        if self.style.has_rules:
            self.canvas.line(self.left, y, self.right, y)

    def upright(self, x: float, y0: float, y1: float) -> None:
        if self.style.has_rules:
            self.canvas.line(x, y0, x, y1)

    def caption(self, x: float, y0: float, y1: float, text: str) -> None:
        """Write a caption from top to bottom, in the middle of the room it has."""
        size = min(self.style.size, (y1 - y0) / (len(text) * 1.18))
        pitch = size * 1.18
        self.canvas.stacked(x, (y0 + y1 - pitch * len(text)) / 2, text, size=size, pitch=pitch)


def draw_fapiao(fapiao: Fapiao, style: FapiaoStyle) -> bytes:
    """Return the fapiao as a PDF."""
    canvas = Canvas(paper=style.paper, face=Face.CJK)
    form = _Form(canvas=canvas, fapiao=fapiao, style=style)
    sheets = _paginate(fapiao, style)
    for index, rows in enumerate(sheets):
        if index:
            canvas.new_page()
        is_last = index == len(sheets) - 1
        _draw_title(form, index + 1, len(sheets))
        top = form.y
        if fapiao.is_older_form:
            _draw_older_party(form, fapiao.buyer, style.buyer_caption, beside="cipher", is_buyer=True)
        else:
            _draw_parties(form)
        _draw_rows(form, rows)
        _draw_sums(form, rows, is_last=is_last, is_only=len(sheets) == 1)
        if fapiao.is_older_form:
            _draw_older_party(form, fapiao.seller, style.seller_caption, beside="remarks", is_buyer=False)
        else:
            _draw_remarks(form)
        if style.has_rules:
            canvas.box(form.left, top, form.right, form.y)
        _draw_people(form)
    return canvas.content(title=_TITLES[fapiao.invoice_type])


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


def _paginate(fapiao: Fapiao, style: FapiaoStyle) -> list[list[FapiaoLine]]:
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


def _draw_title(form: _Form, page: int, pages: int) -> None:
    canvas, fapiao, style = form.canvas, form.fapiao, form.style
    middle = style.paper.width / 2
    title = style.parenthesised(_TITLES[fapiao.invoice_type])
    title = f"{fapiao.region}{title}" if fapiao.is_older_form else title
    canvas.text(middle, 20, title, size=style.size * 2, align="centre", colour=(0.5, 0.25, 0.1))
    width = text_width(title, size=style.size * 2, face=Face.CJK) / 2 + 6
    canvas.line(middle - width, 20 + style.size * 2.6, middle + width, 20 + style.size * 2.6)
    entries = [
        ("发票代码", fapiao.invoice_code),
        (style.number_label, fapiao.invoice_number),
        (style.date_label, written_date(fapiao.issue_date, style.date_pattern)),
        ("校验码", _in_groups(fapiao.check_code)),
    ]
    x, y = form.right - style.size * 17.5, 18.0
    for label, text in entries:
        if text:
            form.labelled(x, y, label, text)
            y += form.pitch
    if fapiao.machine_number:
        form.labelled(form.left, 40, "机器编号", fapiao.machine_number)
    if pages > 1:
        canvas.text(middle, 24 + style.size * 2.8, f"共{pages}页 第{page}页", size=style.size, align="centre")
    form.y = max(y + 6, 30 + style.size * 4)


def _in_groups(digits: str | None) -> str | None:
    return None if digits is None else " ".join(digits[start : start + 5] for start in range(0, len(digits), 5))


def _draw_parties(form: _Form) -> None:
    style, fapiao = form.style, form.fapiao
    middle = (form.left + form.right) / 2
    height = max(5.4 * style.size * 1.25, 50.0)
    top, bottom = form.y, form.y + height
    for x, caption, name, tax_id in (
        (form.left, style.buyer_caption, _buyer_name(fapiao), None if fapiao.is_buyer_a_person else fapiao.buyer.tax_id),
        (middle, style.seller_caption, fapiao.seller.name, fapiao.seller.tax_id),
    ):
        form.caption(x + 4, top, bottom, caption)
        form.upright(x + _CAPTION_WIDTH, top, bottom)
        form.labelled(x + _CAPTION_WIDTH + 5, top + 6, style.name_label, name)
        form.labelled(x + _CAPTION_WIDTH + 5, bottom - 8 - style.size, style.tax_id_label, tax_id)
    form.upright(middle, top, bottom)
    form.rule(bottom)
    form.y = bottom


def _buyer_name(fapiao: Fapiao) -> str:
    return "个人" if fapiao.is_buyer_a_person else fapiao.buyer.name


def _draw_older_party(form: _Form, party: Party, caption: str, *, beside: str, is_buyer: bool) -> None:
    style, fapiao = form.style, form.fapiao
    middle = form.left + style.width * 0.6
    top, bottom = form.y, form.y + 4 * form.pitch + 8
    form.caption(form.left + 4, top, bottom, caption)
    form.upright(form.left + _CAPTION_WIDTH, top, bottom)
    is_person = is_buyer and fapiao.is_buyer_a_person
    entries = (
        (style.name_label, "个人" if is_person else party.name),
        (style.tax_id_label, None if is_person else party.tax_id),
        ("地址、电话" if " " not in style.name_label else "地 址、电 话", None if is_person else address_and_phone(party)),
        ("开户行及账号", None if is_person else f"{party.account.bank} {party.account.account}"),
    )
    for index, (label, text) in enumerate(entries):
        form.labelled(form.left + _CAPTION_WIDTH + 4, top + 4 + index * form.pitch, label, text)
    form.upright(middle, top, bottom)
    form.caption(middle + 3, top, bottom, "密码区" if beside == "cipher" else "备注")
    form.upright(middle + _CAPTION_WIDTH, top, bottom)
    x = middle + _CAPTION_WIDTH + 6
    if beside == "cipher":
        for index in range(4):
            text = _CIPHER[index * 19 : index * 19 + 24]
            form.canvas.text(x, top + 4 + index * form.pitch, text, size=style.size)
    else:
        y = top + 4
        for remark in fapiao.remarks:
            y = form.canvas.paragraph(x, y, remark, width=form.right - x - 4, size=style.size - 0.5)
    form.rule(bottom)
    form.y = bottom


def address_and_phone(party: Party) -> str:
    """Return address and phone as the older form prints them in one."""
    return f"{''.join(party.address.lines)} {party.phone}"


def _draw_rows(form: _Form, rows: list[FapiaoLine]) -> None:
    style = form.style
    edges = _edges(style)
    top = form.y
    for (name, left, right), heading in zip(edges, style.headings, strict=True):
        size = min(style.size, style.size * (right - left - 3) / text_width(heading, size=style.size, face=Face.CJK))
        if style.are_headings_centred:
            form.canvas.text((left + right) / 2, top + 3, heading, size=size, align="centre")
        elif name in _NUMERIC:
            form.canvas.text(right - 3, top + 3, heading, size=size, align="right")
        else:
            form.canvas.text(left + 3, top + 3, heading, size=size)
    form.y += form.pitch + 5
    if style.has_column_rules:
        form.rule(form.y)
    start = form.y
    for row in rows:
        y = form.y + 2
        for name, left, right in edges:
            for index, text in enumerate(_broken(row, style)[name]):
                line_y = y + index * style.size * 1.25
                if name in _NUMERIC:
                    form.canvas.text(right - 3, line_y, text, size=style.size, align="right")
                elif name == "unit":
                    form.canvas.text((left + right) / 2, line_y, text, size=style.size, align="centre")
                else:
                    form.canvas.text(left + 3, line_y, text, size=style.size)
        form.y += _row_height(row, style)
    form.y = max(form.y, start + style.table_height) + 4
    if style.has_column_rules:
        for _, left, _ in edges[1:]:
            form.upright(left, top, form.y + form.pitch + 4)


def _draw_sums(form: _Form, rows: list[FapiaoLine], *, is_last: bool, is_only: bool) -> None:
    style, fapiao = form.style, form.fapiao
    rights = {name: right - 3 for name, _, right in _edges(style)}

    def sums(label: str, net: Decimal, tax: Decimal | None) -> None:
        left = form.left + 12 if style.are_headings_centred else form.left + 4
        form.canvas.text(left, form.y + 2, label, size=style.size)
        taxed = "***" if tax is None else style.yen + number(tax, _PLAIN)
        form.canvas.text(rights["net_amount"], form.y + 2, style.yen + number(net, _PLAIN), size=style.size, align="right")
        form.canvas.text(rights["tax_amount"], form.y + 2, taxed, size=style.size, align="right")
        form.y += form.pitch + 4

    if not is_only:
        taxes = [row.tax_amount for row in rows if row.tax_amount is not None]
        label = style.total_label.replace("合", "小")
        sums(label, sum((row.net_amount for row in rows), Decimal(0)), sum(taxes, Decimal(0)) if taxes else None)
    if is_last:
        sums(style.total_label, fapiao.net_amount, fapiao.tax_amount)
    form.rule(form.y)
    if is_last:
        form.canvas.text(form.left + 14, form.y + 5, style.parenthesised(style.words_label), size=style.size)
        words = style.words_mark + chinese_amount(fapiao.gross_amount)
        form.canvas.text(form.left + style.width * 0.26, form.y + 5, words, size=style.size)
        end = form.canvas.text(form.right - style.width * 0.3, form.y + 5, style.parenthesised("（小写）"), size=style.size)
        gross = style.yen + number(fapiao.gross_amount, _PLAIN)
        form.canvas.text(end + style.value_gap, form.y + 5, gross, size=style.size)
        form.y += form.pitch + 9
        form.rule(form.y)


def _draw_remarks(form: _Form) -> None:
    style, fapiao = form.style, form.fapiao
    x = form.left + _CAPTION_WIDTH + 5
    lines = [
        line
        for remark in fapiao.remarks
        for line in wrap(remark, width=form.right - x - 6, size=style.size, face=Face.CJK)
    ]
    if fapiao.payee and fapiao.reviewer:
        lines.append(f"收款人{style.colon}{fapiao.payee}；复核人{style.colon}{fapiao.reviewer}；")
    height = max(len(lines) * form.pitch + 8, 34.0)
    form.caption(form.left + 4, form.y, form.y + height, "备注")
    form.upright(form.left + _CAPTION_WIDTH, form.y, form.y + height)
    for index, line in enumerate(lines):
        form.canvas.text(x, form.y + 4 + index * form.pitch, line, size=style.size)
    form.y += height


def _draw_people(form: _Form) -> None:
    style, fapiao = form.style, form.fapiao
    y = form.y + 5
    if fapiao.is_older_form:
        people = (("收款人", fapiao.payee), ("复核", fapiao.reviewer), ("开票人", fapiao.drawer), ("销售方", "（章）"))
        for index, (label, text) in enumerate(people):
            form.labelled(form.left + 10 + index * style.width / 4, y, label, text)
        return
    form.labelled(form.left + 40, y, "开票人", fapiao.drawer)
