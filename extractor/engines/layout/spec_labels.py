"""The label lexicons of a spec: field labels, party headings, table headers, titles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extractor.engines.layout.lexicon import Lexicon
from extractor.field_specs.spec import FieldSpec, FieldType, Spec

NOTHING = "-"  # the name of labels that belong to no field
PARTY = "party:"  # before seller, buyer, other: the name of a party's heading
PART = "."  # between a structured field and its member


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecLabels:
    """Everything that is looked up in a document of one spec."""

    fields: Lexicon
    titles: Lexicon  # of the document type and its kinds
    tables: Mapping[str, Lexicon]  # by table field: its column headers
    sums: Mapping[str, Lexicon]  # by table field: how rows begin that only add up others
    choices: Mapping[str, Lexicon]  # by choice field: its printed spellings

    def is_label(self, text: str) -> bool:
        """Say whether the whole text is a label of a field or of a table's column."""
        return self.fields.knows(text) or any(lexicon.knows(text) for lexicon in self.tables.values())

    def is_heading(self, text: str) -> bool:
        """Say whether the whole text is a column's heading, and no label of a field."""
        return not self.fields.knows(text) and any(lexicon.knows(text) for lexicon in self.tables.values())

    def begins_label(self, text: str) -> bool:
        """Say whether the label of a field or a column begins with the text."""
        return any(lexicon.begins(text) for lexicon in (self.fields, *self.tables.values()))


def labels_for(spec: Spec) -> SpecLabels:
    """Return the lexicons of a spec, built once: that takes far longer than to look up."""
    return _remembered(_SpecKey(spec))


def labels_of(spec: Spec) -> SpecLabels:
    """Build the lexicons of a spec."""
    tables = {name: field for name, field in spec.fields.items() if field.type is FieldType.TABLE}
    choices = {name: field.choices for name, field in spec.fields.items() if field.choices}
    return SpecLabels(
        fields=Lexicon(_field_labels(spec)),
        titles=Lexicon({"title": [*_all(spec.recognise.values()), *_kinds(spec)]}),
        tables={name: Lexicon(_column_labels(field)) for name, field in tables.items()},
        sums={name: Lexicon({"sum": _all(field.sums.values())}) for name, field in tables.items()},
        choices={name: Lexicon(spellings) for name, spellings in choices.items()},
    )


def _field_labels(spec: Spec) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = {}
    for name, field in spec.fields.items():
        labels[name] = list(field.all_labels())
        if field.type is not FieldType.TABLE:
            for member, column in field.columns.items():
                labels[f"{name}{PART}{member}"] = _all(column.labels.values())
    for party, headings in spec.parties.items():
        labels[f"{PARTY}{party}"] = _all(headings.values())
    labels[NOTHING] = _all(spec.distractors.values())
    return labels


def _kinds(spec: Spec) -> list[str]:
    return [spelling for field in spec.fields.values() for spelling in _all(field.choices.values())]


def _column_labels(field: FieldSpec) -> dict[str, list[str]]:
    labels = {name: _all(column.labels.values()) for name, column in field.columns.items()}
    return {**labels, NOTHING: _all(field.distractors.values())}


def _all(groups: Iterable[Iterable[str]]) -> list[str]:
    return [label for group in groups for label in group]


class _SpecKey:
    """A spec that caches by identity: specs are immutable and few."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def __hash__(self) -> int:
        return id(self.spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SpecKey) and other.spec is self.spec


@lru_cache(maxsize=32)
def _remembered(key: _SpecKey) -> SpecLabels:
    return labels_of(key.spec)
