"""What a sentence says an item of the price list costs: a change from a day on, or a contradiction.

Where the item is known, the sentence needs no form of its own: its name, one amount, and between
them nothing but the words by which prices are set.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from extractor.engines.contract.candidates import candidate_of
from extractor.engines.contract.figures import find_money
from extractor.engines.contract.passages import casefolded
from extractor.engines.contract.rules import LIKELY, Found, Span, Statement
from extractor.engines.contract.versions import day_of_change
from extractor.engines.reading import CandidateRow
from extractor.values.text import has_chinese

_MAX_SENTENCE = 200  # characters: longer ones speak of prices, and set none
_FEWEST_SIGNS = 4  # of a name; of a Chinese one, 2
_SETTING = re.compile(
    r"price|rate\b|costs?\b|charge|invoice|billed|preis|satz|kostet|berechn|vergüt|单价|价格|价款|计价|调整|改为"
)
_OTHER = re.compile(
    r"\blate\b|delay|breach|interest|penalt|damages|liab|\bcap\b|maximum|exceed|total|lump|contract\s+(?:price|sum)|insur|deposit|"
    r"discount|rebate|credit|overtime|weekend|night|surcharge|travel|minimum|verzug|höchst|gesamt|pauschal|rabatt|skonto|nachlass|zuschlag|"
    r"überstund|wochenend|kaution|mindest|违约|滞纳|赔偿|总价|总金额|押金|保证金|折扣|加班|节假日|逾期|最低|最高"
)
_BEFORE = re.compile(  # what may stand in front of the name
    r"(?:^|[,:，：起]\s*|\d{4}\s+|\d日起?\s*|\b(?:prices?|rates?|costs?|preis(?:es)?|satz)\s+(?:of|for|für|von)?\s*|\b(?:for|für|kostet|kosten)\s+|"
    r"\b(?:preis|satz)\s+)(?:(?:unit|the|an?|each|every|one|der|die|das|den|dem|des|eine[nrms]?|ein|jede[rnsm]?)\s+)*$"
)
_SET = re.compile(  # what may stand between the name and the amount
    r"(?:s|n|en|es|e|er)?(?:\W+|\b(?:is|are|was|be|shall|will|now|costs?|amounts?|to|at|of|for|reduced|increased|raised|lowered|changed|adjusted|set|"
    r"invoiced|billed|charged|priced|agreed|new|net|per|each|a|an|the|piece|pieces|unit|hour|day|kg|tonne|metre|"
    r"beträgt|kostet|kosten|wird|werden|auf|mit|zu|neu|netto|je|pro|stück|stunde|tag|gesenkt|erhöht|angepasst|geändert|festgesetzt|berechnet|"
    r"eine?n?|der|die|das|preis|für)\b|的|单价|价格|调整|变更|修改|改|为|按|人民币|每|台|件|个|只|套|小时)*"
)


def prices_of_known_items(
    rows: Sequence[CandidateRow], statements: Sequence[Statement], *, since: Callable[[int], date | None]
) -> Iterator[CandidateRow]:
    """Yield rows again at another price that a sentence sets, with the day from which it holds."""
    for order, statement in enumerate(statements):
        if len(statement.text) > _MAX_SENTENCE or not statement.has(_SETTING) or statement.has(_OTHER):
            continue
        money = [each for each in find_money(statement.text, statement.conventions) if each.amount.currency]
        if len(money) != 1 or money[0].amount.value <= 0:
            continue
        (amount,) = money
        named = [row for row in rows if _is_set(statement, row, amount.start, amount.end)]
        if len(named) != 1 or named[0].cells["unit_price"].value == amount.amount.value:
            continue
        if named[0].cells["unit_price"].clause == statement.clause.number:
            continue  # the sentence that the row was read from
        first = since(order) or day_of_change(statement)
        span = Span(start=amount.start, end=amount.end, value=amount.amount.value)
        price = candidate_of(statement, Found(term="price_list", span=span, score=LIKELY))
        yield replace(named[0], cells={**named[0].cells, "unit_price": replace(price, since=first)})


def _is_set(statement: Statement, row: CandidateRow, start: int, end: int) -> bool:
    """Say whether the sentence sets the price of a row by the amount between `start` and `end`."""
    cell = row.cells.get("description")
    if cell is None or "unit_price" not in row.cells:
        return False
    name = casefolded(cell.text)
    if len(name) < (2 if has_chinese(name) else _FEWEST_SIGNS):
        return False
    for match in re.finditer(re.escape(name), statement.low):
        is_first = match.end() <= start
        between = statement.low[match.end() : start] if is_first else statement.low[end : match.start()]
        lead = statement.low[: match.start()] if is_first else between
        if _SET.fullmatch(between) and _BEFORE.search(lead):
            return True
    return False
