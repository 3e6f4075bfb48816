"""Titles in large print over two lines."""

from collections.abc import Sequence

import pytest
from engines.layout.pages import LABELS, page, read, value_of

from extractor.engines.layout.cells import sheet_of
from extractor.engines.layout.wrapped_titles import with_whole_titles

SMALL = [f"Line {number} of the letter @50,{300 + 20 * number}" for number in range(6)]


def texts(*prints: str) -> Sequence[str]:
    return [cell.text for cell in with_whole_titles(sheet_of(page(*prints, SMALL), LABELS))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Progress @50,80,18", "invoice No. 2 @50,106,18"),
        ("Progress @>300,80,18", "invoice No. 2 @>300,106,18"),
        ("Progress @|300,80,18", "invoice No. 2 @|300,106,18"),
    ],
)
def test_lines_of_large_print_under_each_other_are_one(first: str, second: str) -> None:
    assert "Progress invoice No. 2" in texts(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Progress @50,80,18", "invoice No. 2 @90,106,18"),  # not aligned
        ("Progress @50,80,18", "invoice No. 2 @50,130,18"),  # far below
        ("Progress @50,80,18", "invoice No. 2 @50,106,14"),  # smaller
        ("Progress @50,80", "invoice No. 2 @50,93"),  # of the usual print
    ],
)
def test_other_lines_stay_apart(first: str, second: str) -> None:
    assert "Progress invoice No. 2" not in texts(first, second)


def test_a_third_line_with_a_number_belongs_to_the_title() -> None:
    shown = texts("Stato @50,80,18", "avanzamento @50,106,18", "lavori n. 2 @50,132,18")
    assert "Stato avanzamento lavori n. 2" in shown


def test_three_lines_of_large_print_are_no_title() -> None:
    shown = texts("Progress @50,80,18", "invoice @50,106,18", "Leeds @50,132,18")
    assert "Progress" in shown


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("PROGRESS", "INVOICE NO. 2", "partial"),
        ("FATTURA DI", "ACCONTO", "prepayment"),
        ("TAX", "INVOICE", "commercial"),
    ],
)
def test_the_whole_title_says_what_the_document_is(first: str, second: str, kind: str) -> None:
    assert value_of(read(page(f"{first} @350,80,18", f"{second} @350,106,18", SMALL)), "invoice_type") == kind
