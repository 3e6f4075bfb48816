"""Fees that recur, priced in prose: a monthly fee, a day rate, a yearly rent."""

import re
from collections.abc import Iterator

from extractor.engines.contract.figures import find_money
from extractor.engines.contract.headers import is_tax_included
from extractor.engines.contract.rules import LIKELY, Found, Rule, Span, Statement

_MAX_SENTENCE = 260  # characters: longer ones speak of fees, and fix none
_FEE = re.compile(
    r"\b(?P<name>(?:annual|yearly|monthly|quarterly|weekly|daily|hourly|day)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:fee|charge|rent|rental|price|rate|subscription|retainer))\s+(?:(?:is|shall\s+be|amounts\s+to|of|at)\s+)"
    r"(?:[A-Z]{3}\s+)?$"
    r"|(?:\b(?:monatliche|jährliche|vierteljährliche|wöchentliche)[rnsm]?\s+(?P<noun>[A-ZÄÖÜ][\w-]+)"
    r"|\b(?P<rate>(?:Stunden|Tages|Monats)satz|(?:Monats|Jahres|Quartals)(?:pauschale|miete|gebühr|entgelt)))"
    r"\s+(?:von|in\s+Höhe\s+von|beträgt|beläuft\s+sich\s+auf)\s+(?:netto\s+)?$"
    r"|(?P<zh>(?:每)?(?:月|年|季)(?:度)?[\u4e00-\u9fff]{0,6}?(?:费|租金))(?:用)?(?:标准)?(?:为|是|:)?\s*(?:人民币)?\s*$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:annual|yearly|monthly|quarterly|weekly|daily|hourly|day)\s+(?:fee|charge|price|rate)", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"(?:the\s+)?(?P<subject>[\w-]+(?:\s+[\w-]+){0,5}?)\s+(?:is|are|shall\s+be|will\s+be)\b", re.IGNORECASE
)
_NO_FEE = re.compile(
    r"\blate\b|interest|penalt|damages|liab|\bcap\b|maximum|exceed|insur|minimum|increase|deposit|verzug|"
    r"höchst|vertragsstrafe|kaution|erhöh|违约|滞纳|赔偿|押金|保证金|逾期|不超过|上限"
)


def find_regular_fees(statement: Statement) -> Iterator[Found]:
    """Find "a monthly service fee of £2,340.00" and its like: a row of the price list."""
    if len(statement.text) > _MAX_SENTENCE or statement.has(_NO_FEE):
        return
    floor = 0
    for amount in find_money(statement.text, statement.conventions):
        match = _FEE.search(statement.text[floor : amount.start])
        floor, start = amount.end, floor
        if match is None or amount.amount.value <= 0 or amount.amount.currency is None:
            continue
        group = next(name for name, text in match.groupdict().items() if text)
        name = Span(start=start + match.start(group), end=start + match.end(group))
        subject = _SUBJECT.match(statement.text)
        if group == "name" and subject and _BARE.fullmatch(match["name"]):
            name = Span(start=subject.start("subject"), end=subject.end("subject"))
        price = Span(start=amount.start, end=amount.end, value=amount.amount.value)
        parts = {"description": name, "unit_price": price}
        taxed = is_tax_included(statement.text)
        if taxed is not None:
            parts["tax_included"] = Span(
                start=amount.start, end=amount.end, value="true" if taxed else "false", is_derived=True
            )
        yield Found(term="price_list", span=price, score=LIKELY, parts=parts, is_row=True)


RULES: tuple[Rule, ...] = (find_regular_fees,)
