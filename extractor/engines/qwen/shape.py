"""The shape of an answer: the spec's fields as objects, lists and leaves.

The prompt, the grammar and the reading of the answer all walk this one tree. Every
leaf on the wire is printed text or null.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from extractor.engines.qwen.spans import CLAUSE_NUMBER, QUOTE, SpanRule, rule_for
from extractor.field_specs.spec import ColumnSpec, FieldSpec, FieldType, Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A printed text, or null. Where there are `choices`, only these spellings (in any case)."""

    rule: SpanRule
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """An object with these members in this order, or null."""

    members: Mapping[str, "Shape"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A list of objects, empty where the page has none."""

    row: Members


Shape: TypeAlias = Leaf | Members | Rows

VALUE, CLAUSE, SENTENCE = "value", "clause", "quote"


def shape_of(spec: Spec) -> Members:
    """Return the shape of the answer for one page: one member a field, in the spec's order."""
    is_quoted = spec.reading == "clauses"
    return Members(members={name: _field(field, is_quoted=is_quoted) for name, field in spec.fields.items()})


def leaves_of(shape: Shape) -> Iterator[Leaf]:
    """Yield every leaf, in order."""
    if isinstance(shape, Leaf):
        yield shape
        return
    inner = (shape.row,) if isinstance(shape, Rows) else shape.members.values()
    for each in inner:
        yield from leaves_of(each)


def _field(field: FieldSpec, *, is_quoted: bool) -> Shape:
    """Return one field's shape. A term of a contract names its clause and quotes it."""
    if field.type is FieldType.TABLE:
        return Rows(row=_quoted(_members(field), is_quoted=is_quoted))
    if field.type in {FieldType.GROUP, FieldType.ACCOUNT}:
        return _quoted(_members(field), is_quoted=is_quoted)
    leaf = _leaf(field)
    return _quoted(Members(members={VALUE: leaf}), is_quoted=True) if is_quoted else leaf


def _members(field: FieldSpec) -> Members:
    return Members(members={name: _leaf(column) for name, column in field.columns.items()})


def _quoted(inner: Members, *, is_quoted: bool) -> Members:
    if not is_quoted:
        return inner
    return Members(members={**inner.members, CLAUSE: Leaf(rule=CLAUSE_NUMBER), SENTENCE: Leaf(rule=QUOTE)})


def _leaf(column: ColumnSpec) -> Leaf:
    choices = (spelling for spellings in column.choices.values() for spelling in spellings)
    return Leaf(rule=rule_for(column.type), choices=tuple(choices) if column.type is FieldType.CHOICE else ())
