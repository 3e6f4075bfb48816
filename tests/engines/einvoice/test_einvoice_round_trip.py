"""One record, written in every profile, is read back exactly: as XML and out of a PDF."""

from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from einvoice_values import assert_reads, blank_page, published_schema
from lxml import etree
from synthesis.cii import write
from synthesis.cii_embedding import embed
from synthesis.cii_profiles import FACTS, Profile, carried
from synthesis.einvoice_codes import TYPE_CODES
from synthesis.record import Account, Address, Allowance, InvoiceRecord, Line, TaxRow

from extractor.documents.opening import open_document
from extractor.engines.einvoice.engine import EInvoiceEngine
from extractor.field_specs.load import load_spec

_pymupdf: Any = import_module("pymupdf")  # untyped
_SPEC = load_spec("invoice")
_RECORD = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="RE-2026/0815",
    issue_date=date(2026, 3, 5),
    currency="CHF",
    seller_name='Wörmann & Söhne <"Bau"> GmbH',
    buyer_name="Société Fictive d'Été SA",
    net_amount=Decimal("1290.00"),
    tax_amount=Decimal("206.10"),
    gross_amount=Decimal("1496.10"),
    amount_due=Decimal("1396.10"),
    due_date=date(2026, 4, 4),
    seller_tax_id="DE135792460",
    seller_address=Address(
        lines=("Hauptstraße 5", "Haus B", "3. Stock"), postcode="01067", city="Dresden", country="DE"
    ),
    seller_bank_account=Account(account="DE50370400440532999901", bank="Erfundene Bank", bic="ERFUDEFF"),
    buyer_tax_id="FR67990000028",
    purchase_order_number="4500012345",
    contract_number="RV-7",
    payment_terms="30 Tage netto",
    tax_breakdown=(
        TaxRow(rate=Decimal("19.00"), base=Decimal("965.00"), tax=Decimal("183.35")),
        TaxRow(rate=Decimal(7), base=Decimal("325.00"), tax=Decimal("22.75")),
    ),
    remarks="Lieferung in zwei Sendungen. 发货完成",
    line_items=(
        Line(
            description="Fliesen 30 x 30",
            specification="anthrazit",
            product_code="FL-30",
            quantity=Decimal("12.5"),
            unit="m²",
            unit_code="MTK",
            unit_price=Decimal("80.4000"),
            net_amount=Decimal("1005.00"),
            tax_rate=Decimal(19),
            tax_amount=Decimal("190.95"),
        ),
        Line(
            description="Fachbuch",
            quantity=Decimal(10),
            unit_code="H87",
            unit_price=Decimal("32.5"),
            net_amount=Decimal("325.00"),
            tax_rate=Decimal(7),
        ),
    ),
    prepaid_amount=Decimal("100.00"),
    allowances=(
        Allowance(amount=Decimal("60.00"), reason="Treuerabatt", tax_rate=Decimal(19)),
        Allowance(amount=Decimal("20.00"), reason="Fracht", tax_rate=Decimal(19), is_charge=True),
    ),
    buyer_address=Address(lines=("Rue du Lac 1",), postcode="75001", city="Paris", country="FR"),
    buyer_reference="04011000-12345-03",
    delivery_date=date(2026, 3, 1),
)


@pytest.mark.parametrize("profile", Profile)
def test_every_profile_is_read_back_from_xml(profile: Profile) -> None:
    assert_reads(write(_RECORD, profile), carried(_RECORD, profile))


@pytest.mark.parametrize("profile", Profile)
def test_every_profile_is_read_back_from_a_pdf(profile: Profile) -> None:
    pdf = embed(blank_page(), write(_RECORD, profile), profile)
    assert_reads(pdf, carried(_RECORD, profile))


@pytest.mark.parametrize("profile", Profile)
def test_every_profile_follows_its_published_schema(profile: Profile) -> None:
    published_schema(profile).assertValid(etree.fromstring(write(_RECORD, profile)))


@pytest.mark.parametrize("invoice_type", sorted(TYPE_CODES))
def test_every_type_that_can_be_written_is_read_back(invoice_type: str) -> None:
    record = InvoiceRecord(
        invoice_type=invoice_type,
        invoice_number="1",
        issue_date=date(2026, 1, 1),
        currency="EUR",
        seller_name="S",
        buyer_name="B",
        net_amount=Decimal(1),
        tax_amount=Decimal(0),
        gross_amount=Decimal(1),
        amount_due=Decimal(1),
    )
    assert_reads(write(record, Profile.MINIMUM), record)


def test_extended_carries_every_field_that_xml_can() -> None:
    reading = EInvoiceEngine().read(
        open_document(write(_RECORD, Profile.ZUGFERD_1_EXTENDED), name="in"), (), _SPEC
    )
    found = {*reading.candidates, *reading.tables}
    assert set(_SPEC.fields) - found == {"invoice_code", "amount_in_words"}  # no e-invoice has them
    assert set(reading.tables["line_items"][0].cells) == set(_SPEC.fields["line_items"].columns)


def test_embedding_is_reproducible() -> None:
    xml = write(_RECORD, Profile.EN16931)
    assert embed(blank_page(), xml, Profile.EN16931) == embed(blank_page(), xml, Profile.EN16931)


@pytest.mark.parametrize("profile", [Profile.EN16931, Profile.ZUGFERD_1_COMFORT])
def test_the_pdf_is_marked_as_the_standard_asks(profile: Profile) -> None:
    pdf = embed(blank_page(), write(_RECORD, profile), profile)
    with _pymupdf.open(stream=pdf, filetype="pdf") as file:
        assert file.embfile_names() == [FACTS[profile].file_name]
        assert file.xref_get_key(file.pdf_catalog(), "AF")[0] == "array"
        assert FACTS[profile].conformance in file.get_xml_metadata()
        kinds = [file.xref_get_key(xref, "AFRelationship")[1] for xref in range(1, file.xref_length())]
    assert "/Alternative" in kinds
