"""A document's clauses, for whoever needs them without its terms."""

from collections.abc import Sequence

from extractor.engines.contract.clauses import Clause, segment
from extractor.engines.contract.columns import with_tables
from extractor.engines.contract.margins import text_of
from extractor.pages.page import Page


def clauses_of(pages: Sequence[Page]) -> tuple[Clause, ...]:
    """Return the numbered clauses of the pages in order; what stands before the first is the preamble."""
    text = text_of(pages)
    return segment(with_tables(text.lines), right_edges=text.right_edges, pitches=text.pitches)
