"""Defined words: "the Fee", 以下简称“账期”. Who says a word that was defined says its figure.

A sentence that uses such a word is read once more with the figure behind it. What is found then
stands where the word is defined: that sentence is the evidence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.engines.contract.candidates import Claim, candidate_of
from extractor.engines.contract.figures import find_durations, find_money, find_shares
from extractor.engines.contract.passages import casefolded
from extractor.engines.contract.roles import role_of
from extractor.engines.contract.rules import LIKELY, Found, Rule, Span, Statement
from extractor.values.dates import find_dates

_MAX_SENTENCE = 400  # characters of one that defines a word
_MAX_MEANING = 90  # characters from a figure on: what a time is counted from
_MEANS = re.compile(
    r"(?:^|[\"'])(?P<word>[^\"']{2,40})[\"']\s*(?:shall\s+)?(?:means?|refers?\s+to|is|bezeichnet|bedeutet|ist|sind|是?指|系指|为|[:=])[\s:]*"
)
_CALLED = re.compile(
    r"\(\s*(?:hereinafter|hereafter|nachfolgend|nachstehend|im\s+folgenden|以下简称|下称|以下称)?[\s:,]*(?:referred\s+to\s+as\s+|called\s+)?(?:the\s+|die\s+|der\s+|das\s+)?"
    r"[\"'](?P<word>[^\"']{2,40})[\"']\s*(?:genannt)?\s*\)",
    re.IGNORECASE,
)
_A_DOCUMENT = re.compile(  # whose day stands beside it, and is no figure of its own
    r"(?:agreement|contract|amendment|vertrag|vereinbarung|nachtrag)$|合同$|协议$", re.IGNORECASE
)
_STOP = re.compile(r"[;.。]\s|[;.。]$|\s\(\s*(?:the\s+)?\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Definition:
    """A word with the stretch of a sentence that is its figure."""

    word: str
    statement: Statement
    order: int
    start: int
    end: int


def defined_claims(statements: Sequence[Statement], rules: Sequence[Rule]) -> Iterator[Claim]:
    """Yield the terms that sentences fix by a word whose figure stands elsewhere."""
    definitions = [
        each for order, statement in enumerate(statements) for each in _defined_in(statement, order)
    ]
    for each in definitions:
        word = re.compile(
            rf"(?<!\w){re.escape(each.word)}(?!\w)" if each.word.isascii() else re.escape(each.word)
        )
        for target in statements:
            is_said = each.word in target.text and target is not each.statement  # quicker than the pattern
            if is_said and (used := word.search(target.text)):
                yield from _read_with(target, used.end(), each, rules)


def _defined_in(statement: Statement, order: int) -> Iterator[_Definition]:
    if len(statement.text) > _MAX_SENTENCE or not ({'"', "'"} & set(statement.text)):
        return
    for match in _MEANS.finditer(statement.text):
        yield from _definition(
            statement, order, match["word"], match.end(), len(statement.text), is_first=True
        )
    for match in _CALLED.finditer(statement.text):
        yield from _definition(statement, order, match["word"], 0, match.start(), is_first=False)


def _definition(
    statement: Statement, order: int, word: str, start: int, end: int, *, is_first: bool
) -> Iterator[_Definition]:
    """Yield the definition of a word by the first, or the last, figure in a stretch."""
    is_name = word[0].isupper() or not word[0].isascii()
    places = sorted(place for place in _figures(statement) if start <= place[0] and place[1] <= end)
    if not places or not is_name or role_of(word) is not None or _A_DOCUMENT.search(word):
        return
    first, last = places[0] if is_first else places[-1]
    stop = _STOP.search(statement.text, last, min(end, first + _MAX_MEANING))
    meant = stop.start() if stop else min(end, first + _MAX_MEANING)
    yield _Definition(
        word=word.strip(),
        statement=statement,
        order=order,
        start=first,
        end=max(last, meant) if is_first else end,
    )


def _figures(statement: Statement) -> Iterator[tuple[int, int]]:
    text = statement.text
    yield from (
        (each.start, each.end) for each in find_money(text, statement.conventions) if each.amount.currency
    )
    yield from ((each.start, each.end) for each in find_durations(text))
    yield from ((each.start, each.end) for each in find_shares(text))
    yield from (
        (each.start, each.end) for each in find_dates(text, is_day_first=statement.conventions.is_day_first)
    )


def _read_with(target: Statement, place: int, meant: _Definition, rules: Sequence[Rule]) -> Iterator[Claim]:
    """Read a sentence with the figure behind the word; keep what hangs on the figure."""
    figure = f" {meant.statement.text[meant.start : meant.end].strip()}"
    text = target.text[:place] + figure + target.text[place:]
    changed = replace(target, text=text, low=casefolded(text))
    for rule in rules:
        for found in rule(changed):
            is_inside = place <= found.span.start and found.span.end <= place + len(figure)
            if is_inside and not found.is_row and not found.parts:
                lead = place + 1 - meant.start
                span = Span(
                    start=found.span.start - lead,
                    end=found.span.end - lead,
                    value=found.span.value,
                    is_derived=found.span.is_derived,
                )
                named = Found(term=found.term, span=span, score=min(found.score, LIKELY))
                yield Claim(
                    term=found.term, candidate=candidate_of(meant.statement, named), order=meant.order
                )
