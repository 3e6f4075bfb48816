from decimal import Decimal
from pathlib import Path

from extractor import extract
from extractor.extraction.extraction import Leaf

INVOICE = Path(__file__).parents[2] / "fixtures" / "en_clean_invoice.pdf"

ADDED = """
name = "supplier_invoice"
extends = "invoice"
title.en = "Supplier invoice"
[fields.customer_number]
type = "identifier"
labels.en = ["Customer No", "Account"]
"""
OWN = """
name = "slip"
title.en = "Slip"
[fields.slip_number]
type = "identifier"
labels.en = ["Invoice number", "Invoice No"]
[fields.to_pay]
type = "amount"
labels.en = ["Total", "Total GBP"]
"""


def test_a_field_that_a_user_adds_is_read_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "supplier_invoice.toml"
    path.write_text(ADDED)
    (read,) = extract(INVOICE, spec=path)
    added = read.fields["customer_number"]
    assert isinstance(added, Leaf)
    assert added.value == "12227"
    assert added.evidence is not None
    assert added.evidence.page == 1
    assert len(read.fields) == 24


def test_a_document_type_of_a_users_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "slip.toml"
    path.write_text(OWN)
    (read,) = extract(INVOICE, spec=path)
    assert [value.value for value in read.fields.values() if isinstance(value, Leaf)] == [
        "BI-20457",
        Decimal("4282.08"),
    ]
