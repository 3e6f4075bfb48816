"""The form in which values are written, and what a spreadsheet makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluation.written_forms import DecimalMark, fault_of, from_spreadsheet
from extractor.field_specs.spec import ColumnSpec, FieldType


def column(kind: str) -> ColumnSpec:
    choices = {"credit_note": ("Credit Note",), "receipt": ("Receipt",)} if kind == "choice" else {}
    return ColumnSpec(type=FieldType(kind), choices=choices)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("amount", "1234.56"),
        ("amount", "-0.5"),
        ("quantity", "3"),
        ("rate", "19"),
        ("rate", "exempt"),
        ("rate", "免税"),
        ("date", "2024-02-29"),
        ("currency", "EUR"),
        ("choice", "receipt"),
        ("text", "anything at all"),
        ("identifier", "RE 1/2"),
    ],
)
def test_a_value_in_normal_form_has_no_fault(kind: str, text: str) -> None:
    assert fault_of(text, column(kind)) is None


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("amount", "1.234,56", 'write it as "1234.56"'),
        ("amount", "1 234.56 €", 'write it as "1234.56"'),
        ("amount", "twelve", "no plain number"),
        ("amount", "1e3", "no plain number"),
        ("amount", "١٢", "no plain number"),
        ("rate", "19 %", 'write "19"'),
        ("date", "31.12.2025", 'write it as "2025-12-31"'),
        ("date", "03/04/2025", 'such as "2025-12-31"'),
        ("date", "2025-02-29", "no day of the calendar"),
        ("date", "20251231", 'write it as "2025-12-31"'),
        ("currency", "€", 'write "EUR"'),
        ("currency", "??", 'such as "EUR"'),
        ("choice", "Credit note", 'did you mean "credit_note"?'),
        ("choice", "xyz", "allowed are credit_note, receipt"),
        ("text", "  ", "write null"),
    ],
)
def test_a_fault_says_what_to_write(kind: str, text: str, said: str) -> None:
    fault = fault_of(text, column(kind))
    assert fault is not None
    assert said in fault


@pytest.mark.parametrize(
    ("kind", "text", "mark", "read"),
    [
        ("amount", "1.234,56", ",", "1234.56"),
        ("amount", "1.234,56", ".", "1234.56"),
        ("amount", "1.234", ",", "1234"),
        ("amount", "1.234", ".", "1.234"),
        ("amount", "99,00", ",", "99.00"),
        ("quantity", "1,234", ".", "1234"),
        ("rate", "19 %", ".", "19"),
        ("rate", "exempt", ",", "exempt"),
        ("date", "31.12.2025", ",", "2025-12-31"),
        ("date", "2025-12-31", ".", "2025-12-31"),
        ("date", "03/04/2025", ",", "03/04/2025"),
        ("text", "1.234,56", ",", "1.234,56"),
        ("amount", "n/a", ",", "n/a"),
    ],
)
def test_cells_are_taken_as_spreadsheets_write_them(
    kind: str, text: str, mark: DecimalMark, read: str
) -> None:
    assert from_spreadsheet(text, column(kind), decimal_mark=mark) == read


@given(
    text=st.text(max_size=20) | st.from_regex(r"[-0-9.,/ %€]{1,12}", fullmatch=True),
    kind=st.sampled_from(sorted(set(FieldType) - {FieldType.ACCOUNT, FieldType.GROUP, FieldType.TABLE})),
)
def test_any_text_has_a_fault_of_one_line_or_none(text: str, kind: FieldType) -> None:
    fault = fault_of(from_spreadsheet(text, column(kind), decimal_mark=","), column(kind))
    assert fault is None or fault.strip()
