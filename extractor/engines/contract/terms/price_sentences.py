"""Prices that stand in sentences, where there is no table."""

import re
from collections.abc import Iterator

from extractor.engines.contract.figures import find_money
from extractor.engines.contract.headers import is_tax_included
from extractor.engines.contract.rules import LIKELY, Found, Rule, Span, Statement
from extractor.values.amounts import FoundAmount

_MIN_NAME = 2  # characters of an item's name
_MAX_SENTENCE = 260  # characters: longer ones speak of prices, and fix none
_MAX_NAME = 80  # characters of an item's name
_UNITS = (
    r"hour|day|week|month|quarter|year|annum|unit|piece|user|page|km|kilomet(?:er|re)|tonne?|kg|set|"
    r"visit|licen[cs]e"
)
_FOR_EACH = re.compile(
    r"\s+(?:for\s+(?:each|every)|für\s+jede[nrs]?)\s+(?P<item>[^\W\d][\w-]*(?:\s+(?!(?:and|or|und|oder|"
    r"served|delivered|supplied|ordered|provided|performed|which|that|plus|net|excl\w*|incl\w*)\b)[\w-]+){0,5})",
    re.IGNORECASE,
)
_FOR_ITEM = re.compile(  # "EUR 64.00 per hour for a maintenance technician"
    r"\s+(?:for|für)\s+(?:(?:the|an?|any|eine?n?|den|die|das)\s+)?(?P<item>[^\W\d][\w-]*(?:\s+(?!(?:and|or|und|oder|up|if|which|that|plus|net|"
    r"excl\w*|incl\w*|bis|zzgl)\b)[\w-]+){0,5})",
    re.IGNORECASE,
)
_ZH_EACH = re.compile(  # 学生餐每份15元
    r"(?P<name>[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9()]{1,20}?)\s*(?:按照?|为|:)?\s*(?P<unit>(?:每[\u4e00-\u9fff]{1,2}?){1,2})"
    r"\s*(?:人民币)?\s*$"
)
_EACH = re.compile(r"\s*(?P<each>each|apiece)\b(?!\s+\w)", re.IGNORECASE)
_PER_UNIT = re.compile(
    r"\s*(?:\((?:excl|incl|net|plus|zzgl|netto)[^)]*\)\s*)?(?:net\s+)?(?:(?:per|each|je|pro)\s+|"
    r"/\s*)(?P<unit>[A-Za-zäöüÄÖÜß][\w²³.-]*(?:\s(?:hour|day|metre|meter|ton|tonne)\b)?)"
    rf"|\s*an?\s+(?P<a>{_UNITS})\b"
    r"|\s*(?:元|圆)?\s*/\s*(?P<zh>(?:(?!计|收|结)[\u4e00-\u9fff]){1,3})|\s*(?:元|圆)?\s*每\s*(?P<mei>[\u4e00-\u9fff]{1,3})",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:shall|will|may|pays?|paid|if|which|subject|reserves?|unless|section|schedule|be)\b|"
    r"\b(?:supplier|seller|vendor|contractor|provider|consultant)\s+(?:charges|bills|invoices)\b|\b(?:wird|werden|ist|zahlt|berechnet|gemäß)\b|应|如果|支付|承担|收取|[甲乙]方"
)
_FROM_DAY = re.compile(  # "From 1 July 2025 the price of", "Der Preis für"
    r"\s*(?:(?:with\s+effect\s+from|effective(?:\s+(?:as\s+of|from))?|from|as\s+of|mit\s+wirkung\s+(?:ab|vom|zum)|ab)\s+[^,]{0,8}?"
    r"\d[\w.\s/-]{4,18}?\d{2,4},?\s+)?(?:(?:beträgt|the|der|die)\s+)*(?:(?:new|revised|neuer?|geänderter?)\s+)?(?:(?:unit\s+|einzel|stück)?(?:price|rate|preis|satz)\s+(?:of|for|für|je|pro)\s+"
    r"(?:the\s+|an?\s+)?)",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(  # "From 1 July 2025 forklift rental"
    r"\s*(?:with\s+effect\s+from|effective(?:\s+(?:as\s+of|from))?|from|as\s+of|starting(?:\s+on)?|mit\s+wirkung\s+(?:ab|vom|zum)|ab)\s+"
    r"[^,]{0,8}?\d[\w.\s/-]{4,18}?\d{4},?\s+(?:(?:the|an?|der|die|das|eine?)\s+)?",
    re.IGNORECASE,
)
_BEFORE_PRICE = re.compile(  # what leads from an item's name to its price
    r"\s*(?::|=|-|(?:\b(?:shall|will|may|can)\s+be|\bis|\bare|\bwird|\bwerden)?\s*(?:\bcharged|\bbilled|"
    r"\binvoiced|\bprovided|\bsupplied|\bpriced|\bremunerated|\bpayable|\badded)?\s*(?:\bat|\bmit|\bzu)|"
    r"\b(?:(?:shall|will)(?:\s+henceforth|\s+then)?\s+be|is|are|now)(?:\s+now)?(?:\s+(?:increased|raised|reduced|lowered|"
    r"changed|adjusted|amended)\s+to)?|\b(?:rises|increases|falls|decreases)\s+to|"
    r"\b(?:erhöht|ermäßigt|verringert|ändert)\s+sich\s+auf|\bwird\s+auf|"
    r"\b(?:at|of|costs?|kostet|für|for|zu|von)|\bbeträgt(?:\s+(?:künftig|nunmehr))?|"
    r"的?(?:单价|价格)(?:调整|变更|修改|改)?(?:为(?:人民币)?)?|(?:调整|变更|修改|改)?为(?:人民币)?|按)?\s*(?:\b(?:a|the)\s+)?(?:\bnet\s+)?(?:\b(?:price|rate|fee))?\s*(?:\b(?:of|is|at|von)|为)?"
    r"\s*[:=\-(]?\s*$",
    re.IGNORECASE,
)
_STATED_IN = re.compile(  # "as set out in Annex A"
    r",?\s+(?:as\s+)?(?:set\s+out|stated|specified|listed|agreed)\s+in\s+(?:clause|section|annex|schedule)\s+[\w.]+$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\s*(?:[-–•*]\s+)?(?:(?:the|an?|eine?|der|die|das)\s+)?(?:(?:(?:new|revised|amended)\s+)?(?:unit\s+)?(?:price|rate|fee|charge)s?\s+"
    r"(?:of|for)\s+(?:the\s+|an?\s+)?)?",
    re.IGNORECASE,
)
_JOINING = re.compile(r"and|und|or|oder|plus|sowie|[和及]", re.IGNORECASE)
_NO_PRICE = re.compile(
    r"\blate\b|delay|breach|interest|penalt|damages|liab|cap\b|maximum|total|lump|contract\s+(?:price|sum)|insur|"
    r"postage|freight|shipping|delivery\s+charge|surcharge|travel|mileage|verzug|höchst|gesamt|"
    r"pauschal|versand|fracht|fahrt|reise|违约|滞纳|赔偿|总价|总金额|运费|差旅|逾期|押金|保证金|不低于"
)
_MOST_OF_IT = re.compile(  # how much may be billed at the price, and no other amount
    r",?\s*(?:but\s+|and\s+|jedoch\s+)?(?:up\s+to|(?:a\s+)?max(?:imum|\.)(?:\s+of)?|(?:not|no)\s+more\s+than|at\s+most|höchstens|maximal|bis\s+zu|"
    r"最多|不超过)\s*(?:insgesamt\s+)?\d[\d.,]*\s*(?!\d|eur|usd|gbp|元|%)[^\W\d]+(?:\s+(?:in\s+total|altogether|insgesamt))?"
)
_OF_ONE = re.compile(  # "The price of a pallet collar is", "Each pallet collar is invoiced at"
    r"(?:\b(?:price|rate|preis|satz)\s+(?:of|for|für)\s+)?\b(?:an?|one|each|every|eine?n?|jede[rns]?)\s+(?P<item>[^\W\d][\w-]*(?:\s+[\w-]+){0,5}?)\s+"
    r"(?:is|costs|amounts\s+to|(?:is|are)\s+(?:invoiced|billed|charged|priced)\s+at|kostet|beträgt|wird\s+mit)\s*$|"
    r"(?P<zh>[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9]{1,20}?)的?单价(?:为|是|:|：)?\s*(?:人民币)?\s*$",
    re.IGNORECASE,
)
_RATE_OF = re.compile(  # "The hourly rate of a fitter is"
    r"\b(?:(?:(?P<hour>hourly)|(?P<day>daily|day)|(?P<month>monthly))\s+rate\s+(?:of|for)\s+(?:(?:an?|the)\s+)?|"
    r"(?:(?P<stunde>stunden)|(?P<tag>tages)|(?P<monat>monats))satz\s+(?:eine[rs]|des|der|für(?:\s+(?:eine?n?|den|die))?)\s+)"
    r"(?P<item>[^\W\d][\w-]*(?:\s+[\w-]+){0,5}?)\s+(?:is|amounts\s+to|beträgt)\s*$",
    re.IGNORECASE,
)
_RATED = {"hour": "hour", "day": "day", "month": "month", "stunde": "hour", "tag": "day", "monat": "month"}
_PRICED = re.compile(
    r"price|rate|costs|invoiced|billed|kostet|berechn|miete|fee|charge|cost|preis|satz|honorar|vergüt|kost|单价|价格|费率|收费|元"
)


def find_priced_items(statement: Statement) -> Iterator[Found]:
    """Find prices in prose: "senior engineer: EUR 120.00 per hour"."""
    listed = statement.low.rpartition(": ")[2]  # "beyond the lump sum: a fitter at EUR 61.00 per hour"
    listed = _MOST_OF_IT.sub("", listed)
    if len(statement.text) > _MAX_SENTENCE or _NO_PRICE.search(listed):
        return
    if not (statement.has(_PRICED) or _PRICED.search(statement.headings) or ":" in statement.text):
        return
    text = statement.text
    floor = 0
    for found in find_money(text, statement.conventions):
        if found.amount.value <= 0 or found.amount.currency is None:
            continue
        named = _named(text, floor, found)
        if named is None:
            continue
        floor, parts = named
        if "description" not in parts:
            continue
        parts["unit_price"] = Span(start=found.start, end=found.end, value=found.amount.value)
        taxed = is_tax_included(text)
        if taxed is not None:
            parts["tax_included"] = Span(
                start=found.start, end=found.end, value="true" if taxed else "false", is_derived=True
            )
        yield Found(term="price_list", span=parts["unit_price"], score=LIKELY, parts=parts, is_row=True)


def _named(text: str, floor: int, price: FoundAmount) -> tuple[int, dict[str, Span]] | None:
    """Return what a price is for, and up to where the sentence says so; None where it does not."""
    if each := _ZH_EACH.search(text, floor, price.start):
        return price.end, {} if _VERB.search(each["name"]) else _by_each(each)
    name = _item_before(text, floor, price.start)
    if item := _FOR_EACH.match(text, price.end):
        span = Span(start=item.start("item"), end=item.end("item"))
        is_unit = name is not None or re.fullmatch(_UNITS, item["item"], re.IGNORECASE)
        parts = {"unit": span} if is_unit else {"description": span}
    elif unit := _PER_UNIT.match(text, price.end) or _EACH.match(text, price.end):
        item = unit
        which, printed = next((group, found) for group, found in unit.groupdict().items() if found)
        end = unit.end(which)
        if end == len(text) and printed.endswith("."):
            end -= 1  # the full stop of the sentence; that of "Std." inside it is the unit's
        parts = {"unit": Span(start=unit.start(which), end=end)}
        if name is None and (behind := _FOR_ITEM.match(text, end)):
            name = Span(start=behind.start("item"), end=behind.end("item"))
            return behind.end(), {"description": name, **parts}
    elif rate := _RATE_OF.search(text, floor, price.start):
        unit_name = next(name for name in _RATED if rate[name])
        start, end = rate.span(unit_name)
        return price.end, {
            "description": Span(start=rate.start("item"), end=rate.end("item")),
            "unit": Span(start=start, end=end, value=_RATED[unit_name], is_derived=True),
        }
    elif one := _OF_ONE.search(text, floor, price.start):
        which = "item" if one["item"] else "zh"
        return price.end, {"description": Span(start=one.start(which), end=one.end(which))}
    else:
        return None
    return item.end(), parts if name is None else {"description": name, **parts}


def _by_each(each: re.Match[str]) -> dict[str, Span]:
    return {
        "description": Span(start=each.start("name"), end=each.end("name")),
        "unit": Span(start=each.start("unit"), end=each.end("unit")),
    }


def _item_before(text: str, floor: int, end: int) -> Span | None:
    stretch = text[floor:end]
    cut = max(
        (
            match.end()
            for match in re.finditer(
                r"[;,、]\s*(?:and\s+|und\s+)?|:\s+(?=\S)|^\s*(?:and|und)\s+", stretch[:-1]
            )
        ),
        default=0,
    )
    stretch_start = floor + cut
    name = text[stretch_start:end]
    name = _STATED_IN.sub("", _BEFORE_PRICE.sub("", name))
    lead = _LEAD.match(name)
    skip = lead.end() if lead else 0
    if from_day := _FROM_DAY.match(name) or _DAY_FIRST.match(name):
        skip = from_day.end()
    printed = name[skip:].strip()
    is_name = _MIN_NAME <= len(printed) <= _MAX_NAME and not _JOINING.fullmatch(printed)
    if not is_name or _VERB.search(printed.lower()):
        return None
    start = text.index(printed, stretch_start)
    return Span(start=start, end=start + len(printed))


RULES: tuple[Rule, ...] = (find_priced_items,)
