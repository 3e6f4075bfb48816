"""Derive from a spec what others need of it: result model, JSON Schemas, a readable table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import GenericAlias
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from extractor.field_specs.spec import STRUCTURED, ColumnSpec, FieldSpec, FieldType, Source, Spec

Schema: TypeAlias = dict[str, object]
StateName: TypeAlias = Literal["found", "derived", "absent", "unreadable", "contradictory"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_Number = Annotated[Decimal, WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"})]
_PRINTED: Schema = {"type": ["string", "null"]}


class _Located(BaseModel):
    """A place on a page."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    page: int | None = Field(default=None, description="From 1; null where the value stands on no page.")
    box: tuple[float, ...] = Field(
        default=(),
        max_length=4,
        description="Left, top, right, bottom in PDF points on the upright page, origin top left.",
    )
    origin: Literal["text_layer", "ocr", "xml", "model", "code"] | None = None


class _Placed(_Located):
    """What every value carries beside itself."""

    state: StateName = Field(default="found", description="Whether the value stands on the page.")
    text: str | None = Field(default=None, description="As printed.")
    confidence: float | None = Field(default=None, ge=0, le=1)
    clause: str | None = Field(default=None, description="Contracts: the clause that says so.")
    quote: str | None = Field(default=None, description="Contracts: the words of the clause.")
    also: tuple[Mapping[str, object], ...] = Field(
        default=(), description="What other clauses say instead, where the state is contradictory."
    )
    since: date | None = Field(default=None, description="Contracts: the day from which an amendment holds.")
    earlier: tuple[Mapping[str, object], ...] = Field(
        default=(), description="Contracts: what held before, the latest first."
    )


class _Given(_Located):
    """A text that a copied one stands in."""

    source: Source
    name: str = Field(description="The file, or the question.")


class _Cited(_Located):
    """A clause of the policy."""

    number: str
    quote: str


class _Said(BaseModel):
    """What every field of an answer carries beside its value."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str | None = Field(default=None, description="As the model wrote it.")
    probability: float | None = Field(default=None, ge=0, le=1)
    places: tuple[_Given, ...] = Field(default=(), description="Where a copied text stands.")
    clause: _Cited | None = Field(default=None, description="What a citation names.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecRow:
    """One line of the table of a spec's fields. Columns are named `line_items[].quantity`."""

    name: str
    title: str
    type: str
    required: bool
    code: str
    languages: tuple[str, ...]
    label_count: int
    description: str


def record_model(spec: Spec) -> type[BaseModel]:
    """Return a model of the result's `fields`: typed values, each with its place.

    Amounts, quantities and rates are `Decimal` and travel as strings.
    """
    members = {
        name: (
            _field_model(f"{_camel(spec.name)}{_camel(name)}", field),
            Field(description=field.description),
        )
        for name, field in spec.fields.items()
    }
    return create_model(  # type: ignore[call-overload,no-any-return]  # its overloads know no mapping
        f"{_camel(spec.name)}Fields",
        __config__=ConfigDict(extra="ignore", frozen=True),
        __doc__=spec.description or None,
        **members,
    )


def json_schema(spec: Spec) -> Schema:
    """Return the JSON Schema (2020-12) of the result's `fields`."""
    return _schema_of(record_model(spec), spec)


def answer_model(spec: Spec) -> type[BaseModel]:
    """Return a model of `answer` and `proposal`, of a spec that asks a question."""
    members = {
        name: (
            create_model(f"{_camel(name)}Said", __base__=_Said, value=(_value_type(field) | None, None)),  # type: ignore[operator]  # as in `_placed_model`
            Field(description=field.description),
        )
        for name, field in spec.fields.items()
    }
    return create_model(f"{_camel(spec.name)}Answer", __doc__=spec.description or None, **members)  # type: ignore[call-overload,no-any-return]  # as above


def answer_schema(spec: Spec) -> Schema:
    """Return the JSON Schema (2020-12) of `answer` and `proposal`."""
    return _schema_of(answer_model(spec), spec)


def wire_schema(spec: Spec) -> Schema:
    """Return the schema of what a vision model writes: printed texts or null, nothing else.

    Objects are closed and every key is required, so that a grammar made of it ends.
    """
    return _closed({name: _wire_field(field) for name, field in spec.fields.items()})


def spec_rows(spec: Spec, *, language: str = "en") -> list[SpecRow]:
    """Return the table of a spec, a row for each field and one for each column."""
    rows = []
    for name, field in spec.fields.items():
        rows.append(_row(name, field, required=field.required, language=language))
        for column_name, column in field.columns.items():
            path = f"{name}[].{column_name}" if field.type is FieldType.TABLE else f"{name}.{column_name}"
            rows.append(_row(path, column, required=False, language=language))
    return rows


def _schema_of(model: type[BaseModel], spec: Spec) -> Schema:
    schema = model.model_json_schema(mode="serialization")
    return {"$schema": _DIALECT} | schema | {"title": spec.title.get("en", spec.name)}


def _row(name: str, column: ColumnSpec, *, required: bool, language: str) -> SpecRow:
    return SpecRow(
        name=name,
        title=column.title.get(language) or column.title.get("en", name),
        type=str(column.type),
        required=required,
        code=column.code or "",
        languages=tuple(column.labels),
        label_count=len(column.all_labels()),
        description=column.description,
    )


def _field_model(name: str, field: FieldSpec) -> type[BaseModel]:
    if field.type not in STRUCTURED:
        return _leaf_model(name, field)
    members = {
        column_name: (
            _leaf_model(f"{name}{_camel(column_name)}", column) | None,
            Field(default=None, description=column.description),
        )
        for column_name, column in field.columns.items()
    }
    group = create_model(name, __config__=ConfigDict(extra="ignore", frozen=True), **members)  # type: ignore[call-overload]  # as above
    value = GenericAlias(tuple, (group, ...)) if field.type is FieldType.TABLE else group
    return _placed_model(f"{name}Value", value)


def _leaf_model(name: str, column: ColumnSpec) -> type[BaseModel]:
    return _placed_model(name, _value_type(column))


def _placed_model(name: str, value: object) -> type[BaseModel]:
    return create_model(name, __base__=_Placed, value=(value | None, None))  # type: ignore[operator]  # a type, known at run time only


def _value_type(column: ColumnSpec) -> object:
    match column.type:
        case FieldType.AMOUNT | FieldType.QUANTITY | FieldType.NUMBER | FieldType.RATE:
            return _Number
        case FieldType.DATE:
            return date
        case FieldType.CURRENCY:
            return Annotated[str, Field(pattern="^[A-Z]{3}$")]
        case FieldType.CHOICE:
            return Literal[tuple(column.choices)]
        case _:
            return str


def _wire_field(field: FieldSpec) -> Schema:
    if field.type not in STRUCTURED:
        return _wire_leaf(field)
    row = _closed({name: _wire_leaf(column) for name, column in field.columns.items()})
    if field.type is FieldType.TABLE:
        return {"type": "array", "items": row}
    return {"anyOf": [row, {"type": "null"}]}


def _wire_leaf(column: ColumnSpec) -> Schema:
    return _PRINTED | {"description": column.description} if column.description else dict(_PRINTED)


def _closed(properties: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
