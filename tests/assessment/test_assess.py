"""Confidence and review: what raises them, what lowers them, both sides of the threshold."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.assessment.assess import assess
from extractor.assessment.assessment import Assessment
from extractor.assessment.confidence import DEFAULT_THRESHOLDS, Thresholds, leaf_confidence, margin_factor
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
from extractor.field_specs.load import load_spec
from extractor.pages.word import Origin
from extractor.validation.finding import Finding, FindingCode, Severity

SPEC = load_spec("invoice")


def leaf(
    value: str | Decimal | date,
    *,
    score: float = 0.9,
    margin: float = 0.5,
    origin: Origin = Origin.TEXT_LAYER,
) -> Leaf:
    evidence = Evidence(page=1, origin=origin)
    return Leaf(
        value=value, state=State.FOUND, text=str(value), evidence=evidence, score=score, margin=margin
    )


def extraction(**fields: FieldValue) -> Extraction:
    known: dict[str, FieldValue] = {
        "invoice_number": leaf("R-1"),
        "issue_date": leaf(date(2025, 3, 3)),
        "seller_name": leaf("Quendelmoor Lampen GmbH"),
        "buyer_name": leaf("Ostrach Hotelbetriebe AG"),
        "currency": leaf("EUR"),
        "net_amount": leaf(Decimal("100.00")),
        "tax_amount": leaf(Decimal("19.00")),
        "gross_amount": leaf(Decimal("119.00")),
        **fields,
    }
    return Extraction(
        source="a.pdf",
        document=DocumentReference(id="sha256:0", page_count=1, media_type="application/pdf"),
        part=Part(pages=(1,)),
        spec="invoice",
        engine="by hand",
        fields={name: known.get(name, ABSENT) for name in SPEC.fields},
        witnesses={},
    )


def assessed(made: Extraction, *findings: Finding) -> Assessment:
    return assess(made, findings, spec=SPEC, timings_ms={"read": 1.0})


def confidence(assessment: Assessment, name: str) -> float:
    value = assessment.extraction.leaf(name).confidence
    assert value is not None
    return value


def test_a_sure_invoice_without_findings_needs_no_review() -> None:
    outcome = assessed(extraction())
    assert not outcome.review.required
    assert outcome.review.reasons == ()
    assert outcome.timings_ms == {"read": 1.0}


def test_any_finding_sends_to_review_and_names_its_code() -> None:
    wrong = Finding(code=FindingCode.LINES_SUM, severity=Severity.HIGH, field="net_amount", message="No.")
    outcome = assessed(extraction(), wrong, wrong)
    assert outcome.review.required
    assert outcome.review.reasons == ("LINES_SUM",)
    assert confidence(outcome, "net_amount") <= DEFAULT_THRESHOLDS.contradicted


def test_totals_that_prove_each_other_are_surer_than_their_score() -> None:
    proven = assessed(extraction())
    unproven = assessed(extraction(tax_amount=leaf(Decimal("18.00"))))
    assert confidence(proven, "gross_amount") > confidence(unproven, "gross_amount")


def test_a_valid_check_digit_makes_surer() -> None:
    outcome = assessed(extraction(seller_tax_id=leaf("DE136695976"), buyer_tax_id=leaf("DE136695975")))
    assert confidence(outcome, "seller_tax_id") > confidence(outcome, "buyer_tax_id")


def test_an_exact_value_from_xml_is_the_surest() -> None:
    outcome = assessed(extraction(invoice_number=leaf("R-1", score=0.2, margin=0.0, origin=Origin.XML)))
    assert confidence(outcome, "invoice_number") == DEFAULT_THRESHOLDS.surest


@pytest.mark.parametrize(("score", "is_unsure"), [(0.70, False), (0.69, True)])
def test_a_key_field_below_the_threshold_is_a_finding(score: float, *, is_unsure: bool) -> None:
    outcome = assessed(extraction(invoice_number=leaf("R-1", score=score)))
    assert outcome.review.required is is_unsure
    assert [each.field for each in outcome.findings] == (["invoice_number"] if is_unsure else [])


def test_any_value_that_is_hardly_sure_sends_to_review() -> None:
    assert assessed(extraction(remarks=leaf("Thank you", score=0.49))).review.required
    assert not assessed(extraction(remarks=leaf("Thank you", score=0.5, margin=1.0))).review.required


def test_a_cell_that_is_hardly_sure_sends_to_review_by_its_path() -> None:
    rows = (Group(members={"description": leaf("Lamp", score=0.2)}, state=State.FOUND),)
    outcome = assessed(extraction(line_items=Table(rows=rows, state=State.FOUND)))
    assert [each.field for each in outcome.findings] == ["line_items[0].description"]


def test_every_leaf_with_a_value_has_a_confidence_and_absent_ones_have_none() -> None:
    rows = (Group(members={"description": leaf("Lamp"), "quantity": ABSENT}, state=State.FOUND),)
    outcome = assessed(extraction(line_items=Table(rows=rows, state=State.FOUND)))
    (row,) = outcome.extraction.rows("line_items")
    assert row.members["description"].confidence is not None
    assert row.members["quantity"].confidence is None
    assert outcome.extraction.leaf("due_date").confidence is None


def test_where_a_list_is_said_to_be_empty_is_kept() -> None:
    place = replace(leaf("no further costs"), clause="4.2")
    table = Table(rows=(), state=State.FOUND, place=place)
    kept = assessed(extraction(line_items=table)).extraction.fields["line_items"]
    assert isinstance(kept, Table)
    assert kept.place is not None
    assert kept.place.clause == "4.2"


@given(margin=st.floats(min_value=0, max_value=1), wider=st.floats(min_value=0, max_value=1))
def test_a_wider_margin_never_makes_less_sure(margin: float, wider: float) -> None:
    low, high = sorted((margin, wider))
    thresholds = Thresholds()
    assert margin_factor(low, thresholds=thresholds) <= margin_factor(high, thresholds=thresholds) <= 1


@given(
    score=st.floats(min_value=-1, max_value=2),
    margin=st.floats(min_value=-1, max_value=2),
    is_proven=st.booleans(),
    is_contradicted=st.booleans(),
    origin=st.sampled_from(Origin),
)
def test_confidence_is_between_nothing_and_the_surest(
    score: float, margin: float, *, is_proven: bool, is_contradicted: bool, origin: Origin
) -> None:
    made = leaf("x", score=score, margin=margin, origin=origin)
    sure = leaf_confidence(
        made, is_proven=is_proven, is_contradicted=is_contradicted, thresholds=DEFAULT_THRESHOLDS
    )
    assert sure is not None
    assert 0 <= sure <= DEFAULT_THRESHOLDS.surest
