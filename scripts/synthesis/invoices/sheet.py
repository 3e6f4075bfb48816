"""The pages of one invoice under way: how far down they are written, and what every page carries."""

from synthesis.canvas import GREY, Canvas
from synthesis.invoices.blocks import Block, Inline, Text
from synthesis.invoices.content import Content
from synthesis.invoices.footers import footer_block, side_block

_SIDE_WIDTH = 112.0
_SIDE_GAP = 16.0


class Sheet:
    """A canvas with margins. `pages` is how many pages there will be: 0 while nobody knows."""

    def __init__(self, content: Content, *, pages: int) -> None:
        """Begin the first page."""
        layout = content.layout
        self.content = content
        self.pages = pages
        self.canvas = Canvas(paper=layout.paper, face=layout.face)
        self.left = layout.margin
        self.right = layout.paper.width - layout.margin
        self._footer = footer_block(content)
        self._has_side = "side" in layout.head.seller
        if self._has_side:
            self.left += _SIDE_WIDTH + _SIDE_GAP
        self.y = layout.margin
        self._begin_page()

    @property
    def width(self) -> float:
        """Return the width of running content."""
        return self.right - self.left

    @property
    def bottom(self) -> float:
        """Return the lowest `y` that running content may reach."""
        layout = self.content.layout
        return layout.paper.height - layout.margin * 0.7 - self._footer.height(self._full_width) - 16

    @property
    def _full_width(self) -> float:
        return self.right - self.content.layout.margin

    def place(self, block: Block, *, gap: float = 0.0, left: float | None = None) -> None:
        """Set a block under what is there, on a fresh page if it does not fit on this one."""
        left = self.left if left is None else left
        height = block.height(self.right - left)
        if not height:
            return
        self.make_room(height)
        block.draw(self.canvas, left, self.y, self.right - left)
        self.y += height + gap

    def place_at_bottom(self, block: Block) -> None:
        """Set a block at the foot of the last page."""
        height = block.height(self.width)
        self.make_room(height)
        block.draw(self.canvas, self.left, self.bottom - height, self.width)
        self.y = self.bottom

    def make_room(self, height: float) -> None:
        """Go to a fresh page unless so much fits on this one."""
        if self.y + height > self.bottom:
            self.new_page()

    def new_page(self) -> None:
        """Begin another page."""
        self.canvas.new_page()
        self.y = self.content.layout.margin
        self._begin_page()

    def _begin_page(self) -> None:
        layout, number = self.content.layout, self.canvas.page_number
        margin, paper = layout.margin, layout.paper
        if layout.finish.has_page_frame:
            inset = margin / 2
            self.canvas.box(inset, inset, paper.width - inset, paper.height - inset, colour=GREY)
        foot = self._footer.height(self._full_width)
        self._footer.draw(self.canvas, margin, paper.height - margin * 0.7 - foot, self._full_width)
        if self._has_side and number == 1:
            side_block(self.content, height=self.bottom - margin).draw(
                self.canvas, margin, margin, _SIDE_WIDTH
            )
        self._draw_page_number(number)
        if number > 1 and layout.finish.has_running_head:
            texts = (
                self.content.bill.seller.trade_name,
                self.content.title,
                self.content.bill.record.invoice_number,
            )
            self.place(Inline(texts=texts, mark="   ", ink=layout.faint), gap=8)

    def _draw_page_number(self, number: int) -> None:
        layout = self.content.layout
        text = layout.wording["page"].format(page=number, pages=self.pages)
        if layout.page_numbers == "none" or (self.pages == 1 and not layout.finish.has_number_on_single_page):
            return
        line = Text(
            text=text, ink=layout.faint, align="centre" if layout.page_numbers == "bottom_centre" else "right"
        )
        y = layout.paper.height - layout.margin * 0.7 + 3
        if layout.page_numbers == "top_right":
            y = max(8.0, layout.margin - line.height(200.0) - 6)
        line.draw(self.canvas, layout.margin, y, self._full_width)
