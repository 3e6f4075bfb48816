"""The signature of every rule: one sentence and its setting in, terms found out."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from extractor.engines.contract.clauses import Clause
from extractor.engines.contract.passages import Sentence
from extractor.engines.reading import Scalar
from extractor.values.conventions import Conventions

SURE = 0.95  # the term is named and valued in so many words
LIKELY = 0.85
POSSIBLE = 0.65
WEAK = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the sentence and what it means; `value` None: as printed."""

    start: int
    end: int
    value: Scalar | None = None
    is_derived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A term in a sentence. `parts` are the members of a structured term or of a table's row."""

    term: str
    span: Span
    score: float
    parts: Mapping[str, Span] = field(default_factory=dict)
    is_row: bool = False  # of a table term; a row without parts says that the table has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence with what surrounds it. `text` is plain, `low` casefolded to the same length."""

    text: str
    low: str
    sentence: Sentence
    clause: Clause
    headings: str  # of the clause and its parents, casefolded
    before: str  # the sentence before it in the same clause, casefolded
    conventions: Conventions

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Say whether the casefolded sentence holds the pattern."""
        return bool(pattern.search(self.low))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A term with the sentence that it was found in; `order` counts the sentences."""

    statement: Statement
    found: Found
    order: int


Rule: TypeAlias = Callable[[Statement], Iterator[Found]]


def find_all(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Return the spans of all matches."""
    return [match.span() for match in pattern.finditer(text)]


def nearest_before(spans: list[tuple[int, int]], place: int) -> int | None:
    """Return how far before `place` the last of the spans ends; None if none does."""
    distances = [place - end for _, end in spans if end <= place]
    return min(distances, default=None)
