"""What lowers or raises a bill by a share: discounts, interest for delay."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.engines.contract.figures import find_durations, find_shares, rate_distance
from extractor.engines.contract.rules import LIKELY, POSSIBLE, SURE, Found, Rule, Span, Statement, find_all
from extractor.values.numerals import parse_chinese_amount
from extractor.values.rates import FoundRate

_MOST = 50  # percent of a discount
_DISCOUNT = re.compile(
    r"(?:supplier|seller|vendor|contractor|provider|licensor)\s+(?:shall\s+|will\s+)?deducts?\s+(?=\d)|"
    r"\d\s*%\s+off\b|percent\s+off\b|per\s+cent\s+off\b|discount|rebate|price\s+reduction|\breduc(?:ed|tion|es|e)\b|allowance|skonto|nachlass|rabatt|"
    r"bonus|abzug|preisabschlag|minderung|ermäßig"
    r"|折扣|优惠|让利|返利|返点|减免|下浮|[减扣]\s*\d|减\s*收|给予\S{0,6}折|打\S{0,4}折|\d\s*折|[一二三四五六七八九]折"
)
_EARLY = re.compile(
    r"settles?\s+(?:\w+\s+){0,3}(?:within|in)|bezahlt\s+\w+\s+binnen|skonto|prompt\s+payment|early\s+payment|early\s+settlement|cash\s+discount|settlement\s+discount|"
    r"if\s+(?:\w+\s+){0,6}pa(?:id|ys?)|when\s+paid|for\s+payment|payment\s+(?:is\s+)?(?:made|received|"
    r"within)|pa(?:id|ys|ying|yment)\s+within|bei\s+zahlung|zahlung\s+(?:innerhalb|binnen|in)|"
    r"zahlt\s+(?:\w+\s+){0,3}(?:innerhalb|binnen)|提前付款|提前支付|内\s*(?:付款|支付|付清|结清)|现金折扣"
)
_EVERY = re.compile(
    r"each|every|all\s+(?:invoices|orders|prices|purchases)|any\s+invoice|per\s+invoice|"
    r"on\s+the\s+(?:list\s+)?prices?|je\s+rechnung|jede[rnm]?|alle\s+(?:rechnungen|preise|listen)|"
    r"auf\s+(?:die|alle|jede|sämtliche)|sämtliche|每(?:次|笔|张|期|单|份|批)|各期|所有|全部"
)
_NOT_DISCOUNT = re.compile(
    r"no\s+(?:\w+\s+)?discounts?|kein\w*\s+(?:skonto|rabatt|nachlass)|without\s+(?:any\s+)?discount|"
    r"ohne\s+skonto|无折扣|不(?:享受|给予)\S{0,4}(?:折扣|优惠)"
)
_PENAL = re.compile(
    r"\bfails?\b|failure|default|breach|royalt|returns\b|per\s+(?:month|week|day)|säumnis|verletz|违约|逾期|未能"
)
_WHOLE = 100  # percent
_MAX_SENTENCE = 260  # characters: longer ones speak of discounts, and fix none
_NEAR = 60  # characters between a share and what it is called
_FAR = 120  # the same, for interest
_FOLD = re.compile(r"(?P<rate>[一二三四五六七八九]{1,2}|\d(?:\.\d)?)\s*折(?!扣)")
_LATE = re.compile(
    r"not\s+paid|when\s+due|nicht\s+(?:\w+\s+){0,2}bezahlt|\blate\b|overdue|default|interest|arrears|past\s+due|unpaid|delay(?:ed)?\s+payment|verzug|"
    r"verzugszins|säum|verzins|überfällig|zinsen|逾期|滞纳金|迟延|延期付款|违约金|未按期|拖欠"
)
_NOT_LATE = re.compile(
    r"deliver(?:y|ies)|late\s+performance|liquidated\s+damages\s+for|lieferverzug|lieferung|"
    r"vertragsstrafe|逾期交货|逾期交付|延期交货|逾期供货|逾期竣工|迟延交货|工期延误|逾期完工|逾期提供"
)
_OWED = re.compile(
    r"pa(?:y|id)|amount|sum|invoice|balance|\bdue\b|overdue|interest|debt|zahl|betr[aä]g|forderung|"
    r"rechnung|zins|verzug|款|额|费|支付"
)
_OWNED = re.compile(
    r"securit(?:y|ies)|equity|voting|stock|ownership|control\b|shareholder|liquidated|stimmrecht|anteile"
)
_PER = re.compile(
    r"\s*(?:p\.\s?a\.|p\.\s?m\.|pro\s+(?:jahr|monat|tag)|jährlich|monatlich|per\s+(?:annum|year|month|"
    r"day|week)|a\s+(?:year|month|day)|(?:annually|monthly|daily)|prozentpunkte?n?|"
    r"percentage\s+points?)?"
    r"(?:\s*(?:p\.\s?a\.))?(?:\s*(?:über|above|over)\s+(?:dem|the|den)?\s*(?:jeweiligen\s+|"
    r"jeweils\s+\w+\s+|bank\s+of\s+england\s+|ecb\s+|"
    r"european\s+central\s+bank\s+)?[\w'äöüß ]{0,40}?(?:basiszins\w*|base(?:\s+(?:lending\s+)?rate)?|"
    r"prime(?:\s+rate)?|libor|euribor|leitzins\w*|rate)\b)?"
    r"(?:\s*(?:p\.\s?a\.|per\s+(?:annum|year|month|day)))?",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?P<number>\d{1,2}(?:[.,]\d+)?|\w+)\s*(?P<unit>prozentpunkte?n?|percentage\s+points?|个百分点)",
    re.IGNORECASE,
)
_ZH_HEAD = re.compile(r"[,:;。，：；、](?:(?:则|应|须)?(?:按照?|以))?(?=[^,:;。]{0,24}$)")


def find_agreed_discount(statement: Statement) -> Iterator[Found]:
    """Find a share that comes off every invoice, whenever it is paid."""
    if not statement.has(_DISCOUNT) or statement.has(_NOT_DISCOUNT) or _is_early(statement):
        return
    rate = _rate_of(statement)
    if rate is None or not 0 < rate.rate < _WHOLE or len(statement.text) > _MAX_SENTENCE:
        return
    if (
        statement.has(_PENAL)
        or min(rate_distance(*cue, rate) for cue in find_all(_DISCOUNT, statement.low)) > _NEAR
    ):
        return
    score = SURE if statement.has(_EVERY) else LIKELY
    span = Span(start=rate.start, end=rate.end, value=rate.rate)
    yield Found(term="agreed_discount", span=span, score=score, parts={"percent": span})


def find_early_payment_discount(statement: Statement) -> Iterator[Found]:
    """Find a share that the buyer may deduct for paying within so many days."""
    if not statement.has(_DISCOUNT) or statement.has(_NOT_DISCOUNT) or not _is_early(statement):
        return
    rates = [each for each in find_shares(statement.text) if 0 < each.rate < _MOST]
    durations = [each for each in find_durations(statement.text) if each.days is not None]
    for rate in rates:
        near = min(durations, key=lambda each: rate_distance(each.start, each.end, rate), default=None)
        if near is None:
            continue
        span = Span(start=rate.start, end=rate.end, value=rate.rate)
        days = Span(start=near.start, end=near.end, value=Decimal(near.days or 0))
        parts = {"percent": span, "days": days}
        yield Found(term="early_payment_discount", span=span, score=SURE, parts=parts)


def find_late_fee(statement: Statement) -> Iterator[Found]:
    """Find the interest on late payments, as printed: "1.5% per month"."""
    if not statement.has(_LATE) or not statement.has(_OWED) or statement.has(_OWNED):
        return
    if statement.has(_NOT_LATE) and not re.search(r"payment|zahlung|付款|未付|应付|欠付", statement.low):
        return
    low = statement.low
    spans = [(each.start, each.end) for each in find_shares(statement.text)]
    spans += [match.span() for match in _POINTS.finditer(statement.text)]
    cues = find_all(_LATE, low)
    near = [span for span in sorted(spans) if min(_gap(span, cue) for cue in cues) <= _FAR]
    for start, end in near[:1]:
        tail = _PER.match(statement.text, end)
        last = tail.end() if tail else end
        heads = list(_ZH_HEAD.finditer(low[:start])) if re.search(r"[\u4e00-\u9fff]", low[:start]) else []
        first = heads[-1].end() if heads else start
        is_named = bool(re.search(r"interest|late|overdue|verzug|zins|逾期|滞纳|迟延", low))
        printed = statement.text[first:last].rstrip(" ,")
        span = Span(start=first, end=first + len(printed))
        yield Found(term="late_fee_rate", span=span, score=LIKELY if is_named else POSSIBLE)


def _is_early(statement: Statement) -> bool:
    if "skonto" in statement.low:
        return True
    return statement.has(_EARLY) and any(each.days is not None for each in find_durations(statement.text))


def _rate_of(statement: Statement) -> FoundRate | None:
    cues = [match.span() for match in _DISCOUNT.finditer(statement.low)]
    rates = find_shares(statement.text)
    if rates:
        return min(rates, key=lambda each: min(rate_distance(start, end, each) for start, end in cues))
    match = _FOLD.search(statement.text)
    if match is None:
        return None
    return FoundRate(start=match.start(), end=match.end(), rate=_off(match["rate"]))


def _off(fold: str) -> Decimal:
    """Return the percentage that 九五折 or 9.5折 takes off."""
    if fold[0].isdigit():
        return Decimal(100) - Decimal(fold) * 10
    digits = [parse_chinese_amount(character) or Decimal(0) for character in fold]
    kept = digits[0] * 10 + (digits[1] if len(digits) > 1 else 0)
    return Decimal(100) - kept


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, one[0] - other[1], other[0] - one[1])


RULES: tuple[Rule, ...] = (find_agreed_discount, find_early_payment_discount, find_late_fee)
