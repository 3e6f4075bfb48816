"""The script as a user runs it, and the reading of exports in their notations."""

import os
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

openpyxl = pytest.importorskip("openpyxl", reason="the extra `tables` is not installed")

from erp_export import ExportError, amount_of, date_of, read_export  # noqa: E402 - beside a skip

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts/reconcile_erp_export.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def test_missing_different_and_duplicate_are_found_on_both_sides(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("en_deviating_invoice.pdf", "en_clean_invoice.pdf"):
        shutil.copy(FIXTURES / name, inbox)
    export = tmp_path / "export.csv"
    export.write_text(
        "Belegnr.;Belegdatum;Währung;Brutto\n"
        "2025/1183;24.11.2025;GBP;4.350,36\nX-1;01.02.2025;GBP;1.000,00\nX-1;01.02.2025;GBP;1.000,00\n",
        encoding="cp1252",
    )
    out = tmp_path / "out.xlsx"
    done = run(inbox, export, "--out", out)
    assert done.returncode == 1, done.stderr
    book = openpyxl.load_workbook(out)
    assert [row[0].value for row in book["Not booked"].iter_rows(min_row=2)] == ["en_clean_invoice.pdf"]
    assert [row[0].value for row in book["No invoice"].iter_rows(min_row=2)] == [3, 4]
    (different,) = book["Different"].iter_rows(min_row=2, values_only=True)
    assert different[:4] == ("2025/1183", "en_deviating_invoice.pdf", 2, "gross_amount")
    assert different[4:] == (4305.36, 4350.36, -45)
    (twice,) = book["Duplicates"].iter_rows(min_row=2, values_only=True)
    assert twice == ("export", "X-1", "row 3, row 4")


@pytest.mark.parametrize(
    ("text", "decimal", "amount"),
    [
        ("1.234,56 €", None, "1234.56"),
        ("1,234.56", None, "1234.56"),
        ("1 234,5", None, "1234.5"),
        ("1.234", None, "1234"),
        ("1.234", ".", "1.234"),
        ("1.234.567", None, "1234567"),
        ("(12.50)", None, "-12.50"),
        ("12,50-", None, "-12.50"),
        ("￥７０.１０", None, "70.10"),
    ],
)
def test_amounts_are_read_in_either_notation(text: str, decimal: str | None, amount: str) -> None:
    assert amount_of(text, decimal=decimal) == Decimal(amount)


@pytest.mark.parametrize("text", ["5.3.2026", "2026-03-05", "2026年3月5日", "20260305", "05/03/26"])
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert date_of(text) == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["31.02.2026", "soon", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ExportError):
        date_of(text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_chinese_exports_are_read_in_both_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "e.csv"
    path.write_text(
        "发票号码,开票日期,价税合计\n0012,2026/3/5,“”\n".replace("“”", '"1,200.00"'), encoding=encoding
    )
    (entry,), columns = read_export(path, {})
    assert entry.values == {
        "invoice_number": "0012",
        "issue_date": date(2026, 3, 5),
        "gross_amount": Decimal("1200.00"),
    }
    assert columns["gross_amount"] == "价税合计"


def test_an_export_without_numbers_says_which_headings_it_has(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("Foo,Bar\n1,2\n", encoding="utf-8")
    with pytest.raises(ExportError, match="Foo, Bar"):
        read_export(path, {})
    (entry,), _ = read_export(path, {"invoice_number": "foo"})
    assert entry.values == {"invoice_number": "1"}
