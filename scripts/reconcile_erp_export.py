# SPDX-License-Identifier: Apache-2.0
"""Compare the invoices in a folder with what a finance system has booked (a CSV or XLSX export).

    python scripts/reconcile_erp_export.py inbox/ booked.csv --out differences.xlsx

It lists invoices that are not booked, bookings without an invoice, values that differ, and
duplicates on either side. Columns are known by common headings in English, German and
Chinese; name others with --column, e.g. --column invoice_number="Ext. Ref".
"""

import argparse
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from erp_export import AMOUNTS, HEADINGS, Entry, ExportError, read_export
from workbook import Sheet, require_tables, write_workbook

import extractor

Key: TypeAlias = str
_CENT = Decimal("0.01")


def key_of(number: object) -> Key:
    """Return an invoice number as it is compared: letters and digits, without leading zeros."""
    plain = unicodedata.normalize("NFKC", str(number or "")).casefold()
    return "".join(sign for sign in plain if sign.isalnum()).lstrip("0")


def read_folder(folder: Path) -> tuple[list[extractor.Assessment], list[list[object]]]:
    """Return the invoices, and a row for each file that could not be read or holds none."""
    invoices: list[extractor.Assessment] = []
    failed: list[list[object]] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name[0] not in ".~"):
        name = str(path.relative_to(folder))
        try:
            read = extractor.extract(path, name=name)
        except extractor.ExtractorError as error:
            failed.append([name, type(error).__name__, str(error)])
            continue
        except Exception as fault:  # noqa: BLE001 - one bad file must not stop the others
            failed.append([name, "Fault", f"{type(fault).__name__}: {fault}"])
            continue
        for assessment in read:
            if assessment.extraction.spec == "invoice":
                invoices.append(assessment)
            else:
                failed.append([name, "NoInvoice", f"it is no invoice: {assessment.extraction.spec}"])
    return invoices, failed


def value(invoice: extractor.Assessment, name: str) -> object:
    """Return a plain field's value, None where it is absent."""
    found = invoice.fields.get(name)
    return found.value if isinstance(found, extractor.Leaf) else None


def compared(
    invoices: Sequence[extractor.Assessment], entries: Sequence[Entry], tolerance: Decimal
) -> list[Sheet]:
    """Return the workbook's sheets."""
    known = ["Invoice number", "Date", "Seller", "Gross amount"]
    not_booked, no_invoice = Sheet("Not booked", ["File", *known]), Sheet("No invoice", ["Row", *known])
    differing = Sheet(
        "Different", ["Invoice number", "File", "Row", "Field", "On the invoice", "Booked", "Difference"]
    )
    twice = Sheet("Duplicates", ["Where", "Invoice number", "Found in"])
    papers: dict[Key, list[extractor.Assessment]] = defaultdict(list)
    booked: dict[Key, list[Entry]] = defaultdict(list)
    for invoice in invoices:
        papers[key_of(value(invoice, "invoice_number"))].append(invoice)
    for entry in entries:
        booked[key_of(entry.values.get("invoice_number"))].append(entry)
    for key, group in papers.items():
        if not key or key not in booked:
            not_booked.rows.extend([each.source, *facts(each)] for each in group)
            continue
        if len(group) > 1:
            places = ", ".join(each.source for each in group)
            twice.rows.append(["folder", value(group[0], "invoice_number"), places])
        for invoice in group:
            differing.rows.extend(differences(invoice, nearest(invoice, booked[key]), tolerance))
    for key, rows in booked.items():
        if len(rows) > 1 and key:
            places = ", ".join(f"row {each.row}" for each in rows)
            twice.rows.append(["export", rows[0].values.get("invoice_number"), places])
        if not key or key not in papers:
            no_invoice.rows.extend([each.row, *booked_facts(each)] for each in rows)
    return [not_booked, no_invoice, differing, twice]


def nearest(invoice: extractor.Assessment, rows: Sequence[Entry]) -> Entry:
    """Return the booking of that number that agrees in most values: two suppliers may count alike."""
    return max(rows, key=lambda row: -len(differences(invoice, row, _CENT)))


def differences(invoice: extractor.Assessment, entry: Entry, tolerance: Decimal) -> list[list[object]]:
    """Return a row for every value that both have and that differs."""
    rows: list[list[object]] = []
    for name, there in entry.values.items():
        here = value(invoice, name)
        if here is None or name == "invoice_number" or is_same(name, here, there, tolerance):
            continue
        gap = here - there if isinstance(here, Decimal) and isinstance(there, Decimal) else None
        rows.append([value(invoice, "invoice_number"), invoice.source, entry.row, name, here, there, gap])
    return rows


def is_same(name: str, here: object, there: object, tolerance: Decimal) -> bool:
    """Say whether two values agree: amounts within the tolerance, texts by letters and digits."""
    if name in AMOUNTS and isinstance(here, Decimal) and isinstance(there, Decimal):
        return abs(here - there) <= tolerance
    return here == there or (isinstance(here, str) and key_of(here) == key_of(there))


def facts(invoice: extractor.Assessment) -> list[object]:
    """Return what an invoice is known by."""
    return [value(invoice, name) for name in ("invoice_number", "issue_date", "seller_name", "gross_amount")]


def booked_facts(entry: Entry) -> list[object]:
    """Return what a booking is known by."""
    return [
        entry.values.get(name) for name in ("invoice_number", "issue_date", "seller_name", "gross_amount")
    ]


def main() -> int:
    """Read both sides, compare, write; end with 1 where they differ in anything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="the invoices; read with subfolders")
    parser.add_argument("export", type=Path, help="the finance system's export, .csv or .xlsx")
    parser.add_argument("--out", type=Path, default=Path("differences.xlsx"), help="the workbook to write")
    parser.add_argument("--column", action="append", default=[], metavar="FIELD=HEADING",
                        help=f"which column a field is; fields: {', '.join(HEADINGS)}")  # fmt: skip
    parser.add_argument("--tolerance", type=Decimal, default=_CENT, help="that amounts may differ by (0.01)")
    arguments = parser.parse_args()
    require_tables(parser)
    named = dict(each.partition("=")[::2] for each in arguments.column)
    if unknown := sorted(set(named) - set(HEADINGS)):
        parser.error(f"--column: there is no field {', '.join(unknown)}; fields: {', '.join(HEADINGS)}")
    if not arguments.folder.is_dir():
        parser.error(f"{arguments.folder} is no folder")
    try:
        entries, columns = read_export(arguments.export, named)
    except (ExportError, OSError) as error:
        parser.error(str(error))
    print("columns: " + ", ".join(f"{name} = {heading}" for name, heading in columns.items()))
    invoices, failed = read_folder(arguments.folder)
    sheets = compared(invoices, entries, arguments.tolerance)
    sheets.append(Sheet("Failed files", ["File", "Error", "Message"], failed))
    try:
        write_workbook(arguments.out, sheets)
    except OSError as error:
        parser.error(f"{arguments.out} cannot be written: {error.strerror} (is it open in Excel?)")
    counts = ", ".join(f"{len(sheet.rows)} {sheet.title.lower()}" for sheet in sheets)
    print(f"{len(invoices)} invoices, {len(entries)} bookings: {counts}; wrote {arguments.out}")
    return 1 if any(sheet.rows for sheet in sheets) else 0


if __name__ == "__main__":
    sys.exit(main())
