"""The field spec: what a document type's fields are called, look like and mean.

Written as TOML (`field_specs/*.toml`), read by `load.py`. Everything that knows a
field's name, label or type derives it from here.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from extractor.field_specs.alternatives import spelled_out

Name: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Language: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]  # ISO 639-1
Spelling: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Spellings: TypeAlias = Annotated[tuple[Spelling, ...], AfterValidator(spelled_out)]
Labels: TypeAlias = Mapping[Language, Spellings]
Titles: TypeAlias = Mapping[Language, Spelling]  # readable names
Party: TypeAlias = Literal[
    "seller", "buyer", "payee", "consignee", "other"
]  # consignee: buys where no buyer is named


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
        return self


class Spec(_Strict):
    """One document type. Fields keep the order in which they are written."""

    name: Name
    title: Titles
    description: str = ""
    extends: str | None = None
    reading: Literal["form", "clauses"] = "form"  # labels and tables, or numbered prose
    recognise: Labels = Field(default_factory=dict)  # titles such a document carries
    parties: Mapping[Party, Labels] = Field(default_factory=dict)  # headings of each party's block
    distractors: Labels = Field(default_factory=dict)  # labels of values that are none of the fields
    fields: Mapping[Name, FieldSpec] = Field(min_length=1)
