"""The field spec: what a document type's fields are called, look like and mean.

Written as TOML (`field_specs/*.toml`), read by `load.py`. Everything that knows a
field's name, label or type derives it from here.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


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


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnSpec(_Strict):
    """One column of a table field, or one member of a group."""

    type: FieldType
    title: Mapping[str, str] = Field(default_factory=dict)  # language -> readable name
    description: str = ""
    code: str | None = None  # EN 16931 business term
    labels: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)  # language -> spellings
    choices: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)  # value -> printed spellings


class FieldSpec(ColumnSpec):
    """One field: its type, its labels by language, and what it means."""

    required: bool = False
    prompt: str = ""  # what a vision model is told, where the description is not enough
    columns: Mapping[str, ColumnSpec] = Field(default_factory=dict)

    def all_labels(self) -> tuple[str, ...]:
        """Return every spelling of every language, in the order written."""
        return tuple(label for spellings in self.labels.values() for label in spellings)


class Spec(_Strict):
    """One document type. Fields keep the order in which they are written."""

    name: str
    title: Mapping[str, str]
    description: str = ""
    extends: str | None = None
    reading: Literal["form", "clauses"] = "form"  # labels and tables, or numbered prose
    recognise: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)  # language -> tell-tale words
    fields: Mapping[str, FieldSpec]
