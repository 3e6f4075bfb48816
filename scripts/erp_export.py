# SPDX-License-Identifier: Apache-2.0
"""Read the export of a finance system: CSV or XLSX, whatever its encoding, delimiter, headings and notation.

Used by `reconcile_erp_export.py`; copy it along with it. XLSX needs openpyxl.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

AMOUNTS = ("net_amount", "tax_amount", "gross_amount")
DATES = ("issue_date", "due_date")


def _alternatives(headings: str) -> tuple[str, ...]:
    return tuple(headings.split("|"))


HEADINGS: Mapping[str, tuple[str, ...]] = {
    "invoice_number": _alternatives(
        "invoice number|invoice no|invoice #|invoice|document number|external document no|"
        "reference|rechnungsnummer|rechnungsnr|rechnung|belegnummer|belegnr|beleg|"
        "externe belegnummer|发票号码|发票号|发票编号|单据编号|票据号码"
    ),
    "issue_date": _alternatives(
        "invoice date|date|issue date|document date|rechnungsdatum|belegdatum|datum|开票日期|"
        "发票日期|单据日期|日期"
    ),
    "due_date": _alternatives("due date|payment due|fällig am|fälligkeit|fälligkeitsdatum|到期日|付款到期日"),
    "seller_name": _alternatives(
        "supplier|vendor|seller|supplier name|vendor name|lieferant|kreditor|"
        "lieferantenname|供应商|供应商名称|销售方|销售方名称"
    ),
    "currency": _alternatives("currency|curr|währung|whg|币种|货币"),
    "net_amount": _alternatives("net|net amount|amount excl tax|netto|nettobetrag|不含税金额|金额|合计金额"),
    "tax_amount": _alternatives("tax|vat|tax amount|vat amount|steuer|mwst|ust|steuerbetrag|税额"),
    "gross_amount": _alternatives(
        "gross|gross amount|total|amount|total amount|invoice amount|brutto|bruttobetrag|"
        "betrag|rechnungsbetrag|价税合计|含税金额|总金额|发票金额"
    ),
}
_ENCODINGS = ("utf-8-sig", "gb18030", "cp1252")
_LETTERS_OF_TWO_BYTES = re.compile(r"[㐀-鿿]")
_DATE = re.compile(r"(\d{1,4})\D+(\d{1,2})\D+(\d{1,4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


class ExportError(Exception):
    """The export cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the export. `row` is its number as a spreadsheet shows it."""

    row: int
    values: Mapping[str, object]  # by field: str, Decimal or date; only what is there


def read_export(path: Path, named: Mapping[str, str]) -> tuple[list[Entry], Mapping[str, str]]:
    """Return the rows and which column is which field; `named` overrides what is guessed.

    Raises:
        ExportError: it cannot be read, or no column holds the invoice number.
    """
    table = _xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv(path)
    if not table:
        raise ExportError(f"{path} is empty")
    headings = [str(cell or "").strip() for cell in table[0]]
    columns = columns_of(headings, named)
    if "invoice_number" not in columns:
        raise ExportError(
            f"no column of {path} is the invoice number: name it with --column invoice_number=HEADING "
            f"(the headings are: {', '.join(headings)})"
        )
    rows = [
        (number, row)
        for number, row in enumerate(table[1:], 2)
        if any(cell not in (None, "") for cell in row)
    ]
    cells = {
        name: [row[index] if index < len(row) else None for _, row in rows] for name, index in columns.items()
    }
    parsed = {name: _parsed(name, column, [number for number, _ in rows]) for name, column in cells.items()}
    entries = [
        Entry(
            row=number, values={name: column[at] for name, column in parsed.items() if column[at] is not None}
        )
        for at, (number, _) in enumerate(rows)
    ]
    return entries, {name: headings[index] for name, index in columns.items()}


def columns_of(headings: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    """Return the position of each field's column, by common headings or as told."""
    folded = [_folded(heading) for heading in headings]
    columns: dict[str, int] = {}
    for name, heading in named.items():
        if _folded(heading) not in folded:
            raise ExportError(f"there is no column {heading!r}; the headings are: {', '.join(headings)}")
        columns[name] = folded.index(_folded(heading))
    for name, known in HEADINGS.items():
        for heading in () if name in columns else map(_folded, known):
            if heading in folded and folded.index(heading) not in columns.values():
                columns[name] = folded.index(heading)
                break
    return columns


def amount_of(text: str, *, decimal: str | None = None) -> Decimal:
    """Return an amount in either notation; `decimal` settles what "1.234" alone leaves open.

    Raises:
        ExportError: the text is no amount.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    is_negative = plain.startswith(("-", "(", "−")) or plain.endswith(("-", "−", ")")) or "(" in plain
    digits = re.sub(r"[^\d.,]", "", plain).strip(".,")
    point = decimal_sign(digits) or decimal
    if point is None:  # "1.234" or "1,234" throughout: nobody exports tenths of a cent
        point = "," if "." in digits else "."
    other = "," if point == "." else "."
    try:
        amount = Decimal(digits.replace(other, "").replace(point, "."))
    except InvalidOperation as cause:
        raise ExportError(f"{text!r} is no amount") from cause
    return -amount if is_negative else amount


def decimal_sign(digits: str) -> str | None:
    """Return the decimal sign of an amount, None where it has none or it cannot be told."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return None
    sign = digits[last]
    other = "," if sign == "." else "."
    if digits.count(sign) > 1:
        return other
    if other in digits:
        return sign
    return None if len(digits) - last - 1 == 3 else sign  # noqa: PLR2004 - a group of thousands


def date_of(text: str, *, is_month_first: bool = False) -> date:
    """Return a date: ISO, 5.3.2026, 3/5/2026, 2026年3月5日, 20260305.

    Raises:
        ExportError: the text is no date.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _COMPACT.fullmatch(plain) or _DATE.match(plain)
    if found is None:
        raise ExportError(f"{text!r} is no date")
    first, middle, last = map(int, found.groups())
    if len(found.group(1)) == 4:  # noqa: PLR2004 - a year
        year, month, day = first, middle, last
    else:
        day, month = (middle, first) if is_month_first else (first, middle)
        year = last if last > 99 else 2000 + last  # noqa: PLR2004 - a year of two digits
    try:
        return date(year, month, day)
    except ValueError as cause:
        raise ExportError(f"{text!r} is no date") from cause


def _parsed(name: str, column: Sequence[object], numbers: Sequence[int]) -> list[object]:
    texts = [str(cell) for cell in column if isinstance(cell, str) and cell.strip()]
    signs = {decimal_sign(re.sub(r"[^\d.,]", "", text).strip(".,")) for text in texts} - {None}
    decimal = signs.pop() if len(signs) == 1 else None
    is_month_first = name in DATES and any(_has_day_second(text) for text in texts)
    parsed: list[object] = []
    for cell, number in zip(column, numbers, strict=True):
        try:
            parsed.append(_value(name, cell, decimal, is_month_first=is_month_first))
        except ExportError as error:
            raise ExportError(f"row {number}: {error} ({name})") from error
    return parsed


def _value(name: str, cell: object, decimal: str | None, *, is_month_first: bool) -> object:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if name in DATES:
        return _date(cell, is_month_first=is_month_first)
    if name in AMOUNTS:
        # of a workbook, what it shows, not what binary makes of it
        return (
            Decimal(str(round(cell, 6)))
            if isinstance(cell, int | float)
            else amount_of(str(cell), decimal=decimal)
        )
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _date(cell: object, *, is_month_first: bool) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else date_of(str(cell), is_month_first=is_month_first)


def _has_day_second(text: str) -> bool:
    found = _DATE.match(text.strip())
    return found is not None and len(found.group(1)) < 3 and int(found.group(2)) > 12  # noqa: PLR2004


def _csv(path: Path) -> list[list[object]]:
    text = _decoded(path.read_bytes(), path)
    head = text.splitlines()[0] if text.strip() else ""
    delimiter = max(";\t,|", key=head.count)
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _decoded(content: bytes, path: Path) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030" and not _is_chinese(text):
            continue  # Latin letters with accents, taken for pairs of bytes
        return text
    raise ExportError(f"{path} is neither UTF-8 nor GB 18030 nor Windows-1252: save it as UTF-8")


def _is_chinese(text: str) -> bool:
    """Say whether the first line has a heading that is known, or most odd letters are Chinese ones."""
    known = {heading for headings in HEADINGS.values() for heading in headings if heading[0] >= "㐀"}
    head = text.splitlines()[0] if text else ""
    return any(heading in head for heading in known) or len(_LETTERS_OF_TWO_BYTES.findall(head)) > 3  # noqa: PLR2004


def _xlsx(path: Path) -> list[list[object]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - only where a workbook is read
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - as above

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, OSError, ValueError) as cause:
        raise ExportError(f"{path} is no workbook that can be read: {cause}") from cause
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def _folded(heading: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", heading).casefold()).strip()
