"""UBL as written from results: read back by the e-invoice engine, with all that was written."""

import re

import pytest
from lxml import etree

from extractor.delivery.encoded import leaves_of
from extractor.delivery.encoding import Json, encode_assessment
from extractor.delivery.exports.ubl import write_ubl
from extractor.errors import ExportIncomplete
from extractor.pipeline import extract
from extractor.values.units import canonical_unit

_NS = {"cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"}


def leaf(value: str | None) -> dict[str, Json]:
    return {"value": value, "state": "absent" if value is None else "found"}


def invoice(**changed: Json) -> dict[str, Json]:
    line: dict[str, Json] = {
        "description": leaf("Bolt & nut <M8>"),
        "specification": leaf("steel"),
        "product_code": leaf("B-8"),
        "quantity": leaf("3"),
        "unit": leaf("Stk."),
        "unit_price": leaf("4.00"),
        "net_amount": leaf("12.00"),
        "tax_rate": leaf("19"),
        "tax_amount": leaf("2.28"),
    }
    account: dict[str, Json] = {
        "bank": leaf("Beispielbank"),
        "account": leaf("DE02120300000000202051"),
        "bic": leaf("BYLADEM1001"),
    }
    fields: dict[str, Json] = {
        "invoice_type": leaf("commercial"),
        "invoice_number": leaf("R-1"),
        "issue_date": leaf("2026-03-05"),
        "due_date": leaf("2026-04-04"),
        "currency": leaf("EUR"),
        "seller_name": leaf("Muster GmbH"),
        "seller_tax_id": leaf("DE136695976"),
        "seller_address": leaf("Weg 1, 10115 Berlin"),
        "seller_bank_account": {"value": account, "state": "found"},
        "buyer_name": leaf("Käufer AG"),
        "purchase_order_number": leaf("PO-7"),
        "contract_number": leaf("C-9"),
        "payment_terms": leaf("30 days net"),
        "net_amount": leaf("12.00"),
        "tax_amount": leaf("2.28"),
        "gross_amount": leaf("14.28"),
        "amount_due": leaf("14.28"),
        "tax_breakdown": {
            "value": [{"rate": leaf("19"), "base": leaf("12.00"), "tax": leaf("2.28")}],
            "state": "found",
        },
        "remarks": leaf("thank you"),
        "line_items": {"value": [line], "state": "found"},
    }
    return {"spec": "invoice", "fields": fields | changed}


def read_back(result: dict[str, Json]) -> dict[str, Json]:
    (assessment,) = extract(write_ubl(result))
    assert assessment.extraction.engine == "einvoice"
    return {path: value.get("value") for path, value in leaves_of(encode_assessment(assessment))}


def values(result: dict[str, Json]) -> dict[str, Json]:
    return {path: value.get("value") for path, value in leaves_of(result)}


def test_what_is_written_is_what_is_read_back() -> None:
    written = values(invoice())
    written["line_items[0].unit"] = canonical_unit("Stk.")
    found = read_back(invoice())
    assert {path: found.get(path) for path in written} == written


def test_a_credit_note_has_a_root_and_an_order_of_its_own() -> None:
    found = read_back(invoice(invoice_type=leaf("credit_note")))
    assert found["invoice_type"] == "credit_note"
    assert (found["due_date"], found["payment_terms"]) == ("2026-04-04", "30 days net")
    assert b"CreditedQuantity" in write_ubl(invoice(invoice_type=leaf("credit_note")))


@pytest.mark.parametrize(("quantity", "price"), [("-3", "4.00"), ("3", "-4.00")])
def test_a_credit_note_printed_with_negative_amounts_has_positive_ones(quantity: str, price: str) -> None:
    line: dict[str, Json] = {
        "description": leaf("Bolt"),
        "quantity": leaf(quantity),
        "unit_price": leaf(price),
        "net_amount": leaf("-12.00"),
    }
    printed = invoice(
        invoice_type=leaf("credit_note"),
        net_amount=leaf("-12.00"),
        tax_amount=leaf("-2.28"),
        gross_amount=leaf("-14.28"),
        amount_due=leaf("-14.28"),
        tax_breakdown={"value": [{"rate": leaf("19"), "base": leaf("-12.00"), "tax": leaf("-2.28")}]},
        line_items={"value": [line]},
    )
    found = read_back(printed)
    assert (found["gross_amount"], found["tax_amount"]) == ("14.28", "2.28")
    assert (found["line_items[0].quantity"], found["line_items[0].unit_price"]) == ("3", "4.00")
    assert found["line_items[0].net_amount"] == "12.00"


@pytest.mark.parametrize("name", ["invoice_number", "issue_date", "currency", "seller_name", "buyer_name"])
def test_what_ubl_requires_and_the_result_lacks_is_told(name: str) -> None:
    with pytest.raises(ExportIncomplete, match=name):
        write_ubl(invoice(**{name: leaf(None)}))


def test_everything_that_is_missing_is_told_at_once() -> None:
    empty: dict[str, Json] = {"spec": "invoice", "fields": {}}
    with pytest.raises(ExportIncomplete) as told:
        write_ubl(empty)
    for name in ("invoice_number", "currency", "amount_due or gross_amount", "line_items"):
        assert name in str(told.value)
    assert told.value.http_status == 422


@pytest.mark.parametrize("column", ["net_amount", "description"])
def test_a_line_without_amount_or_description_is_told(column: str) -> None:
    line: dict[str, Json] = {"description": leaf("Bolt"), "net_amount": leaf("12.00"), column: leaf(None)}
    with pytest.raises(ExportIncomplete, match=re.escape(f"line_items[0].{column}")):
        write_ubl(invoice(line_items={"value": [line]}))


def test_the_gross_amount_is_to_be_paid_where_no_amount_due_is_printed() -> None:
    assert read_back(invoice(amount_due=leaf(None)))["amount_due"] == "14.28"


def test_nothing_is_written_of_what_is_absent() -> None:
    absent = ("due_date", "seller_tax_id", "tax_amount", "contract_number", "remarks", "payment_terms")
    found = read_back(invoice(**{name: leaf(None) for name in absent}))
    assert {name: found[name] for name in absent} == dict.fromkeys(absent)
    assert b"TaxTotal" not in write_ubl(invoice(**{name: leaf(None) for name in absent}, line_items=BARE))


BARE: Json = {"value": [{"description": leaf("Bolt"), "net_amount": leaf("12.00")}]}


def test_a_type_that_the_standard_has_no_code_for_is_left_out() -> None:
    assert b"TypeCode" not in write_ubl(invoice(invoice_type=leaf("receipt")))


@pytest.mark.parametrize(("tax_id", "scheme"), [("DE136695976", "VAT"), ("12-3456789", "TAX")])
def test_only_a_number_that_is_one_of_vat_is_called_so(tax_id: str, scheme: str) -> None:
    root = etree.fromstring(write_ubl(invoice(seller_tax_id=leaf(tax_id))))
    assert {element.text for element in root.findall(".//{*}TaxScheme/cbc:ID", _NS)} == {scheme}


def test_characters_that_xml_has_no_place_for_become_spaces() -> None:
    assert read_back(invoice(remarks=leaf("a\x00b\x1bc")))["remarks"] == "a b c"
