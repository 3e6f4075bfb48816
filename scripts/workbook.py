# SPDX-License-Identifier: Apache-2.0
"""Write rows as an Excel workbook: amounts as numbers, dates as dates, and no cell that computes.

Used by the example scripts beside it; copy it along with them. Needs openpyxl.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

_WIDEST, _NARROWEST = 60, 8  # characters
_LONGEST = 32_000  # characters that a cell can hold, with some to spare


@dataclass
class Sheet:
    """One sheet: a heading a column, then the rows."""

    title: str
    columns: list[str]
    rows: list[list[object]] = field(default_factory=list)


def require_tables(parser: argparse.ArgumentParser) -> None:
    """End with a clear message where openpyxl is not installed."""
    if find_spec("openpyxl") is None:
        parser.error("this script needs openpyxl: pip install 'extractor[tables]' (or pip install openpyxl)")


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets, their headings bold and always in sight."""
    from openpyxl import Workbook  # noqa: PLC0415 - `require_tables` speaks first
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        lines: list[list[object]] = [[*sheet.columns], *sheet.rows]
        for row_number, row in enumerate(lines, 1):
            for column, value in enumerate(row, 1):
                if value is None:
                    continue
                cell = page.cell(row_number, column)
                cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
                if isinstance(value, Decimal):
                    cell.value, cell.number_format = value, number_format(value)
                elif isinstance(value, date):
                    cell.value, cell.number_format = value, "yyyy-mm-dd"
                elif isinstance(value, int):
                    cell.value = value
                else:
                    cell.value = writable(str(value))
                    cell.data_type = "s"  # text, also where it starts with "=": nobody's PDF may compute here
                    cell.quotePrefix = cell.value.startswith(("=", "+", "-", "@"))
                if row_number == 1:
                    cell.font = Font(bold=True)
        page.freeze_panes = "A2"
        page.auto_filter.ref = page.dimensions
        for column, heading in enumerate(sheet.columns, 1):
            longest = max([len(heading), *(len(str(row[column - 1] or "")) for row in sheet.rows)])
            page.column_dimensions[get_column_letter(column)].width = min(
                _WIDEST, max(_NARROWEST, longest + 2)
            )
    book.save(path)


def number_format(value: Decimal) -> str:
    """Return a format with thousands and as many digits as the value has, two at least for fractions."""
    exponent = value.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "#,##0" + ("." + "0" * min(digits, 8) if digits else "")


def writable(text: str) -> str:
    """Return the text without what a cell cannot hold: control characters, halves of characters."""
    kept = "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
    return kept[:_LONGEST]
