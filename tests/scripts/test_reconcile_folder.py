"""The script as a user runs it: on a folder of fixtures, in any order, with a bad file among them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

openpyxl = pytest.importorskip("openpyxl", reason="the extra `tables` is not installed")

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts/reconcile_folder.py"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def rows(book: Any, title: str) -> list[tuple[Any, ...]]:  # noqa: ANN401 - openpyxl is untyped
    return list(book[title].iter_rows(min_row=2, values_only=True))


def test_a_folder_in_any_order_becomes_a_workbook_that_loses_nothing(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("en_deviating", "zh_clean"):
        for kind in ("invoice", "contract"):
            shutil.copy(FIXTURES / f"{name}_{kind}.pdf", inbox / f"{kind[::-1]}-{name}.pdf")
    shutil.copy(FIXTURES / "de_clean_invoice.pdf", inbox / "alone.pdf")
    (inbox / "=bad.pdf").write_bytes(b"%PDF-1.7 nothing")
    out = tmp_path / "out.xlsx"
    done = run(inbox, "--out", out)
    assert done.returncode == 1, done.stderr
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Summary", "Mismatches", "Questions", "Unpaired", "Failed files"]
    assert {(row[0], row[7]) for row in rows(book, "Summary")} == {
        ("tcartnoc-en_deviating.pdf", "block"),
        ("tcartnoc-zh_clean.pdf", "approve"),
    }
    assert {row[3] for row in rows(book, "Mismatches")} == {
        "UNIT_PRICE_MISMATCH",
        "PAYMENT_TERM_MISMATCH",
        "BANK_ACCOUNT_CHANGED",
    }
    assert [row[0] for row in rows(book, "Unpaired")] == ["alone.pdf"]
    assert "no contract has its number" in rows(book, "Unpaired")[0][5]
    assert [row[0] for row in rows(book, "Failed files")] == ["=bad.pdf"]
    assert book["Failed files"]["A2"].data_type == "s"  # no formula
    amount = next(cell for cell in book["Summary"]["G"] if cell.value == 4305.36)
    assert amount.number_format == "#,##0.00"
    assert book["Summary"]["D2"].is_date
    assert book["Summary"].freeze_panes == "A2"


def test_what_is_no_folder_is_said_in_one_line(tmp_path: Path) -> None:
    done = run(tmp_path / "missing")
    assert done.returncode == 2
    assert "is no folder" in done.stderr
    assert "Traceback" not in done.stderr
