"""Read results back from the JSON in which they are kept: the inverse of `encoding`.

What encoding rounds or leaves out stays so: boxes are to a tenth of a point and one a value,
engines' scores are gone, second readings too.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from extractor.assessment.assessment import Assessment, Review
from extractor.delivery.encoding import Json
from extractor.engines.reading import ChangeKind, Evidence, Scalar
from extractor.errors import ConfigurationError
from extractor.extraction.extraction import (
    Amendment,
    Change,
    DocumentReference,
    Extraction,
    FieldValue,
    Group,
    Leaf,
    Part,
    State,
    Table,
)
from extractor.field_specs.spec import STRUCTURED, ColumnSpec, FieldSpec, FieldType, Spec
from extractor.pages.geometry import Box
from extractor.pages.word import Origin
from extractor.validation.finding import Finding, FindingCode, Severity

_NUMBERS = frozenset({FieldType.AMOUNT, FieldType.QUANTITY, FieldType.NUMBER, FieldType.RATE})
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")  # an exponent could make millions of digits
_FIGURE = ColumnSpec(type=FieldType.NUMBER)
_CHANGED = {
    ChangeKind.WORDS: ColumnSpec(type=FieldType.TEXT),
    ChangeKind.DATE: ColumnSpec(type=FieldType.DATE),
}
_T = TypeVar("_T")


def decode_assessment(
    body: Mapping[str, Json], *, spec: Spec, printed: Mapping[str, Json] | None = None
) -> Assessment:
    """Return the assessment that a result was written from. `spec` is the one that it names.

    `printed` is what `encode_printed` has kept of the pages, where it is at hand.

    Raises:
        ConfigurationError: it is no result, or not one of this spec.
    """
    try:
        return _assessment(body, spec, printed or {})
    except (KeyError, TypeError, ValueError) as cause:
        raise ConfigurationError(f"this is no result of the spec {spec.name}: {cause}") from cause


def decode_scalar(text: str, column: ColumnSpec) -> Scalar:
    """Return a value from the form in which it travels: 1234.50, 2026-03-05, plain text.

    Raises:
        ValueError: it is no value of the column's type.
    """
    if column.type in _NUMBERS:
        if not _PLAIN_NUMBER.fullmatch(text):
            raise ValueError(f"{text!r} is no number: write it as 1234.50")
        return Decimal(text)
    if column.type is FieldType.DATE:
        try:
            return date.fromisoformat(text)
        except ValueError as cause:
            raise ValueError(f"{text!r} is no date: write it as 2026-03-05") from cause
    if column.type is FieldType.CHOICE and text not in column.choices:
        raise ValueError(f"{text!r} is none of {', '.join(column.choices)}")
    return text


def _assessment(body: Mapping[str, Json], spec: Spec, printed: Mapping[str, Json]) -> Assessment:
    document, part, review = (_object(body[name]) for name in ("document", "part", "review"))
    fields = _object(body["fields"])
    extraction = Extraction(
        source=_text(body["source"]),
        document=DocumentReference(
            id=_text(document["id"]),
            page_count=_of(document["pages"], int),
            media_type=_text(document["media_type"]),
        ),
        part=Part(
            index=_of(part["index"], int),
            of=_of(part["of"], int),
            pages=tuple(_of(page, int) for page in _list(part["pages"])),
        ),
        spec=_text(body["spec"]),
        engine=_text(body["engine"]),
        fields={name: _field(_object(fields[name]), field) for name, field in spec.fields.items()},
        witnesses={},
        figures=_texts(printed.get("figures")),
        cited_invoices=_texts(printed.get("cited_invoices")),
        amendment=_amendment(_object(printed["amendment"])) if "amendment" in printed else None,
    )
    return Assessment(
        extraction=extraction,
        findings=tuple(_finding(_object(each)) for each in _list(body["findings"])),
        review=Review(
            required=_of(review["required"], bool),
            reasons=tuple(_text(reason) for reason in _list(review["reasons"])),
        ),
        timings_ms={
            stage: float(_of(time, (int, float))) for stage, time in _object(body["timings_ms"]).items()
        },
    )


def _amendment(encoded: Mapping[str, Json]) -> Amendment:
    number = encoded.get("number")
    return Amendment(
        title=_text(encoded["title"]),
        number=None if number is None else _of(number, int),
        contract_numbers=_texts(encoded.get("contract_numbers")),
        contract_days=tuple(map(date.fromisoformat, _texts(encoded.get("contract_days")))),
        changes=tuple(_change(_object(each)) for each in _list(encoded["changes"])),
        unread=_texts(encoded.get("unread")),
    )


def _change(encoded: Mapping[str, Json]) -> Change:
    kind = ChangeKind(_text(encoded["kind"]))
    column = _CHANGED.get(kind, _FIGURE)
    return Change(
        kind=kind,
        before=decode_scalar(_text(encoded["before"]), column),
        after=_leaf(_object(encoded["after"]), column),
        clauses=_texts(encoded.get("clauses")),
    )


def _field(encoded: Mapping[str, Json], field: FieldSpec) -> FieldValue:
    state = State(_text(encoded["state"]))
    if field.type not in STRUCTURED:
        return _leaf(encoded, field)
    value = encoded.get("value")
    if field.type is FieldType.TABLE:
        rows = tuple(_group(_object(row), field.columns) for row in _list(value or []))
        place = _leaf({**encoded, "value": None}, field) if "text" in encoded or "quote" in encoded else None
        return Table(rows=rows, state=state, place=place)
    if value is None:
        return Group(members={}, state=state)
    return Group(members=_group(_object(value), field.columns).members, state=state)


def _group(encoded: Mapping[str, Json], columns: Mapping[str, ColumnSpec]) -> Group:
    members = {name: _leaf(_object(leaf), columns[name]) for name, leaf in encoded.items()}
    return Group(members=members, state=State.FOUND)


def _leaf(encoded: Mapping[str, Json], column: ColumnSpec) -> Leaf:
    value = encoded.get("value")
    confidence = encoded.get("confidence")
    return Leaf(
        value=None if value is None else decode_scalar(_text(value), column),
        state=State(_text(encoded.get("state", "found"))),
        text=_optional(encoded.get("text")),
        evidence=_evidence(encoded),
        confidence=None if confidence is None else float(_of(confidence, (int, float))),
        clause=_optional(encoded.get("clause")),
        quote=_optional(encoded.get("quote")),
        also=tuple(_leaf(_object(other), column) for other in _list(encoded.get("also", []))),
        since=_day(encoded.get("since")),
        earlier=tuple(_leaf(_object(other), column) for other in _list(encoded.get("earlier", []))),
    )


def _evidence(encoded: Mapping[str, Json]) -> Evidence | None:
    if "origin" not in encoded:
        return None
    box = [float(_of(edge, (int, float))) for edge in _list(encoded["box"])]
    page = encoded["page"]
    return Evidence(
        page=None if page is None else _of(page, int),
        boxes=(Box(*box),) if box else (),
        origin=Origin(_text(encoded["origin"])),
    )


def _finding(encoded: Mapping[str, Json]) -> Finding:
    consequence = _optional(encoded.get("consequence_of"))
    return Finding(
        code=FindingCode(_text(encoded["code"])),
        severity=Severity(_text(encoded["severity"])),
        field=_optional(encoded.get("field")),
        message=_text(encoded["message"]),
        consequence_of=None if consequence is None else FindingCode(consequence),
    )


def _day(value: Json) -> date | None:
    return None if value is None else date.fromisoformat(_text(value))


def _object(value: Json) -> Mapping[str, Json]:
    return _of(value, dict)


def _list(value: Json) -> Sequence[Json]:
    return _of(value, list)


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(_text(each) for each in _list(value or []))


def _text(value: Json) -> str:
    return _of(value, str)


def _optional(value: Json) -> str | None:
    return None if value is None else _of(value, str)


def _of(value: object, kind: type[_T] | tuple[type[_T], ...]) -> _T:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is not what stands there in a result")
    return value
