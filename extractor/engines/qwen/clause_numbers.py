"""Complete the clause numbers that a model copies: "(3)" on the page is § 4 Abs. 3 of the contract."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.engines.contract.citations import clause_path, is_within
from extractor.engines.contract.clauses import PREAMBLE, SIGNATURES, Clause
from extractor.engines.contract.passages import Passage
from extractor.engines.qwen.placement import Place
from extractor.pages.word import Word

_UNNUMBERED = frozenset({PREAMBLE, SIGNATURES})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseNumbers:
    """Which clause each word of a document belongs to."""

    by_word: Mapping[tuple[int, Word], str] = field(default_factory=dict)

    def at(self, place: Place) -> str | None:
        """Return the number of the clause that most words of the place belong to."""
        held = Counter(
            self.by_word[each] for each in zip(place.pages, place.words, strict=True) if each in self.by_word
        )
        return max(held, key=lambda number: held[number], default=None)

    def completed(self, printed: str | None, place: Place) -> tuple[str | None, bool]:
        """Return the number of the clause at a place, and whether what the model copied agrees with it.

        A part of the full number agrees, and so does no number; of two that differ the copied
        one is returned.
        """
        number = self.at(place)
        if number is None or printed is None:
            return number or printed, True
        if number in _UNNUMBERED or is_within(clause_path(printed), clause_path(number)):
            return number if number not in _UNNUMBERED else printed, True
        return printed, False


def clause_numbers(clauses: Sequence[Clause]) -> ClauseNumbers:
    """Return which clause each word belongs to."""
    return ClauseNumbers(
        by_word={
            (placed.page, placed.word): number
            for clause in clauses
            for number, passage in _passages(clause)
            for placed in passage.words
        }
    )


def _passages(clause: Clause) -> Iterator[tuple[str, Passage]]:
    """Yield paragraphs with the clause's number, rows of tables with that and their own: "Annex A, 4"."""
    for passage in clause.passages:
        yield clause.number, passage
    for table in clause.tables:
        for row in table.rows:
            yield f"{clause.number}, {row.place}", row.passage
