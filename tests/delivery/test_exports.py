"""Exports as other programs read them: JSON, CSV, spreadsheets."""

import csv
import datetime as dt
import io
import json
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from extractor.delivery.encoding import Json
from extractor.delivery.exports.flat import Exported, columns_of
from extractor.delivery.exports.spreadsheet import write_spreadsheet
from extractor.delivery.exports.text import csv_lines, json_lines, json_list, plain


def leaf(value: str | None) -> dict[str, Json]:
    return {"value": value, "state": "absent" if value is None else "found"}


def result(**fields: Json) -> dict[str, Json]:
    part: dict[str, Json] = {"index": 1, "of": 2, "pages": [1]}
    return {"source": "a.pdf", "part": part, "spec": "invoice", "engine": "layout", "fields": dict(fields)}


ACCOUNT: dict[str, Json] = {"value": {"account": leaf("DE02"), "bic": leaf(None)}, "state": "found"}
LINES: dict[str, Json] = {
    "value": [
        {"description": leaf("Bolt"), "quantity": leaf("3"), "net_amount": leaf("10.50")},
        {"description": leaf("=cmd|' /C calc'!A0"), "net_amount": leaf("0.10")},
    ],
    "state": "found",
}
FULL = result(
    invoice_number=leaf("0042"),
    issue_date=leaf("2026-03-05"),
    gross_amount=leaf("119.00"),
    seller_bank_account=ACCOUNT,
    line_items=LINES,
)
EMPTY = result(invoice_number=leaf("7"), seller_bank_account={"value": None, "state": "absent"})


def as_csv(*results: Exported) -> list[dict[str, str]]:
    text = b"".join(csv_lines(results, columns_of(results))).decode()
    return list(csv.DictReader(io.StringIO(text)))


def as_workbook(*results: Exported) -> dict[str, list[dict[str, object]]]:
    stream = io.BytesIO()
    write_spreadsheet(results, columns_of(results), stream)
    sheets = {}
    for sheet in load_workbook(stream).worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        sheets[sheet.title] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return sheets


def test_csv_has_a_row_a_result_and_a_column_a_value() -> None:
    full, empty = as_csv(Exported(body=FULL, about={"id": "res_1"}), Exported(body=EMPTY, about={"id": "r2"}))
    assert (full["id"], full["source"], full["part"], full["spec"]) == ("res_1", "a.pdf", "1 of 2", "invoice")
    assert (full["invoice_number"], full["gross_amount"]) == ("0042", "119.00")
    assert (full["seller_bank_account.account"], full["seller_bank_account.bic"]) == ("DE02", "")
    assert full["line_items"] == "2"
    assert (empty["invoice_number"], empty["gross_amount"], empty["line_items"]) == ("7", "", "0")


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 40 1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "-", "+1.2.3"]
)
def test_a_text_that_a_spreadsheet_takes_for_a_formula_gets_an_apostrophe(text: str) -> None:
    (row,) = as_csv(Exported(body=result(seller_name=leaf(text))))
    assert row["seller_name"] == f"'{text}"


@pytest.mark.parametrize("text", ["-12.50", "+3", "0042", "a=1", " =1", "", "'=1"])
def test_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert plain(text) == text


@given(st.text(max_size=8))
def test_no_cell_of_csv_begins_a_formula_that_is_no_number(text: str) -> None:
    safe = plain(text)
    assert safe in (text, f"'{text}")
    if safe[:1] in {"=", "@", "+", "-"}:
        Decimal(safe)


def test_a_field_that_is_no_text_anywhere_breaks_no_column() -> None:
    odd = result(invoice_number=None, remarks="loose", line_items={"value": [None, "x"]}, other=[1])
    (row,) = as_csv(Exported(body=odd))
    assert (row["invoice_number"], row["remarks"], row["line_items"]) == ("", "", "0")


def test_a_workbook_has_amounts_as_numbers_and_dates_as_dates_and_numbers_of_invoices_as_text() -> None:
    (row,) = as_workbook(Exported(body=FULL))["results"]
    assert row["gross_amount"] == 119
    assert row["issue_date"] == dt.datetime(2026, 3, 5)  # noqa: DTZ001 - cells have no zone
    assert row["invoice_number"] == "0042"


def test_a_workbook_has_lines_on_its_second_sheet() -> None:
    sheets = as_workbook(Exported(body=FULL, about={"id": "res_1"}), Exported(body=EMPTY, about={"id": "r2"}))
    assert list(sheets) == ["results", "lines"]
    first, second = sheets["lines"]
    assert (first["id"], first["field"], first["row"]) == ("res_1", "line_items", 1)
    assert (first["description"], first["quantity"], first["net_amount"]) == ("Bolt", 3, 10.5)
    assert second["quantity"] is None


def test_no_text_becomes_a_formula_in_a_workbook() -> None:
    stream = io.BytesIO()
    results = [Exported(body=FULL), Exported(body=result(seller_name=leaf("=1+1")))]
    write_spreadsheet(results, columns_of(results), stream)
    cells = [cell for sheet in load_workbook(stream) for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} <= {"s", "inlineStr", "f"}
    assert b"<f>" not in b"".join(_parts(stream))


def _parts(stream: io.BytesIO) -> list[bytes]:
    with zipfile.ZipFile(stream) as archive:
        return [archive.read(name) for name in archive.namelist()]


@pytest.mark.parametrize(
    ("amount", "cell"),
    [
        ("0.10", 0.1),
        ("-12.50", -12.5),
        ("123456789012.34", 123456789012.34),
        ("12345678901234567.89", "12345678901234567.89"),
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("1e5", "1e5"),
        ("NaN", "NaN"),
    ],
)
def test_an_amount_is_a_number_only_where_that_is_exactly_it(amount: str, cell: float | str) -> None:
    (row,) = as_workbook(Exported(body=result(gross_amount=leaf(amount))))["results"]
    assert row["gross_amount"] == cell


@pytest.mark.parametrize(
    ("day", "is_date"), [("1900-01-01", True), ("1899-12-31", False), ("2026-02-30", False)]
)
def test_a_day_that_no_spreadsheet_counts_stays_text(day: str, *, is_date: bool) -> None:
    (row,) = as_workbook(Exported(body=result(issue_date=leaf(day))))["results"]
    assert isinstance(row["issue_date"], str) is not is_date


def test_json_is_one_list_and_json_lines_one_object_a_line() -> None:
    bodies = [FULL, EMPTY]
    assert json.loads(b"".join(json_list(bodies))) == bodies
    assert [json.loads(line) for line in b"".join(json_lines(bodies)).splitlines()] == bodies
    assert json.loads(b"".join(json_list([]))) == []
