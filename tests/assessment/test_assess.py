"""Confidence and review of a whole extraction: every leaf has one, every doubt is told."""

from dataclasses import replace
from decimal import Decimal

import pytest
from assessment.as_read import AsRead
from invoice_record import SPEC, extraction, leaf, line, rows

from extractor.assessment.assess import assess
from extractor.assessment.assessment import Assessment
from extractor.assessment.confidence import CONTRADICTED, SUREST
from extractor.assessment.settings import ReviewSettings
from extractor.extraction.extraction import ABSENT, Extraction, Group, State, Table
from extractor.pages.word import Origin
from extractor.validation.finding import Finding, FindingCode, Severity
from extractor.validation.proofs import prove


def assessed(made: Extraction, *findings: Finding, settings: ReviewSettings | None = None) -> Assessment:
    return assess(
        made,
        findings,
        proofs=prove(made, spec=SPEC),
        spec=SPEC,
        timings_ms={"read": 1.0},
        settings=settings or ReviewSettings(),
        calibration=AsRead(),
    )


def confidence(assessment: Assessment, name: str) -> float:
    value = assessment.extraction.leaf(name).confidence
    assert value is not None
    return value


def found(code: FindingCode, field: str) -> Finding:
    return Finding(code=code, severity=Severity.HIGH, field=field, message="No.")


def test_a_sure_invoice_without_findings_needs_no_review() -> None:
    outcome = assessed(extraction())
    assert not outcome.review.required
    assert outcome.review.reasons == ()
    assert outcome.findings == ()
    assert outcome.timings_ms == {"read": 1.0}


def test_a_finding_sends_to_review_names_its_code_once_and_makes_its_field_unsure() -> None:
    wrong = found(FindingCode.LINES_SUM, "net_amount")
    outcome = assessed(extraction(), wrong, wrong)
    assert outcome.review.reasons == ("LINES_SUM",)
    assert confidence(outcome, "net_amount") <= CONTRADICTED
    assert confidence(outcome, "gross_amount") > CONTRADICTED


def test_a_doubt_sends_to_review_and_leaves_confidence_as_it_was() -> None:
    made, doubt = extraction(), found(FindingCode.WITNESS_MISMATCH, "gross_amount")
    outcome = assess(
        made,
        (),
        proofs=prove(made, spec=SPEC),
        spec=SPEC,
        timings_ms={"read": 1.0},
        settings=ReviewSettings(),
        calibration=AsRead(),
        doubts=[doubt],
    )
    assert outcome.review.reasons == ("WITNESS_MISMATCH",)
    assert outcome.findings == (doubt,)
    assert outcome.fields == assessed(made).fields


def test_totals_that_prove_each_other_are_surer_than_their_score() -> None:
    unproven = assessed(extraction(tax_amount=leaf(Decimal("18.00"))))
    assert confidence(assessed(extraction()), "gross_amount") > confidence(unproven, "gross_amount")


def test_a_wrong_check_digit_is_doubt_on_characters_that_were_recognised_only() -> None:
    finding = found(FindingCode.TAX_ID_CHECKSUM, "seller_tax_id")
    printed = assessed(extraction(seller_tax_id=leaf("DE136695975")), finding)
    recognised = assessed(extraction(seller_tax_id=leaf("DE136695975", origin=Origin.OCR)), finding)
    assert confidence(printed, "seller_tax_id") > CONTRADICTED >= confidence(recognised, "seller_tax_id")


def test_an_exact_value_from_xml_is_the_surest() -> None:
    outcome = assessed(extraction(invoice_number=leaf("R-1", score=0.2, margin=0.0, origin=Origin.XML)))
    assert confidence(outcome, "invoice_number") == SUREST


@pytest.mark.parametrize("state", [State.CONTRADICTORY])
def test_a_contradiction_within_the_document_is_never_sure(state: State) -> None:
    outcome = assessed(extraction(invoice_number=replace(leaf("R-1"), state=state)))
    assert confidence(outcome, "invoice_number") <= CONTRADICTED


def test_every_leaf_with_a_value_has_a_confidence_and_absent_ones_have_none() -> None:
    table = rows({"description": leaf("Lamp"), "quantity": ABSENT, **line("1", "100.00", "100.00")})
    outcome = assessed(extraction(line_items=table, invoice_code=ABSENT))
    (row,) = outcome.extraction.rows("line_items")
    assert row.members["description"].confidence is not None
    assert outcome.extraction.leaf("invoice_code").confidence is None


def test_all_members_of_an_account_are_proven_by_its_check_digits() -> None:
    account = {"account": leaf("DE02120300000000202051", score=0.7), "bank": leaf("Nordbank", score=0.7)}
    members = assessed(
        extraction(seller_bank_account=Group(members=account, state=State.FOUND))
    ).extraction.group("seller_bank_account")
    assert all(member.confidence is not None and member.confidence > 0.9 for member in members.values())


def test_where_a_list_is_said_to_be_empty_is_kept() -> None:
    place = replace(leaf("no further costs"), clause="4.2")
    table = Table(rows=(), state=State.FOUND, place=place)
    kept = assessed(extraction(line_items=table)).extraction.fields["line_items"]
    assert isinstance(kept, Table)
    assert kept.place is not None
    assert kept.place.clause == "4.2"
