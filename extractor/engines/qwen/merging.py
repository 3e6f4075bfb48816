"""Join what the pages of one document say to one reading.

Windows on a contract overlap, so what stands at a page's foot is found twice: that counts once,
where it is surest. What a contract changes from a day on is a version of the term. Two clauses that
say different things otherwise are both kept, and equally sure: that is how a contradiction is told
to `extraction`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractor.engines.contract.dated import DatedPlaces
from extractor.engines.qwen.candidates import PageCandidates
from extractor.engines.reading import Candidate, CandidateRow, Reading
from extractor.pages.geometry import Box, union
from extractor.values.conventions import Conventions
from extractor.values.text import squeeze

_ACCUSING = 0.5  # a reading less sure than this contradicts nobody
_SAME_ROW = 0.5  # of the lower row's height must be shared


def merge(
    pages: Sequence[PageCandidates],
    *,
    engine: str,
    conventions: Conventions,
    dated: DatedPlaces | None = None,
) -> Reading:
    """Return all pages' candidates, the surest first (of equals the earlier page), and all rows in order.

    A text that several pages repeat counts once, where it is surest; texts that differ stay side by
    side. With `dated`, the changes of a contract, the pages overlap, and different clauses can contradict
    each other.
    """
    found: dict[str, list[Candidate]] = {}
    rows: dict[str, list[CandidateRow]] = {}
    for page in pages:
        for name, candidate in page.candidates.items():
            found.setdefault(name, []).append(candidate)
        for name, printed in page.tables.items():
            known = rows.setdefault(name, [])
            known.extend(printed) if dated is None else _add(known, printed)
    if dated is None:
        return Reading(
            engine=engine,
            candidates={name: _surest_first(each) for name, each in found.items()},
            tables={name: tuple(printed) for name, printed in rows.items()},
            conventions=conventions,
        )
    terms = {name: _in_versions(dated.dated(name, each), dated) for name, each in found.items()}
    return Reading(
        engine=engine,
        candidates={name: candidates for name, candidates in terms.items() if candidates},
        tables={name: dated.rows(printed) for name, printed in rows.items()},
        conventions=conventions,
        amendment=dated.amendment,
    )


def _in_versions(candidates: Sequence[Candidate], dated: DatedPlaces) -> tuple[Candidate, ...]:
    """Return a term's candidates: what is changed from a day on as a version of the surest of the rest."""
    base = _surest_first([each for each in candidates if each.since is None])
    changed = _surest_first([each for each in candidates if each.since is not None])
    if not base:
        return tuple(_contradicting(changed)) if changed else ()
    sure = [each for each in changed if each.score >= _ACCUSING]
    return dated.in_versions(tuple(_contradicting(base)), sure)


def _surest_first(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    best: dict[object, Candidate] = {}
    for candidate in sorted(candidates, key=lambda each: -each.score):  # stable: pages keep their order
        best.setdefault(_said(candidate), candidate)
    return tuple(best.values())


def _said(candidate: Candidate) -> object:
    """Return what two candidates share that say the same."""
    if candidate.parts:
        return tuple(sorted((name, squeeze(part.text)) for name, part in candidate.parts.items()))
    return squeeze(candidate.text)


def _contradicting(candidates: Sequence[Candidate]) -> Iterable[Candidate]:
    """Yield the candidates, those of other clauses as sure as the best where both are cited and sure."""
    best = candidates[0]
    for candidate in candidates:
        is_contrary = (
            _is_cited(best)
            and _is_cited(candidate)
            and candidate.clause != best.clause
            and min(best.score, candidate.score) >= _ACCUSING
        )
        yield replace(candidate, score=best.score) if is_contrary else candidate


def _is_cited(candidate: Candidate) -> bool:
    return candidate.clause is not None and candidate.quote is not None


def _add(known: list[CandidateRow], printed: Iterable[CandidateRow]) -> None:
    """Add rows; one that an overlapping page gave already counts once, as the surer of the two reads it."""
    earlier = len(known)  # rows of one answer are all different ones
    for row in printed:
        again = next((index for index, each in enumerate(known[:earlier]) if _is_same_row(each, row)), None)
        if again is None:
            known.append(row)
        elif row.score > known[again].score:
            known[again] = row


def _is_same_row(one: CandidateRow, other: CandidateRow) -> bool:
    """Say whether two rows are one printed row; without places, whether neighbouring pages say the same."""
    mine, theirs = _places(one), _places(other)
    if mine and theirs:
        return any(_overlaps(mine[page], theirs[page]) for page in mine.keys() & theirs.keys())
    pages = {cell.evidence.page or 0 for row in (one, other) for cell in row.cells.values()}
    return max(pages) - min(pages) <= 1 and _texts(one) == _texts(other)


def _places(row: CandidateRow) -> Mapping[int, Box]:
    """Return the box around a row's cells on each page where it has any."""
    boxes: dict[int, list[Box]] = {}
    for cell in row.cells.values():
        if cell.evidence.page is not None:
            boxes.setdefault(cell.evidence.page, []).extend(cell.evidence.boxes)
    return {page: union(held) for page, held in boxes.items() if held}


def _overlaps(one: Box, other: Box) -> bool:
    return one.overlap_y(other) > _SAME_ROW * min(one.height, other.height)


def _texts(row: CandidateRow) -> Mapping[str, str]:
    return {name: squeeze(cell.text) for name, cell in row.cells.items()}
