"""The rows of terms that are tables: printed ones, and those that sentences make."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractor.engines.contract.candidates import row_of, table_row_of
from extractor.engines.contract.clauses import Clause
from extractor.engines.contract.rules import POSSIBLE, Finding
from extractor.engines.contract.terms import price_tables, stage_sentences
from extractor.engines.reading import CandidateRow
from extractor.values.conventions import Conventions
from extractor.values.text import squeeze

_WHOLE = 100  # percent
_TABLES = ("price_list", "milestones", "allowed_fees", "retention_release")


def tables_of(
    clauses: Sequence[Clause],
    findings: Sequence[Finding],
    conventions: Conventions,
    *,
    since: Callable[[int], date | None],
) -> dict[str, tuple[CandidateRow, ...]]:
    """Return the rows of tables; sentences count where the term has no printed table.

    Prices in sentences count beside a table too, for items that no table has.
    """
    rows: dict[str, list[CandidateRow]] = {}
    for row in price_tables.table_rows(clauses, conventions):
        rows.setdefault(row.term, []).append(table_row_of(row))
    for term in _TABLES:
        if term not in rows:
            found = [each for each in findings if each.found.is_row and each.found.term == term]
            if term == "milestones":
                found = _whole(found)
            if found:
                rows[term] = [
                    row_of(each.statement, each.found, since=since(each.order))
                    for each in found
                    if each.found.parts
                ]
        elif term == "price_list":
            rows[term] += _further_prices(rows[term], findings, since=since)
    return {term: tuple(held) for term, held in rows.items()}


def _further_prices(
    rows: Sequence[CandidateRow], findings: Sequence[Finding], *, since: Callable[[int], date | None]
) -> Iterator[CandidateRow]:
    known: dict[str, object] = {}
    for row in rows:
        named = row.cells.get("description") or row.cells.get("specification")
        if named is not None and "unit_price" in row.cells:
            known.setdefault(squeeze(named.text), row.cells["unit_price"].value)
    fees = {each.order for each in findings if each.found.is_row and each.found.term == "allowed_fees"}
    for each in findings:
        is_price = each.found.is_row and each.found.term == "price_list" and each.order not in fees
        if is_price and each.found.parts:
            made = row_of(each.statement, each.found, since=since(each.order))
            name = squeeze(made.cells["description"].text)
            if name in known:  # at another price: changed from a day on, or a contradiction
                if made.cells["unit_price"].value != known[name] or since(each.order) is not None:
                    yield made
            elif not any(name in other or other in name for other in known):
                yield made


def _whole(found: list[Finding]) -> list[Finding]:
    """Keep unsure instalments only where all shares together make up the whole."""
    steps = _with_shares(found)
    shares = [each.found.parts["share"].value for each in steps]
    total = sum(share for share in shares if isinstance(share, Decimal))
    if total == _WHOLE:
        return steps
    return _with_shares([each for each in found if each.found.score > POSSIBLE])


def _with_shares(found: list[Finding]) -> list[Finding]:
    rows = stage_sentences.in_shares([each.found for each in found])
    return [replace(found[place], found=row) for place, row in rows]
