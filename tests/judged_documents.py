"""What was read and what is wanted, by hand: for tests of evaluation."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from extractor.assessment.assessment import Assessment, Review
from extractor.engines.reading import Evidence
from extractor.evaluation.judging import judge
from extractor.evaluation.outcome import DocumentOutcome, FileOutcome
from extractor.evaluation.record import Record
from extractor.evaluation.record_truth import truth_of
from extractor.evaluation.truth import Truth
from extractor.extraction.extraction import (
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
from extractor.pages.geometry import Box

FIXTURES = Path(__file__).parents[1] / "fixtures"
INVOICE = load_spec("invoice")

Plain: TypeAlias = str | Decimal | date | Leaf
Row: TypeAlias = Mapping[str, Plain]
Value: TypeAlias = Plain | Row | Sequence[Row]


def leaf(value: str | Decimal | date | None, *, confidence: float = 0.95, text: str | None = None) -> Leaf:
    """Return a value as it comes out of reading, on page 1."""
    return Leaf(
        value=value,
        state=State.UNREADABLE if value is None else State.FOUND,
        text=str(value) if text is None else text,
        evidence=Evidence(page=1, boxes=(Box(1, 1, 2, 2),)),
        confidence=confidence,
    )


def assessment(
    fields: Mapping[str, Value],
    *,
    is_passed: bool = True,
    pages: tuple[int, ...] = (1,),
    spec: str = "invoice",
) -> Assessment:
    """Return an assessment with these values."""
    return Assessment(
        extraction=Extraction(
            source="a.pdf",
            document=DocumentReference(id="sha256:7", page_count=len(pages), media_type="application/pdf"),
            part=Part(pages=pages),
            spec=spec,
            engine="layout",
            fields={name: _field(value) for name, value in fields.items()},
            witnesses={},
        ),
        findings=(),
        review=Review(required=not is_passed, reasons=() if is_passed else ("LINES_SUM",)),
        timings_ms={},
    )


def truth(
    fields: Mapping[str, object], *, file: str = "a.pdf", group: str | None = None, **more: object
) -> Truth:
    """Return what a record of the invoice spec says; `more` are other keys of the record."""
    record = Record.model_validate({"file": file, "fields": fields, **more})
    contents = truth_of(record, INVOICE)
    return Truth(file=file, group=group, pages=record.pages, values=contents.values, tables=contents.tables)


def outcome(
    wanted: Mapping[str, object],
    read: Mapping[str, Value],
    *,
    file: str = "a.pdf",
    group: str | None = None,
    is_passed: bool = True,
    seconds: float = 1.0,
) -> FileOutcome:
    """Return a file with one document that was read."""
    about = truth(wanted, file=file, group=group)
    assessed = assessment(read, is_passed=is_passed)
    document = DocumentOutcome(
        truth=about,
        judged=judge(about, assessed),
        spec="invoice",
        is_passed=is_passed,
        reasons=assessed.review.reasons,
    )
    return FileOutcome(file=file, documents=(document,), seconds=seconds)


def _field(value: Value) -> FieldValue:
    if isinstance(value, Leaf | str | Decimal | date):
        return _leaf(value)
    if isinstance(value, Mapping):
        return _group(value)
    return Table(rows=tuple(map(_group, value)), state=State.FOUND)


def _group(members: Mapping[str, Plain]) -> Group:
    return Group(members={name: _leaf(value) for name, value in members.items()}, state=State.FOUND)


def _leaf(value: Plain) -> Leaf:
    return value if isinstance(value, Leaf) else leaf(value)
