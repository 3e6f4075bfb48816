"""Amendments: sentences that change words or a figure of another clause.

What that clause says after the change stands beside what it said before, each with its
own clause: which of the two holds depends on the day, so neither replaces the other.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from extractor.engines.contract.candidates import Claim, candidate_of
from extractor.engines.contract.citations import ClausePath, clause_path, is_within
from extractor.engines.contract.passages import casefolded
from extractor.engines.contract.replacing import cited_clauses, new_figures, new_words
from extractor.engines.contract.rules import SURE, Finding, Found, Rule, Span, Statement
from extractor.engines.reading import Candidate, CandidateRow

_FEWEST_LETTERS = 4  # of a word that tells whose price is changed
_WORD = re.compile(r"[^\W\d_]+")


def changing_orders(statements: Sequence[Statement]) -> frozenset[int]:
    """Return the sentences that change words or a figure of another clause."""
    figures = {figure.order for figure in new_figures(statements)}
    return frozenset(
        figures | {order for order, statement in enumerate(statements) if any(new_words(statement))}
    )


def amended_claims(
    statements: Sequence[Statement], findings: Sequence[Finding], rules: Sequence[Rule]
) -> Iterator[Claim]:
    """Yield the plain terms as they are after a change, beside those before it.

    Of the clauses that have the figure or the words, those are meant that the change cites, if it cites any.
    """
    paths = {id(each.clause): clause_path(each.clause.number) for each in statements}
    plain = [each for each in findings if not each.found.is_row]
    for figure in new_figures(statements):
        same = [
            each
            for each in plain
            if each.found.span.value == figure.before and each.statement.clause is not figure.statement.clause
        ]
        cited = _cited([each.statement for each in same], figure.statement, paths)
        for finding in same:
            if finding.statement in cited:
                yield _claim(figure.statement, figure.order, finding.found.term, figure.after)
    for order, statement in enumerate(statements):
        for words in new_words(statement):
            holding = [
                each
                for each in statements
                if each.clause is not statement.clause and words["old"] in each.text
            ]
            for target in _cited(holding, statement, paths):
                for found in _reread(target, words["old"], words["new"], rules):
                    span = Span(start=words.start("new"), end=words.end("new"), value=found.span.value)
                    yield _claim(statement, order, found.term, span)


def _cited(
    targets: Sequence[Statement], change: Statement, paths: Mapping[int, ClausePath]
) -> Sequence[Statement]:
    """Return the sentences in clauses that a change cites; all where it cites none of theirs."""
    named = [path for each in cited_clauses(change) if (path := clause_path(each))]
    cited = [each for each in targets if any(is_within(path, paths[id(each.clause)]) for path in named)]
    return cited or targets


def amended_prices(
    statements: Sequence[Statement], rows: Sequence[CandidateRow], *, since: Callable[[int], date | None]
) -> Iterator[CandidateRow]:
    """Yield the rows of the price list whose price is changed, at the new price.

    `since` tells from when a sentence overrides others.
    """
    for figure in new_figures(statements):
        for row in rows:
            price = row.cells.get("unit_price")
            if price is None or price.value != figure.before or not _is_about(figure.statement, row):
                continue
            changed = candidate_of(figure.statement, Found(term="price_list", span=figure.after, score=SURE))
            changed = replace(changed, since=since(figure.order))
            yield replace(row, cells={**row.cells, "unit_price": changed})


def _reread(target: Statement, old: str, new: str, rules: Sequence[Rule]) -> Iterator[Found]:
    """Yield what a sentence says with its words replaced, where the new ones say it."""
    text = target.text.replace(old, new, 1)
    start = target.text.index(old)
    changed = replace(target, text=text, low=casefolded(text))
    for rule in rules:
        for found in rule(changed):
            is_new = found.span.start < start + len(new) and start < found.span.end
            if is_new and not found.is_row and found.span.value is not None:
                yield found


def _claim(statement: Statement, order: int, term: str, span: Span) -> Claim:
    return Claim(
        term=term, candidate=candidate_of(statement, Found(term=term, span=span, score=SURE)), order=order
    )


def _is_about(statement: Statement, row: CandidateRow) -> bool:
    """Say whether the sentence names the item of a row."""
    named: Candidate | None = row.cells.get("description")
    text = casefolded(named.text) if named is not None else ""
    if re.search(r"[\u4e00-\u9fff]", text):
        return text in statement.low
    words = [word for word in _WORD.findall(text) if len(word) >= _FEWEST_LETTERS]
    return bool(words) and all(word in statement.low for word in words)
