"""Write results as a spreadsheet (XLSX): one sheet of results, one of the rows of their tables.

The only module that imports xlsxwriter. No text becomes a formula or a link. An amount becomes a
number where the number that a spreadsheet can hold is exactly that amount; else it stays text.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from extractor.delivery.exports.flat import Columns, Exported, types_of
from extractor.errors import ConfigurationError
from extractor.field_specs.spec import FieldType

_MAX_ROWS = 1_048_576  # of a sheet, with its heading
_MAX_LETTERS = 32_767  # of a cell
_FIRST_YEAR = 1900  # that a spreadsheet counts days from
_NUMBERS = frozenset({FieldType.AMOUNT, FieldType.QUANTITY, FieldType.NUMBER, FieldType.RATE})
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def write_spreadsheet(results: Iterable[Exported], columns: Columns, target: IO[bytes]) -> None:
    """Write a workbook; memory stays flat however many results there are.

    Raises:
        ConfigurationError: there are more rows than a sheet can have.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        head = book.add_format({"bold": True})
        names = columns.names
        key = next(iter(columns.about), "source")
        line_names = [key, "part", "field", "row", *columns.lines]
        rows = _Sheet(book.add_worksheet("results"), names, head=head, days=days)
        lines = _Sheet(book.add_worksheet("lines"), line_names, head=head, days=days)
        for result in results:
            cells = result.cells(columns)
            types = types_of(str(result.body.get("spec")))
            rows.add(cells, types)
            for line in result.lines():
                table = line["field"]
                lines.add(
                    {key: cells.get(key), "part": cells.get("part"), **line},
                    {"row": FieldType.NUMBER}
                    | {name: types[f"{table}.{name}"] for name in line if f"{table}.{name}" in types},
                )


class _Sheet:
    """A sheet that is filled from the top."""

    def __init__(self, sheet: Worksheet, names: list[str], *, head: Format, days: Format) -> None:
        self._sheet = sheet
        self._names = names
        self._days = days
        self._row = 0
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, head)

    def add(self, cells: Mapping[str, str | None], types: Mapping[str, FieldType]) -> None:
        self._row += 1
        if self._row >= _MAX_ROWS:
            raise ConfigurationError(f"a sheet has no place for over {_MAX_ROWS - 1} rows: use csv or jsonl")
        for column, name in enumerate(self._names):
            value = cells.get(name)
            if value:
                self._write(column, value, types.get(name))

    def _write(self, column: int, value: str, kind: FieldType | None) -> None:
        if kind in _NUMBERS and (number := _exact(value)) is not None:
            self._sheet.write_number(self._row, column, number)
        elif kind is FieldType.DATE and (day := _day(value)) is not None:
            self._sheet.write_datetime(self._row, column, day, self._days)
        else:
            self._sheet.write_string(self._row, column, value[:_MAX_LETTERS])


def _exact(value: str) -> float | None:
    """Return the number that is exactly the value as it is shown, None where there is none."""
    if not _DECIMAL.fullmatch(value):
        return None
    number = float(value)
    return number if Decimal(repr(number)) == Decimal(value) else None


def _day(value: str) -> date | None:
    if not _ISO_DATE.fullmatch(value):
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None
