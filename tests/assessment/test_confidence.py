"""Confidences: what bounds them, and which findings throw doubt on which values."""

from dataclasses import replace

import numpy as np
import pytest
from assessment.as_read import AsRead
from hypothesis import given
from hypothesis import strategies as st
from invoice_record import SPEC, extraction, leaf
from numpy.typing import NDArray

from extractor.assessment.calibration import shipped_calibration
from extractor.assessment.confidence import CONTRADICTED, PROVEN_ID, SUREST, confidences, doubts
from extractor.extraction.extraction import ABSENT, Leaf, State
from extractor.pages.word import Origin
from extractor.validation.finding import Finding, FindingCode, Severity
from extractor.validation.proofs import Proof, prove


def finding(code: FindingCode, path: str) -> Finding:
    return Finding(code=code, severity=Severity.HIGH, field=path, message="No.")


def confidence(number: Leaf, *findings: Finding) -> float | None:
    made = extraction(invoice_number=number)
    told = confidences(
        made, findings=findings, proofs=prove(made, spec=SPEC), spec=SPEC, calibration=AsRead()
    )
    return told.get(id(number))


@given(
    score=st.floats(min_value=0, max_value=1),
    margin=st.floats(min_value=0, max_value=1),
    proofs=st.frozensets(st.sampled_from(Proof)),
    origin=st.sampled_from(Origin),
    text=st.text(max_size=90),
)
def test_the_shipped_model_says_a_share_of_one_of_any_value(
    score: float, margin: float, proofs: frozenset[Proof], origin: Origin, text: str
) -> None:
    number = leaf("x", text=text, score=score, margin=margin, origin=origin)
    made = extraction(invoice_number=number)
    told = confidences(
        made,
        findings=(),
        proofs={"invoice_number": proofs},
        spec=SPEC,
        calibration=shipped_calibration(),
    )
    assert 0 <= told[id(number)] <= SUREST


def test_what_is_not_there_or_cannot_be_read_has_no_confidence() -> None:
    assert confidence(ABSENT) is None
    assert confidence(replace(leaf("x"), state=State.UNREADABLE)) is None


def test_a_value_that_was_stored_as_data_is_the_surest() -> None:
    assert confidence(leaf("R-1", score=0.2, origin=Origin.XML)) == SUREST
    assert confidence(leaf("R-1", score=0.90, origin=Origin.CODE)) == SUREST
    assert confidence(leaf("R-1", score=0.89, origin=Origin.CODE)) == pytest.approx(0.89)


def test_what_a_finding_or_another_clause_contradicts_is_never_sure() -> None:
    assert confidence(leaf("R-1"), finding(FindingCode.WITNESS_MISMATCH, "invoice_number")) == CONTRADICTED
    assert confidence(replace(leaf("R-1"), state=State.CONTRADICTORY)) == CONTRADICTED
    assert confidence(leaf("R-1"), finding(FindingCode.WITNESS_MISMATCH, "seller_name")) == pytest.approx(
        0.95
    )


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
    assert doubts(finding(code, path), leaf("x", origin=origin), path="gross_amount") is is_doubt


@pytest.mark.parametrize(
    ("text", "score", "margin", "is_sure"),
    [
        ("DE136695976", 0.7, 0.2, True),
        ("DE136695976", 0.69, 0.2, False),
        ("DE136695976", 0.7, 0.19, False),
        ("DE136695975", 0.7, 0.2, False),  # a wrong check digit
    ],
)
def test_an_id_with_right_check_digits_and_a_clear_lead_is_sure(
    text: str, score: float, margin: float, *, is_sure: bool
) -> None:
    number = leaf(text, score=score, margin=margin)
    made = extraction(seller_tax_id=number)
    told = confidences(made, findings=(), proofs=prove(made, spec=SPEC), spec=SPEC, calibration=Nothing())
    assert told[id(number)] == (PROVEN_ID if is_sure else 0.0)


class Nothing:
    """A model that is sure of nothing."""

    def confidences(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        return np.zeros(len(rows))
