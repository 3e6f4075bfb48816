"""What an engine hands over: candidates for each field, as printed, with evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias, runtime_checkable

from extractor.documents.document import Document
from extractor.errors import ExtractorError
from extractor.field_specs.spec import Spec
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Origin
from extractor.values.conventions import Conventions

Scalar: TypeAlias = str | Decimal | date


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A place: page (from 1) and one box a printed line, in reading order.

    `page` is None and `boxes` empty where the text stands on no page (embedded XML).
    """

    page: int | None
    boxes: tuple[Box, ...] = ()
    origin: Origin = Origin.TEXT_LAYER


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One possible value of a field: the printed text, its place, and how likely it is.

    `score` is in 0..1. `value` is set where the engine had to interpret the text in
    order to choose it; else extraction interprets the text by the field's type.
    `parts` replaces `text` for a structured field (a bank account: bank, account, bic).
    `clause` and `quote` are set on contract terms. `since` is the day from which the value
    overrides `earlier` ones, the latest of these first; None: from the start.
    """

    text: str
    evidence: Evidence
    score: float
    value: Scalar | None = None
    is_derived: bool = False  # not printed as such: EUR from "€", a type from the title
    parts: Mapping[str, "Candidate"] = field(default_factory=dict)
    clause: str | None = None
    quote: str | None = None
    since: date | None = None
    earlier: tuple["Candidate", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """One row of a table field: a candidate a column."""

    cells: Mapping[str, Candidate]
    score: float = 1.0


class ChangeKind(StrEnum):
    """What the two sides of a change are."""

    AMOUNT = "amount"
    DAYS = "days"
    RATE = "rate"  # percent
    DATE = "date"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a document puts in the place of something that another one says.

    `before` is the figure, or the words, that are replaced; `clauses` are the clauses of the other
    document that the sentence cites. `after.since` is set where the sentence has a day of its own.
    """

    kind: ChangeKind
    before: Scalar
    after: Candidate
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What an amendment says of itself and of the contract that it changes.

    `title` and `number` are its own; the number is None where it has none. `contract_numbers` and
    `contract_days` are those by which it names the contract, in the order printed.
    """

    title: str
    number: int | None = None
    contract_numbers: tuple[str, ...] = ()
    contract_days: tuple[date, ...] = ()
    changes: tuple[Change, ...] = ()
    unread: tuple[str, ...] = ()  # sentences that speak of a change which was not understood


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one engine read from one document (or one part of it).

    `candidates` are sorted best first. A field that is missing was not found.
    `witnesses` are second readings that must agree with the first (an amount in
    words, a repetition on another page, a code): same shape, never chosen.
    """

    engine: str
    candidates: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    tables: Mapping[str, tuple[CandidateRow, ...]] = field(default_factory=dict)
    witnesses: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    conventions: Conventions = field(default_factory=Conventions)
    amendment: Amendment | None = None  # set where the document is one to a contract


@dataclass(frozen=True, slots=True, kw_only=True)
class PartToRead:
    """Pages of one part of a document, and the spec to read them for."""

    document: Document
    pages: Sequence[Page]
    spec: Spec


class Engine(Protocol):
    """Anything that turns pages into candidates."""

    name: str

    def read(self, document: Document, pages: Sequence[Page], spec: Spec) -> Reading:
        """Read `pages` (all of one part of `document`) for the fields of `spec`.

        Raises:
            EngineError: the engine could not do its work.
        """
        ...


@runtime_checkable
class ReadsTogether(Protocol):
    """An engine that is quicker where pages of several documents are read in one pass."""

    @property
    def pages_together(self) -> int:
        """How many pages are read in one pass."""
        ...

    def read_together(self, parts: Sequence[PartToRead]) -> list[Reading | ExtractorError]:
        """Return what `read` returns or raises for each part, in order: none spoils another's."""
        ...
