"""Amendments: sentences that change words or a figure of another clause.

What that clause says after the change stands beside what it said before, each with its
own clause: which of the two holds depends on the day, so neither replaces the other.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from extractor.engines.contract.candidates import Claim, candidate_of
from extractor.engines.contract.citations import ClausePath, clause_path, is_within
from extractor.engines.contract.figures import find_durations, find_money, find_shares
from extractor.engines.contract.passages import casefolded
from extractor.engines.contract.rules import SURE, Finding, Found, Rule, Span, Statement
from extractor.engines.reading import Candidate, CandidateRow, ChangeKind
from extractor.values.dates import find_dates

_MAX_SENTENCE = 400  # characters: longer ones tell of changes, and make none
_FEWEST_LETTERS = 4  # of a word that tells whose price is changed
_QUOTED_PAIR = re.compile(
    r"[\"'](?P<old>[^\"']{2,120})[\"'](?P<between>[^\"']{1,70})[\"'](?P<new>[^\"']{2,120})[\"'](?P<after>[^\"']{0,24})"
)
_REPLACING = re.compile(
    r"replac|substitut|chang|amend|read\s+as|ersetzt|geändert|(?:变更|修改|调整|更改|替换|改)为"
)
_CHANGING = re.compile(
    r"increas|reduc|\brais|lower|amend|chang|adjust|extend|erhöh|gesenkt|senk|geändert|angepasst|verlänger|"
    r"调整|变更|提高|降低|上调|下调|增加|延长|修改"
)
_FROM = re.compile(r"(?:\b(?:from|von)|[由从])\s*(?:原\S{0,4}?)?(?:[a-z]{3}\s*|人民币)?$")
_TO = re.compile(
    r"\s*(?:(?:per|je|pro|/)\s*\w+\s+)?(?:to|auf)\s+(?:[a-z]{3}\s*)?|"
    r"(?:/\S{1,3}?)?(?:调整|变更|提高|降低|上调|下调|增加|延长|改)?[为至到](?:人民币)?"
)
_CITED = re.compile(
    r"(?:§+|\b(?:section|clause|article|paragraph|sec|art|artikel|ziffer|ziff|punkt|nummer)\b\.?)\s*"
    r"\d+(?:\.\d+)*(?:\s*\([a-z\d]{1,3}\))*(?:\s*(?:abs|absatz)\.?\s*\d+)?|"
    r"第[一二三四五六七八九十百\d.]+条(?:第?[(]?[一二三四五六七八九十\d]+[)]?[款项])?|\bannex\s+[a-z\d]{1,2}\b|\banlage\s+[a-z\d]{1,2}\b|附件[一二三四五六七八九十\d]+"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFigure:
    """What a figure is changed from, and the new one where it stands."""

    statement: Statement
    order: int
    kind: ChangeKind
    before: Decimal | date
    after: Span


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


def cited_clauses(statement: Statement) -> tuple[str, ...]:
    """Return the clauses that a sentence cites, casefolded, each once."""
    return tuple(dict.fromkeys(match.group() for match in _CITED.finditer(statement.low)))


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


def new_figures(statements: Sequence[Statement]) -> Iterator[NewFigure]:
    """Yield the figures that sentences put in the place of others: "from 30 days to 45 days"."""
    for order, statement in enumerate(statements):
        if len(statement.text) > _MAX_SENTENCE or not statement.has(_CHANGING):
            continue
        for kind, figures in _FIGURES.items():
            for old, new in pairwise(figures(statement)):
                is_pair = _FROM.search(statement.low[: old.start]) and _TO.fullmatch(
                    statement.low[old.end : new.start]
                )
                if is_pair and isinstance(old.value, Decimal | date) and old.value != new.value:
                    yield NewFigure(statement=statement, order=order, kind=kind, before=old.value, after=new)


def _amounts(statement: Statement) -> list[Span]:
    found = find_money(statement.text, statement.conventions)
    return [Span(start=each.start, end=each.end, value=each.amount.value) for each in found]


def _days(statement: Statement) -> list[Span]:
    found = find_durations(statement.text)
    return [
        Span(start=each.start, end=each.end, value=Decimal(each.days))
        for each in found
        if each.days is not None
    ]


def _shares(statement: Statement) -> list[Span]:
    return [Span(start=each.start, end=each.end, value=each.rate) for each in find_shares(statement.text)]


def _dates(statement: Statement) -> list[Span]:
    found = find_dates(statement.text, is_day_first=statement.conventions.is_day_first)
    return [Span(start=each.start, end=each.end, value=each.date) for each in found]


def new_words(statement: Statement) -> Iterator[re.Match[str]]:
    """Yield the pairs of quoted words of which one replaces the other."""
    if len(statement.text) <= _MAX_SENTENCE:
        for pair in _QUOTED_PAIR.finditer(statement.text):
            if _REPLACING.search(casefolded(pair["between"] + pair["after"])):
                yield pair


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


_FIGURES: dict[ChangeKind, Callable[[Statement], list[Span]]] = {
    ChangeKind.AMOUNT: _amounts,
    ChangeKind.DAYS: _days,
    ChangeKind.RATE: _shares,
    ChangeKind.DATE: _dates,
}
