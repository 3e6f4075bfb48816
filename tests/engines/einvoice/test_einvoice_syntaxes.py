import pytest
from lxml.etree import _Element as Element

from extractor.engines.einvoice import cii, fapiao, ubl
from extractor.engines.einvoice.safe_xml import parse_xml
from extractor.engines.einvoice.syntaxes import describe, sniff, unwrapped

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_ENVELOPE = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"


def _root(name: str, namespace: str, inside: str = "") -> Element:
    return parse_xml(f'<x:{name} xmlns:x="{namespace}">{inside}</x:{name}>'.encode())


def _envelope(inside: str) -> Element:
    return _root("StandardBusinessDocument", _ENVELOPE, f"<x:StandardBusinessDocumentHeader/>{inside}")


@pytest.mark.parametrize("name", ["Invoice", "CreditNote"])
def test_ubl_is_told_by_its_root(name: str) -> None:
    assert sniff(_root(name, f"{_UBL}{name}-2")) is ubl.read


def test_cii_is_told_by_its_root() -> None:
    namespace = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
    assert sniff(_root("CrossIndustryInvoice", namespace)) is cii.read


@pytest.mark.parametrize(
    "content", ["<EInvoice><EInvoiceData/></EInvoice>", '<EInvoice xmlns="urn:x"><EInvoiceData/></EInvoice>']
)
def test_a_fapiao_is_told_in_any_namespace(content: str) -> None:
    assert sniff(parse_xml(content.encode())) is fapiao.read


@pytest.mark.parametrize(
    ("name", "namespace"),
    [
        ("Invoice", "urn:x"),
        ("Invoice", f"{_UBL}Invoice-3"),
        ("Invoice", f"{_UBL}CreditNote-2"),
        ("Order", f"{_UBL}Order-2"),
        ("EInvoice", "urn:x"),
    ],
)
def test_a_root_that_only_sounds_alike_is_not_read(name: str, namespace: str) -> None:
    assert sniff(_root(name, namespace)) is None


@pytest.mark.parametrize("name", ["Order", "DespatchAdvice", "ApplicationResponse", "Reminder"])
def test_another_ubl_document_is_called_by_its_name(name: str) -> None:
    said = describe(_root(name, f"{_UBL}{name}-2"))
    assert said == f"a UBL {name}, not an Invoice or CreditNote of version 2"


def test_what_is_unknown_is_named_with_what_is_read() -> None:
    assert describe(_root("html", "urn:x")) == "<html>, which is no invoice in CII, UBL or 数电票"


def test_an_envelope_is_taken_off_an_invoice() -> None:
    invoice = f'<Invoice xmlns="{_UBL}Invoice-2"/>'
    assert unwrapped(_envelope(invoice)).tag == f"{{{_UBL}Invoice-2}}Invoice"


def test_an_envelope_around_something_else_stays() -> None:
    envelope = _envelope(f'<Order xmlns="{_UBL}Order-2"/>')
    assert unwrapped(envelope) is envelope
    assert "StandardBusinessDocument" in describe(envelope)
