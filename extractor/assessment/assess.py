"""Assess an extraction: confidence per value, and whether a person must look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.assessment.assessment import Assessment, Review
from extractor.assessment.confidence import (
    DEFAULT_THRESHOLDS,
    Thresholds,
    contradicted_fields,
    leaf_confidence,
    proven_fields,
)
from extractor.extraction.extraction import Extraction, FieldValue, Group, Leaf, State
from extractor.field_specs.spec import Spec
from extractor.validation.figures import printed
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.rule import finding

_PAYMENT_FIELDS = (
    "net_amount",
    "tax_amount",
    "gross_amount",
    "amount_due",
    "seller_bank_account",
    "seller_tax_id",
    "buyer_name",
    "due_date",
    "currency",
)


def assess(
    extraction: Extraction,
    findings: Sequence[Finding],
    *,
    spec: Spec,
    timings_ms: Mapping[str, float],
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Assessment:
    """Set every value's confidence and decide on review.

    A person must look where there is any finding, also those added here: a value that is
    not sure enough. Key fields (required by the spec, or such that a payment goes wrong
    by them) must be surer than the rest.
    """
    fields = with_confidence(extraction, findings, thresholds=thresholds)
    unsure = tuple(_unsure_fields(fields, spec=spec, findings=findings, thresholds=thresholds))
    every = (*findings, *unsure)
    reasons = tuple(dict.fromkeys(each.code.value for each in every))
    return Assessment(
        extraction=replace(extraction, fields=fields),
        findings=every,
        review=Review(required=bool(every), reasons=reasons),
        timings_ms=timings_ms,
    )


def with_confidence(
    extraction: Extraction, findings: Sequence[Finding], *, thresholds: Thresholds
) -> dict[str, FieldValue]:
    """Return the fields with a confidence at every leaf that has a value."""
    proven = proven_fields(extraction)
    contradicted = contradicted_fields(findings)

    def sure(leaf: Leaf, path: str, field: str) -> Leaf:
        confidence = leaf_confidence(
            leaf,
            is_proven=field in proven,
            is_contradicted=path in contradicted or field in contradicted,
            thresholds=thresholds,
        )
        return replace(leaf, confidence=confidence)

    def group(value: Group, path: str, field: str) -> Group:
        members = {name: sure(leaf, f"{path}.{name}", field) for name, leaf in value.members.items()}
        return replace(value, members=members)

    def whole(name: str, value: FieldValue) -> FieldValue:
        if isinstance(value, Leaf):
            return sure(value, name, name)
        if isinstance(value, Group):
            return group(value, name, name)
        rows = tuple(group(row, f"{name}[{index}]", "") for index, row in enumerate(value.rows))
        place = sure(value.place, name, name) if value.place is not None else None
        return replace(value, rows=rows, place=place)

    return {name: whole(name, value) for name, value in extraction.fields.items()}


def _unsure_fields(
    fields: Mapping[str, FieldValue], *, spec: Spec, findings: Sequence[Finding], thresholds: Thresholds
) -> Sequence[Finding]:
    named = {each.field for each in findings}
    unsure = []
    for name, field in spec.fields.items():
        is_key = field.required or name in _PAYMENT_FIELDS
        least = thresholds.key_field if is_key else thresholds.any_value
        value = fields.get(name)
        if value is None or name in named or value.state is State.ABSENT:
            continue
        for path, leaf in _leaves(name, value):
            if leaf.confidence is not None and leaf.confidence < least:
                unsure.append(
                    finding(
                        FindingCode.LOW_CONFIDENCE,
                        path,
                        f"{path.replace('_', ' ').capitalize()} {printed(leaf)} is not sure "
                        f"(confidence {leaf.confidence:.2f}).",
                    )
                )
                break
    return unsure


def _leaves(name: str, value: FieldValue) -> Iterator[tuple[str, Leaf]]:
    """Yield every value of a field with its path: `line_items[3].net_amount`; groups by their name."""
    if isinstance(value, Leaf):
        yield name, value
    elif isinstance(value, Group):
        yield from ((name, leaf) for leaf in value.members.values())
    else:
        for index, row in enumerate(value.rows):
            yield from ((f"{name}[{index}].{column}", leaf) for column, leaf in row.members.items())
