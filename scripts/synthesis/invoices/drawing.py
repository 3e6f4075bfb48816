"""Draw one invoice from its content: head, lines, totals, closing, on as many pages as it takes."""

from synthesis.invoices.blocks import Beside, Space, Stack, Text
from synthesis.invoices.closing import closing_blocks, slip_block, words_block
from synthesis.invoices.columns import placed
from synthesis.invoices.content import Content
from synthesis.invoices.heads import head_block
from synthesis.invoices.sheet import Sheet
from synthesis.invoices.table import LineTable
from synthesis.invoices.totals_drawing import TOTALS_SHARE, tax_table, totals_block


def draw_content(content: Content) -> bytes:
    """Return the invoice as a PDF. It is drawn twice, so that pages can say how many there are."""
    sheet = _drawn(content, pages=0)
    sheet = _drawn(content, pages=sheet.canvas.page_number)
    return sheet.canvas.content(title=f"{content.title} {content.bill.record.invoice_number}")


def _drawn(content: Content, *, pages: int) -> Sheet:
    layout = content.layout
    sheet = Sheet(content, pages=pages)
    sheet.place(head_block(content), gap=layout.size * 1.6)
    for text in content.around.intro:
        sheet.place(Text(text=text, ink=layout.body), gap=4)
    LineTable(sheet).draw()
    sheet.y += 0 if layout.totals == "in_table" and layout.tax_table != "before" else layout.size
    if layout.tax_table == "before":
        sheet.place(tax_table(content), gap=8)
    _place_totals(sheet)
    if layout.tax_table == "after":
        sheet.place(tax_table(content), gap=8)
    sheet.place_at_bottom(slip_block(content))
    return sheet


def _place_totals(sheet: Sheet) -> None:
    content, layout = sheet.content, sheet.content.layout
    last = placed(layout, content.bill.record.line_items, sheet.left, sheet.right)[-1]
    totals = totals_block(content, last_column=last.right - last.left)
    closing = [block for block in closing_blocks(content) if block.height(sheet.width)]
    if share := TOTALS_SHARE.get(layout.totals):
        both = Beside(((Stack(closing, gap=5), 1 - share), (totals, share)))
        if layout.is_closing_beside_totals and both.height(sheet.width) < sheet.bottom - 2 * layout.margin:
            sheet.place(both, gap=8)
            sheet.place(words_block(content), gap=5)
            return
        totals = Beside(((Space(), 1 - share), (totals, share)), gap=0)
    sheet.place(totals, gap=10)
    sheet.place(words_block(content), gap=5)
    for block in closing:
        sheet.place(block, gap=5)
