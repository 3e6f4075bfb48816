"""A column of a table: its heading, and what that may name."""

from dataclasses import dataclass

from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.spec_labels import NOTHING
from extractor.pages.geometry import Box
from extractor.pages.word import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: the names that its header allows (none: an unknown column)."""

    names: tuple[str, ...]
    words: tuple[Word, ...]  # of the header text
    box: Box


def names_of(hit: Hit) -> tuple[str, ...]:
    """Return the columns that a heading may mean, without that of no field."""
    return tuple(name for name in hit.names if name != NOTHING)
