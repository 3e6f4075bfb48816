"""Join what the pages of one document say to one reading."""

from collections.abc import Sequence

from extractor.engines.qwen.candidates import PageCandidates
from extractor.engines.reading import Candidate, CandidateRow, Reading
from extractor.values.conventions import Conventions
from extractor.values.text import squeeze


def merge(pages: Sequence[PageCandidates], *, engine: str, conventions: Conventions) -> Reading:
    """Return all pages' candidates, the surest first (of equals the earlier page), and all rows in order.

    A text that several pages repeat counts once, where it is surest; texts that differ stay side by side.
    """
    found: dict[str, list[Candidate]] = {}
    rows: dict[str, list[CandidateRow]] = {}
    for page in pages:
        for name, candidate in page.candidates.items():
            found.setdefault(name, []).append(candidate)
        for name, printed in page.tables.items():
            rows.setdefault(name, []).extend(printed)
    return Reading(
        engine=engine,
        candidates={name: _surest_first(candidates) for name, candidates in found.items()},
        tables={name: tuple(printed) for name, printed in rows.items()},
        conventions=conventions,
    )


def _surest_first(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    best: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda each: -each.score):  # stable: pages keep their order
        best.setdefault(squeeze(candidate.text), candidate)
    return tuple(best.values())
