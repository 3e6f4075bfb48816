"""Prices and instalments that stand in sentences, where there is no table."""

import re
from collections.abc import Iterator

from extractor.engines.contract.figures import find_money, find_shares
from extractor.engines.contract.headers import is_tax_included
from extractor.engines.contract.rules import LIKELY, POSSIBLE, Found, Rule, Span, Statement
from extractor.values.rates import FoundRate

_MIN_NAME = 2  # characters of an item's name
_MAX_SENTENCE = 260  # characters: longer ones speak of prices, and fix none
_MAX_NAME = 80  # characters of an item's name
_WHOLE = 100  # percent
_UNITS = (
    r"hour|day|week|month|quarter|year|annum|unit|piece|user|page|km|kilomet(?:er|re)|tonne?|kg|set|"
    r"visit|licen[cs]e"
)
_PER_UNIT = re.compile(
    r"\s*(?:\((?:excl|incl|net|plus|zzgl|netto)[^)]*\)\s*)?(?:net\s+)?(?:(?:per|each|je|pro)\s+|"
    r"/\s*)(?P<unit>[A-Za-zäöüÄÖÜß][\w²³.-]*(?:\s(?:hour|day|metre|meter|ton|tonne)\b)?)"
    rf"|\s*an?\s+(?P<a>{_UNITS})\b"
    r"|\s*(?:元|圆)?\s*/\s*(?P<zh>[\u4e00-\u9fff]{1,3})|\s*(?:元|圆)?\s*每\s*(?P<mei>[\u4e00-\u9fff]{1,3})",
    re.IGNORECASE,
)
_NO_STAGE = re.compile(
    r"discount|skonto|rabatt|interest|\blate\b|overdue|retain|retention|einbehalt|verzug|zins|royalt|"
    r"control|shares?\s+of|折扣|违约|滞纳|质保金|保留金|%\s*以上"
)
_NAMED_STAGE = re.compile(
    r"milestone|stage|instal?ment|abschlag|teilzahlung|zahlungsplan|in\s+raten|进度款|预付款|首付款|节点|尾款|分期"
)
_VERB = re.compile(
    r"\b(?:shall|will|may|pays?|paid|if|which|subject|reserves?|unless|section|schedule|be)\b|"
    r"\b(?:wird|werden|ist|zahlt|gemäß)\b|应|如果"
)
_NO_PRICE = re.compile(
    r"\blate\b|interest|penalt|damages|liab|cap\b|maximum|total|lump|contract\s+(?:price|sum)|insur|"
    r"postage|freight|shipping|delivery\s+charge|surcharge|travel|mileage|verzug|höchst|gesamt|"
    r"pauschal|versand|fracht|fahrt|reise|违约|滞纳|赔偿|总价|总金额|运费|差旅"
)
_PRICED = re.compile(r"price|rate|fee|charge|cost|preis|satz|honorar|vergüt|kost|单价|价格|费率|收费|元")
_STAGE = re.compile(
    r"upon|after|on\s+(?:completion|signing|delivery|acceptance|receipt)|at\s+(?:completion|handover|"
    r"signing)|when|following|milestone|stage|instal?ment|nach|bei|mit|zum|abschluss|rate|后|时|完成|节点|阶段|"
    r"预付款|进度款|首付款|尾款|验收款|签订"
)
_EVENT = re.compile(
    r"\s*(?P<name>[^,;]+?),?\s*(?:[甲乙]方|[买需采购委托发包定作承租]{1,2}[方人]|业主|客户)?(?:应|须|再|即|向\S{1,6}?|"
    r"于\S{0,6}?){0,2}(?:支付|付款|付至|付清|结算|预付|付|结清)"
)
_PAYING = re.compile(
    r"pay|due|instal?ment|invoice|zahl|fällig|rate|abschlag|rechnung|支付|付款|付|预付|结算|进度款|尾款"
)


def find_priced_items(statement: Statement) -> Iterator[Found]:
    """Find prices in prose: "senior engineer: EUR 120.00 per hour"."""
    if len(statement.text) > _MAX_SENTENCE or statement.has(_NO_PRICE):
        return
    if not (statement.has(_PRICED) or _PRICED.search(statement.headings) or ":" in statement.text):
        return
    text = statement.text
    floor = 0
    for found in find_money(text, statement.conventions):
        unit = _PER_UNIT.match(text, found.end)
        if unit is None or found.amount.value <= 0 or found.amount.currency is None:
            continue
        name = _item_before(text, floor, found.start)
        floor = unit.end()
        if name is None:
            continue
        which = next(group for group in ("unit", "a", "zh", "mei") if unit[group])
        parts = {
            "description": name,
            "unit_price": Span(start=found.start, end=found.end, value=found.amount.value),
            "unit": Span(start=unit.start(which), end=_unit_end(text, unit.end(which))),
        }
        taxed = is_tax_included(text)
        if taxed is not None:
            parts["tax_included"] = Span(
                start=found.start, end=found.end, value="true" if taxed else "false", is_derived=True
            )
        yield Found(term="price_list", span=parts["unit_price"], score=LIKELY, parts=parts, is_row=True)


def find_stages(statement: Statement) -> Iterator[Found]:
    """Find instalments in prose: "30 % (EUR 12,000.00) upon delivery".

    Unsure unless the sentence calls them instalments or its shares make up the whole.
    """
    if len(statement.text) > _MAX_SENTENCE or not statement.has(_PAYING) or not statement.has(_STAGE):
        return
    rates = [each for each in find_shares(statement.text) if 0 < each.rate <= _WHOLE]
    rates = [each for each in rates if not _is_tax(statement, each)]
    if not rates or statement.has(_NO_STAGE):
        return
    amounts = [each for each in find_money(statement.text, statement.conventions) if each.amount.currency]
    is_named = bool(_NAMED_STAGE.search(statement.low) or _NAMED_STAGE.search(statement.headings))
    is_whole = sum(each.rate for each in rates) == _WHOLE
    for index, rate in enumerate(rates):
        low = rates[index - 1].end if index else 0
        high = rates[index + 1].start if index + 1 < len(rates) else len(statement.text)
        name = _stage_name(statement.text, low, rate.start, rate.end, high)
        if name is None:
            continue
        parts = {"name": name, "share": Span(start=rate.start, end=rate.end, value=rate.rate)}
        amount = next((each for each in amounts if rate.end <= each.start < high), None)
        if amount is not None:
            parts["amount"] = Span(start=amount.start, end=amount.end, value=amount.amount.value)
        score = LIKELY if is_named or is_whole else POSSIBLE
        yield Found(term="milestones", span=parts["share"], score=score, parts=parts, is_row=True)


def _is_tax(statement: Statement, rate: FoundRate) -> bool:
    near = statement.low[max(0, rate.start - 25) : rate.end + 15]
    return bool(re.search(r"\bvat\b|\btax\b|mwst|ust\b|umsatzsteuer|税率|增值税", near))


def _unit_end(text: str, end: int) -> int:
    """Leave the full stop of the sentence out of the unit; keep that of "Std." inside it."""
    return end - 1 if end == len(text) and text.endswith(".") else end


def _item_before(text: str, floor: int, end: int) -> Span | None:
    stretch = text[floor:end]
    cut = max(
        (
            match.end()
            for match in re.finditer(r"[;,、]\s*(?:and\s+|und\s+)?|^\s*(?:and|und)\s+", stretch[:-1])
        ),
        default=0,
    )
    stretch_start = floor + cut
    name = text[stretch_start:end]
    name = re.sub(
        r"(?i)\s*(?::|=|-|(?:\b(?:shall|will)\s+be|\bis|\bare|\bwird|\bwerden)?\s*(?:\bcharged|\bbilled|"
        r"\binvoiced|\bprovided|\bsupplied|\bpriced|\bremunerated|\bpayable|\badded)?\s*(?:\bat|\bmit|\bzu)|"
        r"is|are|at|of|für|for|zu|von|beträgt|为|单价|价格)?\s*(?:(?:a|"
        r"the)\s+)?(?:net\s+)?(?:price|rate|fee)?\s*(?:of|is|at|von|为)?\s*[:=\-(]?\s*$",
        "",
        name,
    )
    lead = re.match(
        r"(?i)\s*(?:[-–•*]\s+)?(?:(?:the|an?|der|die|das)\s+)?(?:(?:unit\s+)?(?:price|rate|fee|charge)s?\s+(?:of|"
        r"for)\s+(?:the\s+|an?\s+)?)?",
        name,
    )
    skip = lead.end() if lead else 0
    printed = name[skip:].strip()
    if not _MIN_NAME <= len(printed) <= _MAX_NAME or _VERB.search(printed.lower()):
        return None
    start = text.index(printed, stretch_start)
    return Span(start=start, end=start + len(printed))


def _stage_name(text: str, low: int, start: int, end: int, high: int) -> Span | None:
    before, after = text[low:start], text[end:high]
    is_event_first = bool(re.search(r"[\u4e00-\u9fff]", text)) and bool(_STAGE.search(before.lower()))
    if is_event_first:
        cut = max((match.end() for match in re.finditer(r"[;,。]\s*", before[:-1])), default=0)
        event = _EVENT.match(before[cut:])
        if event is None:
            return None
        printed = event["name"].strip(" ,;:")
        offset = low + cut
    else:
        match = re.search(r"(?i)(?:upon|after|on|at|when|following|nach|bei|mit|zum)\s+[^,;.]{3,80}", after)
        if match is None:
            return None
        printed, offset = match.group().strip(), end
    if not printed or printed not in text[offset:]:
        return None
    begin = text.index(printed, offset)
    return Span(start=begin, end=begin + len(printed))


RULES: tuple[Rule, ...] = (find_priced_items, find_stages)
