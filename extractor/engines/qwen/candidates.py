"""Turn the answer about one window into candidates: each text with its place and its score."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.engines.qwen.answer import Answer, PrintedText
from extractor.engines.qwen.clause_numbers import ClauseNumbers
from extractor.engines.qwen.completion import Completion
from extractor.engines.qwen.page_text import PageText
from extractor.engines.qwen.placement import (
    Place,
    Spot,
    agreement_of,
    evidence_of,
    label_spots,
    nearest_to_label,
    nearest_to_row,
    places_of,
)
from extractor.engines.qwen.probability import Probabilities
from extractor.engines.qwen.shape import CLAUSE, SENTENCE, VALUE, Leaf, Members, Rows, Shape
from extractor.engines.qwen.spans import QUOTE
from extractor.engines.reading import Candidate, CandidateRow
from extractor.field_specs.spec import ColumnSpec, FieldSpec, Spec
from extractor.values.text import squeeze

_MISQUOTED = 0.5  # times the score of a text that its quote does not hold
_MISCITED = 0.5  # times the score of a text with the number of a clause that it does not stand in


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCandidates:
    """What one window says: at most one candidate a field, and the rows of its tables."""

    candidates: Mapping[str, Candidate] = field(default_factory=dict)
    tables: Mapping[str, tuple[CandidateRow, ...]] = field(default_factory=dict)


def candidates_of(
    answer: Mapping[str, Answer],
    completion: Completion,
    *,
    shape: Members,
    spec: Spec,
    text: PageText,
    clauses: ClauseNumbers | None = None,
) -> PageCandidates:
    """Place every text of the answer on the page, or on the foot of the page before.

    `clauses` completes the numbers of clauses that are printed in part.
    """
    page = _Page(completion=completion, text=text, clauses=clauses or ClauseNumbers())
    candidates: dict[str, Candidate] = {}
    tables: dict[str, tuple[CandidateRow, ...]] = {}
    for name, field_spec in spec.fields.items():
        member, found = shape.members[name], answer[name]
        if isinstance(member, Rows) and isinstance(found, tuple):
            tables[name] = tuple(page.rows(found, member.row, field_spec))
        else:
            candidate = page.candidate(found, member, field_spec)
            if candidate is not None:
                candidates[name] = candidate
    return PageCandidates(candidates=candidates, tables={name: rows for name, rows in tables.items() if rows})


class _Page:
    def __init__(self, *, completion: Completion, text: PageText, clauses: ClauseNumbers) -> None:
        self._probabilities = Probabilities(completion)
        self._text = text
        self._clauses = clauses

    def candidate(self, found: Answer, shape: Shape, spec: FieldSpec) -> Candidate | None:
        """Return a plain field, a term of a contract, or a structured field; None for null."""
        if isinstance(shape, Leaf):
            return self._plain(found, shape, spec) if isinstance(found, PrintedText) else None
        if not isinstance(shape, Members) or not isinstance(found, Mapping):
            return None
        parts = self._parts(found, shape, spec)
        is_term = not spec.columns  # then VALUE is the only part
        return parts.get(VALUE) if is_term else _joined(parts)

    def rows(self, found: tuple[Answer, ...], shape: Members, spec: FieldSpec) -> Iterator[CandidateRow]:
        """Yield a table's rows, the cells of each taken from one printed row of the page."""
        taken: set[int] = set()
        for each in found:
            if isinstance(each, Mapping):
                cells = self._cells(each, shape, spec, taken)
                if cells:
                    yield CandidateRow(cells=cells, score=min(cell.score for cell in cells.values()))

    def _cells(
        self, found: Mapping[str, Answer], shape: Members, spec: FieldSpec, taken: set[int]
    ) -> dict[str, Candidate]:
        places = {name: self._places(each, shape.members[name]) for name, each in found.items()}
        anchor = self._anchor([places[name] for name in spec.columns], taken)
        cells: dict[str, Candidate] = {}
        for name in spec.columns:
            each = found[name]
            if isinstance(each, PrintedText):
                place = nearest_to_row(places[name], anchor)
                cells[name] = self._cited(self._placed(each, place), place, found)
        return cells

    def _parts(self, found: Mapping[str, Answer], shape: Members, spec: FieldSpec) -> dict[str, Candidate]:
        parts: dict[str, Candidate] = {}
        for name, member in shape.members.items():
            each = found[name]
            if isinstance(each, PrintedText) and isinstance(member, Leaf) and not _is_citation(name, spec):
                place = self._place(each, member, spec.columns.get(name, spec))
                parts[name] = self._cited(self._placed(each, place), place, found)
        return parts

    def _plain(self, found: PrintedText, shape: Leaf, spec: ColumnSpec) -> Candidate:
        return self._placed(found, self._place(found, shape, spec))

    def _place(self, found: PrintedText, shape: Leaf, spec: ColumnSpec) -> Place | None:
        places = self._places(found, shape)
        near = label_spots(spec.all_labels(), self._text) if len(places) > 1 else ()
        return nearest_to_label(places, near)

    def _cited(self, candidate: Candidate, place: Place | None, found: Mapping[str, Answer]) -> Candidate:
        """Add clause number and quote where the answer has them.

        A quote that holds the text is its evidence; one that goes over to another page is cut to
        the page that the text stands on. A quote that does not hold it is no citation of it: it
        is left out, and the candidate counts as less sure. So it does with the number of another clause.
        """
        clause, quote = found.get(CLAUSE), found.get(SENTENCE)
        if isinstance(quote, PrintedText):
            if squeeze(candidate.text) in squeeze(quote.text):
                places = places_of(quote.text, self._text, may_wrap=QUOTE.may_wrap)
                candidate = replace(candidate, quote=quote.text)
                if places:
                    whole = _around(place, places)
                    place = _side_with(candidate.text, place, whole)
                    words = quote.text if place == whole else " ".join(word.text for word in place.words)
                    evidence = evidence_of(place, page=self._text.page.number)
                    candidate = replace(candidate, quote=words, evidence=evidence)
            else:
                candidate = replace(candidate, score=candidate.score * _MISQUOTED)
        printed = clause.text if isinstance(clause, PrintedText) else None
        if place is None:
            return replace(candidate, clause=printed)
        number, agrees = self._clauses.completed(printed, place)
        score = candidate.score if agrees else candidate.score * _MISCITED
        return replace(candidate, clause=number, score=score)

    def _places(self, found: Answer, shape: Shape) -> list[Place]:
        if not isinstance(found, PrintedText) or not isinstance(shape, Leaf):
            return []
        return places_of(found.text, self._text, may_wrap=shape.rule.may_wrap)

    def _anchor(self, places: Sequence[Sequence[Place]], taken: set[int]) -> Spot | None:
        """Return the printed row in which most cells have a place: the highest not yet taken."""
        rows = [
            Spot(row.pages[0], box) for row, box in zip(self._text.rows, self._text.row_boxes, strict=True)
        ]
        spots = [[place.spot for place in each] for each in places]
        counts = {
            index: sum(any(_touches(spot, row) for spot in each) for each in spots)
            for index, row in enumerate(rows)
            if index not in taken
        }
        best = max(counts, key=lambda index: counts[index], default=None)  # the first of equals
        if best is None or counts[best] == 0:
            return None
        taken.add(best)
        return rows[best]

    def _placed(self, found: PrintedText, place: Place | None) -> Candidate:
        score = self._probabilities.of(found) * agreement_of(place, self._text)
        return Candidate(
            text=found.text, evidence=evidence_of(place, page=self._text.page.number), score=score
        )


def _joined(parts: Mapping[str, Candidate]) -> Candidate | None:
    """Return a structured candidate of these parts; as unsure as the least sure of them."""
    if not parts:
        return None
    least = min(parts.values(), key=lambda part: part.score)
    text = " ".join(part.text for part in parts.values())
    return replace(least, text=text, parts=dict(parts))


def _is_citation(name: str, spec: FieldSpec) -> bool:
    return name in {CLAUSE, SENTENCE} and name not in spec.columns


def _touches(spot: Spot, row: Spot) -> bool:
    return spot.page == row.page and spot.box.overlap_y(row.box) > row.box.height / 2


def _around(place: Place | None, quotes: Sequence[Place]) -> Place:
    """Return the place of a quote that holds the text's own, else the first."""
    return next((each for each in quotes if place is not None and _holds(each, place)), quotes[0])


def _side_with(text: str, place: Place | None, quote: Place) -> Place:
    """Return the part of a quote on the page of the text's place, else on the page that shows the text."""
    if place is not None and _holds(quote, place):
        return quote.on(place.page)
    wanted = squeeze(text)
    sides = [quote.on(page) for page in dict.fromkeys(quote.pages)]
    showing = (side for side in sides if wanted in squeeze("".join(word.text for word in side.words)))
    return next(showing, quote.on(quote.page))


def _holds(quote: Place, place: Place) -> bool:
    return {*zip(place.pages, place.words, strict=True)} <= {*zip(quote.pages, quote.words, strict=True)}
