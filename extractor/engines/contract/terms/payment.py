"""When invoices are paid: days, and what they are counted from."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractor.engines.contract.figures import Duration, find_durations, find_shares
from extractor.engines.contract.rules import LIKELY, POSSIBLE, SURE, Found, Rule, Span, Statement
from extractor.values.month_ends import find_month_end

_MAX_MONTHS = 6  # a longer time is no time for paying
_PAYING = re.compile(
    r"settlement|\bhonou?r|\b(?:sums?|amounts?|moneys?|invoices?)\b[^.;]{0,40}\b(?:reach|be\s+(?:credited|transferred|remitted))\b|\bpa(?:y|ys|id|yable|yments?)\b|\bdue\b|\bsettle[sd]?\b|\bremit|\bnet\s+(?:\d|[a-z]+\s*\()|"
    r"\bcredit\s+(?:period|terms?)|\bnet\b.{0,6}\bdays\b|\bdays\b.{0,4}\bnet\b"
    r"|zahl|fällig|begl(?:ei|i)ch|überw(?:ies|eis)|ausgleich|auszugleich|ausgeglichen"
    r"|付款|支付|付清|结清|结算|账期|帐期|付讫|汇付|付给|货款|款项"
)
_NAMED = re.compile(
    r"due\s+for\s+settlement|月结|days\s+net\b|tage\s+netto|rechnung(?:en)?\s+(?:\w+\s+){0,6}fällig|payment\s+(?:terms?|period|is\s+due)|terms?\s+(?:of|for)\s+payment|time\s+for\s+payment|"
    r"credit\s+(?:period|terms?)|invoices?\s+(?:are|is|shall\s+be|will\s+be|must\s+be|become|"
    r"falls?)\s+(?:\w+\s+){0,2}(?:paid|payable|due|settled)|pays?\s+(?:each|every|all|any|the|such|"
    r"undisputed|invoices?|\w+\s+invoices?)|net\s+\d"
    r"|zahlungsziel|zahlungsfrist|zahlbar|zahlungsbedingung|rechnung(?:en|"
    r"sbetr[aä]ge?)?\s+(?:\w+\s+){0,3}(?:fällig|zahl|begl|ausz)|(?:begleicht|zahlt|bezahlt|"
    r"überweist)\s+(?:\w+\s+){0,3}(?:rechnung|vergütung|kaufpreis)|付款(?:期限|期|条件|时间|账期)|账期|帐期|支付期限"
)
_OTHER_BUSINESS = re.compile(
    r"\bdefects?\b|warrant|guarantee|\bdispute[sd]?\b|\bobject(?:ion|s)?\b|\bcomplain|\bterminat|"
    r"\bcancel|\brefund|\breimburse|\bretention\b.{0,40}(?:released|repaid|returned)|"
    r"releas\w+\s+(?:\w+\s+){0,3}retention|\bretained\b|deposit|\badvance payment\b|down\s*payment|"
    r"\bcure[sd]?\b|\binsur|\bnotice\b(?!\s+of\s+payment)|\breminder|"
    r"\bsubmit\w*\b.{0,60}\binvoices?\s+within|\bissues?\s+(?:\w+\s+){0,4}invoices?\b.{0,40}\bwithin|"
    r"\brepair|\breplac|\breport|\bdeliver(?:s|ed|y)?\b(?=[^.]{0,30}\bwithin\b)|\bdomain\b|"
    r"\bconfidential|\baudit"
    r"|mängel|gewährleist|garantie|verjähr|reklam|rüge|widerspr|beanstand|kündig|erstatt|anzahlung|"
    r"vorauszahlung|kaution|versicher|mahnung|nachbesser|zurückgezahlt|ausgezahlt|freigegeben|"
    r"einbehalt\w*\s+(?:wird|ist)\b"
    r"|质保|保修|保证金|异议|退还|退款|预付|预付款|定金|订金|首付|保险|解除|维修|更换|赔偿|整改|返还|释放|尾款"
)
_DISCOUNT = re.compile(
    r"discount|rebate|skonto|nachlass|rabatt|abzug|deduct|reduc|折扣|优惠|减|扣|让利|返点|\boff\b"
)
_LATE = re.compile(
    r"overdue|\blate\b|delay|interest|penalt|default|verzug|überfällig|säumnis|mahn|逾期|违约|滞纳|迟延|延迟"
)
_SPLIT = re.compile(
    r"[;:]|(?<!\d),(?!\d)|\b(?:or|if|but|oder|bei|wenn|aber|sonst|otherwise|und|and)\b|、|,|或|否则"
)
_WINDOW = 110

_TRIGGERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "invoice_receipt",
        re.compile(
            r"after\s+(?:it|they)\s+(?:is|are|was|were|has\s+been|have\s+been)\s+received|(?:receipt|receiving|received|receives|arrival|"
            r"presentation)\s+(?:by\s+\w+\s+(?:\w+\s+)?)?(?:of\s+)?(?:(?:an?|the|each|such|any|every|"
            r"its|a\s+correct|[a-z'’]+)\s+){0,4}(?:\w+\s+){0,3}(?:invoices?|bills?|statements?)|"
            r"invoices?\s+(?:is|are|has\s+been|have\s+been)?\s*(?:\w+\s+){0,2}received|"
            r"invoice\s+receipt|(?:of|after|from|following|upon)\s+(?:its\s+|the\s+)?(?:receipt|"
            r"receiving)(?:\s+(?:thereof|by\s+\w+\s*\w*))?(?=\s*(?:$|[.,;]|and\b|by\b))|"
            r"after\s+(?:it\s+is|they\s+are|being)\s+received"
            r"|rechnungs(?:erhalt|eingang|zugang|empfang)|(?:erhalt|eingang|zugang|empfang|"
            r"vorlage)\s+(?:\w+\s+){0,4}(?:\w*rechnung)|rechnung\s+(?:erhalten|zugegangen|eingegangen)|"
            r"(?:nach|ab|seit)\s+(?:(?:deren|ihrem|ihres|dessen|dem|der)\s+)?(?:erhalt|eingang|zugang|"
            r"empfang)(?!\s+der\s+(?:ware|lief))"
            r"|(?:收到|收讫|接到|收取|获得|签收)[^,。;]{0,25}?(?:发票|票据|账单)|发票(?:送达|到达|收到|签收)|收票|票到|见票|(?:甲方|买方|"
            r"需方)收到[^,。;]{0,12}票"
        ),
    ),
    (
        "invoice_date",
        re.compile(
            r"(?:from|of|after)\s+its\s+(?:issue|date|issuance)|nach\s+(?:ihrem|deren|dem)\s+(?:\w+)?datum|(?:date|day|issue|issuance|issuing)\s+(?:of|on|stated\s+on|shown\s+on|"
            r"printed\s+on)?\s*(?:issue\s+of\s+)?(?:(?:an?|the|each|such|any|every|relevant|its|that|"
            r"corresponding|respective|applicable)\s+){0,3}(?:\w+\s+){0,2}(?:invoices?|bills?)\b"
            r"(?!\s+(?:is|are|was|were|has\s+been|have\s+been)\s+(?:\w+\s+)?receiv)|"
            r"invoice(?:'s)?\s+(?:issue\s+|issuance\s+|issuing\s+)?date|invoice\s+is\s+(?:issued|dated|"
            r"raised)|(?:after|from|of|following)\s+(?:the\s+)?(?:issue|issuance|invoice|invoicing|"
            r"billing)\b|date\s+of\s+invoic|invoice\s+issue"
            r"|rechnungs(?:datum|stellung|legung|ausstellung|ausgang|tag)|(?:datum|ausstellung|"
            r"stellung|legung|zugestellter?)\s+(?:der|einer|jeder|ihrer)\s+(?:\w+\s+){0,2}rechnung|"
            r"fakturadatum|ausstellungsdatum"
            r"|开票(?:日期|之日|日|后|当日)?|发票(?:日期|开具(?:日期|之日|日|后)|开出|所载日期|出具)|开具(?:\S{0,12})发票(?:之日|后|日期|日)|"
            r"出具(?:\S{0,12})发票(?:之日|后|日)"
        ),
    ),
    (
        "acceptance",
        re.compile(
            r"acceptance|accepted\s+by|approval\s+of\s+the\s+(?:works?|deliver)|sign[- ]?off|abnahme|"
            r"abgenommen|freigabe|验收"
        ),
    ),
    (
        "delivery",
        re.compile(
            r"deliver|receipt\s+of\s+(?:the\s+)?(?:goods|products|materials|services)|arrival|shipment|"
            r"dispatch|performance\s+of|completion|lieferung|auslieferung|wareneingang|anlieferung|"
            r"leistungserbringung|erhalt\s+der\s+ware|übergabe|fertigstellung"
            r"|交货|到货|交付|送达|送货|收货|发货|货到|供货完|完工|竣工|服务完成"
        ),
    ),
    (
        "signing",
        re.compile(
            r"sign(?:ing|ature|ed)|execution\s+of|conclusion\s+of|effective\s+date|commencement|"
            r"vertragsschluss|vertragsabschluss|unterzeichnung|unterschrift|abschluss\s+des\s+vertrag|"
            r"签订|签署|签约|生效|订立"
        ),
    ),
)


def find_payment_days(statement: Statement) -> Iterator[Found]:
    """Find the days that the buyer has, and the event that starts them."""
    low = statement.low
    is_titled = (
        bool(_NAMED.search(statement.headings)) or "zahl" in statement.headings or "pay" in statement.headings
    )
    if not statement.has(_PAYING) or (statement.has(_LATE) and not statement.has(_NAMED)):
        return
    is_other = statement.has(_OTHER_BUSINESS)
    is_named = statement.has(_NAMED)
    discounted = _discounted(statement)
    chosen = [
        each
        for each in find_durations(statement.text)
        if each.start not in discounted and _is_payment(statement, each)
    ]
    if not chosen and not is_other and (is_named or is_titled or statement.has(_PAYING)):
        yield from _to_the_end_of_a_month(statement)
    for duration in chosen[:1]:
        trigger = _trigger(low, duration)
        if is_other and not (is_named and trigger and trigger[0].startswith("invoice")):
            continue
        score = SURE if trigger and (is_named or is_titled) else LIKELY if trigger or is_named else POSSIBLE
        if trigger is None and not (is_named or is_titled):
            continue
        days = duration.days if duration.days is not None else 30 * (duration.months or 0)
        span = Span(
            start=duration.start, end=duration.end, value=Decimal(days), is_derived=duration.days is None
        )
        yield Found(term="payment_days", span=span, score=score)
        if trigger is not None:
            code, start, end = trigger
            yield Found(term="payment_trigger", span=Span(start=start, end=end, value=code), score=score)


def _to_the_end_of_a_month(statement: Statement) -> Iterator[Found]:
    """Find the end of a month up to which is paid; then no days are counted."""
    found = find_month_end(statement.low)
    if found is not None and not statement.has(_DISCOUNT) and not statement.has(_LATE):
        span = Span(start=found.start, end=found.end, value="other")
        yield Found(term="payment_trigger", span=span, score=LIKELY)


def _discounted(statement: Statement) -> set[int]:
    """Return where the times begin that a discount is granted for: one next to each share."""
    if not statement.has(_DISCOUNT):
        return set()
    durations = find_durations(statement.text)
    shares = find_shares(statement.text)
    return {
        min(durations, key=lambda each: max(each.start - share.end, share.start - each.end)).start
        for share in shares
        if durations
    }


def _is_payment(statement: Statement, duration: Duration) -> bool:
    """Say whether the days are those of paying in full: not of a discount, not of a delay."""
    low = statement.low
    if duration.months is not None and duration.months > _MAX_MONTHS:
        return False
    start = max((match.end() for match in _SPLIT.finditer(low, 0, duration.start)), default=0)
    following = _SPLIT.search(low, duration.end)
    part = low[start : following.start() if following else len(low)]
    if _DISCOUNT.search(part) and not re.search(
        r"\bnet\b|netto|ohne abzug|rein netto|without\s+deduction|not\s+deduct", part
    ):
        return False
    if re.search(r"%|percent|prozent|百分之", part) and _DISCOUNT.search(low):
        return False
    if _LATE.search(low[max(0, start - 25) : duration.end]):
        return False
    window = low[max(0, duration.start - _WINDOW) : duration.end + _WINDOW]
    return bool(_PAYING.search(window))


def _trigger(low: str, duration: Duration) -> tuple[str, int, int] | None:
    """Return the event nearest to the days: behind them, or before them where it is put first."""
    matches: list[tuple[int, int, str]] = []
    for code, pattern in _TRIGGERS:
        spans = [
            match.span()
            for match in pattern.finditer(low, max(0, duration.start - 60), duration.end + _WINDOW)
        ]
        matches += [
            (start, end, code) for start, end in spans if end <= duration.start or start >= duration.end
        ]
    # "receipt of the invoice issued": the outer event holds the inner one
    outer = [one for one in matches if not any(_holds(other, one) for other in matches)]
    if not outer:
        return None
    start, end, code = min(outer, key=lambda each: _distance(low, each, duration))
    return code, start, end


def _holds(other: tuple[int, int, str], one: tuple[int, int, str]) -> bool:
    return other[0] < one[0] < other[1] and other[2] != one[2]


def _distance(low: str, event: tuple[int, int, str], duration: Duration) -> int:
    start, end, _ = event
    if start >= duration.end:
        return start - duration.end
    return duration.start - end + (0 if _is_counted_from(low, end, duration) else 40)


def _is_counted_from(low: str, place: int, duration: Duration) -> bool:
    """Say whether "after the event, within n days" is written so: Chinese puts the event first."""
    return bool(
        re.search(r"后|之日|日起|起|within|binnen|innerhalb", low[max(0, place - 2) : duration.start])
    )


RULES: tuple[Rule, ...] = (find_payment_days,)
