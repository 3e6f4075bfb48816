"""Put what was read from pictures where it stands on the pages as uploaded.

Engines read upright, flat pages. Where such a page was made from a picture, the boxes of
all evidence are taken back, and scores are lowered by how surely the characters used
were recognised.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.engines.reading import Amendment, Candidate, CandidateRow, Evidence, Reading
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.placement import Placement
from extractor.pages.word import Origin


def placed(reading: Reading, pages: Sequence[Page]) -> Reading:
    """Return the reading with its evidence on the pages as uploaded."""
    pictures = {page.number: page for page in pages if page.placement is not None}
    if not pictures:
        return reading

    def of(candidate: Candidate) -> Candidate:
        candidate = replace(
            candidate,
            parts={name: of(part) for name, part in candidate.parts.items()},
            earlier=tuple(map(of, candidate.earlier)),
        )
        page = pictures.get(candidate.evidence.page or 0)
        if page is None or page.placement is None:
            return candidate
        is_code = candidate.evidence.origin is Origin.CODE  # those prove their own bytes
        sure = 1.0 if is_code else recognised(page, candidate.evidence.boxes)
        evidence = evidence_on(page.placement, candidate.evidence)
        return replace(candidate, evidence=evidence, score=candidate.score * sure)

    def each(candidates: Mapping[str, Iterable[Candidate]]) -> dict[str, tuple[Candidate, ...]]:
        return {name: tuple(_in_order(map(of, found))) for name, found in candidates.items()}

    def row(given: CandidateRow) -> CandidateRow:
        return replace(given, cells={name: of(cell) for name, cell in given.cells.items()})

    def amendment(given: Amendment) -> Amendment:
        return replace(
            given, changes=tuple(replace(change, after=of(change.after)) for change in given.changes)
        )

    return replace(
        reading,
        amendment=None if reading.amendment is None else amendment(reading.amendment),
        candidates=each(reading.candidates),
        witnesses=each(reading.witnesses),
        tables={name: tuple(map(row, rows)) for name, rows in reading.tables.items()},
    )


def evidence_on(placement: Placement, evidence: Evidence) -> Evidence:
    """Return evidence of an upright page where it stands on the page as uploaded."""
    return replace(evidence, boxes=tuple(map(placement.box, evidence.boxes)))


def recognised(page: Page, boxes: Sequence[Box]) -> float:
    """Return how sure the least sure of the words in the boxes is, 0..1; 1 where there is none."""
    scores = (word.score for word in page.words if any(box.contains_centre(word.box) for box in boxes))
    return min(scores, default=1.0)


def _in_order(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Keep the engine's order, which knows more than how clear the print is: none passes the one before."""
    bound = 1.0
    for candidate in candidates:
        bound = min(bound, candidate.score)
        yield replace(candidate, score=bound)
