import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.assessment.assessment import Assessment, Review
from extractor.delivery.encoding import encode_assessment, encode_reconciliation, encode_scalar
from extractor.engines.reading import Evidence
from extractor.extraction.extraction import (
    ABSENT,
    DocumentReference,
    Extraction,
    FieldValue,
    Group,
    Leaf,
    Part,
    State,
    Table,
)
from extractor.field_specs.derive import record_model
from extractor.field_specs.load import load_spec
from extractor.pages.geometry import Box
from extractor.pages.word import Origin
from extractor.reconciliation.check import (
    Check,
    CheckCode,
    CheckState,
    Reconciliation,
    Side,
    Verdict,
)
from extractor.validation.finding import Finding, FindingCode, Severity

PLACE = Evidence(page=1, boxes=(Box(402.12, 118.04, 430.0, 129.26), Box(402.3, 131.0, 460.68, 142.0)))
FOUND = Leaf(
    value="RE-471102",
    state=State.FOUND,
    text="RE-471102",
    evidence=PLACE,
    engine="layout",
    confidence=0.981234,
)


def assessed(fields: Mapping[str, FieldValue], *, spec: str = "invoice", source: str = "a.pdf") -> Assessment:
    return Assessment(
        extraction=Extraction(
            source=source,
            document=DocumentReference(id="sha256:7", page_count=2, media_type="application/pdf"),
            part=Part(pages=(1, 2)),
            spec=spec,
            engine="layout",
            fields=fields,
            witnesses={},
        ),
        findings=(
            Finding(
                code=FindingCode.LINES_SUM,
                severity=Severity.HIGH,
                field="net_amount",
                message="12 is not 13.",
            ),
        ),
        review=Review(required=True, reasons=("LINES_SUM",)),
        timings_ms={"read": 6.123, "extract": 11.8},
    )


def test_an_assessment_is_written_in_the_agreed_form() -> None:
    encoded = encode_assessment(assessed({"invoice_number": FOUND, "due_date": ABSENT}))
    assert encoded == {
        "source": "a.pdf",
        "document": {"id": "sha256:7", "pages": 2, "media_type": "application/pdf"},
        "part": {"index": 1, "of": 1, "pages": [1, 2]},
        "spec": "invoice",
        "engine": "layout",
        "status": "extracted",
        "fields": {
            "invoice_number": {
                "value": "RE-471102",
                "state": "found",
                "text": "RE-471102",
                "page": 1,
                "box": [402.1, 118.0, 460.7, 142.0],
                "origin": "text_layer",
                "confidence": 0.9812,
            },
            "due_date": {"value": None, "state": "absent"},
        },
        "findings": [
            {"code": "LINES_SUM", "severity": "high", "field": "net_amount", "message": "12 is not 13."}
        ],
        "review": {"required": True, "reasons": ["LINES_SUM"]},
        "timings_ms": {"read": 6.1, "extract": 11.8},
    }


def test_what_was_written_is_read_back_equal() -> None:
    encoded = encode_assessment(assessed({"invoice_number": FOUND}))
    assert json.loads(json.dumps(encoded)) == encoded


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("12.50"), "12.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E-7"), "0.0000001"),
        (date(2026, 3, 5), "2026-03-05"),
        ("EUR", "EUR"),
        (None, None),
    ],
)
def test_values_travel_as_plain_strings(value: Decimal | date | str | None, written: str | None) -> None:
    assert encode_scalar(value) == written


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_no_number_is_changed_or_written_with_an_exponent(number: Decimal) -> None:
    written = encode_scalar(number)
    assert written is not None
    assert Decimal(written) == number
    assert "E" not in written.upper()


def test_a_value_that_stands_on_no_page_has_no_box() -> None:
    leaf = replace(FOUND, evidence=Evidence(page=None, origin=Origin.XML))
    written = encode_assessment(assessed({"invoice_number": leaf}))["fields"]
    assert written == {
        "invoice_number": {
            "value": "RE-471102",
            "state": "found",
            "text": "RE-471102",
            "page": None,
            "box": [],
            "origin": "xml",
            "confidence": 0.9812,
        }
    }


def test_structured_values_hold_such_objects_at_every_leaf() -> None:
    cell = Leaf(value=Decimal(3), state=State.FOUND, text="3")
    fields: dict[str, FieldValue] = {
        "line_items": Table(rows=(Group(members={"quantity": cell}, state=State.FOUND),), state=State.FOUND),
        "seller_bank_account": Group(
            members={"account": Leaf(value="DE59", state=State.FOUND)}, state=State.FOUND
        ),
        "tax_breakdown": Table(rows=(), state=State.ABSENT),
    }
    assert encode_assessment(assessed(fields))["fields"] == {
        "line_items": {
            "value": [{"quantity": {"value": "3", "state": "found", "text": "3"}}],
            "state": "found",
        },
        "seller_bank_account": {
            "value": {"account": {"value": "DE59", "state": "found"}},
            "state": "found",
        },
        "tax_breakdown": {"value": None, "state": "absent"},
    }


def test_an_unreadable_value_keeps_what_is_printed() -> None:
    leaf = Leaf(value=None, state=State.UNREADABLE, text="31.02.2026", evidence=PLACE)
    written = encode_assessment(assessed({"issue_date": leaf}))["fields"]
    assert isinstance(written, dict)
    assert written["issue_date"] == {
        "value": None,
        "state": "unreadable",
        "text": "31.02.2026",
        "page": 1,
        "box": [402.1, 118.0, 460.7, 142.0],
        "origin": "text_layer",
    }


def test_the_models_derived_from_the_spec_read_what_is_written() -> None:
    invoice = load_spec("invoice")
    fields: dict[str, FieldValue] = {
        name: Table(rows=(), state=State.ABSENT) if field.type == "table" else ABSENT
        for name, field in invoice.fields.items()
    }
    fields["invoice_number"] = FOUND
    fields["gross_amount"] = Leaf(value=Decimal("12.50"), state=State.FOUND, text="12,50")
    written = encode_assessment(assessed(fields))["fields"]
    assert record_model(invoice).model_validate(written).model_dump()["gross_amount"]["value"] == Decimal(
        "12.50"
    )


def term(value: Decimal, clause: str) -> Leaf:
    return Leaf(
        value=value,
        state=State.FOUND,
        text=str(value),
        evidence=PLACE,
        clause=clause,
        quote=f"within {value} days",
    )


def test_terms_of_a_contract_cite_clause_and_words() -> None:
    days = replace(term(Decimal(30), "4.2"), state=State.CONTRADICTORY, also=(term(Decimal(45), "9"),))
    fees = Table(
        rows=(),
        state=State.FOUND,
        place=Leaf(value="none", state=State.FOUND, evidence=PLACE, clause="6", quote="No other charges."),
    )
    contract = assessed(
        {"payment_days": days, "allowed_fees": fees, "retention_rate": ABSENT}, spec="contract"
    )
    written = encode_reconciliation(
        Reconciliation(contract=contract, invoices=(), checks=(), verdict=Verdict.APPROVE)
    )
    box = [402.1, 118.0, 460.7, 142.0]
    assert isinstance(written["contract"], dict)
    assert written["contract"]["terms"] == {
        "payment_days": {
            "value": "30",
            "state": "contradictory",
            "text": "30",
            "page": 1,
            "box": box,
            "origin": "text_layer",
            "clause": "4.2",
            "quote": "within 30 days",
            "also": [
                {
                    "value": "45",
                    "state": "found",
                    "text": "45",
                    "page": 1,
                    "box": box,
                    "origin": "text_layer",
                    "clause": "9",
                    "quote": "within 45 days",
                }
            ],
        },
        "allowed_fees": {
            "value": [],
            "state": "found",
            "page": 1,
            "box": box,
            "origin": "text_layer",
            "clause": "6",
            "quote": "No other charges.",
        },
        "retention_rate": {"value": None, "state": "absent"},
    }


def test_a_check_has_both_sides_and_only_what_is_known() -> None:
    checks = (
        Check(
            code=CheckCode.UNIT_PRICE_MISMATCH,
            state=CheckState.MISMATCH,
            severity=Severity.HIGH,
            invoice=0,
            field="line_items[3].unit_price",
            difference=Decimal("1.25"),
            message="13.75 is billed, 12.50 is agreed.",
            agreed=Side(value=Decimal("12.50"), evidence=PLACE, clause="Annex A, 4", quote="12.50"),
            billed=Side(value=Decimal("13.75"), text="13.75", evidence=PLACE),
        ),
        Check(
            code=CheckCode.TOTAL_EXCEEDED,
            state=CheckState.MISMATCH,
            severity=Severity.HIGH,
            message="over the cap",
            consequence_of=CheckCode.UNIT_PRICE_MISMATCH,
            is_unsure=True,
        ),
        Check(
            code=CheckCode.RETENTION_NOT_HELD,
            state=CheckState.NOT_CHECKABLE,
            message="the contract names no retention",
        ),
    )
    invoice = assessed({"invoice_number": FOUND}, source="b.pdf")
    written = encode_reconciliation(
        Reconciliation(
            contract=assessed({}, spec="contract"), invoices=(invoice,), checks=checks, verdict=Verdict.BLOCK
        )
    )
    box = [402.1, 118.0, 460.7, 142.0]
    assert written["checks"] == [
        {
            "code": "UNIT_PRICE_MISMATCH",
            "state": "mismatch",
            "severity": "high",
            "invoice": 0,
            "field": "line_items[3].unit_price",
            "difference": "1.25",
            "message": "13.75 is billed, 12.50 is agreed.",
            "agreed": {
                "value": "12.50",
                "page": 1,
                "box": box,
                "origin": "text_layer",
                "clause": "Annex A, 4",
                "quote": "12.50",
            },
            "billed": {"value": "13.75", "text": "13.75", "page": 1, "box": box, "origin": "text_layer"},
        },
        {
            "code": "TOTAL_EXCEEDED",
            "state": "mismatch",
            "severity": "high",
            "message": "over the cap",
            "unsure": True,
            "consequence_of": "UNIT_PRICE_MISMATCH",
        },
        {
            "code": "RETENTION_NOT_HELD",
            "state": "not_checkable",
            "message": "the contract names no retention",
        },
    ]
    assert written["verdict"] == "block"
    assert written["invoices"] == [encode_assessment(invoice)]
    assert json.loads(json.dumps(written)) == written
