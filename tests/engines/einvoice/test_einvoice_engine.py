import hashlib
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from synthesis.cii import write
from synthesis.cii_embedding import embed
from synthesis.cii_profiles import Profile
from synthesis.record import InvoiceRecord
from synthesis.ubl import write as write_ubl
from synthesis.ubl_flavours import Flavour

from extractor.documents.document import Document, MediaType
from extractor.documents.opening import open_document
from extractor.engines.einvoice.engine import EInvoiceEngine, has_einvoice
from extractor.engines.reading import Reading
from extractor.engines.registry import make_engine
from extractor.errors import DamagedDocument, DocumentTooLarge, UnsupportedDocument
from extractor.field_specs.load import load_spec, parse_spec

_pymupdf: Any = import_module("pymupdf")  # untyped
_RECORD = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="A-1",
    issue_date=date(2026, 5, 4),
    currency="EUR",
    seller_name="Erfundene Mühle KG",
    buyer_name="Bäckerei Beispiel",
    net_amount=Decimal("10.00"),
    tax_amount=Decimal("0.70"),
    gross_amount=Decimal("10.70"),
    amount_due=Decimal("10.70"),
)
_XML = write(_RECORD, Profile.MINIMUM)
_OTHER_XML = write(_RECORD, Profile.ZUGFERD_1_COMFORT).replace(b"A-1", b"B-2")
_ORDER = (
    b'<SCRDMCCBDACIOMessageStructure xmlns="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"/>'
)
_UBL_ORDER = b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'
_UBL = write_ubl(_RECORD, Flavour.XRECHNUNG)


def _pdf(attachments: dict[str, bytes]) -> Document:
    with _pymupdf.open() as file:
        file.new_page()
        for name, content in attachments.items():
            file.embfile_add(name, content, filename=name)
        return open_document(bytes(file.tobytes()), name="in.pdf")


def _xml(content: bytes) -> Document:
    return Document(
        id=f"sha256:{hashlib.sha256(content).hexdigest()}",
        source="in.xml",
        media_type=MediaType.XML,
        page_count=0,
        content=content,
    )


def _read(document: Document) -> Reading:
    return EInvoiceEngine().read(document, (), load_spec("invoice"))


def _number(document: Document) -> object:
    (candidate,) = _read(document).candidates["invoice_number"]
    return candidate.value


def test_the_registry_knows_the_engine() -> None:
    assert make_engine("einvoice").name == "einvoice"


@pytest.mark.parametrize(
    "name", ["factur-x.xml", "Factur-X.XML", "ZUGFeRD-invoice.xml", "xrechnung.xml", "rechnung_4711.xml"]
)
def test_an_attachment_is_found_whatever_its_name(name: str) -> None:
    document = _pdf({"terms.txt": b"<a>", name: _XML})
    assert has_einvoice(document)
    assert _number(document) == "A-1"


@pytest.mark.parametrize("name", ["xrechnung.xml", "ubl.xml", "UBL-Invoice.XML", "rechnung_4711.xml"])
def test_ubl_is_found_in_a_pdf(name: str) -> None:
    document = _pdf({"order.xml": _UBL_ORDER, name: _UBL})
    assert has_einvoice(document)
    assert _number(document) == "A-1"


def test_an_invoice_in_the_envelope_of_the_network_is_read() -> None:
    namespace = b"http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
    body = _UBL[_UBL.index(b"?>") + 2 :]
    envelope = b'<S:StandardBusinessDocument xmlns:S="%s">%s</S:StandardBusinessDocument>' % (namespace, body)
    assert _number(_xml(envelope)) == "A-1"
    assert _number(_pdf({"message.xml": envelope})) == "A-1"


def test_a_standard_name_goes_before_any_other() -> None:
    assert _number(_pdf({"a-copy.xml": _OTHER_XML, "factur-x.xml": _XML})) == "A-1"
    assert _number(_pdf({"ZUGFeRD-invoice.xml": _OTHER_XML, "factur-x.xml": _XML})) == "A-1"


@pytest.mark.parametrize(
    "attachments",
    [
        {},
        {"notes.txt": b"hello"},
        {"invoice.xml.txt": _XML},
        {"order-x.xml": _ORDER},
        {"factur-x.xml": _ORDER},
        {"ubl.xml": _UBL_ORDER},
        {"broken.xml": b"<a>"},
        {"laughs.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'},
    ],
)
def test_without_an_einvoice_the_reading_is_empty(attachments: dict[str, bytes]) -> None:
    document = _pdf(attachments)
    assert not has_einvoice(document)
    assert _read(document) == Reading(engine="einvoice")


def test_a_broken_attachment_beside_a_good_one_does_no_harm() -> None:
    assert _number(_pdf({"broken.xml": b"<a>", "zugferd.xml": _XML})) == "A-1"


@pytest.mark.parametrize("name", ["factur-x.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml"])
@pytest.mark.parametrize(
    "content", [b"", b"<a>", _XML[:-30], b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', b"<a>" * 100]
)
def test_a_broken_einvoice_is_damage_and_not_silence(name: str, content: bytes) -> None:
    document = _pdf({name: content or b" "})
    with pytest.raises(DamagedDocument, match=name):
        _read(document)
    with pytest.raises(DamagedDocument, match=name):
        has_einvoice(document)


def test_an_image_has_no_einvoice() -> None:
    picture = _pymupdf.Pixmap(_pymupdf.csRGB, _pymupdf.IRect(0, 0, 4, 4), 0)
    document = open_document(bytes(picture.tobytes("png")), name="in.png")
    assert not has_einvoice(document)
    assert _read(document) == Reading(engine="einvoice")


def test_xml_with_entities_is_refused() -> None:
    with pytest.raises(UnsupportedDocument, match="DOCTYPE"):
        _read(_xml(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'))


def test_xml_that_is_not_well_formed_is_damaged() -> None:
    with pytest.raises(DamagedDocument, match="not well-formed"):
        _read(_xml(_XML[:-30]))


def test_xml_that_is_nested_too_deep_is_too_large() -> None:
    with pytest.raises(DocumentTooLarge):
        _read(_xml(b"<a>" * 100))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (_ORDER, "an order"),
        (_UBL_ORDER, "a UBL Order"),
        (b"<EInvoice/>", "<EInvoice>"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "<html>"),
        (b"<CrossIndustryInvoice/>", "<CrossIndustryInvoice>"),  # in no namespace: anything
        (b"<" + b"x" * 5000 + b"/>", "<xxx"),
    ],
)
def test_xml_that_is_no_invoice_is_refused_by_name(content: bytes, message: str) -> None:
    document = _xml(content)
    assert not has_einvoice(document)
    with pytest.raises(UnsupportedDocument, match=message) as caught:
        _read(document)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


def test_a_contract_spec_reads_nothing() -> None:
    assert EInvoiceEngine().read(_xml(_XML), (), load_spec("contract")) == Reading(engine="einvoice")


def test_only_the_fields_of_the_spec_are_read() -> None:
    spec = parse_spec(
        'name = "tiny"\ntitle = { en = "Tiny" }\n'
        '[fields.invoice_number]\ntype = "identifier"\ntitle = { en = "Number" }\n'
        'labels = { en = ["Number"] }\n'
        '[fields.tax_breakdown]\ntype = "table"\ntitle = { en = "Tax" }\nlabels = { en = ["Tax"] }\n'
        '[fields.tax_breakdown.columns.rate]\ntype = "rate"\ntitle = { en = "Rate" }\n'
        'labels = { en = ["Rate"] }\n',
        source="tiny.toml",
    )
    content = _XML.replace(
        b"<ram:SpecifiedTradeSettlementHeaderMonetarySummation>",
        b"<ram:ApplicableTradeTax><ram:CalculatedAmount>1</ram:CalculatedAmount>"
        b"<ram:RateApplicablePercent>7</ram:RateApplicablePercent></ram:ApplicableTradeTax>"
        b"<ram:SpecifiedTradeSettlementHeaderMonetarySummation>",
    )
    reading = EInvoiceEngine().read(_xml(content), (), spec)
    assert set(reading.candidates) == {"invoice_number"}
    (row,) = reading.tables["tax_breakdown"]
    assert set(row.cells) == {"rate"}


def test_an_embedded_einvoice_survives_the_embedding() -> None:
    document = open_document(embed(_pdf({}).content, _XML, Profile.MINIMUM), name="in.pdf")
    assert _number(document) == "A-1"


def test_embedding_twice_is_refused() -> None:
    once = embed(_pdf({}).content, _XML, Profile.MINIMUM)
    with pytest.raises(ValueError, match="attachment"):
        embed(once, _XML, Profile.MINIMUM)
