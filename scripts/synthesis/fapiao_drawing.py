"""Draw a fapiao: the fully digital form, and the older one with code and password area."""

from synthesis.canvas import Canvas, Face, text_width, wrap
from synthesis.codes import bars_of, fapiao_payload, modules_of
from synthesis.fapiao_form import Form
from synthesis.fapiao_record import Fapiao
from synthesis.fapiao_style import FapiaoStyle
from synthesis.fapiao_table import draw_rows, draw_sums, paginate
from synthesis.notation import written_date
from synthesis.parties import Party

_TITLES = {
    "e_vat_special": "电子发票（增值税专用发票）",
    "e_vat_general": "电子发票（普通发票）",
    "vat_special": "增值税专用发票",
    "vat_general": "增值税普通发票",
}
_CIPHER = "03*>/<-+8592>0*<4-71+/6583>*29</04+-76<81*5>2/3-+9<640>*8715-/<+293>06*<48-/517+>"
_CAPTION_WIDTH = 18.0


def draw_fapiao(fapiao: Fapiao, style: FapiaoStyle) -> bytes:
    """Return the fapiao as a PDF."""
    canvas = Canvas(paper=style.paper, face=Face.CJK)
    form = Form(canvas=canvas, fapiao=fapiao, style=style)
    sheets = paginate(fapiao, style)
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
        draw_rows(form, rows)
        draw_sums(form, rows, is_last=is_last, is_only=len(sheets) == 1)
        if fapiao.is_older_form:
            _draw_older_party(form, fapiao.seller, style.seller_caption, beside="remarks", is_buyer=False)
        else:
            _draw_remarks(form)
        if style.has_rules:
            canvas.box(form.left, top, form.right, form.y)
        _draw_people(form)
    return canvas.content(title=_TITLES[fapiao.invoice_type])


def _draw_title(form: Form, page: int, pages: int) -> None:
    canvas, fapiao, style = form.canvas, form.fapiao, form.style
    middle = style.paper.width / 2
    title = style.parenthesised(_TITLES[fapiao.invoice_type])
    title = f"{fapiao.region}{title}" if fapiao.is_older_form else title
    canvas.text(middle, 20, title, size=style.size * 2, align="centre", colour=(0.5, 0.25, 0.1))
    width = text_width(title, size=style.size * 2, face=Face.CJK) / 2 + 6
    canvas.line(middle - width, 20 + style.size * 2.6, middle + width, 20 + style.size * 2.6)
    if style.has_code:
        _draw_code(form)
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


def _draw_code(form: Form) -> None:
    """Draw the code above the table; on the older form the machine's number stands below it."""
    side = 32.0 if form.fapiao.is_older_form else 46.0
    modules = modules_of(fapiao_payload(form.fapiao))
    form.canvas.bars(form.left, 7, side / len(modules), bars_of(modules))


def _in_groups(digits: str | None) -> str | None:
    return (
        None if digits is None else " ".join(digits[start : start + 5] for start in range(0, len(digits), 5))
    )


def _draw_parties(form: Form) -> None:
    style, fapiao = form.style, form.fapiao
    middle = (form.left + form.right) / 2
    height = max(5.4 * style.size * 1.25, 50.0)
    top, bottom = form.y, form.y + height
    for x, caption, name, tax_id in (
        (
            form.left,
            style.buyer_caption,
            _buyer_name(fapiao),
            None if fapiao.is_buyer_a_person else fapiao.buyer.tax_id,
        ),
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


def _draw_older_party(form: Form, party: Party, caption: str, *, beside: str, is_buyer: bool) -> None:
    style, fapiao = form.style, form.fapiao
    middle = form.left + style.width * 0.6
    top, bottom = form.y, form.y + 4 * form.pitch + 8
    form.caption(form.left + 4, top, bottom, caption)
    form.upright(form.left + _CAPTION_WIDTH, top, bottom)
    is_person = is_buyer and fapiao.is_buyer_a_person
    entries = (
        (style.name_label, "个人" if is_person else party.name),
        (style.tax_id_label, None if is_person else party.tax_id),
        (
            "地址、电话" if " " not in style.name_label else "地 址、电 话",
            None if is_person else address_and_phone(party),
        ),
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


def _draw_remarks(form: Form) -> None:
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


def _draw_people(form: Form) -> None:
    style, fapiao = form.style, form.fapiao
    y = form.y + 5
    if fapiao.is_older_form:
        people = (
            ("收款人", fapiao.payee),
            ("复核", fapiao.reviewer),
            ("开票人", fapiao.drawer),
            ("销售方", "（章）"),
        )
        for index, (label, text) in enumerate(people):
            form.labelled(form.left + 10 + index * style.width / 4, y, label, text)
        return
    form.labelled(form.left + 40, y, "开票人", fapiao.drawer)
