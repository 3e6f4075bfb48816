"""Merge what one or several engines read into one extraction, every field of the spec present."""

from collections.abc import Sequence

from extractor.documents.document import Document
from extractor.engines.reading import Reading
from extractor.extraction.extraction import DocumentReference, Extraction, FieldValue, Leaf, Part
from extractor.extraction.options import choose, leaf_of, options_of
from extractor.extraction.structures import read_group, read_table
from extractor.field_specs.spec import FieldSpec, FieldType, Spec

_ACCUSING = frozenset({FieldType.AMOUNT, FieldType.DATE})  # of the rest, wordings differ too easily
_NEVER_CONTRADICTORY = frozenset({FieldType.NAME, FieldType.ADDRESS, FieldType.TEXT})


def combine(
    readings: Sequence[Reading], *, document: Document, part: Part, spec: Spec, engine: str
) -> Extraction:
    """Return what the document says, typed, each value with its place.

    Readings come in the order of trust. Exact values (embedded XML, codes) hold before
    read ones and keep the place where the page shows the same value; what the page shows
    instead becomes a witness against them.
    """
    fields: dict[str, FieldValue] = {}
    witnesses: dict[str, tuple[Leaf, ...]] = {}
    for name, field in spec.fields.items():
        if field.type is FieldType.TABLE:
            fields[name] = read_table(name, field, readings)
            continue
        if field.type in (FieldType.ACCOUNT, FieldType.GROUP):
            fields[name] = read_group(name, field, readings)
            continue
        clauses = spec.reading == "clauses" and field.type not in _NEVER_CONTRADICTORY
        choice = choose(options_of(name, field, readings), clauses=clauses)
        fields[name] = choice.leaf
        others = [*_witnesses(name, field, readings), *(choice.disputed if _may_accuse(field) else ())]
        if others:
            witnesses[name] = tuple(others)
    return Extraction(
        source=document.source,
        document=DocumentReference(
            id=document.id, page_count=document.page_count, media_type=document.media_type
        ),
        part=part,
        spec=spec.name,
        engine=engine,
        fields=fields,
        witnesses=witnesses,
    )


def _witnesses(name: str, field: FieldSpec, readings: Sequence[Reading]) -> list[Leaf]:
    return [
        leaf_of(candidate, field, reading)
        for reading in readings
        for candidate in reading.witnesses.get(name, ())
    ]


def _may_accuse(field: FieldSpec) -> bool:
    """Say whether another engine's other value of the field is worth a person's look."""
    return field.type in _ACCUSING or (field.required and field.type is FieldType.IDENTIFIER)
