"""Assess an extraction: confidence per value, and whether a person must look."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.assessment.assessment import Assessment, Review
from extractor.assessment.calibration import Calibration, shipped_calibration
from extractor.assessment.confidence import doubts, kinds_of, leaf_confidence
from extractor.assessment.review import Case, needs_person, unsure
from extractor.assessment.settings import ReviewSettings
from extractor.extraction.extraction import Extraction, FieldValue, Group, Leaf
from extractor.field_specs.spec import Spec
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
) -> Assessment:
    """Set every value's confidence and decide on review.

    A person must look where there is a finding that throws doubt on the reading or the
    document, also those added here: a value that is not sure enough, a total that no
    sum proves. `calibration` is by default the one that the package carries.
    """
    fields = _with_confidence(
        extraction, findings, proofs=proofs, spec=spec, calibration=calibration or shipped_calibration()
    )
    sure = replace(extraction, fields=fields)
    case = Case(extraction=sure, spec=spec, findings=findings, proofs=proofs, settings=settings)
    every = (*findings, *unsure(case))
    reasons = tuple(dict.fromkeys(each.code.value for each in every if needs_person(each, case)))
    return Assessment(
        extraction=sure,
        findings=every,
        review=Review(required=bool(reasons), reasons=reasons),
        timings_ms=timings_ms,
    )


def _with_confidence(
    extraction: Extraction,
    findings: Sequence[Finding],
    *,
    proofs: Proofs,
    spec: Spec,
    calibration: Calibration,
) -> dict[str, FieldValue]:
    """Return the fields with a confidence at every leaf that has a value."""

    def sure(leaf: Leaf, path: str, field: str, column: str = "") -> Leaf:
        confidence = leaf_confidence(
            leaf,
            kinds=kinds_of(spec, field, column),
            proofs=proofs.get(path, frozenset()),
            is_contradicted=any(doubts(each, leaf, path=path) for each in findings),
            calibration=calibration,
        )
        return replace(leaf, confidence=confidence)

    def row(value: Group, path: str, field: str) -> Group:
        members = {name: sure(leaf, f"{path}.{name}", field, name) for name, leaf in value.members.items()}
        return replace(value, members=members)

    def whole(name: str, value: FieldValue) -> FieldValue:
        if isinstance(value, Leaf):
            return sure(value, name, name)
        if isinstance(value, Group):  # a finding, or a proof, is about the group as a whole
            members = {member: sure(leaf, name, name) for member, leaf in value.members.items()}
            return replace(value, members=members)
        rows = tuple(row(each, f"{name}[{index}]", name) for index, each in enumerate(value.rows))
        place = sure(value.place, name, name) if value.place is not None else None
        return replace(value, rows=rows, place=place)

    return {name: whole(name, value) for name, value in extraction.fields.items()}
