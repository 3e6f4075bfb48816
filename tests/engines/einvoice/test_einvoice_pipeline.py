"""Pages and embedded XML through the whole pipeline: where they disagree, a finding says so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pytest
from synthesis.cii import write
from synthesis.cii_embedding import embed
from synthesis.cii_profiles import Profile
from synthesis.invoice import line, tax_rows
from synthesis.invoice_drawing import draw_invoice
from synthesis.invoice_style import Style
from synthesis.notation import NumberStyle
from synthesis.record import Account, Address, Allowance, InvoiceRecord
from synthesis.wording import LABELS

from extractor.assessment.assessment import Assessment
from extractor.pages.word import Origin
from extractor.pipeline import extract
from extractor.validation.finding import FindingCode

_LINES = (
    line("Regalboden Eiche", "12", "41.50", tax_rate="19", unit="Stück", unit_code="H87"),
    line("Montage vor Ort", "3.5", "68.00", tax_rate="19", unit="Std.", unit_code="HUR"),
)
_RECORD = InvoiceRecord(
    invoice_type="commercial",
    invoice_number="HW-26-0193",
    issue_date=date(2026, 2, 17),
    due_date=date(2026, 3, 19),
    currency="EUR",
    seller_name="Holzwerk Ammerfeld GmbH",
    seller_tax_id="DE135792460",
    seller_address=Address(lines=("Sägeweg 4",), postcode="04109", city="Leipzig", country="DE"),
    seller_bank_account=Account(account="DE50370400440532999901", bic="ERFUDEFF"),
    buyer_name="Praxis am Anger GbR",
    buyer_address=Address(lines=("Anger 12",), postcode="99084", city="Erfurt", country="DE"),
    purchase_order_number="PO-3391",
    net_amount=Decimal("736.00"),
    tax_amount=Decimal("139.84"),
    gross_amount=Decimal("875.84"),
    amount_due=Decimal("875.84"),
    tax_breakdown=tax_rows(_LINES),
    line_items=_LINES,
)
_STYLE = Style(
    language="de",
    labels={name: spellings[0] for name, spellings in LABELS["de"].items()},
    columns=("position", "description", "quantity", "unit", "unit_price", "tax_rate", "net_amount"),
    numbers=NumberStyle(decimal_mark=",", group_mark=".", currency="sign_after"),
    date_pattern="D.M.Y",
)


@lru_cache(maxsize=1)
def _page() -> bytes:
    return draw_invoice(_RECORD, _STYLE)


def _read(in_the_xml: InvoiceRecord, profile: Profile = Profile.EN16931) -> Assessment:
    """Return what is read where the page shows `_RECORD` and the XML says `in_the_xml`."""
    (assessment,) = extract(embed(_page(), write(in_the_xml, profile), profile), name="invoice.pdf")
    return assessment


def _mismatched(assessment: Assessment) -> set[str | None]:
    return {one.field for one in assessment.findings if one.code is FindingCode.WITNESS_MISMATCH}


@pytest.mark.parametrize("profile", Profile)
def test_page_and_xml_that_agree_give_no_finding(profile: Profile) -> None:
    assessment = _read(_RECORD, profile)
    assert assessment.findings == ()
    number = assessment.extraction.leaf("invoice_number")
    assert number.value == "HW-26-0193"
    assert number.evidence is not None
    assert number.evidence.page == 1
    assert number.evidence.origin is Origin.TEXT_LAYER  # the page shows it: that is its place


_DIFFERING = {
    "invoice_number": replace(_RECORD, invoice_number="HW-26-0139"),
    "issue_date": replace(_RECORD, issue_date=date(2026, 2, 18)),
    "net_amount": replace(_RECORD, net_amount=Decimal("735.99")),
    "tax_amount": replace(_RECORD, tax_amount=Decimal("139.94")),
    "gross_amount": replace(_RECORD, gross_amount=Decimal("875.85")),
}


@pytest.mark.parametrize("field", sorted(_DIFFERING))
@pytest.mark.parametrize("profile", [Profile.MINIMUM, Profile.EN16931, Profile.ZUGFERD_1_COMFORT])
def test_an_xml_that_differs_from_the_page_is_flagged(field: str, profile: Profile) -> None:
    assessment = _read(_DIFFERING[field], profile)
    assert field in _mismatched(assessment)
    assert assessment.review.required
    leaf = assessment.extraction.leaf(field)
    assert leaf.value == getattr(_DIFFERING[field], field)  # the XML is exact, and holds
    assert leaf.evidence is not None
    assert leaf.evidence.origin is Origin.XML


def test_without_lines_in_the_xml_the_lines_are_those_of_the_page() -> None:
    assessment = _read(_RECORD, Profile.BASIC_WL)
    rows = assessment.extraction.rows("line_items")
    assert [row.members["net_amount"].value for row in rows] == [Decimal("498.00"), Decimal("238.00")]


def test_xml_alone_is_read_without_a_page() -> None:
    record = replace(
        _RECORD,
        net_amount=Decimal("686.00"),
        tax_amount=Decimal("130.34"),
        gross_amount=Decimal("816.34"),
        amount_due=Decimal("816.34"),
        tax_breakdown=(replace(_RECORD.tax_breakdown[0], base=Decimal("686.00"), tax=Decimal("130.34")),),
        allowances=(Allowance(amount=Decimal("50.00"), reason="Treuerabatt", tax_rate=Decimal(19)),),
    )
    (assessment,) = extract(write(record, Profile.XRECHNUNG), name="invoice.xml")
    assert assessment.findings == ()
    assert assessment.extraction.engine == "einvoice"
    assert assessment.extraction.leaf("gross_amount").value == Decimal("816.34")
    assert assessment.extraction.document.page_count == 0
