"""A leaf's confidence: what raises it, what lowers it, and that it stays a share of 1."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoice_record import SPEC, leaf

from extractor.assessment.calibration import ANY, Calibration, Curve, shipped_calibration
from extractor.assessment.confidence import (
    CONTRADICTED,
    SUREST,
    curves_for,
    doubts,
    kinds_of,
    leaf_confidence,
    margin_factor,
    raw_confidence,
)
from extractor.extraction.extraction import ABSENT, State
from extractor.field_specs.load import load_spec
from extractor.pages.word import Origin
from extractor.validation.finding import Finding, FindingCode, Severity
from extractor.validation.proofs import Proof

AS_READ = Calibration(curves={ANY: Curve(raw=(0.0, 1.0), sure=(0.0, 1.0))})
NOTHING = frozenset[Proof]()


@given(margin=st.floats(min_value=-1, max_value=1), wider=st.floats(min_value=-1, max_value=1))
def test_a_wider_margin_never_makes_less_sure(margin: float, wider: float) -> None:
    low, high = sorted((margin, wider))
    assert 0 < margin_factor(low) <= margin_factor(high) <= 1


@pytest.mark.parametrize(("margin", "is_clear"), [(0.30, True), (0.29, False)])
def test_a_clear_margin_costs_nothing(margin: float, *, is_clear: bool) -> None:
    assert (margin_factor(margin) == 1) is is_clear


def test_recognised_and_generated_characters_are_less_sure_than_printed_ones() -> None:
    printed, recognised, generated = (
        raw_confidence(leaf("x", origin=origin)) for origin in (Origin.TEXT_LAYER, Origin.OCR, Origin.MODEL)
    )
    assert printed > recognised > generated > 0


@given(
    score=st.floats(min_value=-1, max_value=2),
    margin=st.floats(min_value=-1, max_value=2),
    proofs=st.frozensets(st.sampled_from(Proof)),
    is_contradicted=st.booleans(),
    origin=st.sampled_from(Origin),
    field=st.sampled_from(sorted(SPEC.fields)),
)
def test_confidence_is_between_nothing_and_the_surest(
    score: float,
    margin: float,
    proofs: frozenset[Proof],
    *,
    is_contradicted: bool,
    origin: Origin,
    field: str,
) -> None:
    made = leaf("x", score=score, margin=margin, origin=origin)
    sure = leaf_confidence(
        made,
        kinds=kinds_of(SPEC, field),
        proofs=proofs,
        is_contradicted=is_contradicted,
        calibration=shipped_calibration(),
    )
    assert sure is not None
    assert 0 <= sure <= (CONTRADICTED if is_contradicted else SUREST)


def test_what_is_not_there_or_cannot_be_read_has_no_confidence() -> None:
    for absent in (ABSENT, replace(leaf("x"), state=State.UNREADABLE)):
        assert (
            leaf_confidence(
                absent, kinds=("date",), proofs=NOTHING, is_contradicted=False, calibration=AS_READ
            )
            is None
        )


def test_values_are_known_by_their_field_and_by_its_type() -> None:
    assert kinds_of(SPEC, "gross_amount") == ("gross_amount", "amount")
    assert kinds_of(SPEC, "line_items", "net_amount") == ("line_items.net_amount", "cell.amount")
    assert kinds_of(load_spec("contract"), "total_amount") == ("clause.total_amount", "clause.amount")
    assert kinds_of(SPEC, "no_such_field") == kinds_of(SPEC, "line_items", "no_such_column") == (ANY,)


def test_proofs_have_curves_of_their_own_and_weak_ones_fall_back_to_the_kind() -> None:
    kinds = ("seller_name", "name")
    strong = curves_for(kinds, frozenset({Proof.SUM, Proof.REPEATED}))
    assert strong == ("seller_name.proven", "name.proven", "proven")
    assert curves_for(kinds, frozenset({Proof.FORM}))[:2] == ("seller_name.formed", "name.formed")
    assert curves_for(kinds, frozenset({Proof.REPEATED}))[-2:] == kinds
    assert curves_for(kinds, NOTHING) == kinds


@pytest.mark.parametrize(
    ("code", "path", "origin", "is_doubt"),
    [
        (FindingCode.GROSS_SUM, "gross_amount", Origin.TEXT_LAYER, True),
        (FindingCode.GROSS_SUM, "net_amount", Origin.TEXT_LAYER, False),
        (FindingCode.DATE_ORDER, "gross_amount", Origin.OCR, False),
        (FindingCode.IBAN_CHECKSUM, "gross_amount", Origin.TEXT_LAYER, False),
        (FindingCode.IBAN_CHECKSUM, "gross_amount", Origin.OCR, True),
        (FindingCode.IBAN_CHECKSUM, "gross_amount", Origin.MODEL, True),
    ],
)
def test_which_findings_throw_doubt_on_a_value(
    code: FindingCode, path: str, origin: Origin, *, is_doubt: bool
) -> None:
    finding = Finding(code=code, severity=Severity.HIGH, field=path, message="No.")
    assert doubts(finding, leaf("x", origin=origin), path="gross_amount") is is_doubt
