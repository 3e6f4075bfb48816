"""What an amendment says of the contract that it changes: its number, its day, and what replaces what.

The contract itself is another document, so what is changed there can only be told by the figure or the words
that are replaced, and by the clauses that are cited.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractor.engines.contract.amendment_titles import AmendmentTitle, amendment_title
from extractor.engines.contract.candidates import candidate_of
from extractor.engines.contract.clauses import PREAMBLE
from extractor.engines.contract.figures import find_durations, find_money, find_shares
from extractor.engines.contract.numbering import markers
from extractor.engines.contract.outline import Outline
from extractor.engines.contract.passages import plain
from extractor.engines.contract.replacing import (
    FIGURES,
    cited_clauses,
    is_added,
    is_cited,
    new_figures,
    new_words,
    says_change,
)
from extractor.engines.contract.rules import SURE, Found, Rule, Span, Statement
from extractor.engines.contract.terms.identity import labelled_numbers
from extractor.engines.reading import Amendment, Change, ChangeKind, Scalar
from extractor.values.conventions import Conventions
from extractor.values.dates import find_dates

_NEAR = 80  # characters between the word for the contract and its day
_CONTRACT = r"(?:agreement|contract|vertrag\w*|vereinbarung|auftrag\w*|bestellung|合同|协议)"
_OWN = (
    r"(?:amend\w*\s+|this\s+(?:\w+\s+){0,2}|supplement\w*\s+|"
    r"dies\w*\s+|nachtrags?|änderungs|zusatz|ergänzungs|补充|变更|修订|修改|增补|本)"
)
_NAMED = re.compile(rf"(?<![^\W_])(?P<own>{_OWN})?\w*?{_CONTRACT}")
_DATED = re.compile(
    r"(?:[^.;。；]|(?<=n[or])\.|\.(?=\S)){0,60}?\b(?:dated(?:\s+as\s+of)?|of|vom|made\s+(?:on|as\s+of)|"
    r"(?:entered\s+into|effective|executed|signed)\s+(?:on|as\s+of))\s*:?\s*(?:the\s+)?"
)
_NUMBERED = re.compile(
    rf"{_CONTRACT}\s*(?:书)?\s*(?:reference|ref\.?|no\.?|nr\.?|number|nummer|id|编\s*号|号)?\s*(?:为|是)?\s*[:#]?\s*"
    r"(?P<number>(?=[a-z0-9/._-]*\d)[a-z]{0,6}[a-z0-9](?:[a-z0-9]|[/._-](?=\s?\w)\s?)*[a-z0-9])(?![\w年])",
    re.IGNORECASE,
)
_DATE_LIKE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,4}")
_AS_A_WHOLE = re.compile(  # what an amendment calls itself, or all that it changes
    r"\b(?:this|these|the|all)\s+(?:\w+\s+){0,2}?(?:amendments?|addendum|supplement\w*|variations?|changes|modifications)\b|"
    r"^\W*(?:effective\s+date|commencement|inkrafttreten)|\bdies\w*\s+(?:\w+\s+)?(?:nachtrag|änderung|zusatz|ergänzung)|\bdie\s+(?:\w+\s+)?änderungen\b|"
    r"本(?:补充|变更|修订)?(?:协议|合同)|(?:以上|上述)(?:变更|修改|调整|内容|条款)"
)
_HOLDING = re.compile(
    r"effect|in\s+force|inkraft|\bappl(?:y|ies)\b|commenc|in\s+kraft|wirksam|\bgelten\b|\bgilt\b|wirkung|生效|执行|施行|实施|起适用"
)
_NAMED_AFTER = re.compile(r"\s*(?:共同)?(?:签\s*[订署定]|订立)(?:了|的|之)")
_TELLING_OF_IT = re.compile(  # of what was agreed before, and not of this document
    r"\bwhereas\b|\b(?:have|had)\s+(?:previously\s+)?(?:entered\s+into|executed|concluded)\s+(?!this)|\bparties\s+to\s+(?:a|an|the|that)\b|"
    r"\bhaben\b[^;]{0,120}\b(?:ab)?geschlossen|鉴于"
)
_OF_THIS = re.compile(
    r"this\s+(?:\w+\s+){0,2}(?:amendment|addendum|supplement)|dies\w*\s+(?:nachtrag|änderung|zusatz|ergänzung)"
)


def amendment_of(outline: Outline, rules: Sequence[Rule]) -> Amendment | None:
    """Return what the document says of the contract that it changes; None where it is no amendment.

    `rules` are those that find terms: a sentence that speaks of a change and has a figure, but no
    term, and nothing that is replaced, is not understood.
    """
    title = _title(outline.head)
    if title is None:
        return None
    statements = outline.statements
    told = [each for each in statements if each.clause.number == PREAMBLE or each.has(_TELLING_OF_IT)]
    days = (day for each in statements for day in _days_of_contract(each))
    return Amendment(
        title=title.text,
        number=title.number,
        contract_numbers=tuple(dict.fromkeys(number for each in told for number in _numbers(each.text))),
        contract_days=tuple(dict.fromkeys(days)),
        changes=tuple(_changes(statements)),
        unread=tuple(_unread(statements, rules)),
    )


def find_own_day(statement: Statement) -> Iterator[Found]:
    """Find the day from which all that an amendment changes holds; a rule for amendments alone."""
    if statement.has(_AS_A_WHOLE) and statement.has(_HOLDING):
        dates = [
            Span(start=found.start, end=found.end, value=found.date)
            for found in find_dates(statement.text, is_day_first=statement.conventions.is_day_first)
        ]
        own = [span for span in dates if not dates_the_contract(statement, span)]
        if len(own) == 1:
            yield Found(term="effective_date", span=own[0], score=SURE)


def dates_the_contract(statement: Statement, span: Span) -> bool:
    """Say whether a date in an amendment is one of the contract that it changes, and not its own."""
    if statement.has(_TELLING_OF_IT) and not statement.has(_OF_THIS):
        return True
    if _NAMED_AFTER.match(statement.low, span.end):
        return True
    before = statement.low[max(0, span.start - _NEAR) : span.start]
    *_, last = (None, *_NAMED.finditer(before))
    return last is not None and last["own"] is None and bool(_DATED.fullmatch(before, last.end()))


def _title(head: Sequence[str]) -> AmendmentTitle | None:
    """Return the title among the first lines, above the first clause."""
    for line in head:
        title = amendment_title([line])
        if title is not None or any(marker.path == (1,) for marker in markers(plain(line))):
            return title
    return None


def _numbers(text: str) -> Iterator[str]:
    yield from labelled_numbers(text)
    for match in _NUMBERED.finditer(text):
        number = "".join(match["number"].split())
        if not _DATE_LIKE.fullmatch(number):
            yield number


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


def _unread(statements: Sequence[Statement], rules: Sequence[Rule]) -> Iterator[str]:
    """Yield the sentences that speak of a change which nobody understands."""
    for statement in statements:
        figures = [each for find in FIGURES.values() for each in find(statement)]
        own = [each for each in figures if not _is_beside(statement, each)]
        if not own or not says_change(statement) or any(_changes([statement])):
            continue
        read = (found for rule in (*rules, find_own_day) for found in rule(statement))
        if all(is_added(statement, found.span) for found in read):
            yield statement.sentence.quote(0, len(statement.text)).text


def _is_beside(statement: Statement, figure: Span) -> bool:
    """Say whether a figure is the number of a clause, or a day or a number of the contract."""
    if is_cited(statement, figure):
        return True
    is_day = isinstance(figure.value, date)
    is_bare = (
        figure.value is not None
        and not is_day
        and statement.text[figure.start : figure.end].strip("0123456789. ") == ""
    )
    return is_bare or (is_day and dates_the_contract(statement, figure))


def _worded(statement: Statement, old: str, new: str, span: Span) -> Change:
    """Return a change of words: of figures where both have one of the same kind."""
    for kind, figures in _FIGURES.items():
        before, after = (list(figures(text, statement.conventions)) for text in (old, new))
        if len(before) == len(after) == 1:
            return _change(statement, kind, before[0], replace(span, value=after[0]))
    return _change(statement, ChangeKind.WORDS, old, replace(span, value=new))


def _change(statement: Statement, kind: ChangeKind, before: Scalar, after: Span) -> Change:
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


def _dates(text: str, conventions: Conventions) -> set[date]:
    return {each.date for each in find_dates(text, is_day_first=conventions.is_day_first)}


_FIGURES: dict[ChangeKind, Callable[[str, Conventions], AbstractSet[Decimal | date]]] = {
    ChangeKind.DATE: _dates,
    ChangeKind.DAYS: _days,
    ChangeKind.RATE: _rates,
    ChangeKind.AMOUNT: _amounts,
}
