"""Instalments that stand in sentences, where there is no table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.engines.contract.figures import find_money, find_shares
from extractor.engines.contract.rules import LIKELY, POSSIBLE, Found, Rule, Span, Statement
from extractor.values.amounts import FoundAmount
from extractor.values.rates import FoundRate

_MAX_SENTENCE = 260  # characters: longer ones speak of payments, and fix none
_WHOLE = 100  # percent
_NO_STAGE = re.compile(
    r"discount|skonto|rabatt|interest|\blate\b|overdue|retain|retention|einbehalt|verzug|zins|royalt|"
    r"control|shares?\s+of|折扣|违约|滞纳|%\s*以上"
)
_KEPT_BACK = re.compile(r"(?P<name>质保金|保留金|质量保证金|保修金)")
_PAID_IN_THE_END = re.compile(r"满后?\S{0,24}(?:支付|付清|返还|退还|结清)")
_NAMED_STAGE = re.compile(
    r"milestone|stage|instal?ment|abschl[aä]g|teilzahlung|zahlungsplan|in\s+raten|进度款|预付款|首付款|节点|尾款|分期"
)
_STAGE = re.compile(
    r"upon|after|on\s+(?:\w+\s+)?(?:completion|signing|delivery|acceptance|receipt)|at\s+(?:completion|handover|"
    r"signing)|when|following|milestone|stage|instal?ment|nach|bei|mit|zum|abschluss|rate|后|时|完成|节点|阶段|"
    r"预付款|进度款|首付款|尾款|验收款|签订"
)
_PAYING = re.compile(
    r"pay|paid|due|instal?ment|invoice|zahl|fällig|rate|abschl[aä]g|rechnung|支付|付款|付|预付|结算|进度款|尾款"
)
_EVENT = re.compile(
    r"\s*(?P<name>[^,;]+?),?\s*(?:[甲乙]方|[买需采购委托发包定作承租]{1,2}[方人]|业主|客户)?(?:应|须|再|即|累计|向\S{1,6}?|"
    r"于\S{0,6}?){0,2}(?:支付|付款|付至|付清|结算|预付|付|结清)"
)
_LABEL = re.compile(r"[\s;,。]*(?P<label>[\u4e00-\u9fff]{2,8}?)\s*(?:\([^)]{0,12}\))?:")
_COMMON_LABEL = re.compile(r".*进度款|付款|支付|.*方式|.*阶段|.*如下|.*期")
_PAYING_FIRST = re.compile(
    r"(?:[甲乙]方|[买需采购委托发包定作承租]{1,3}[方人]|业主|客户)?(?:应|须)?(?:再|累计)?(?:支付|付)"
)
_UP_TO = re.compile(  # a share of all that is paid by then, not of this payment
    r"(?:(?:支付|付款?|结算|拨付|付)(?:款)?(?:到|至)|累计(?:支付|付款|付)?(?:至|到|达到?)?)[^,;。\d%]{0,16}$|"
    r"\b(?:up\s+to|bringing\s+(?:\w+\s+){1,6}to|cumulative(?:ly)?(?:\s+\w+){0,3}|to\s+reach)\s+"
    r"(?:a\s+(?:cumulative\s+)?total\s+of\s+)?$|\b(?:bis\s+zu|bis\s+auf|auf)\s+(?:insgesamt\s+)?$|"
    r"\b(?:insgesamt|kumuliert)\s+$"
)
_FIRST = re.compile(
    r"(?:^|[;,:]|\band\b|\bund\b)\s*(?P<name>(?:upon|on|after|at|when|following|nach|bei|mit|zum)\s[^,;:]{3,80}?)"
    r"\s*[,:]?\s*(?:(?:a\s+further|another|weitere)\s+|(?:bis\s+zu|bis\s+auf|up\s+to)\s+(?:insgesamt\s+|"
    r"a\s+(?:cumulative\s+)?total\s+of\s+)?)?$",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\s*(?:[-–•*]\s+)?(?P<name>[A-ZÄÖÜ][^,;:%\d]{3,70}?)\s*(?::|\s-|,)\s*$")
_BEHIND = re.compile(r"(?i)\b(?:upon|after|on|at|when|following|nach|bei|mit|zum)\s+[^,;.]{3,80}")
_TAIL = re.compile(r"\s+(?:and|und|or|oder)\s*$")


def find_stages(statement: Statement) -> Iterator[Found]:
    """Find instalments in prose: "30 % (EUR 12,000.00) upon delivery".

    Unsure unless the sentence calls them instalments or its shares make up the whole. A
    share of all that is paid by then is the part `up_to` (see `in_shares`).
    """
    is_titled = bool(_NAMED_STAGE.search(statement.headings))
    is_about = statement.has(_PAYING) and statement.has(_STAGE)
    if len(statement.text) > _MAX_SENTENCE or not (is_about or is_titled) or statement.has(_NO_STAGE):
        return
    is_kept_back = statement.has(_KEPT_BACK)
    if is_kept_back and not statement.has(_PAID_IN_THE_END):
        return
    rates = [each for each in find_shares(statement.text) if 0 < each.rate <= _WHOLE]
    rates = [each for each in rates if not _is_tax(statement, each)]
    amounts = [each for each in find_money(statement.text, statement.conventions) if each.amount.currency]
    is_named = not is_kept_back and (is_titled or statement.has(_NAMED_STAGE))
    is_whole = sum(each.rate for each in rates) == _WHOLE
    is_event_first = bool(rates and _FIRST.search(statement.text[: rates[0].start]))
    for index, rate in enumerate(rates):
        low = rates[index - 1].end if index else 0
        high = rates[index + 1].start if index + 1 < len(rates) else len(statement.text)
        name = _stage_name(statement, low, rate, high, is_event_first=is_event_first)
        if name is not None:
            parts = {"name": name, **_parts(statement, rate, low, high, amounts)}
            score = LIKELY if is_named or is_whole or "up_to" in parts else POSSIBLE
            yield Found(term="milestones", span=name, score=score, parts=parts, is_row=True)


def in_shares(rows: Sequence[Found]) -> list[tuple[int, Found]]:
    """Turn "up to 70 %" into the share that this payment adds to those before it.

    Each row comes with its place among those given: what adds nothing is left out.
    """
    made: list[tuple[int, Found]] = []
    paid = Decimal(0)
    for place, row in enumerate(rows):
        parts = dict(row.parts)
        if reached := parts.pop("up_to", None):
            share = Decimal(str(reached.value)) - paid
            if share <= 0:
                continue
            parts["share"] = replace(reached, value=share, is_derived=True)
            parts.pop("amount", None)  # of all that is paid by then as well
        paid += Decimal(str(parts["share"].value))
        made.append((place, replace(row, parts=parts)))
    return made


def _parts(
    statement: Statement, rate: FoundRate, low: int, high: int, amounts: Sequence[FoundAmount]
) -> dict[str, Span]:
    """Return share and amount of one instalment."""
    share = Span(start=rate.start, end=rate.end, value=rate.rate)
    is_reached = bool(_UP_TO.search(statement.low[low : rate.start]))
    parts = {"up_to" if is_reached else "share": share}
    amount = next((each for each in amounts if rate.end <= each.start < high), None)
    if amount is not None:
        parts["amount"] = Span(start=amount.start, end=amount.end, value=amount.amount.value)
    return parts


def _is_tax(statement: Statement, rate: FoundRate) -> bool:
    near = statement.low[max(0, rate.start - 25) : rate.end + 15]
    return bool(re.search(r"\bvat\b|\btax\b|mwst|ust\b|umsatzsteuer|税率|增值税", near))


def _stage_name(
    statement: Statement, low: int, rate: FoundRate, high: int, *, is_event_first: bool
) -> Span | None:
    text = statement.text
    before, after = text[low : rate.start], text[rate.end : high]
    if re.search(r"[\u4e00-\u9fff]", text):
        if kept := _KEPT_BACK.search(text):
            return _span(kept, "name", 0)
        is_event = _STAGE.search(before.lower()) or _LABEL.match(before)
        return _chinese_name(before, low) if is_event else None
    if is_event_first and (first := _FIRST.search(before)):
        return _span(first, "name", low)
    if behind := _BEHIND.search(after):
        end = behind.end() - len(behind.group()) + len(_TAIL.sub("", behind.group()).rstrip())
        return Span(start=rate.end + behind.start(), end=rate.end + end)
    titled = _TITLED.match(before) if _NAMED_STAGE.search(statement.headings) else None
    return _span(titled, "name", low) if titled else None


def _chinese_name(before: str, low: int) -> Span | None:
    """Return the event ("验收合格后"), or the payment's own name ("预付款")."""
    labelled = _LABEL.match(before)
    if labelled and not _COMMON_LABEL.fullmatch(labelled["label"]):
        return _span(labelled, "label", low)
    start = labelled.end() if labelled else 0
    stops = [match.end() for match in re.finditer(r"[;,。]\s*", before[:-1]) if match.end() >= start]
    cut = max(stops, default=start)
    if _PAYING_FIRST.match(before, cut):  # "验收后10日内，支付…": the event stands before the comma
        cut = max((stop for stop in stops if stop < cut), default=start)
    event = _EVENT.match(before, cut)
    if event is None or not event["name"].strip(" ,;:"):
        return None
    name = event["name"]
    begin = low + event.start("name") + len(name) - len(name.lstrip(" ,;:"))
    return Span(start=begin, end=low + event.start("name") + len(name.rstrip(" ,;:")))


def _span(match: re.Match[str], group: str, offset: int) -> Span:
    return Span(start=offset + match.start(group), end=offset + match.end(group))


RULES: tuple[Rule, ...] = (find_stages,)
