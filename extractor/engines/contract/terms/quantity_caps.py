"""How much of an item may be billed, where a sentence says it: "up to 500 hours in total".

A row of the price list takes the cap of a sentence that names it, else of one whose unit only this
row has. Caps by order, week or month are none of the contract.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.engines.contract.candidates import candidate_of
from extractor.engines.contract.figures import find_money
from extractor.engines.contract.rules import LIKELY, Found, Span, Statement
from extractor.engines.reading import CandidateRow
from extractor.values.amounts import find_amounts
from extractor.values.measures import measures_of
from extractor.values.numerals import find_counts
from extractor.values.text import has_chinese

_MAX_SENTENCE = 260  # characters: longer ones speak of quantities, and cap none
_LIMIT = re.compile(
    r"up\s+to|(?:not|no)\s+more\s+than|exceed|maximum|\bmax\b|at\s+most|limited\s+to|capped|ceiling|"
    r"höchstens|maximal|nicht\s+mehr\s+als|bis\s+zu|begrenzt|obergrenze|übersteig|überschreit|"
    r"不超过|不得超过|不应超过|最多|至多|上限|为限|封顶"
)
_LIMIT_BEHIND = re.compile(r"\b(?:begrenzt|beschränkt)\b|为限|封顶|上限")
_NO_CAP = re.compile(
    r"\b(?:per|each|every|a|je|pro|jede[rnsm]?)\s+(?:calendar\s+|kalender)?(?:day|week|month|quarter|year|order|call-?out|visit|delivery|tag|"
    r"woche|monat|quartal|jahr|auftrag|abruf|bestellung|einsatz|lieferung)|\b(?:daily|weekly|monthly|täglich|wöchentlich|monatlich)\b|"
    r"每(?:日|天|周|月|季|年|次|单|批|个月|个工作)|working\s+day|arbeitstag|工作日|"
    r"pay|zahl|付款|支付|notice|kündig|notif|deliver(?:ed|y)\s+(?:time|within)|within|innerhalb|binnen|delay|\bbefore\b|\bprior\b|liab|haft|warrant|gewähr|责任|违约|overtime"
)
_BILLED = re.compile(
    r"\bbill|charge|invoic|quantit|\bordered\b|called\s+off|beauftrag|\bnumber\s+of|purchas|in\s+total|altogether|abgerechnet|berechn|\bmenge|insgesamt|abgerufen|"
    r"累计|总量|数量|总数|采购|工时|结算|计费"
)
_PERIODS = frozenset({"day", "week", "month", "quarter", "year", "minute"})
_NEAR = 60  # characters between the limiting words and the number
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS = 5  # of a word that tells an item
_FEWEST_SIGNS = 2  # of a Chinese name


def with_caps(rows: Sequence[CandidateRow], statements: Sequence[Statement]) -> tuple[CandidateRow, ...]:
    """Return the rows of the price list, with the caps that sentences set where no row has one."""
    made = list(rows)
    for statement in statements:
        if len(statement.text) > _MAX_SENTENCE or not statement.has(_LIMIT):
            continue
        for number, unit in _limited(statement):
            for place in _meant(made, statement, unit):
                if "quantity" not in made[place].cells:
                    found = Found(term="price_list", span=number, score=LIKELY)
                    cells = {**made[place].cells, "quantity": candidate_of(statement, found)}
                    made[place] = replace(made[place], cells=cells)
    return tuple(made)


def _limited(statement: Statement) -> Iterator[tuple[Span, str]]:
    """Yield each number that is limited, with its unit, empty where none stands behind it."""
    money = find_money(statement.text, statement.conventions)
    is_about = statement.has(_BILLED) or any(each.amount.currency for each in money)
    if not is_about or statement.has(_NO_CAP):
        return
    for number in _numbers(statement):
        before = statement.low[max(0, number.start - _NEAR) : number.start]
        behind = statement.low[number.end : number.end + _NEAR]
        is_limited = _LIMIT.search(before) or _LIMIT_BEHIND.search(behind)
        if not is_limited:
            continue
        word = re.match(r"\s*个?\s*([^\W\d_]+)", statement.text[number.end :])
        unit = word.group(1) if word else ""
        if has_chinese(unit):
            unit = next((unit[:length] for length in (2, 1) if _is_known(unit[:length])), "")
        yield number, unit


def _numbers(statement: Statement) -> Iterator[Span]:
    """Yield the numbers in figures and words that are no money, no share and no date."""
    counts = find_counts(statement.text)
    for each in counts:
        yield Span(start=each.start, end=each.end, value=Decimal(each.count))
    for found in find_amounts(statement.text, decimal_mark=statement.conventions.decimal_mark):
        is_counted = any(each.start < found.end and found.start < each.end for each in counts)
        is_share = statement.text[found.end :].lstrip().startswith(("%", "％"))
        if found.amount.currency is None and not is_counted and not is_share:
            yield Span(start=found.start, end=found.end, value=found.amount.value)


def _meant(rows: Sequence[CandidateRow], statement: Statement, unit: str) -> list[int]:
    """Return the rows that a cap is for: named ones of its unit, else the only one of its unit."""
    same = [place for place, row in enumerate(rows) if _is_of(row, unit, statement)]
    named = [place for place in same if _names(statement, rows[place])]
    if named:
        return named
    is_period = any(measure.unit in _PERIODS for measure in measures_of(unit))
    return same if unit and _is_known(unit) and not is_period and len(same) == 1 else []


def _is_of(row: CandidateRow, unit: str, statement: Statement) -> bool:
    """Say whether a row is priced by the unit; without one, whether the sentence has the row's."""
    cell = row.cells.get("unit")
    if cell is None:
        return not _is_known(unit)
    if _is_known(unit):
        return _same(cell.text, unit)
    words = _WORD.findall(statement.text)
    return any(_same(cell.text, word) for word in words) or (
        has_chinese(cell.text) and cell.text.strip("每/ ") in statement.text
    )


def _names(statement: Statement, row: CandidateRow) -> bool:
    cell = row.cells.get("description") or row.cells.get("specification")
    if cell is None:
        return False
    if has_chinese(cell.text):
        return len(cell.text) >= _FEWEST_SIGNS and cell.text in statement.text
    words = {word for word in _WORD.findall(cell.text.casefold()) if len(word) >= _FEWEST_LETTERS}
    return any(word in statement.low for word in words)


def _same(one: str, other: str) -> bool:
    return bool({each.unit for each in measures_of(one)} & {each.unit for each in measures_of(other)})


def _is_known(unit: str) -> bool:
    """Say whether a word is a unit, and no noun that is only counted."""
    folded = unit.casefold()
    return bool(folded) and any(measure.unit != folded for measure in measures_of(unit))
