"""Documents written by hand from the standards' text: every value that they state is read, and no other."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from einvoice_values import published_schema
from lxml import etree
from synthesis.cii_profiles import Profile

from extractor.documents.opening import open_document
from extractor.engines.einvoice.engine import EInvoiceEngine
from extractor.engines.reading import Candidate, Reading, Scalar
from extractor.field_specs.load import load_spec
from extractor.pages.word import Origin

_FOLDER = Path(__file__).parent / "data"
_PROFILES = {
    "zugferd1_comfort": Profile.ZUGFERD_1_COMFORT,
    "minimum": Profile.MINIMUM,
    "credit_note": Profile.BASIC,
    "en16931": Profile.EN16931,
    "xrechnung": Profile.XRECHNUNG,
    "extended": Profile.EXTENDED,
}


def _read(name: str) -> Reading:
    document = open_document((_FOLDER / f"{name}.xml").read_bytes(), name=f"{name}.xml")
    return EInvoiceEngine().read(document, (), load_spec("invoice"))


def _values(reading: Reading) -> dict[str, Scalar | dict[str, Scalar | None] | None]:
    """Return the best value of each field; of a bank account its parts."""
    best = {name: candidates[0] for name, candidates in reading.candidates.items()}
    return {
        name: _cells(candidate.parts) if candidate.parts else candidate.value
        for name, candidate in best.items()
    }


def _cells(cells: Mapping[str, Candidate]) -> dict[str, Scalar | None]:
    return {name: cell.value for name, cell in cells.items()}


def _rows(reading: Reading, name: str) -> list[dict[str, Scalar | None]]:
    return [_cells(row.cells) for row in reading.tables.get(name, ())]


@pytest.mark.parametrize("name", sorted(_PROFILES))
def test_the_hand_written_documents_are_valid(name: str) -> None:
    schema = published_schema(_PROFILES[name])
    schema.assertValid(etree.parse(_FOLDER / f"{name}.xml"))


@pytest.mark.parametrize("name", sorted(_PROFILES))
def test_all_that_is_read_stands_in_the_xml_and_on_no_page(name: str) -> None:
    reading = _read(name)
    found = [candidate for candidates in reading.candidates.values() for candidate in candidates]
    found += [cell for rows in reading.tables.values() for row in rows for cell in row.cells.values()]
    found += [part for candidate in found for part in candidate.parts.values()]
    assert {(one.evidence.page, one.evidence.boxes, one.evidence.origin) for one in found} == {
        (None, (), Origin.XML)
    }
    assert all(candidates[0].score == 1 for candidates in reading.candidates.values())


def test_zugferd_1_comfort() -> None:
    reading = _read("zugferd1_comfort")
    assert _values(reading) == {
        "invoice_type": "commercial",
        "invoice_number": "2015-0815",
        "issue_date": date(2015, 3, 12),
        "remarks": "Lieferung frei Haus. Amtsgericht Kieselheim HRB 4711",
        "seller_name": "Kräutergarten Muster GmbH & Co. KG",
        "seller_tax_id": "DE812345673",
        "seller_address": "Kieselweg 7, Hinterhaus, 98765 Kieselheim, DE",
        "seller_bank_account": {
            "bank": "Musterbank",
            "account": "DE50370400440532999901",
            "bic": "MUSTDEFFXXX",
        },
        "buyer_name": "Feinkost Beispiel AG",
        "purchase_order_number": "B-5533",
        "contract_number": "RV-2014-7",
        "currency": "EUR",
        "due_date": date(2015, 4, 11),
        "payment_terms": "Zahlbar innerhalb 30 Tagen netto bis 11.04.2015, "
        "3% Skonto innerhalb 10 Tagen bis 22.03.2015",
        "net_amount": Decimal("478.90"),
        "tax_amount": Decimal("57.99"),
        "gross_amount": Decimal("536.89"),
        "amount_due": Decimal("536.89"),
    }
    assert _rows(reading, "tax_breakdown") == [
        {"rate": Decimal(7), "base": Decimal("275.00"), "tax": Decimal("19.25")},
        {"rate": Decimal(19), "base": Decimal("203.90"), "tax": Decimal("38.74")},
    ]
    assert _rows(reading, "line_items") == [
        {
            "description": "Pflanzkübel Ton",
            "specification": "Höhe 30 cm, frostfest",
            "product_code": "PK-31",
            "quantity": Decimal(20),
            "unit": "piece",
            "unit_price": Decimal("9.90"),
            "net_amount": Decimal("198.00"),
            "tax_rate": Decimal(19),
        },
        {
            "description": "Kräutertopf Basilikum",
            "product_code": "4399902445566",
            "quantity": Decimal(50),
            "unit": "piece",
            "unit_price": Decimal("5.50"),
            "net_amount": Decimal("275.00"),
            "tax_rate": Decimal(7),
        },
        {"description": "Versandkosten", "net_amount": Decimal("5.90"), "tax_rate": Decimal(19)},
    ]


def test_zugferd_1_texts_are_as_written() -> None:
    reading = _read("zugferd1_comfort")
    assert reading.candidates["issue_date"][0].text == "20150312"
    assert reading.candidates["invoice_type"][0].text == "380"
    assert reading.candidates["invoice_type"][0].is_derived
    assert [one.text for one in reading.candidates["seller_tax_id"]] == ["DE812345673", "143/221/90009"]
    assert reading.candidates["remarks"][0].text == "Lieferung frei Haus.\nAmtsgericht Kieselheim HRB 4711"
    assert reading.candidates["seller_bank_account"][0].parts["account"].text == "DE50 3704 0044 0532 9999 01"
    price = reading.tables["line_items"][1].cells["unit_price"]
    assert (price.text, price.is_derived) == ("550.0000", True)
    unit = reading.tables["line_items"][0].cells["unit"]
    assert (unit.text, unit.is_derived) == ("C62", True)


def test_en16931_in_two_currencies_with_two_accounts() -> None:
    reading = _read("en16931")
    assert _values(reading) == {
        "invoice_type": "commercial",
        "invoice_number": "F 2026/00017",
        "issue_date": date(2026, 2, 28),
        "remarks": "Omvänd ordning: självfakturering",
        "seller_name": "Exempelverk Skruv AB",
        "seller_tax_id": "SE556123456701",
        "seller_address": "Påhittade gatan 3, Box 14, Port 2, 111 22 Exempelstad, Norra län, SE",
        "seller_bank_account": {"account": "SE3450000000058398250001", "bic": "EXEMSESS"},
        "buyer_name": "Maison Fictive SARL",
        "buyer_tax_id": "FR67990000028",
        "purchase_order_number": "PO-88",
        "currency": "EUR",
        "payment_terms": "30 dagar netto",
        "net_amount": Decimal("290.00"),
        "tax_amount": Decimal("72.50"),
        "gross_amount": Decimal("362.50"),
        "amount_due": Decimal("263.00"),
    }
    first, second = reading.candidates["seller_bank_account"]
    assert second.parts["account"].text == "5839-8250001"
    assert first.score > second.score
    assert _rows(reading, "tax_breakdown") == [
        {"rate": Decimal(25), "base": Decimal("290.00"), "tax": Decimal("72.50")}
    ]
    assert _rows(reading, "line_items") == [
        {
            "description": "Skruv M6",
            "specification": "Längd: 40 mm; Material: A2",
            "product_code": "KUND-77",
            "quantity": Decimal(24000),
            "unit": "piece",
            "unit_price": Decimal("0.0125"),
            "net_amount": Decimal("300.00"),
            "tax_rate": Decimal(25),
        },
        {"description": "Mängdrabatt", "net_amount": Decimal("-30.00"), "tax_rate": Decimal(25)},
        {"description": "Frakt", "net_amount": Decimal("20.00"), "tax_rate": Decimal(25)},
    ]


def test_xrechnung_to_a_public_buyer() -> None:
    reading = _read("xrechnung")
    assert _values(reading) == {
        "invoice_type": "partial",
        "invoice_number": "XR-4711/26",
        "issue_date": date(2026, 1, 5),
        "seller_name": "Abbruch Musterfrau e. K.",
        "seller_tax_id": "2181508150",
        "seller_address": "Steinstraße 9, 10999 Berlin, DE",
        "seller_bank_account": {"account": "DE63500105170648484898"},
        "buyer_name": "Bauamt der Stadt Beispielhausen",
        "purchase_order_number": "Auftrag 2025-99",
        "contract_number": "V-2025-0042",
        "currency": "EUR",
        "due_date": date(2026, 2, 4),
        "payment_terms": "#SKONTO#TAGE=14#PROZENT=2.00#",
        "net_amount": Decimal("1041.36"),
        "tax_amount": Decimal("197.86"),
        "gross_amount": Decimal("1239.22"),
        "amount_due": Decimal("1239.22"),
    }
    assert _rows(reading, "line_items") == [
        {
            "description": "Mauerwerk abbrechen",
            "specification": "Ziegel, d = 24 cm, einschließlich Entsorgung",
            "product_code": "LV 01.02.0030",
            "quantity": Decimal("12.375"),
            "unit": "cubic metre",
            "unit_price": Decimal("84.15"),
            "net_amount": Decimal("1041.36"),
            "tax_rate": Decimal(19),
        }
    ]


def test_extended_with_groups_allowances_on_lines_and_instalments() -> None:
    reading = _read("extended")
    assert _rows(reading, "line_items") == [
        {
            "description": "Bürostuhl",
            "specification": "drehbar",
            "product_code": "ST-9",
            "quantity": Decimal(2),
            "unit": "piece",
            "unit_price": Decimal("130.00"),
            "net_amount": Decimal("247.50"),
            "tax_rate": Decimal(19),
            "tax_amount": Decimal("47.03"),
        },
        {
            "description": "Fachbuch",
            "product_code": "ISBN 9783000000003",
            "quantity": Decimal(9),
            "unit": "piece",
            "unit_price": Decimal(10) / Decimal(3),
            "net_amount": Decimal("30.00"),
            "tax_rate": Decimal(7),
        },
        {
            "description": "Schulung",
            "quantity": Decimal("1.5"),
            "unit": "QQ9",
            "unit_price": Decimal(80),
            "net_amount": Decimal("120.00"),
            "tax_rate": Decimal(0),
        },
    ]
    assert _rows(reading, "tax_breakdown") == [
        {"rate": Decimal(19), "base": Decimal("247.50"), "tax": Decimal("47.03")},
        {"rate": Decimal(7), "base": Decimal("30.00"), "tax": Decimal("2.10")},
        {"rate": Decimal(0), "base": Decimal("120.00"), "tax": Decimal("0.00")},
    ]
    assert [one.value for one in reading.candidates["due_date"]] == [date(2026, 5, 31), date(2026, 6, 30)]
    assert reading.candidates["payment_terms"][0].value == "Erste Rate Zweite Rate"
    assert reading.candidates["seller_address"][0].value == "Graz, AT"
    assert reading.candidates["gross_amount"][0].value == Decimal("446.63")


def test_minimum_has_totals_only() -> None:
    reading = _read("minimum")
    assert _values(reading) == {
        "invoice_type": "commercial",
        "invoice_number": "B-26-118",
        "issue_date": date(2026, 1, 14),
        "seller_name": "Boulangerie Inventée",
        "seller_tax_id": "FR67990000028",
        "buyer_name": "Hôtel Imaginaire SA",
        "currency": "EUR",
        "net_amount": Decimal("512.40"),
        "tax_amount": Decimal("102.48"),
        "gross_amount": Decimal("614.88"),
        "amount_due": Decimal("414.88"),
    }
    assert reading.tables == {}


def test_credit_note() -> None:
    reading = _read("credit_note")
    values = _values(reading)
    assert values["invoice_type"] == "credit_note"
    assert values["gross_amount"] == Decimal("82.11")
    assert values["remarks"] == "Zu Rechnung RE-88: Rückgabe <zwei> Lampen & Kabel"
    assert _rows(reading, "line_items") == [
        {
            "description": "Tischlampe „Lux“",
            "product_code": "4399902778899",
            "quantity": Decimal(2),
            "unit": "piece",
            "unit_price": Decimal("34.5"),
            "net_amount": Decimal(69),
            "tax_rate": Decimal(19),
        }
    ]
