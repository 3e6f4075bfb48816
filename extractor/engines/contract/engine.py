"""Read a contract: clauses first, then its terms from sentences and tables.

How terms that are no plain value are handed over:
- `allowed_fees`: a table. The key with no rows says that the contract rules fees out
  (the sentence is then the candidate `allowed_fees`); no key says that it is silent.
- `agreed_discount` and `early_payment_discount`: the candidate's parts `percent` and
  `days`; `bank_account`: `account`, `bank`, `bic`. Their `value` is the percentage or account.
- `price_list` and `milestones`: each cell's clause is the clause and the row's number
  ("Annex A, 4"), its quote the whole row; `tax_included` is "true" or "false".
- whether the total is with tax stands in its quote.
- contradictory: two candidates with the same score and different clauses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from extractor.documents.document import Document
from extractor.engines.contract.amended import amendment_of
from extractor.engines.contract.amendments import amended_claims, amended_prices, changing_orders
from extractor.engines.contract.candidates import (
    Claim,
    candidate_of,
    closing_candidate,
    party_candidate,
    party_row,
    placed_candidate,
    ranked,
    runs_of,
    whole_candidate,
)
from extractor.engines.contract.clauses import Clause
from extractor.engines.contract.definitions import defined_claims
from extractor.engines.contract.figures import find_money
from extractor.engines.contract.found import findings_in
from extractor.engines.contract.outline import Outline, outline_of
from extractor.engines.contract.parties_found import Party
from extractor.engines.contract.roles import Role
from extractor.engines.contract.rules import POSSIBLE, SURE, WEAK, Found, Span, Statement
from extractor.engines.contract.term_rows import tables_of
from extractor.engines.contract.term_rules import RULES
from extractor.engines.contract.terms import dates, identity, money, parties, price_tables
from extractor.engines.contract.terms.known_items import prices_of_known_items
from extractor.engines.contract.terms.quantity_caps import with_caps
from extractor.engines.contract.versions import changes_in, rows_in_versions
from extractor.engines.reading import Amendment, Candidate, Reading
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.values.conventions import Conventions
from extractor.values.currencies import find_currency


class ContractEngine:
    """Reads prose: numbered clauses, their sentences and tables. Needs nothing installed."""

    name = "layout"

    def read(self, document: Document, pages: Sequence[Page], spec: Spec) -> Reading:
        """Read the terms that `spec` names."""
        del document  # the pages say it all
        outline = outline_of(pages)
        amendment = amendment_of(outline, RULES)
        return _reading(outline, spec, amendment=amendment, engine=self.name)


def _reading(outline: Outline, spec: Spec, *, amendment: Amendment | None, engine: str) -> Reading:
    clauses, statements, conventions = outline.clauses, outline.statements, outline.conventions
    findings = findings_in(statements, RULES, is_amendment=amendment is not None)
    changes = changes_in(statements, findings, changing=changing_orders(statements))
    claims = [
        Claim(
            term=each.found.term,
            candidate=candidate_of(each.statement, each.found),
            order=each.order,
            since=changes.since(each.order),
        )
        for each in findings
        if not each.found.is_row and not changes.is_dropped(each.order, each.found.term)
    ]
    for statement, found in identity.title_of(clauses, statements):
        claims.append(Claim(term=found.term, candidate=candidate_of(statement, found), order=0))
    claims += [
        replace(claim, since=changes.since(claim.order))
        for claim in amended_claims(statements, findings, RULES)
    ]
    claims += defined_claims(statements, RULES)
    claims += _totals(clauses, statements, conventions)
    named = parties.find_parties(clauses)
    claims += _party_claims(named)
    candidates = ranked(claims, runs=runs_of(statements), is_amendment=amendment is not None)
    if "expiry_date" not in candidates:
        candidates |= _derived_expiry(statements, candidates)
    tables = tables_of(clauses, findings, conventions, since=changes.since)
    if prices := tables.get("price_list"):
        changed = amended_prices(statements, prices, since=changes.since)
        told = prices_of_known_items(prices, statements, since=changes.since)
        tables["price_list"] = rows_in_versions((*prices, *changed, *told), changes)
        tables["price_list"] = with_caps(tables["price_list"], statements)
    if named:
        tables["parties"] = tuple(party_row(party) for party in named)
    if "currency" not in candidates:
        candidates |= _currency_of_prices(clauses, statements)
    if not tables.get("allowed_fees", (None,)):
        ruled_out = [each for each in findings if each.found.term == "allowed_fees" and not each.found.parts]
        candidates["allowed_fees"] = tuple(candidate_of(each.statement, each.found) for each in ruled_out[:1])
    return Reading(
        engine=engine,
        candidates={term: found for term, found in candidates.items() if term in spec.fields},
        tables={term: rows for term, rows in tables.items() if term in spec.fields},
        conventions=conventions,
        amendment=amendment,
    )


def _totals(
    clauses: Sequence[Clause], statements: Sequence[Statement], conventions: Conventions
) -> Iterator[Claim]:
    """Confirm a total by the tables' sums; else take a table's own closing row."""
    sums = price_tables.table_sums(clauses, conventions)
    for order, statement in enumerate(statements):
        for found in money.find_confirmed_total(statement, sums):
            yield Claim(term=found.term, candidate=candidate_of(statement, found), order=order)
    for clause, row, value in price_tables.table_totals(clauses, conventions):
        yield Claim(
            term="total_amount", candidate=closing_candidate(clause, row, value), order=len(statements)
        )


def _party_claims(named: Sequence[Party]) -> Iterator[Claim]:
    for order, party in enumerate(named):
        if party.role is Role.OTHER:
            continue
        yield Claim(term=f"{party.role.value}_name", candidate=party_candidate(party), order=order)
        if party.tax_id is not None:
            tax_id = placed_candidate(party.tax_id, score=SURE)
            yield Claim(term=f"{party.role.value}_tax_id", candidate=tax_id, order=order)


def _derived_expiry(
    statements: Sequence[Statement], candidates: dict[str, tuple[Candidate, ...]]
) -> dict[str, tuple[Candidate, ...]]:
    """Count a term ("for two years from the Effective Date") from the start found elsewhere."""
    starts = candidates.get("effective_date") or candidates.get("signing_date") or ()
    start = starts[0].value if starts else None
    if not isinstance(start, date):
        return {}
    for statement in statements:
        for duration in dates.lasting(statement)[:1]:
            if duration.months is None:
                continue
            value = dates.last_day(start, duration.months)
            span = Span(start=duration.start, end=duration.end, value=value, is_derived=True)
            found = Found(term="expiry_date", span=span, score=POSSIBLE)
            return {"expiry_date": (candidate_of(statement, found),)}
    return {}


def _currency_of_prices(
    clauses: Sequence[Clause], statements: Sequence[Statement]
) -> dict[str, tuple[Candidate, ...]]:
    """Take the currency from a price table, else from the first amount that shows one."""
    for clause in clauses:
        for table in clause.tables:
            for passage in (table.header, *(cell for row in table.rows for cell in row.cells.values())):
                code = find_currency(passage.text)
                if code is not None:
                    return {"currency": (whole_candidate(clause, passage, code, score=POSSIBLE),)}
    for statement in statements:
        for amount in find_money(statement.text, statement.conventions):
            if amount.amount.currency is not None:
                span = Span(start=amount.start, end=amount.end, value=amount.amount.currency, is_derived=True)
                found = Found(term="currency", span=span, score=WEAK)
                return {"currency": (candidate_of(statement, found),)}
    return {}
