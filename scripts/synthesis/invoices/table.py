"""Draw the table of an invoice's lines, over as many pages as it takes."""

from collections.abc import Sequence
from decimal import Decimal

from synthesis.canvas import BLACK, BOLD_OF, GREY, Colour, wrap
from synthesis.invoices.blocks import Ink
from synthesis.invoices.columns import Column, cell, details, placed, table_size
from synthesis.invoices.sheet import Sheet
from synthesis.record import Line

_LIGHT: Colour = (0.9, 0.92, 0.95)
_STRIPE: Colour = (0.95, 0.95, 0.96)
_WHITE: Colour = (1.0, 1.0, 1.0)


class LineTable:
    """The table under way on a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        """Set the columns."""
        self._sheet = sheet
        self._layout = sheet.content.layout
        self._lines = sheet.content.bill.record.line_items
        self._columns = placed(self._layout, self._lines, sheet.left, sheet.right)
        size = table_size(self._layout)
        self._ink = Ink(face=self._layout.face, size=size)
        self._bold = Ink(face=BOLD_OF[self._layout.face], size=size)
        self._detail = Ink(face=self._layout.face, size=max(5.5, size - 1), colour=(0.3, 0.3, 0.3))
        self._carried = Decimal(0)

    def draw(self) -> None:
        """Draw all lines; where a page ends, carry over and go on with the next."""
        self._sheet.make_room(self._header_height() + self._height_of(0) + self._row_height())
        self._draw_header()
        for index, entry in enumerate(self._lines):
            starts_group = entry.group and (not index or entry.group != self._lines[index - 1].group)
            ends_group = entry.group and (
                index + 1 == len(self._lines) or entry.group != self._lines[index + 1].group
            )
            extra = self._row_height() * (bool(starts_group) + bool(ends_group) + 1)
            if self._sheet.y + self._height_of(index) + extra > self._sheet.bottom:
                self._turn_page()
            if starts_group and entry.group:
                self._draw_wide_row(entry.group)
            self._draw_line(index)
            self._carried += self._amount(entry)
            if ends_group and entry.group and self._layout.table.has_group_totals:
                self._draw_group_total(entry.group)
        if self._layout.table.ruling in {"header_rule", "outer", "columns", "grid"}:
            self._rule(self._sheet.y)

    def _amount(self, entry: Line) -> Decimal:
        shows_gross = "net_amount" not in self._layout.table.columns
        return entry.gross_amount or Decimal(0) if shows_gross else entry.net_amount

    def _turn_page(self) -> None:
        wording, sheet = self._layout.wording, self._sheet
        carries = self._layout.table.carries_over
        if carries:
            self._draw_wide_row(wording["carried"], self._layout.pen.cell(self._carried))
        self._rule(sheet.y)
        if not carries and self._layout.finish.says_continued:
            text, ink = wording["continued"], self._layout.faint
            sheet.canvas.text(
                sheet.right, sheet.y + 3, text, size=ink.size, face=ink.face, align="right", colour=ink.colour
            )
        sheet.new_page()
        if self._layout.table.repeats_header:
            self._draw_header()
        else:
            self._rule(sheet.y)
        if carries:
            brought = wording["brought"].format(page=sheet.canvas.page_number - 1)
            self._draw_wide_row(brought, self._layout.pen.cell(self._carried))

    def _draw_header(self) -> None:
        form, sheet = self._layout.table.header, self._sheet
        if form == "none":
            self._rule(sheet.y)
            return
        top, height = sheet.y, self._header_height()
        if form in {"light", "dark"}:
            accent = self._layout.accent if self._layout.accent != BLACK else (0.25, 0.25, 0.28)
            fill = _LIGHT if form == "light" else accent
            sheet.canvas.box(sheet.left, top, sheet.right, top + height, colour=None, fill=fill)
        ink = self._bold if form in {"bold", "dark", "light"} else self._ink
        colour = _WHITE if form == "dark" else GREY if form == "caps" else BLACK
        for column in self._columns:
            self._draw_texts(
                column, top + self._pad, column.header, Ink(face=ink.face, size=ink.size, colour=colour)
            )
        sheet.y += height
        if self._layout.table.ruling in {"header_rule", "rows", "outer", "columns", "grid"}:
            self._rule(sheet.y)
            if self._layout.table.ruling != "header_rule":
                self._rule(top)
        self._draw_uprights(top)

    def _draw_line(self, index: int) -> None:
        sheet, entry, top = self._sheet, self._lines[index], self._sheet.y
        height = self._height_of(index)
        if self._layout.table.ruling == "striped" and index % 2:
            sheet.canvas.box(sheet.left, top, sheet.right, top + height, colour=None, fill=_STRIPE)
        for column in self._columns:
            texts = self._wrapped(column, cell(self._layout, column.name, entry, index), self._ink)
            self._draw_texts(column, top + self._pad, texts, self._ink)
            if column.name == "description":
                y = top + self._pad + len(texts) * self._ink.pitch
                for text in details(self._layout, entry):
                    broken = self._wrapped(column, text, self._detail)
                    self._draw_texts(column, y, broken, self._detail)
                    y += len(broken) * self._detail.pitch
        sheet.y += height
        if self._layout.table.ruling in {"grid", "rows"}:
            self._rule(sheet.y, colour=BLACK if self._layout.table.ruling == "grid" else (0.75, 0.75, 0.75))
        self._draw_uprights(top)

    def _draw_group_total(self, group: str) -> None:
        amount = sum((self._amount(entry) for entry in self._lines if entry.group == group), Decimal(0))
        name = self._layout.wording["group_total"].format(group=group)
        self._draw_wide_row(name, self._layout.pen.cell(amount))

    def _draw_wide_row(self, text: str, amount: str = "") -> None:
        """Draw a row across the columns: a heading, or a label with an amount at its right end."""
        sheet, top = self._sheet, self._sheet.y
        gap, ink = self._layout.table.gap / 2, self._bold
        y = top + self._pad
        if amount:
            end = sheet.right - gap
            sheet.canvas.text(end, y, amount, size=ink.size, face=ink.face, align="right")
            sheet.canvas.text(end - 90, y, text, size=ink.size, face=ink.face, align="right")
        else:
            sheet.canvas.text(sheet.left + gap, y, text, size=ink.size, face=ink.face)
        sheet.y += self._row_height()
        if self._layout.table.ruling in {"grid", "rows"}:
            self._rule(sheet.y)
        if self._layout.table.ruling in {"grid", "outer", "columns"}:
            for at in (sheet.left, sheet.right):
                sheet.canvas.line(at, top, at, sheet.y)

    def _draw_texts(self, column: Column, y: float, texts: Sequence[str], ink: Ink) -> None:
        half = self._layout.table.gap / 2
        at = column.right - half if column.align == "right" else column.left + half
        for text in texts:
            self._sheet.canvas.text(
                at, y, text, size=ink.size, face=ink.face, align=column.align, colour=ink.colour
            )
            y += ink.pitch

    def _draw_uprights(self, top: float) -> None:
        if self._layout.table.ruling not in {"grid", "columns", "outer"}:
            return
        inner = [column.right for column in self._columns[:-1]]
        ends = [self._sheet.left, self._sheet.right]
        for at in ends if self._layout.table.ruling == "outer" else [*ends, *inner]:
            self._sheet.canvas.line(at, top, at, self._sheet.y)

    def _rule(self, y: float, *, colour: Colour = BLACK) -> None:
        self._sheet.canvas.line(self._sheet.left, y, self._sheet.right, y, colour=colour)

    def _height_of(self, index: int) -> float:
        entry, heights = self._lines[index], []
        for column in self._columns:
            texts = self._wrapped(column, cell(self._layout, column.name, entry, index), self._ink)
            height = len(texts) * self._ink.pitch
            if column.name == "description":
                for text in details(self._layout, entry):
                    height += len(self._wrapped(column, text, self._detail)) * self._detail.pitch
            heights.append(height)
        return max(heights) + 2 * self._pad

    def _header_height(self) -> float:
        if self._layout.table.header == "none":
            return 0.0
        return max(len(column.header) for column in self._columns) * self._ink.pitch + 2 * self._pad

    def _row_height(self) -> float:
        return self._ink.pitch + 2 * self._pad

    @property
    def _pad(self) -> float:
        return self._layout.table.pad

    def _wrapped(self, column: Column, text: str, ink: Ink) -> list[str]:
        width = column.right - column.left - self._layout.table.gap
        return wrap(text, width=width, size=ink.size, face=ink.face) if text else []
