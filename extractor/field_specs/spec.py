"""The field spec: what a document type's fields are called, look like and mean.

Written as TOML (`field_specs/*.toml`), read by `load.py`. Everything that knows a
field's name, label or type derives it from here.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from extractor.field_specs.alternatives import spelled_out
from extractor.field_specs.names import Language, Name, Spelling
from extractor.field_specs.rules import Rules

Spellings: TypeAlias = Annotated[tuple[Spelling, ...], AfterValidator(spelled_out)]
Labels: TypeAlias = Mapping[Language, Spellings]
Titles: TypeAlias = Mapping[Language, Spelling]  # readable names
Party: TypeAlias = Literal[
    "seller", "buyer", "payee", "consignee", "other"
]  # consignee: buys where no buyer is named


class Source(StrEnum):
    """What a question is asked about: where the words of an answer may be taken from."""

    FILES = "files"  # the pages and pictures
    QUESTION = "question"  # what the asker says
    POLICY = "policy"


class FieldType(StrEnum):
    """How a field's printed text is interpreted."""

    TEXT = "text"  # one line or a few, as printed
    NAME = "name"  # of a person or organisation
    ADDRESS = "address"
    IDENTIFIER = "identifier"  # letters, digits, - / . _
    TAX_ID = "tax_id"
    DATE = "date"
    AMOUNT = "amount"  # money
    QUANTITY = "quantity"
    NUMBER = "number"  # a bare count: days
    RATE = "rate"  # percent; the value is 19 for "19 %"
    CURRENCY = "currency"  # ISO 4217
    CHOICE = "choice"  # one of `choices`
    ACCOUNT = "account"  # structured: bank, account, bic
    GROUP = "group"  # structured: one object of `columns`
    TABLE = "table"  # a list of objects of `columns`


STRUCTURED = frozenset({FieldType.ACCOUNT, FieldType.GROUP, FieldType.TABLE})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnSpec(_Strict):
    """One column of a table field, or one member of a group."""

    type: FieldType
    title: Titles = Field(default_factory=dict)
    description: str = ""
    code: str | None = None  # EN 16931 business term
    labels: Labels = Field(default_factory=dict)
    choices: Mapping[Name, Spellings] = Field(default_factory=dict)  # value -> printed spellings

    @model_validator(mode="after")
    def _choices_belong_to_a_choice(self) -> Self:
        if bool(self.choices) != (self.type is FieldType.CHOICE):
            raise ValueError(
                f"a field of type {self.type} has no choices" if self.choices else "a choice needs `choices`"
            )
        return self

    def all_labels(self) -> tuple[str, ...]:
        """Return every spelling of every language, in the order written."""
        return tuple(label for spellings in self.labels.values() for label in spellings)


class FieldSpec(ColumnSpec):
    """One field: its type, its labels by language, and what it means."""

    required: bool = False
    prompt: str = ""  # what a vision model is told, where the description is not enough
    decided: bool = False  # of a question: answered by judgement and not copied; a choice, or free text
    max_length: int = Field(default=300, ge=1, le=2000)  # characters of such a free text
    sources: tuple[Source, ...] = Field(default=tuple(Source), min_length=1)  # of what is copied
    columns: Mapping[Name, ColumnSpec] = Field(default_factory=dict)
    sums: Labels = Field(default_factory=dict)  # of a table: how rows begin that only add up others
    distractors: Labels = Field(
        default_factory=dict
    )  # of a table: headings of columns that are none of these

    @model_validator(mode="after")
    def _columns_belong_to_a_structure(self) -> Self:
        if bool(self.columns) != (self.type in STRUCTURED):
            raise ValueError(
                f"a field of type {self.type} has no columns"
                if self.columns
                else f"a {self.type} needs `columns`"
            )
        for name, column in self.columns.items():
            if column.type in STRUCTURED:
                raise ValueError(f"columns.{name}: a column cannot be structured itself")
        if self.decided and self.type not in {FieldType.CHOICE, FieldType.TEXT}:
            raise ValueError(f"only a choice or a text can be decided, a {self.type} is copied")
        return self


class Spec(_Strict):
    """One document type. Fields keep the order in which they are written."""

    name: Name
    title: Titles
    description: str = ""
    extends: str | None = None
    reading: Literal["form", "clauses", "question"] = (
        "form"  # labels and tables, numbered prose, or a question about what is shown
    )
    recognise: Labels = Field(default_factory=dict)  # titles such a document carries
    parties: Mapping[Party, Labels] = Field(default_factory=dict)  # headings of each party's block
    distractors: Labels = Field(default_factory=dict)  # labels of values that are none of the fields
    fields: Mapping[Name, FieldSpec] = Field(min_length=1)
    rules: Rules = Field(default_factory=Rules)  # of a question: what its answer is held to

    def only(self, names: Collection[str]) -> "Spec":
        """Return the spec with these of its fields alone, in its own order: a shorter prompt and grammar.

        Its rules are left out, for they may name other fields. At least one name must be a field's.
        """
        kept = {name: field for name, field in self.fields.items() if name in names}
        if not kept:
            raise ValueError(f"{self.name} has no field of: {', '.join(names)}")
        return self.model_copy(update={"fields": kept, "rules": Rules()})

    @model_validator(mode="after")
    def _rules_fit_the_fields(self) -> Self:
        for place, name in self.rules.named_fields():
            if name not in self.fields:
                raise ValueError(f"{place}: there is no field {name!r}")
        for name in self.rules.cites:
            if self.fields[name].decided:
                raise ValueError(f"rules.cites: {name!r} is decided; a citation is copied from the policy")
        for place, condition in self.rules.conditions():
            known = self.fields[condition.when].choices
            unknown = [value for value in condition.values if value not in known]
            if unknown:
                raise ValueError(f"{place}.values: {condition.when!r} has no choice {unknown[0]!r}")
        return self

    @model_validator(mode="after")
    def _only_questions_are_decided(self) -> Self:
        if self.reading == "question":
            structured = [name for name, field in self.fields.items() if field.type in STRUCTURED]
            if structured:
                raise ValueError(f"fields.{structured[0]}: the answer to a question has no structured fields")
        elif self.rules != Rules():
            raise ValueError('rules: only a spec with reading = "question" has them')
        else:
            decided = [name for name, field in self.fields.items() if field.decided]
            if decided:
                raise ValueError(f'fields.{decided[0]}.decided: only with reading = "question"')
        return self
