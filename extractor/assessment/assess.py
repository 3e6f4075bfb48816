"""Assess an extraction: confidence per value, and whether a person must look."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.assessment.assessment import Assessment, Review
from extractor.assessment.calibration import Calibration, shipped_calibration
from extractor.assessment.confidence import confidences
from extractor.assessment.review import Case, needs_person, unsure
from extractor.assessment.settings import ReviewSettings
from extractor.extraction.extraction import Extraction, FieldValue, Group, Leaf
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.validation.finding import Finding
from extractor.validation.proofs import Proofs


def assess(
    extraction: Extraction,
    findings: Sequence[Finding],
    *,
    proofs: Proofs,
    spec: Spec,
    timings_ms: Mapping[str, float],
    settings: ReviewSettings,
    calibration: Calibration | None = None,
    doubts: Sequence[Finding] = (),
    pages: Sequence[Page] = (),
) -> Assessment:
    """Set every value's confidence and decide on review.

    A person must look where there is a finding that throws doubt on the reading or the
    document, also those added here: a value that is not sure enough, a total that no
    sum proves. `calibration` is by default the one that the package carries. `doubts` are
    findings that say nothing of the values' confidence: they only count for review.
    `pages` are those that the values stand on.
    """
    told = confidences(
        extraction,
        findings=findings,
        proofs=proofs,
        spec=spec,
        calibration=calibration or shipped_calibration(),
        pages=pages,
    )
    sure = replace(extraction, fields=_with_confidence(extraction.fields, told))
    told_of = (*findings, *doubts)
    case = Case(extraction=sure, spec=spec, findings=told_of, proofs=proofs, settings=settings, pages=pages)
    every = (*told_of, *unsure(case))
    reasons = tuple(dict.fromkeys(each.code.value for each in every if needs_person(each, case)))
    return Assessment(
        extraction=sure,
        findings=every,
        review=Review(required=bool(reasons), reasons=reasons),
        timings_ms=timings_ms,
    )


def _with_confidence(fields: Mapping[str, FieldValue], sure: Mapping[int, float]) -> dict[str, FieldValue]:
    """Return the fields with their confidence at every leaf that has one."""

    def leaf(value: Leaf) -> Leaf:
        confidence = sure.get(id(value))
        return value if confidence == value.confidence else replace(value, confidence=confidence)

    def group(value: Group) -> Group:
        return replace(value, members={name: leaf(member) for name, member in value.members.items()})

    def whole(value: FieldValue) -> FieldValue:
        if isinstance(value, Leaf):
            return leaf(value)
        if isinstance(value, Group):
            return group(value)
        return replace(value, rows=tuple(map(group, value.rows)))

    return {name: whole(value) for name, value in fields.items()}
