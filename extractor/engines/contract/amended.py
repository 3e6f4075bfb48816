"""What an amendment says of the contract that it changes: its number, its day, and what replaces what.

The contract itself is another document, so what is changed there can only be told by the figure or the words
that are replaced, and by the clauses that are cited.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby, islice

from extractor.engines.contract.amendment_titles import amendment_title
from extractor.engines.contract.amendments import cited_clauses, new_figures, new_words
from extractor.engines.contract.candidates import candidate_of
from extractor.engines.contract.clauses import PREAMBLE, Clause
from extractor.engines.contract.figures import find_durations, find_money, find_shares
from extractor.engines.contract.outline import Outline
from extractor.engines.contract.rules import SURE, Found, Span, Statement
from extractor.engines.contract.terms.identity import labelled_numbers
from extractor.engines.reading import Amendment, Change, ChangeKind
from extractor.values.conventions import Conventions
from extractor.values.dates import find_dates

_HEAD = 10  # lines before the first clause, among which a document says what it is
_NEAR = 80  # characters between the word for the contract and its day
_CONTRACT = r"(?:agreement|contract|vertrag\w*|vereinbarung|auftrag\w*|bestellung|合同|协议)"
_OWN = (
    r"(?:amend\w*\s+|this\s+(?:\w+\s+){0,2}|supplement\w*\s+|"
    r"dies\w*\s+|nachtrags?|änderungs|zusatz|ergänzungs|补充|变更|修订|修改|增补|本)"
)
_NAMED_BEFORE = re.compile(
    rf"(?<![^\W_])(?P<own>{_OWN})?\w*?{_CONTRACT}(?:[^.;。；]|(?<=n[or])\.|\.(?=\S)){{0,60}}?\b(?:dated(?:\s+as\s+of)?|of|"
    r"vom|made\s+(?:on|as\s+of)|(?:entered\s+into|effective|executed|signed)\s+(?:on|as\s+of))\s*:?\s*(?:the\s+)?$"
)
_NAMED_AFTER = re.compile(r"\s*(?:共同)?(?:签\s*[订署定]|订立)(?:了|的|之)")
_TELLING_OF_IT = re.compile(  # of what was agreed before, and not of this document
    r"\bwhereas\b|\b(?:have|had)\s+(?:previously\s+)?(?:entered\s+into|executed|concluded)\s+(?!this)|\bparties\s+to\s+(?:a|an|the|that)\b|"
    r"\bhaben\b[^;]{0,120}\b(?:ab)?geschlossen|鉴于"
)
_OF_THIS = re.compile(
    r"this\s+(?:\w+\s+){0,2}(?:amendment|addendum|supplement)|dies\w*\s+(?:nachtrag|änderung|zusatz|ergänzung)"
)


def amendment_of(outline: Outline) -> Amendment | None:
    """Return what the document says of the contract that it changes; None where it is no amendment."""
    title = amendment_title(islice(_preamble(outline.clauses), _HEAD))
    if title is None:
        return None
    statements = outline.statements
    told = [each for each in statements if each.clause.number == PREAMBLE or each.has(_TELLING_OF_IT)]
    numbers = (number for each in told for number in labelled_numbers(each.text))
    days = (day for each in statements for day in _days_of_contract(each))
    return Amendment(
        title=title.text,
        number=title.number,
        contract_numbers=tuple(dict.fromkeys(numbers)),
        contract_days=tuple(dict.fromkeys(days)),
        changes=tuple(_changes(statements)),
    )


def dates_the_contract(statement: Statement, span: Span) -> bool:
    """Say whether a date in an amendment is one of the contract that it changes, and not its own."""
    if statement.has(_TELLING_OF_IT) and not statement.has(_OF_THIS):
        return True
    if _NAMED_AFTER.match(statement.low, span.end):
        return True
    named = _NAMED_BEFORE.search(statement.low[max(0, span.start - _NEAR) : span.start])
    return named is not None and named["own"] is None


def _preamble(clauses: Sequence[Clause]) -> Iterator[str]:
    """Yield the lines before the first clause."""
    if clauses and clauses[0].number == PREAMBLE:
        for passage in clauses[0].passages:
            for _, words in groupby(passage.words, key=lambda each: each.line):
                yield " ".join(each.word.text for each in words)


def _days_of_contract(statement: Statement) -> Iterator[date]:
    for found in find_dates(statement.text, is_day_first=statement.conventions.is_day_first):
        if dates_the_contract(statement, Span(start=found.start, end=found.end)):
            yield found.date


def _changes(statements: Sequence[Statement]) -> Iterator[Change]:
    for figure in new_figures(statements):
        yield _change(figure.statement, figure.kind, figure.before, figure.after)
    for statement in statements:
        for words in new_words(statement):
            span = Span(start=words.start("new"), end=words.end("new"))
            yield _worded(statement, words["old"], words["new"], span)


def _worded(statement: Statement, old: str, new: str, span: Span) -> Change:
    """Return a change of words: of figures where both have one of the same kind."""
    for kind, figures in _FIGURES.items():
        before, after = figures(old, statement.conventions), figures(new, statement.conventions)
        if len(before) == len(after) == 1:
            return _change(statement, kind, before.pop(), replace(span, value=after.pop()))
    return _change(statement, ChangeKind.WORDS, old, replace(span, value=new))


def _change(statement: Statement, kind: ChangeKind, before: Decimal | str, after: Span) -> Change:
    return Change(
        kind=kind,
        before=before,
        after=candidate_of(statement, Found(term="", span=after, score=SURE)),
        clauses=cited_clauses(statement),
    )


def _amounts(text: str, conventions: Conventions) -> set[Decimal]:
    return {each.amount.value for each in find_money(text, conventions) if each.amount.currency}


def _days(text: str, _conventions: Conventions) -> set[Decimal]:
    return {Decimal(each.days) for each in find_durations(text) if each.days is not None}


def _rates(text: str, _conventions: Conventions) -> set[Decimal]:
    return {each.rate for each in find_shares(text)}


_FIGURES: dict[ChangeKind, Callable[[str, Conventions], set[Decimal]]] = {
    ChangeKind.DAYS: _days,
    ChangeKind.RATE: _rates,
    ChangeKind.AMOUNT: _amounts,
}
