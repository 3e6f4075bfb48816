"""Draw a commercial invoice: head, parties, references, table, totals, payment details."""

from collections.abc import Callable
from dataclasses import dataclass

from synthesis.canvas import BOLD_OF, GREY, Canvas, text_width, wrap
from synthesis.invoice_style import Style
from synthesis.invoice_table import draw_table
from synthesis.notation import money, rate, written_date
from synthesis.paging import Paging
from synthesis.record import Address, InvoiceRecord

MARGIN = 48.0
_FOOT = 70.0  # kept free at the bottom of every page


@dataclass(slots=True, kw_only=True)
class Sheet:
    """The drawing under way: the canvas, and how far down the page it has come."""

    canvas: Canvas
    style: Style
    record: InvoiceRecord
    y: float = MARGIN

    @property
    def left(self) -> float:
        """Return the left margin."""
        return MARGIN

    @property
    def right(self) -> float:
        """Return the right margin."""
        return self.style.paper.width - MARGIN

    @property
    def bottom(self) -> float:
        """Return the lowest `y` that running content may reach."""
        return self.style.paper.height - _FOOT

    @property
    def pitch(self) -> float:
        """Return the distance from line to line."""
        return self.style.size * 1.4

    def bold(self, x: float, y: float, text: str, *, size: float | None = None, align: str = "left") -> float:
        """Write in the bold cut of the sheet's face."""
        face = BOLD_OF[self.style.face]
        return self.canvas.text(x, y, text, size=size or self.style.size, face=face, align=align)

    def plain(self, x: float, y: float, text: str, *, align: str = "left") -> float:
        """Write in the sheet's face and size."""
        return self.canvas.text(x, y, text, size=self.style.size, align=align)

    def width_of(self, text: str) -> float:
        """Return the width of plain text."""
        return text_width(text, size=self.style.size, face=self.style.face)

    def make_room(self, height: float) -> None:
        """Go to a new page unless so much fits on this one."""
        if self.y + height > self.bottom:
            self.canvas.new_page()
            self.y = MARGIN


def draw_invoice(record: InvoiceRecord, style: Style, *, paging: Paging | None = None) -> bytes:
    """Return the invoice as a PDF."""
    sheet = Sheet(canvas=Canvas(paper=style.paper, face=style.face), style=style, record=record)
    for block in _BLOCKS:
        block(sheet)
    if paging is not None:
        paging.draw(sheet.canvas, record.invoice_number)
    return sheet.canvas.content(title=f"{style.label(record.invoice_type)} {record.invoice_number}")


def _draw_head(sheet: Sheet) -> None:
    style, record = sheet.style, sheet.record
    x, align = {
        "left": (sheet.left, "left"),
        "right": (sheet.right, "right"),
        "centre": (style.paper.width / 2, "centre"),
    }[style.head]
    title_x, title_align = (sheet.left, "left") if style.head == "right" else (sheet.right, "right")
    if style.head != "centre":
        sheet.bold(title_x, MARGIN, style.label(record.invoice_type), size=20, align=title_align)
    sheet.bold(x, sheet.y, record.seller_name, size=style.size + 4, align=align)
    sheet.y += style.size + 10
    for line in address_lines(record.seller_address):
        sheet.plain(x, sheet.y, line, align=align)
        sheet.y += sheet.pitch
    if style.tax_id_in == "head" and record.seller_tax_id:
        sheet.plain(
            x, sheet.y, f"{style.label('seller_tax_id')}{style.label_end} {record.seller_tax_id}", align=align
        )
        sheet.y += sheet.pitch
    if style.head == "centre":
        sheet.y += 10
        sheet.bold(sheet.left, sheet.y, style.label(record.invoice_type), size=16)
        sheet.y += 22
    sheet.y = max(sheet.y, MARGIN + 40) + 14


def address_lines(address: Address | None) -> list[str]:
    """Return the address as printed, a line each; the country is left to the reader."""
    if address is None:
        return []
    place = (address.city, address.postcode) if address.country == "GB" else (address.postcode, address.city)
    town = " ".join(part for part in place if part)
    return [*address.lines, *([town] if town else [])]


def _draw_parties(sheet: Sheet) -> None:
    style, record = sheet.style, sheet.record
    top = sheet.y
    sheet.canvas.text(sheet.left, sheet.y, style.label("buyer"), size=style.size - 0.5, colour=GREY)
    sheet.y += sheet.pitch
    sheet.bold(sheet.left, sheet.y, record.buyer_name)
    sheet.y += sheet.pitch
    for line in address_lines(record.buyer_address):
        sheet.plain(sheet.left, sheet.y, line)
        sheet.y += sheet.pitch
    if record.buyer_tax_id:
        sheet.plain(
            sheet.left, sheet.y, f"{style.label('buyer_tax_id')}{style.label_end} {record.buyer_tax_id}"
        )
        sheet.y += sheet.pitch
    below = sheet.y
    if style.is_meta_beside_buyer and style.meta in {"rows", "colon"}:
        sheet.y = top
        _draw_references(sheet, left=style.paper.width * 0.55)
        sheet.y = max(sheet.y, below) + 16
    else:
        sheet.y = below + 12
        _draw_references(sheet, left=sheet.left)
        sheet.y += 14


def references(record: InvoiceRecord, style: Style) -> list[tuple[str, str]]:
    """Return the labelled values of the reference block, as printed."""
    found = [
        ("invoice_number", record.invoice_number),
        ("issue_date", written_date(record.issue_date, style.date_pattern, language=style.language)),
    ]
    if style.are_optionals_shown:
        found.append(("customer_number", f"{sum(map(ord, record.buyer_name)) % 90_000 + 10_000}"))
    for name, day in (("delivery_date", record.delivery_date), ("due_date", record.due_date)):
        if day:
            found.append((name, written_date(day, style.date_pattern, language=style.language)))
    for name, text in (
        ("purchase_order_number", record.purchase_order_number),
        ("contract_number", record.contract_number),
        ("seller_tax_id", record.seller_tax_id if style.tax_id_in == "meta" else None),
    ):
        if text:
            found.append((name, text))
    return [(style.label(name), text) for name, text in found]


def _draw_references(sheet: Sheet, *, left: float) -> None:
    style = sheet.style
    pairs = references(sheet.record, style)
    if style.meta in {"rows", "colon"}:
        labels = [label + style.label_end for label, _ in pairs]
        value_x = left + max(sheet.width_of(label) for label in labels) + 12
        for label, (_, text) in zip(labels, pairs, strict=True):
            end = sheet.plain(left, sheet.y, label)
            sheet.plain(value_x if style.meta == "rows" else end + sheet.width_of(" "), sheet.y, text)
            sheet.y += sheet.pitch
        return
    across = 4
    cell = (sheet.right - left) / across
    for start in range(0, len(pairs), across):
        for index, (label, text) in enumerate(pairs[start : start + across]):
            x = left + index * cell
            if style.meta == "boxed":
                sheet.canvas.box(x, sheet.y - 3, x + cell, sheet.y + 2.5 * sheet.pitch)
            sheet.canvas.text(x + 4, sheet.y, label, size=style.size - 1.5, colour=GREY)
            sheet.plain(x + 4, sheet.y + sheet.pitch, text)
        sheet.y += 2.5 * sheet.pitch + 3


def _draw_lines(sheet: Sheet) -> None:
    draw_table(sheet)
    sheet.y += 8


def totals(record: InvoiceRecord, style: Style) -> list[tuple[str, str]]:
    """Return the rows of the totals block, as printed."""

    def written(amount: object) -> str:
        return money(amount, style.numbers, record.currency)  # type: ignore[arg-type]  # only Decimal comes in

    rows = []
    for allowance in record.allowances:
        label = allowance.reason or style.label("charge" if allowance.is_charge else "allowance")
        rows.append((label, written(allowance.amount if allowance.is_charge else -allowance.amount)))
    rows.append((style.label("net_total"), written(record.net_amount)))
    for row in record.tax_breakdown:
        shown = rate(row.rate, style.numbers, gap=" " if style.language in {"de", "fr"} else "")
        label = f"{style.label('tax_total')} {shown}"
        if len(record.tax_breakdown) > 1:
            label += f" ({written(row.base)})"
        rows.append((label, written(row.tax)))
    if len(record.tax_breakdown) > 1:
        rows.append((style.label("tax_total"), written(record.tax_amount)))
    rows.append((style.label("gross_total"), written(record.gross_amount)))
    if record.prepaid_amount is not None:
        rows.append((style.label("prepaid"), written(-record.prepaid_amount)))
        rows.append((style.label("amount_due"), written(record.amount_due)))
    return rows


def _draw_totals(sheet: Sheet) -> None:
    style = sheet.style
    rows = totals(sheet.record, style)
    sheet.make_room(len(rows) * (sheet.pitch + 2) + 10)
    left = sheet.left if style.totals == "full_width" else style.paper.width * 0.56
    if style.totals == "boxed":
        sheet.canvas.box(left - 6, sheet.y - 4, sheet.right + 4, sheet.y + len(rows) * (sheet.pitch + 2) + 2)
    gross = style.label("gross_total")
    for label, text in rows:
        write: Callable[..., float] = sheet.bold if label == gross else sheet.plain
        write(left, sheet.y, label + style.label_end)
        write(sheet.right - 4, sheet.y, text, align="right")
        sheet.y += sheet.pitch + 2
    sheet.y += 12


def _draw_words(sheet: Sheet) -> None:
    style, record = sheet.style, sheet.record
    for name, text in (
        ("in_words", record.amount_in_words),
        ("payment_terms", record.payment_terms),
        ("remarks", record.remarks),
    ):
        if not text:
            continue
        label = f"{style.label(name)}{style.label_end} "
        indent = sheet.width_of(label)
        lines = wrap(text, width=sheet.right - sheet.left - indent, size=style.size, face=style.face)
        sheet.make_room(len(lines) * sheet.pitch)
        sheet.plain(sheet.left, sheet.y, label.rstrip())
        for line in lines:
            sheet.plain(sheet.left + indent, sheet.y, line)
            sheet.y += sheet.pitch
        sheet.y += 3


def _draw_bank(sheet: Sheet) -> None:
    style, record = sheet.style, sheet.record
    account = record.seller_bank_account
    parts = []
    if account:
        parts = [("bank", account.bank), ("account", grouped_iban(account.account)), ("bic", account.bic)]
    if style.tax_id_in == "footer":
        parts.append(("seller_tax_id", record.seller_tax_id))
    shown = [f"{style.label(name)}{style.label_end} {text}" for name, text in parts if text]
    if style.bank == "footer":
        y = style.paper.height - 52
        sheet.canvas.line(sheet.left, y - 4, sheet.right, y - 4, colour=GREY)
        sheet.canvas.text(sheet.left, y, "   ".join(shown[:2]), size=style.size - 1)
        sheet.canvas.text(sheet.left, y + sheet.pitch, "   ".join(shown[2:]), size=style.size - 1)
        return
    sheet.make_room(len(shown) * sheet.pitch)
    if style.bank == "sentence":
        sheet.y = sheet.canvas.paragraph(
            sheet.left,
            sheet.y,
            ", ".join(shown),
            width=sheet.right - sheet.left,
            size=style.size,
        )
        return
    for line in shown:
        sheet.plain(sheet.left, sheet.y, line)
        sheet.y += sheet.pitch


def grouped_iban(account: str) -> str:
    """Write an IBAN in groups of four; anything else as it is."""
    if not account[:2].isalpha():
        return account
    return " ".join(account[start : start + 4] for start in range(0, len(account), 4))


_BLOCKS: tuple[Callable[[Sheet], None], ...] = (
    _draw_head,
    _draw_parties,
    _draw_lines,
    _draw_totals,
    _draw_words,
    _draw_bank,
)
