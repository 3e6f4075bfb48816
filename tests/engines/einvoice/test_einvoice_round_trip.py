"""One record, written in every profile, is read back exactly: as XML and out of a PDF."""

from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from einvoice_records import RECORD
from einvoice_values import assert_reads, blank_page, published_schema
from lxml import etree
from synthesis.cii import write
from synthesis.cii_embedding import embed
from synthesis.cii_profiles import FACTS, Profile, carried
from synthesis.einvoice_codes import TYPE_CODES

from extractor.documents.opening import open_document
from extractor.engines.einvoice.engine import EInvoiceEngine
from extractor.field_specs.load import load_spec

_pymupdf: Any = import_module("pymupdf")  # untyped
_SPEC = load_spec("invoice")


@pytest.mark.parametrize("profile", Profile)
def test_every_profile_is_read_back_from_xml(profile: Profile) -> None:
    assert_reads(write(RECORD, profile), carried(RECORD, profile))


@pytest.mark.parametrize("profile", Profile)
def test_every_profile_is_read_back_from_a_pdf(profile: Profile) -> None:
    pdf = embed(blank_page(), write(RECORD, profile), profile)
    assert_reads(pdf, carried(RECORD, profile))


@pytest.mark.parametrize("profile", Profile)
def test_every_profile_follows_its_published_schema(profile: Profile) -> None:
    published_schema(profile).assertValid(etree.fromstring(write(RECORD, profile)))


@pytest.mark.parametrize("invoice_type", sorted(TYPE_CODES))
def test_every_type_that_can_be_written_is_read_back(invoice_type: str) -> None:
    record = replace(RECORD, invoice_type=invoice_type)
    assert_reads(write(record, Profile.EN16931), carried(record, Profile.EN16931))


def test_extended_carries_every_field_that_xml_can() -> None:
    reading = EInvoiceEngine().read(
        open_document(write(RECORD, Profile.ZUGFERD_1_EXTENDED), name="in"), (), _SPEC
    )
    found = {*reading.candidates, *reading.tables}
    assert set(_SPEC.fields) - found == {"invoice_code", "amount_in_words"}  # no e-invoice has them
    assert set(reading.tables["line_items"][0].cells) == set(_SPEC.fields["line_items"].columns)


def test_embedding_is_reproducible() -> None:
    xml = write(RECORD, Profile.EN16931)
    assert embed(blank_page(), xml, Profile.EN16931) == embed(blank_page(), xml, Profile.EN16931)


@pytest.mark.parametrize("profile", [Profile.EN16931, Profile.ZUGFERD_1_COMFORT])
def test_the_pdf_is_marked_as_the_standard_asks(profile: Profile) -> None:
    pdf = embed(blank_page(), write(RECORD, profile), profile)
    with _pymupdf.open(stream=pdf, filetype="pdf") as file:
        assert file.embfile_names() == [FACTS[profile].file_name]
        assert file.xref_get_key(file.pdf_catalog(), "AF")[0] == "array"
        assert FACTS[profile].conformance in file.get_xml_metadata()
        kinds = [file.xref_get_key(xref, "AFRelationship")[1] for xref in range(1, file.xref_length())]
    assert "/Alternative" in kinds
