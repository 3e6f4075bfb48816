"""The extraction: what a document says, typed, each value with its place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from extractor.engines.reading import ChangeKind, Evidence, Scalar
from extractor.pages.word import Origin


class State(StrEnum):
    """Whether a field's value stands on the page."""

    FOUND = "found"
    DERIVED = "derived"  # by a stated rule from text on the page
    ABSENT = "absent"
    UNREADABLE = "unreadable"  # something is printed, but it is no value of the type
    CONTRADICTORY = "contradictory"  # two clauses disagree (contracts only)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One value. `text` is as printed, `value` is what it means.

    Amounts, quantities and rates are `Decimal`, dates `date`, all else `str`.
    `margin` is the engine's score less that of the best other value, 0..1. `repeats` counts
    the other places, or engines, with a reading of the same value.
    `confidence` (0..1) is None until assessment has set it.
    `also` holds the other reading where the state is contradictory. `since` is the day from which
    the value overrides the `earlier` ones, the latest of these first; None: from the start.
    `source` is the document that it stands in, where that is another than the extraction's own.
    """

    value: Scalar | None
    state: State
    text: str | None = None
    evidence: Evidence | None = None
    engine: str | None = None
    score: float = 0.0
    margin: float = 0.0
    repeats: int = 0
    confidence: float | None = None
    clause: str | None = None
    quote: str | None = None
    also: tuple["Leaf", ...] = ()
    since: date | None = None
    earlier: tuple["Leaf", ...] = ()
    source: str | None = None

    @property
    def is_stored(self) -> bool:
        """Say whether the value was stored as data (XML, a code), so that nothing had to be read.

        What a code says of something that is only mostly the field is not stored as that.
        """
        origin = None if self.evidence is None else self.evidence.origin
        if origin is Origin.CODE or self.engine == _CODES:
            return self.score >= _SAID_OF_THE_FIELD
        return origin is Origin.XML or self.engine == _EINVOICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A structured value: one leaf a member. Members that are not printed are left out."""

    members: Mapping[str, Leaf]
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A list of rows in the order printed, each a group of cells.

    `place` is set where a document says in words that there are no rows.
    """

    rows: tuple[Group, ...]
    state: State
    place: Leaf | None = None


FieldValue: TypeAlias = Leaf | Group | Table

_EINVOICE, _CODES = "einvoice", "codes"  # engines, also where the page shows the same, and gives the place
_SAID_OF_THE_FIELD = 0.90  # of 1
ABSENT = Leaf(value=None, state=State.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReference:
    """Which document an extraction came from."""

    id: str
    page_count: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which invoice of several in one file: `index` of `of`, from 1, and its pages."""

    index: int = 1
    of: int = 1
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an amendment puts in the place of a figure, or of words, of the contract.

    `clauses` are those of the contract that the sentence cites.
    """

    kind: ChangeKind
    before: Scalar
    after: Leaf
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What an amendment says of itself, and of the contract that it changes; see `reading.Amendment`."""

    title: str
    number: int | None = None
    contract_numbers: tuple[str, ...] = ()
    contract_days: tuple[date, ...] = ()
    changes: tuple[Change, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amending:
    """An amendment whose terms were laid on a contract's; `since` is None where it does not say from when."""

    source: str
    document: DocumentReference
    title: str
    since: date | None
    unplaced: tuple[Change, ...] = ()  # that change nothing which the contract has


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """One document (or one part of it) read by one spec. Every field of the spec is there."""

    source: str
    document: DocumentReference
    part: Part
    spec: str
    engine: str
    fields: Mapping[str, FieldValue]
    witnesses: Mapping[str, tuple[Leaf, ...]]  # second readings, for validation
    hidden_text_pages: tuple[int, ...] = ()
    unreadable_pages: Mapping[int, str] = field(default_factory=dict)  # what to do about each
    figures: tuple[str, ...] = ()  # all that are printed: by them the paper is known again
    cited_invoices: tuple[str, ...] = ()  # numbers printed as those of invoices, mostly its own among them
    amendment: Amendment | None = None  # where the document is one
    amended_by: tuple[Amending, ...] = ()  # in the order in which they were laid on

    def leaf(self, name: str) -> Leaf:
        """Return a plain field; ABSENT where the spec has no such plain field."""
        value = self.fields.get(name)
        return value if isinstance(value, Leaf) else ABSENT

    def group(self, name: str) -> Mapping[str, Leaf]:
        """Return a structured field's members; empty where it is absent."""
        value = self.fields.get(name)
        return value.members if isinstance(value, Group) else {}

    def rows(self, name: str) -> tuple[Group, ...]:
        """Return a table's rows; empty where it is absent."""
        value = self.fields.get(name)
        return value.rows if isinstance(value, Table) else ()
