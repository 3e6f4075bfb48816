"""What the rules found as candidates: ranked, with the clause and the quoted sentence.

Two candidates of one term with the same score and different values contradict each
other: both clauses are in force and say different things. All others are ranked apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from extractor.engines.contract.clauses import PREAMBLE, SIGNATURES, Clause
from extractor.engines.contract.columns import PrintedRow
from extractor.engines.contract.headers import Kind
from extractor.engines.contract.parties_found import Party, Place
from extractor.engines.contract.passages import Passage, Quote, Sentence, sentences
from extractor.engines.contract.rules import POSSIBLE, SURE, WEAK, Found, Span, Statement
from extractor.engines.contract.terms.price_tables import Cell, TermRow
from extractor.engines.contract.versions import in_versions
from extractor.engines.reading import Candidate, CandidateRow

_APART = 0.15  # at least, between a term's best candidate and one that does not contradict it
_STEP = 0.02  # between those that follow
_SINGLE = frozenset(
    {
        "payment_days",
        "tax_rate",
        "total_amount",
        "retention_rate",
        "agreed_discount",
        "currency",
        "expiry_date",
        "effective_date",
        "bank_account",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A candidate with its place in the document, counted in statements."""

    term: str
    candidate: Candidate
    order: int
    since: date | None = None  # the day from which it overrides others


def candidate_of(statement: Statement, found: Found) -> Candidate:
    """Make a candidate of what a rule found in a sentence."""
    spans = [found.span, *found.parts.values()]
    quote = statement.sentence.quote(min(span.start for span in spans), max(span.end for span in spans))
    clause = statement.clause.number
    parts = {
        name: _part(statement, span, found.score, clause=clause, quote=quote)
        for name, span in found.parts.items()
    }
    whole = _part(statement, found.span, found.score, clause=clause, quote=quote)
    return replace(whole, parts=parts)


def row_of(statement: Statement, found: Found, *, since: date | None = None) -> CandidateRow:
    """Make a row of what a rule found in a sentence, which overrides others from a day on."""
    cells = {name: replace(cell, since=since) for name, cell in candidate_of(statement, found).parts.items()}
    return CandidateRow(cells=cells, score=found.score)


def table_row_of(row: TermRow) -> CandidateRow:
    """Make a row of a row of a printed table: its quote is the whole row."""
    quote = row.row.passage.quote(0, len(row.row.passage.text))
    clause = f"{row.clause.number}, {row.number}"
    cells = {name: _cell(cell, clause, quote) for name, cell in row.cells.items()}
    if row.tax_included is not None:
        cells["tax_included"] = Candidate(
            text=quote.text,
            value="true" if row.tax_included else "false",
            is_derived=True,
            evidence=quote.evidence,
            score=SURE,
            clause=clause,
            quote=quote.text,
        )
    return CandidateRow(cells=cells, score=SURE)


def closing_candidate(clause: Clause, row: PrintedRow, value: Decimal) -> Candidate:
    """Make a candidate of a table's closing row: "Total 4,120.00"."""
    quote = row.passage.quote(0, len(row.passage.text))
    cell = row.cells[Kind.AMOUNT]
    return Candidate(
        text=cell.quote(0, len(cell.text)).text,
        value=value,
        evidence=quote.evidence,
        score=WEAK,
        clause=clause.number,
        quote=quote.text,
    )


def whole_candidate(clause: Clause, passage: Passage, value: str, *, score: float) -> Candidate:
    """Make a candidate that a whole passage stands for, such as a table's heading."""
    quote = passage.quote(0, len(passage.text))
    return Candidate(
        text=quote.text,
        value=value,
        is_derived=True,
        evidence=quote.evidence,
        score=score,
        clause=clause.number,
        quote=quote.text,
    )


def party_row(party: Party) -> CandidateRow:
    """Make a row of the table of parties."""
    name = party_candidate(party)
    cells = {"name": name, "role": replace(name, value=party.role.value, is_derived=True, text=name.text)}
    if party.defined_term is not None:
        cells["defined_term"] = replace(name, text=party.defined_term, value=party.defined_term)
    return CandidateRow(cells=cells, score=party.score)


def party_candidate(party: Party) -> Candidate:
    """Make a candidate of a party's name."""
    return placed_candidate(party.name, score=party.score)


def placed_candidate(place: Place, *, score: float) -> Candidate:
    """Make a candidate of a stretch of a passage; its quote is the sentence around it."""
    printed = place.passage.quote(place.start, place.end)
    sentence = _around(place.passage, place.start, place.end)
    quote = sentence.quote(place.start - sentence.start, place.end - sentence.start)
    if printed.evidence.page != quote.evidence.page:
        quote = printed
    return Candidate(
        text=printed.text,
        value=place.value,
        evidence=quote.evidence,
        score=score,
        clause=place.clause.number,
        quote=quote.text,
    )


def ranked(
    claims: Iterable[Claim], *, runs: Sequence[int] = (), is_amendment: bool = False
) -> dict[str, tuple[Candidate, ...]]:
    """Sort each term's candidates, best first, one a value; let only contradictions tie.

    In an amendment weak ones change nothing, and each keeps the day from which it holds: what held
    before stands elsewhere.
    Clauses contradict each other, and so do two of one number where clauses count from one again:
    `runs` has for each statement how often they have. See `runs_of`.
    """
    by_term: dict[str, list[Claim]] = {}
    for claim in claims:
        if not is_amendment:
            by_term.setdefault(claim.term, []).append(claim)
        elif claim.candidate.score >= POSSIBLE:
            dated = replace(claim.candidate, since=claim.since)
            by_term.setdefault(claim.term, []).append(replace(claim, candidate=dated, since=None))
    return {term: _in_versions(term, found, runs) for term, found in by_term.items()}


def runs_of(statements: Sequence[Statement]) -> tuple[int, ...]:
    """Return for each statement how often the clauses have counted from their first number again.

    So they do where a second contract follows in one file, and nothing else parts the two.
    """
    runs: list[int] = []
    first: str | None = None
    seen: set[str] = set()
    before: Clause | None = None
    run = 0
    for statement in statements:
        clause = statement.clause
        if clause is not before and clause.number not in (PREAMBLE, SIGNATURES):
            first = first or clause.number
            if clause.number == first and len(seen) > 1:
                run += 1
                seen.clear()
            seen.add(clause.number)
        before = clause
        runs.append(run)
    return tuple(runs)


def _in_versions(term: str, claims: Sequence[Claim], runs: Sequence[int]) -> tuple[Candidate, ...]:
    base = _apart(term, _distinct([claim for claim in claims if claim.since is None]), runs)
    changed = [replace(claim.candidate, since=claim.since) for claim in claims if claim.since is not None]
    sure = [candidate for candidate in changed if candidate.score >= POSSIBLE or not base]
    return in_versions(base, sure) if base else _apart(term, _distinct([*claims]), runs)


def _distinct(claims: Sequence[Claim]) -> list[Claim]:
    ordered = sorted(claims, key=lambda claim: (-claim.candidate.score, claim.order))
    kept: dict[object, Claim] = {}
    for claim in ordered:
        kept.setdefault(_key(claim.candidate), claim)
    return list(kept.values())


def _key(candidate: Candidate) -> object:
    if candidate.parts:
        return tuple(
            sorted((name, str(_key(part))) for name, part in candidate.parts.items() if name != "bank")
        )
    return candidate.value if candidate.value is not None else "".join(candidate.text.split()).casefold()


def _apart(term: str, claims: Sequence[Claim], runs: Sequence[int]) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    for claim in claims:
        candidate = claim.candidate
        if not found:
            found.append(candidate)
            continue
        best = found[0]
        is_contrary = (
            term in _SINGLE
            and len(found) == 1
            and candidate.score >= SURE
            and best.score >= SURE
            and (candidate.clause != best.clause or _run(claim, runs) != _run(claims[0], runs))
        )
        bound = (
            best.score - _APART
            if len(found) == 1 or found[1].score == best.score
            else found[-1].score - _STEP
        )
        score = best.score if is_contrary else min(candidate.score, bound)
        found.append(replace(candidate, score=max(0.0, score)))
    return tuple(found)


def _run(claim: Claim, runs: Sequence[int]) -> int:
    return runs[claim.order] if claim.order < len(runs) else 0


def _part(statement: Statement, span: Span, score: float, *, clause: str, quote: Quote) -> Candidate:
    printed = statement.sentence.words_of(span.start, span.end)
    return Candidate(
        text=printed.text,
        value=span.value,
        is_derived=span.is_derived,
        evidence=quote.evidence,
        score=score,
        clause=clause,
        quote=quote.text,
    )


def _cell(cell: Cell, clause: str, quote: Quote) -> Candidate:
    passage = cell.row.cells[cell.kind]
    printed = passage.quote(0, len(passage.text))
    return Candidate(
        text=printed.text,
        value=cell.value,
        evidence=quote.evidence,
        score=SURE,
        clause=clause,
        quote=quote.text,
    )


def _around(passage: Passage, start: int, end: int) -> Sentence:
    held = [each for each in sentences(passage) if each.start < end and start < each.end]
    if not held:
        return Sentence(passage=passage, start=start, end=end)
    return Sentence(passage=passage, start=min(start, held[0].start), end=max(end, held[-1].end))
