"""Records written as UBL, in every flavour, are read back exactly: as XML and out of a PDF."""

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from einvoice_records import RECORD, records
from einvoice_values import assert_reads, blank_page, published_ubl_schema
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from synthesis.einvoice_codes import TYPE_CODES
from synthesis.record import InvoiceRecord
from synthesis.ubl import write
from synthesis.ubl_flavours import Flavour, carried

from extractor.documents.opening import open_document
from extractor.engines.einvoice.engine import EInvoiceEngine
from extractor.field_specs.load import load_spec

_pymupdf: Any = import_module("pymupdf")  # untyped
_SPEC = load_spec("invoice")


def _pdf(xml: bytes, *, name: str) -> bytes:
    with _pymupdf.open(stream=blank_page(), filetype="pdf") as file:
        file.embfile_add(name, xml, filename=name)
        return bytes(file.tobytes())


@pytest.mark.parametrize("flavour", Flavour)
@pytest.mark.parametrize("invoice_type", sorted(TYPE_CODES))
def test_every_flavour_and_type_is_read_back(flavour: Flavour, invoice_type: str) -> None:
    record = replace(RECORD, invoice_type=invoice_type)
    assert_reads(write(record, flavour), carried(record, flavour))


@pytest.mark.parametrize("name", ["xrechnung.xml", "ubl-invoice.xml", "R-1.XML"])
def test_every_flavour_is_read_back_from_a_pdf(name: str) -> None:
    for flavour in Flavour:
        assert_reads(_pdf(write(RECORD, flavour), name=name), carried(RECORD, flavour))


@pytest.mark.parametrize("invoice_type", ["commercial", "credit_note"])
def test_a_due_date_without_an_account_is_read_back(invoice_type: str) -> None:
    record = replace(RECORD, invoice_type=invoice_type, seller_bank_account=None)
    assert_reads(write(record, Flavour.PEPPOL), carried(record, Flavour.PEPPOL))


def test_plain_ubl_carries_every_field_that_xml_can() -> None:
    reading = EInvoiceEngine().read(open_document(write(RECORD, Flavour.PLAIN), name="in"), (), _SPEC)
    found = {*reading.candidates, *reading.tables}
    assert set(_SPEC.fields) - found == {"invoice_code", "amount_in_words"}  # China's
    assert set(reading.tables["line_items"][0].cells) == set(_SPEC.fields["line_items"].columns)


@given(record=records, flavour=st.sampled_from(Flavour))
@settings(max_examples=150, deadline=None)
def test_any_record_is_read_back(record: InvoiceRecord, flavour: Flavour) -> None:
    assert_reads(write(record, flavour), carried(record, flavour))


@given(record=records, flavour=st.sampled_from(Flavour))
@settings(max_examples=50, deadline=None)
def test_any_record_follows_the_published_schema(record: InvoiceRecord, flavour: Flavour) -> None:
    root = etree.fromstring(write(record, flavour))
    published_ubl_schema(etree.QName(root).localname).assertValid(root)
