"""UBL written by hand from the standards' text: every value that it states is read, and no other."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from einvoice_values import Values, published_ubl_schema, values_of
from lxml import etree

from extractor.documents.opening import open_document
from extractor.engines.einvoice.engine import EInvoiceEngine
from extractor.engines.reading import Reading
from extractor.field_specs.load import load_spec
from extractor.pages.word import Origin
from extractor.pipeline import extract

_FOLDER = Path(__file__).parent / "data"
_ROOTS = {
    "ubl_peppol": "Invoice",
    "ubl_xrechnung": "Invoice",
    "ubl_credit_note": "CreditNote",
    "ubl_prepayment": "Invoice",
}


def _reading(name: str) -> Reading:
    document = open_document((_FOLDER / f"{name}.xml").read_bytes(), name=f"{name}.xml")
    return EInvoiceEngine().read(document, (), load_spec("invoice"))


def _read(name: str) -> Values:
    return values_of(_reading(name))


@pytest.mark.parametrize("name", ["ubl_peppol", "ubl_xrechnung", "ubl_credit_note"])
def test_the_hand_written_documents_are_valid(name: str) -> None:
    published_ubl_schema(_ROOTS[name]).assertValid(etree.parse(_FOLDER / f"{name}.xml"))


@pytest.mark.parametrize("name", sorted(_ROOTS))
def test_what_is_right_goes_straight_through(name: str) -> None:
    (assessment,) = extract(_FOLDER / f"{name}.xml")
    assert assessment.findings == ()
    assert not assessment.review.required
    assert assessment.extraction.spec == "invoice"
    assert assessment.extraction.engine == "einvoice"


@pytest.mark.parametrize("name", sorted(_ROOTS))
def test_all_that_is_read_stands_in_the_xml_and_on_no_page(name: str) -> None:
    reading = _reading(name)
    found = [candidate for candidates in reading.candidates.values() for candidate in candidates]
    found += [cell for rows in reading.tables.values() for row in rows for cell in row.cells.values()]
    found += [part for candidate in found for part in candidate.parts.values()]
    assert {(one.evidence.page, one.evidence.origin) for one in found} == {(None, Origin.XML)}
    assert all(candidates[0].score == 1 for candidates in reading.candidates.values())


def test_peppol_with_allowances_three_rates_prepaid_and_rounding() -> None:
    read = _read("ubl_peppol")
    assert read.fields == {
        "invoice_type": "commercial",
        "invoice_number": "VM/2026/0412",
        "issue_date": date(2026, 4, 14),
        "due_date": date(2026, 5, 14),
        "remarks": "Levering volgens offerte 88. Verlegging van heffing voor de plaatsing.",
        "currency": "EUR",
        "seller_name": "Verzonnen Machines BV",
        "seller_tax_id": "BE0741920336",
        "seller_address": "Smidsestraat 12, Gebouw C, Poort 4, 9000 Gent, Oost-Vlaanderen, BE",
        "seller_bank_account": {"account": "BE81735004261924", "bic": "VERZBEBB"},
        "buyer_name": "Atelier Imaginaire SRL",
        "buyer_tax_id": "BE0553881777",
        "purchase_order_number": "BO-20417",
        "contract_number": "RAAM-2025-3",
        "payment_terms": "30 dagen na factuurdatum",
        "net_amount": Decimal("2935.50"),
        "tax_amount": Decimal("498.71"),
        "gross_amount": Decimal("3434.21"),
        "amount_due": Decimal("2434.20"),
    }
    assert read.taxes == [
        {"rate": Decimal(21), "base": Decimal("2358.50"), "tax": Decimal("495.29")},
        {"rate": Decimal(6), "base": Decimal(57), "tax": Decimal("3.42")},
        {"rate": Decimal(0), "base": Decimal(520), "tax": Decimal(0)},
    ]
    assert read.lines == [
        {
            "description": "Werkbank",
            "specification": "beuken blad, 150 cm",
            "product_code": "WB-150",
            "quantity": Decimal(10),
            "unit": "piece",
            "unit_price": Decimal(250),
            "net_amount": Decimal(2375),
            "tax_rate": Decimal(21),
        },
        {
            "description": "Schroef M8",
            "product_code": "4399902000017",
            "quantity": Decimal(400),
            "unit": "piece",
            "unit_price": Decimal("0.12"),
            "net_amount": Decimal(48),
            "tax_rate": Decimal(21),
        },
        {
            "description": "Handleiding op papier",
            "quantity": Decimal(3),
            "unit": "piece",
            "unit_price": Decimal(20),
            "net_amount": Decimal(60),
            "tax_rate": Decimal(6),
        },
        {
            "description": "Plaatsing",
            "quantity": Decimal(8),
            "unit": "hour",
            "unit_price": Decimal(65),
            "net_amount": Decimal(520),
            "tax_rate": Decimal(0),
        },
        {"description": "Volumekorting", "net_amount": Decimal(-100), "tax_rate": Decimal(21)},
        {"description": "Allowance (95)", "net_amount": Decimal(-3), "tax_rate": Decimal(6)},
        {"description": "Transport", "net_amount": Decimal("35.50"), "tax_rate": Decimal(21)},
    ]


def test_xrechnung_in_two_currencies_with_two_accounts() -> None:
    read = _read("ubl_xrechnung")
    assert read.fields == {
        "invoice_type": "partial",
        "invoice_number": "AZ 26-077",
        "issue_date": date(2026, 7, 3),
        "remarks": "Zweiter Abschlag, Leistungsstand 26. Woche Es gilt das Aufmaß vom 30.06.2026.",
        "currency": "CHF",
        "seller_name": "Tiefbau Erdacht GmbH & Co. KG",
        "seller_tax_id": "DE735194821",
        "seller_address": "Am Steinbruch 3, 79539 Lörrach, DE",
        "seller_bank_account": {"account": "DE65701204004471130926"},
        "buyer_name": "Gemeinde Musterhalde",
        "contract_number": "Vergabe 2026/31",
        "payment_terms": "#SKONTO#TAGE=10#PROZENT=2.00# 30 Tage netto",
        "net_amount": Decimal("2319.50"),
        "tax_amount": Decimal("440.71"),
        "gross_amount": Decimal("2760.21"),
        "amount_due": Decimal("2760.21"),
    }
    assert read.taxes == [{"rate": Decimal(19), "base": Decimal("2319.50"), "tax": Decimal("440.71")}]
    assert read.lines == [
        {
            "description": "Aushub",
            "specification": "Bodenklasse: 4; Tiefe: 1,5 m",
            "product_code": "4399902000116",
            "quantity": Decimal("12.375"),
            "unit": "cubic metre",
            "unit_price": Decimal(84),
            "net_amount": Decimal("1039.50"),
            "tax_rate": Decimal(19),
        },
        {
            "description": "Bagger mit Führer",
            "quantity": Decimal(2),
            "unit": "day",
            "unit_price": Decimal(640),
            "net_amount": Decimal(1280),
            "tax_rate": Decimal(19),
        },
    ]


def test_xrechnung_texts_are_as_written() -> None:
    candidates = _reading("ubl_xrechnung").candidates
    assert [one.text for one in candidates["seller_tax_id"]] == ["DE 735 194 821", "11/345/67890"]
    first, second = candidates["seller_bank_account"]
    assert {name: part.value for name, part in second.parts.items()} == {
        "account": "77-004411-9",
        "bic": "ERDACHXX",
    }
    assert first.score > second.score
    assert candidates["invoice_type"][0].text == "875"
    assert candidates["remarks"][0].text.startswith("#AAI#Zweiter Abschlag")


def test_a_credit_note_keeps_its_positive_amounts() -> None:
    read = _read("ubl_credit_note")
    assert read.fields == {
        "invoice_type": "credit_note",
        "invoice_number": "CN-118",
        "issue_date": date(2026, 2, 9),
        "due_date": date(2026, 3, 11),
        "remarks": "Two lamps returned, invoice L-7702",
        "currency": "GBP",
        "seller_name": "Made-up Lighting Ltd",
        "seller_tax_id": "GB441827353",
        "seller_address": "4 Wick Lane, LS1 1AA Leeds, GB",
        "seller_bank_account": {"account": "GB49HBKX20551849302716"},
        "buyer_name": "The Invented Inn LLP",
        "net_amount": Decimal(69),
        "tax_amount": Decimal("13.80"),
        "gross_amount": Decimal("82.80"),
        "amount_due": Decimal("82.80"),
    }
    assert read.lines == [
        {
            "description": "Desk lamp “Lux” <white & gold>",
            "product_code": "DL-2",
            "quantity": Decimal(2),
            "unit": "piece",
            "unit_price": Decimal("34.50"),
            "net_amount": Decimal(69),
            "tax_rate": Decimal(20),
        }
    ]


def test_a_prepayment_in_plain_ubl() -> None:
    read = _read("ubl_prepayment")
    assert read.fields == {
        "invoice_type": "prepayment",
        "invoice_number": "F-2026-9",
        "issue_date": date(2026, 1, 20),
        "due_date": date(2026, 2, 3),
        "currency": "NOK",
        "seller_name": "Oppdiktet Båtbyggeri",
        "seller_tax_id": "NO917204802",
        "seller_address": "Havneveien 21 B, Postboks 7, 6002 Ålesund, NO",
        "seller_bank_account": {
            "bank": "Oppdiktet Sparebank",
            "account": "NO6986011179004",
            "bic": "OPPDNOKK",
        },
        "buyer_name": "Fjordlaget SA",
        "net_amount": Decimal(40000),
        "tax_amount": Decimal(10000),
        "gross_amount": Decimal(50000),
        "amount_due": Decimal(50000),
    }
    assert read.taxes == [{"rate": Decimal(25), "base": Decimal(40000), "tax": Decimal(10000)}]
    assert read.lines == [
        {
            "description": "Forskudd, 20 % av kontraktssummen",
            "quantity": Decimal(1),
            "unit": "lump sum",
            "unit_price": Decimal(40000),
            "net_amount": Decimal(40000),
            "tax_rate": Decimal(25),
            "tax_amount": Decimal(10000),
        }
    ]
    assert _reading("ubl_prepayment").candidates["currency"][0].is_derived
