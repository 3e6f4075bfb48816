"""What a sentence puts in the place of what: "from 30 days to 45 days", "30 days" replaced by "45 days"."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from extractor.engines.contract.figures import find_durations, find_money, find_shares
from extractor.engines.contract.passages import casefolded
from extractor.engines.contract.rules import Span, Statement
from extractor.engines.reading import ChangeKind
from extractor.values.dates import find_dates

_MAX_SENTENCE = 400  # characters: longer ones tell of changes, and make none
_PAIR = 2  # figures: an old one and a new one
_QUOTED_PAIR = re.compile(
    r"[\"'](?P<old>[^\"']{2,120})[\"'](?P<between>[^\"']{1,70})[\"'](?P<new>[^\"']{2,120})[\"'](?P<after>[^\"']{0,24})"
)
_LEADING = 30  # characters before quoted words that may say that they are replaced
_REPLACING = re.compile(
    r"replac|substitut|chang|amend|read\s+as|ersetzt|geändert|an\s+die\s+stelle|(?:变更|修改|调整|更改|替换|改)为"
)
_CHANGING = re.compile(
    r"increas|reduc|\brais|\brise|lower|amend|chang|adjust|extend|\bmoved|erhöh|gesenkt|senk|geändert|angepasst|"
    r"verlänger|angehoben|steig|调整|变更|提高|降低|上调|下调|增加|延长|修改"
)
_FROM = re.compile(r"(?:\b(?:from|von)|[由从])\s*(?:原\S{0,4}?)?(?:[a-z]{3}\s*|人民币)?$")
_TO = re.compile(
    r"\s*(?:(?:per|je|pro|/)\s*\w+\s+)?(?:to|auf)\s+(?:[a-z]{3}\s*)?|"
    r"(?:/\S{1,3}?)?(?:调整|变更|提高|降低|上调|下调|增加|延长|改)?[为至到](?:人民币)?"
)
_RAISED_TO = re.compile(  # "5% … is raised to 8%"
    r"(?:[^.;]|\.(?=\d)){0,60}?\b(?:is|are|be)\s+(?:hereby\s+)?(?:increased|raised|reduced|lowered|changed|extended|adjusted)\s+to\s+"
    r"(?:[a-z]{3}\s*)?|(?:[^.;]|\.(?=\d)){0,40}?\b(?:wird|werden)\s+auf\s+(?:[a-z]{3}\s*)?|"
    r"(?:/\S{1,3}?)?(?:调整|变更|提高|降低|上调|下调|增加|延长|修改|改)[为至到](?:人民币)?"
)
_BY = re.compile(  # "extended by a further 15 days": the figure is no term, but what is added
    r"(?:increas|rais|extend|prolong|reduc|lower|decreas|shorten)\w*\s+(?:\w+\s+){0,4}?by\s+(?:a\s+further\s+|another\s+|"
    r"an?\s+additional\s+)?(?:[a-z]{3}\s*)?$|\bum\s+(?:weitere\s+)?(?:[a-z]{3}\s*)?$|"
    r"(?:增加|提高|上调|减少|降低|下调|延长)(?:人民币)?$"
)
_INSTEAD = (
    r"(?:\b(?:an)?statt|\banstelle(?:\s+von)?|\binstead\s+of|\bin\s+place\s+of|\bpreviously|\bformerly|"
    r"\bbisher|原为)"
)
_OLD = re.compile(_INSTEAD)
_OLD_BEFORE = re.compile(rf"{_INSTEAD}\s*(?:[^\W\d]+\s+){{0,3}}(?:[a-z]{{3}}\s*)?$")
_CITED = re.compile(
    r"(?:§+|\b(?:section|clause|article|paragraph|sec|art|artikel|ziffer|ziff|punkt|nummer)\b\.?)\s*"
    r"\d+(?:\.\d+)*(?:\s*\([a-z\d]{1,3}\))*(?:\s*(?:abs|absatz)\.?\s*\d+)?|"
    r"第[一二三四五六七八九十百\d.]+条(?:第?[(]?[一二三四五六七八九十\d]+[)]?[款项])?|\bannex\s+[a-z\d]{1,2}\b|\banlage\s+[a-z\d]{1,2}\b|附件[一二三四五六七八九十\d]+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFigure:
    """What a figure is changed from, and the new one where it stands."""

    statement: Statement
    order: int
    kind: ChangeKind
    before: Decimal | date
    after: Span


def new_figures(statements: Sequence[Statement]) -> Iterator[NewFigure]:
    """Yield the figures that sentences put in the place of others."""
    for order, statement in enumerate(statements):
        if len(statement.text) > _MAX_SENTENCE or not (statement.has(_CHANGING) or statement.has(_OLD)):
            continue
        for kind, figures in FIGURES.items():
            found = [each for each in figures(statement) if not is_cited(statement, each)]
            pairs = [pair for pair in pairwise(found) if _is_replaced(statement, *pair)]
            for old, new in pairs or _with_old_one(statement, found):
                if isinstance(old.value, Decimal | date) and old.value != new.value:
                    yield NewFigure(statement=statement, order=order, kind=kind, before=old.value, after=new)


def new_words(statement: Statement) -> Iterator[re.Match[str]]:
    """Yield the pairs of quoted words of which one replaces the other."""
    if len(statement.text) <= _MAX_SENTENCE:
        for pair in _QUOTED_PAIR.finditer(statement.text):
            before = statement.text[max(0, pair.start() - _LEADING) : pair.start()]
            if _REPLACING.search(casefolded(f"{before} {pair['between']} {pair['after']}")):
                yield pair


def cited_clauses(statement: Statement) -> tuple[str, ...]:
    """Return the clauses that a sentence cites, casefolded, each once."""
    return tuple(dict.fromkeys(match.group() for match in _CITED.finditer(statement.low)))


def is_added(statement: Statement, span: Span) -> bool:
    """Say whether a stretch of a sentence has a figure that is added to another, or taken from it."""
    return any(
        span.start < each.end and each.start < span.end and _BY.search(statement.low[: each.start])
        for figures in FIGURES.values()
        for each in figures(statement)
    )


def says_change(statement: Statement) -> bool:
    """Say whether a sentence speaks of a change: by its verb, or by the clause that it cites."""
    return statement.has(_CHANGING) or statement.has(_REPLACING) or statement.has(_CITED)


def is_cited(statement: Statement, figure: Span) -> bool:
    """Say whether a figure is the number of a clause."""
    return any(match.start() <= figure.start < match.end() for match in _CITED.finditer(statement.low))


def _is_replaced(statement: Statement, old: Span, new: Span) -> bool:
    between = statement.low[old.end : new.start]
    if _RAISED_TO.fullmatch(between):
        return True
    return bool(_FROM.search(statement.low[: old.start]) and _TO.fullmatch(between))


def _with_old_one(statement: Statement, figures: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield the old and the new one of two figures of which one stands behind "instead of"."""
    old = [each for each in figures if _OLD_BEFORE.search(statement.low[: each.start])]
    if len(figures) == _PAIR and len(old) == 1:
        yield old[0], next(each for each in figures if each is not old[0])


def _amounts(statement: Statement) -> list[Span]:
    """Return the amounts; without a currency, only numbers that are of no other kind."""
    others = [each for find in (_days, _shares, _dates) for each in find(statement)]
    return [
        Span(start=each.start, end=each.end, value=each.amount.value)
        for each in find_money(statement.text, statement.conventions)
        if each.amount.currency
        or not any(other.start < each.end and each.start < other.end for other in others)
    ]


def _days(statement: Statement) -> list[Span]:
    return [
        Span(start=each.start, end=each.end, value=Decimal(each.days))
        for each in find_durations(statement.text)
        if each.days is not None
    ]


def _shares(statement: Statement) -> list[Span]:
    return [Span(start=each.start, end=each.end, value=each.rate) for each in find_shares(statement.text)]


def _dates(statement: Statement) -> list[Span]:
    found = find_dates(statement.text, is_day_first=statement.conventions.is_day_first)
    return [Span(start=each.start, end=each.end, value=each.date) for each in found]


FIGURES: dict[ChangeKind, Callable[[Statement], list[Span]]] = {
    ChangeKind.AMOUNT: _amounts,
    ChangeKind.DAYS: _days,
    ChangeKind.RATE: _shares,
    ChangeKind.DATE: _dates,
}
"""How the figures of a kind are found in a sentence."""
