"""A document's clauses and sentences, which every engine that reads contracts starts from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.engines.contract.clauses import PREAMBLE, Clause, segment
from extractor.engines.contract.columns import with_tables
from extractor.engines.contract.margins import PageText, text_of
from extractor.engines.contract.passages import casefolded, passage_of
from extractor.engines.contract.rules import Statement
from extractor.pages.page import Page
from extractor.values.conventions import Conventions, infer_conventions

_HEAD = 10  # lines, among which a document says what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Clauses and sentences in order; sentences in margins come last, each once.

    `head` are the first lines.
    """

    head: tuple[str, ...]
    clauses: tuple[Clause, ...]
    statements: tuple[Statement, ...]
    conventions: Conventions


def outline_of(pages: Sequence[Page]) -> Outline:
    """Return the numbered clauses of the pages, and their sentences."""
    text = text_of(pages)
    clauses = _clauses(text)
    conventions = infer_conventions(line.text for line in text.lines)
    statements = (
        *(statement for clause in clauses for statement in _statements_of(clause, conventions)),
        *_in_margins(text, conventions),
    )
    head = tuple(line.text for line in text.lines[:_HEAD])
    return Outline(head=head, clauses=clauses, statements=statements, conventions=conventions)


def clauses_of(pages: Sequence[Page]) -> tuple[Clause, ...]:
    """Return the numbered clauses of the pages in order; what stands before the first is the preamble."""
    return _clauses(text_of(pages))


def _clauses(text: PageText) -> tuple[Clause, ...]:
    return segment(with_tables(text.lines), right_edges=text.right_edges, pitches=text.pitches)


def _in_margins(text: PageText, conventions: Conventions) -> Iterator[Statement]:
    seen: set[str] = set()
    for line in text.margins:
        passage = passage_of([line])
        if passage.text not in seen and any(character.isdigit() for character in passage.text):
            seen.add(passage.text)
            margin = Clause(number=PREAMBLE, heading=None, parent=None, headings=(), passages=(passage,))
            yield from _statements_of(margin, conventions)


def _statements_of(clause: Clause, conventions: Conventions) -> Iterator[Statement]:
    headings = casefolded(" / ".join(clause.headings))
    before = ""
    for sentence in clause.sentences():
        text = sentence.text
        low = casefolded(text)
        yield Statement(
            text=text,
            low=low,
            sentence=sentence,
            clause=clause,
            headings=headings,
            before=before,
            conventions=conventions,
        )
        before = low
