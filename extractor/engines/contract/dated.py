"""From when what stands at a place of a contract overrides the rest: for engines that read no sentences.

Whoever reads a term, the sentences say whether it stands in a change, and from which day that holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.engines.contract.amended import amendment_of, dates_the_contract
from extractor.engines.contract.amendments import changing_orders
from extractor.engines.contract.found import DATES, findings_in
from extractor.engines.contract.outline import Outline
from extractor.engines.contract.passages import plain
from extractor.engines.contract.rules import Span, Statement
from extractor.engines.contract.term_rules import RULES
from extractor.engines.contract.versions import Changes, changes_in, in_versions, rows_in_versions
from extractor.engines.reading import Amendment, Candidate, CandidateRow, Evidence
from extractor.pages.geometry import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPlaces:
    """The changes of a contract, with the places of its sentences by page."""

    changes: Changes
    statements: Sequence[Statement]
    words: Mapping[int, Sequence[tuple[int, Box]]]  # page -> the sentence that each word stands in
    amendment: Amendment | None = None  # where the document itself is one

    def dated(self, term: str, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Return a term's candidates, each with its first day, less those that date or name only a change."""
        return [each for candidate in candidates if (each := self._dated(term, candidate)) is not None]

    def in_versions(self, base: Sequence[Candidate], changed: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return a term with its versions; in an amendment the versions before are another document's."""
        return (*base, *changed) if self.amendment is not None else in_versions(base, changed)

    def rows(self, rows: Iterable[CandidateRow]) -> tuple[CandidateRow, ...]:
        """Return a table's rows, those that change another row's price as a version of it."""
        dated = [
            replace(row, cells={name: self._with_day(cell) for name, cell in row.cells.items()})
            for row in rows
        ]
        return rows_in_versions(dated, self.changes)

    def _dated(self, term: str, candidate: Candidate) -> Candidate | None:
        order = self._sentence_at(candidate.evidence)
        if order is None:
            return candidate
        is_own = self.amendment is None or term not in DATES or not self._is_of_contract(order, candidate)
        if self.changes.is_dropped(order, term) or not is_own:
            return None
        return self._with_day(candidate)

    def _with_day(self, candidate: Candidate) -> Candidate:
        order = self._sentence_at(candidate.evidence)
        since = None if order is None else self.changes.since(order)
        parts = {name: replace(part, since=since) for name, part in candidate.parts.items()}
        return replace(candidate, since=since, parts=parts)

    def _is_of_contract(self, order: int, candidate: Candidate) -> bool:
        statement, text = self.statements[order], plain(candidate.text)
        start = statement.text.find(text)
        return start >= 0 and dates_the_contract(statement, Span(start=start, end=start + len(text)))

    def _sentence_at(self, evidence: Evidence) -> int | None:
        """Return the sentence that most words of a place stand in, the first of equals."""
        counts: dict[int, int] = {}
        for order, word in self.words.get(evidence.page or 0, ()):
            if any(box.contains_centre(word) for box in evidence.boxes):
                counts[order] = counts.get(order, 0) + 1
        return max(counts, key=lambda order: counts[order], default=None)


def dated_places(outline: Outline) -> DatedPlaces:
    """Find the changes in a contract, and where its sentences stand."""
    statements = outline.statements
    amendment = amendment_of(outline, RULES)
    findings = findings_in(statements, RULES, is_amendment=amendment is not None)
    words: dict[int, list[tuple[int, Box]]] = {}
    for order, statement in enumerate(statements):
        sentence = statement.sentence
        first = sentence.passage.word_at(sentence.start)
        last = sentence.passage.word_at(max(sentence.start, sentence.end - 1))
        for placed in sentence.passage.words[first : last + 1]:
            words.setdefault(placed.page, []).append((order, placed.word.box))
    return DatedPlaces(
        changes=changes_in(statements, findings, changing=changing_orders(statements)),
        statements=statements,
        words=words,
        amendment=amendment,
    )
