"""Merge what one or several engines read into one extraction, every field of the spec present."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.documents.document import Document
from extractor.engines.reading import Amendment as ReadAmendment
from extractor.engines.reading import Reading
from extractor.extraction.coded import beside_codes, due_as_gross, part_by_code
from extractor.extraction.extraction import (
    Amendment,
    Change,
    DocumentReference,
    Extraction,
    FieldValue,
    Leaf,
    Part,
)
from extractor.extraction.options import Choice, choose, leaf_of, options_of
from extractor.extraction.structures import read_group, read_table
from extractor.field_specs.spec import ColumnSpec, FieldSpec, FieldType, Spec

_ACCUSING = frozenset({FieldType.AMOUNT, FieldType.DATE})  # of the rest, wordings differ too easily
_CHANGED = ColumnSpec(type=FieldType.TEXT)  # its value is interpreted already
_NEVER_CONTRADICTORY = frozenset({FieldType.NAME, FieldType.ADDRESS, FieldType.TEXT})


def combine(
    readings: Sequence[Reading], *, document: Document, part: Part, spec: Spec, engine: str
) -> Extraction:
    """Return what the document says, typed, each value with its place.

    Readings come in the order of trust. Exact values (embedded XML) hold before read
    ones and keep the place where the page shows the same value; what the page shows
    instead becomes a witness against them. What codes say is weighed by the rule of `coded`.
    """
    fields: dict[str, FieldValue] = {}
    witnesses: dict[str, tuple[Leaf, ...]] = {}
    for name, field in spec.fields.items():
        if field.type is FieldType.TABLE:
            fields[name] = read_table(name, field, readings)
            continue
        if field.type in (FieldType.ACCOUNT, FieldType.GROUP):
            fields[name], others = read_group(name, field, readings)
        else:
            choice = _choice(name, field, readings, spec)
            fields[name] = choice.leaf
            others = (*_witnesses(name, field, readings), *choice.disputed, *choice.agreeing)
        if others:
            witnesses[name] = others
    fields.update(due_as_gross(fields))
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
        amendment=next(
            (_amendment(reading, reading.amendment) for reading in readings if reading.amendment is not None),
            None,
        ),
    )


def _amendment(reading: Reading, said: ReadAmendment) -> Amendment:
    return Amendment(
        title=said.title,
        number=said.number,
        contract_numbers=said.contract_numbers,
        contract_days=said.contract_days,
        changes=tuple(
            Change(
                kind=change.kind,
                before=change.before,
                after=leaf_of(change.after, _CHANGED, reading),
                clauses=change.clauses,
            )
            for change in said.changes
        ),
        unread=said.unread,
    )


def _choice(name: str, field: FieldSpec, readings: Sequence[Reading], spec: Spec) -> Choice:
    clauses = spec.reading == "clauses" and field.type not in _NEVER_CONTRADICTORY
    read, by_code = part_by_code(options_of(name, field, readings))
    choice = choose(read, clauses=clauses)
    if not _may_accuse(field):
        choice = replace(choice, disputed=())
    return beside_codes(choice, read, by_code, field)


def _witnesses(name: str, field: FieldSpec, readings: Sequence[Reading]) -> list[Leaf]:
    return [
        leaf_of(candidate, field, reading)
        for reading in readings
        for candidate in reading.witnesses.get(name, ())
    ]


def _may_accuse(field: FieldSpec) -> bool:
    """Say whether another engine's other value of the field is worth a person's look."""
    return field.type in _ACCUSING or (field.required and field.type is FieldType.IDENTIFIER)
