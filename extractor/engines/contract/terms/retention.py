"""What is kept back of each payment, up to how much, and when it is paid out."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.engines.contract.figures import (
    Duration,
    find_durations,
    find_money,
    find_shares,
    rate_distance,
)
from extractor.engines.contract.rules import LIKELY, SURE, Found, Rule, Span, Statement
from extractor.values.dates import find_dates
from extractor.values.rates import FoundRate
from extractor.values.text import has_chinese

_MOST = 50  # percent that may be kept back
_FAR = 90  # characters between the share and the word
_RETENTION = re.compile(
    r"einzubehalten|retention|retain(?:ed|s)?\b|withh(?:old|eld|olds)|held\s+back|holds?\s+back|keeps?\s+back|"
    r"kept\s+back|einbehalt|einbehält|behält\b.{0,80}\bein\b|als\s+sicherheit|einbehalten|zurückbehalt|"
    r"zurückgehalten|gewährleistungsrückstellung|保留金|质保金|质量保证金|质量保留|保修金|扣留|预留|留存|暂扣|扣存"
)
_NOT_RETENTION = re.compile(
    r"withholding\s+tax|income\s+tax|quellensteuer|bauabzugsteuer|代扣代缴|record|documents|data\b|\btitle\b"
)
_LIMIT = re.compile(
    r"exceed|maximum|\bmax\b|\bcap(?:ped)?\b|\blimit|until\b.{0,80}?\b(?:reach|amount|equal|total)|reache[sd]|\breach\b|"
    r"at\s+most|no\s+more\s+than|up\s+to\b|\bbis\s*$|in\s+(?:total|aggregate)|"
    r"höchstens|maximal|begrenzt|höchstbetrag|bis\s+zu\s+(?:einer\s+höhe|insgesamt|einem\s+gesamt)|bis\s+(?:insgesamt|maximal)|"
    r"erreicht|überst(?:ei|ie)g|überschr|obergrenze|insgesamt|不超过|不得超过|不应超过|最高|上限|为限|累计|达到|为止|封顶"
)
_OF_THE_WHOLE = re.compile(  # behind a share: all that the contract is worth
    r"\s*(?:\)\s*)?(?:of|der|des|vom)\s+(?:the\s+)?(?:(?:total|overall|agreed|original|final|gesamten|vereinbarten|net|gross)\s+)*"
    r"(?:contract\s+(?:price|sum|value|amount)|(?:price|fee|order\s+value|contract|agreement)\b|"
    r"(?:netto|brutto)?-?(?:gesamt)?(?:auftrags|vertrags|abrechnungs)\w*|gesamt\w+|werklohns?|"
    r"total\s+(?:price|sum|fee|amount|value))"
)
_ZH_OF_THE_WHOLE = re.compile(
    r"(?:合同|协议|工程|结算|项目)?(?:暂定|结算)?(?:总价款?|总额|总金额|价款|金额|造价|总造价)的?\s*$"
)
_LIMIT_NEAR = 70  # characters between the limiting words and the share
_PAID_OUT = re.compile(
    r"releas|repa(?:id|y)|\breturn|refund|pa(?:id|ys?|yment)\s+(?:out|over|back)|handed\s+back|\b(?:due|payable)\b|\bpaid\b|"
    r"ausgezahlt|ausbezahlt|auszuzahlen|auszahl|freigegeben|freizugeben|freigabe|zurückgezahlt|zurückzuzahlen|rückzahl|"
    r"herausg|fällig|aufgelöst|退还|返还|支付|付清|释放|结清|退回|发还|\buntil\b|\bbis\b"
)
_EVENT = re.compile(
    r"(?:end|expiry|expiration|lapse|completion)\s+of\s+(?:the\s+)?(?:\w+[\s-]+){0,3}period|"
    r"(?:defects?|warranty|guarantee|maintenance)(?:\s+\w+){0,2}?\s+(?:has|have|is)?\s*(?:ended|expired|expires|ends|lapsed|over|run\s+out|runs\s+out)|"
    r"defects\s+have\s+been\s+(?:made\s+good|remedied|rectified)|"
    r"(?:(?:final|practical|substantial|provisional|mechanical|successful)\s+)?"
    r"(?:acceptance|completion|hand-?\s?over|taking[\s-]over|commissioning)\b|"
    r"(?:ablauf|ende|beendigung)\s+der\s+(?:\w+\s+)?(?:gewährleistung|garantie|mängel|verjährung|wartung)\w*|beseitigung\s+aller\s+mängel|"
    r"(?:schluss|end|teil|bau)?abnahme\b|fertigstellung|inbetriebnahme|übergabe|"
    r"(?:质保期|保修期|质量保证期|缺陷责任期|保证期|保修)\S{0,10}?(?:届?满|到期|结束)|"
    r"(?:竣工|最终|终|初步|初)?验收(?:合格|通过)?|竣工|完工|交付|到货"
)
_HALF = re.compile(r"\bhalf\b|\bhälfte\b|一半|半数")
_REST = re.compile(
    r"remain(?:der|ing)|\bbalance\b|\brest(?:liche)?\b|other\s+half|second\s+half|andere\s+hälfte|余款|余额|余下|剩余|其余"
)
_OF_IT = re.compile(
    r"\s*(?:of|des|der|davon|hiervon|thereof)\s*(?:the\s+)?(?:retention|retain|holdback|sum\s+retained|amount\s+(?:retained|held)|einbehalt|sicherheit|it\b|this\b)?"
)
_BEFORE_DURATION = re.compile(
    r"(?:within|in|innerhalb(?:\s+von)?|binnen|no\s+later\s+than|not\s+later\s+than)\s*$"
)
_AFTER = re.compile(
    r"\s*(?:after|following|from|later|thereafter|nach|später|届?满|后(?!\S{0,3}内)|之后|期?(?:届)?满)"
)
_BEHIND_AFTER = re.compile(r"(?:after|nach|expiry\s+of|ablauf\s+von|满)\s*(?:a\s+period\s+of\s+)?$")
_THEREAFTER = re.compile(r"\s*(?:thereafter|later|afterwards|danach|später)\b")
_SAME = re.compile(  # a sentence that goes on speaking of what the one before said
    r"^(?:it|this|these|half|such|the\s+(?:amount|sum|money|balance|remainder|sums)|dieser?|diese|er|sie|der\s+(?:betrag|rest)|"
    r"die\s+hälfte|该|此|上述|其)"
)


def find_retention(statement: Statement) -> Iterator[Found]:
    """Find the share of each payment that is kept back."""
    if not statement.has(_RETENTION) or statement.has(_NOT_RETENTION):
        return
    if re.search(r"discount|skonto|tax|steuer|税", statement.low) and not re.search(
        r"retention|einbehalt|质保金|保留金|质量保证金", statement.low
    ):
        return
    cues = [match.span() for match in _RETENTION.finditer(statement.low)]
    others = [*_limits(statement), *_shares_of_it(statement)]
    rates = [each for each in find_shares(statement.text) if 0 < each.rate <= _MOST and each not in others]
    if not rates:
        return
    best = min(rates, key=lambda each: min(rate_distance(start, end, each) for start, end in cues))
    if min(rate_distance(start, end, best) for start, end in cues) > _FAR:
        return
    yield Found(term="retention_rate", span=_rate_span(best), score=SURE)


def find_retention_cap(statement: Statement) -> Iterator[Found]:
    """Find the most that is kept back in all: a share of the contract's total, or an amount."""
    if not _speaks_of_retention(statement):
        return
    if limits := _limits(statement):
        span = _rate_span(limits[0])
        yield Found(term="retention_cap", span=span, score=SURE, parts={"percent": span})
        return
    for money in find_money(statement.text, statement.conventions):
        before = statement.low[max(0, money.start - _LIMIT_NEAR) : money.start]
        if money.amount.currency and _LIMIT.search(before):
            span = Span(start=money.start, end=money.end, value=money.amount.value)
            yield Found(term="retention_cap", span=span, score=LIKELY, parts={"amount": span})
            return


def find_retention_release(statement: Statement) -> Iterator[Found]:
    """Find when what was kept back is paid out: on a day, after an event, or so long after it."""
    if not statement.has(_PAID_OUT) or not _speaks_of_retention(statement):
        return
    shares = _released_shares(statement)
    durations = [each for each in find_durations(statement.text) if _is_after(statement, each)]
    events = [match.span() for match in _EVENT.finditer(statement.low)]
    rows = [
        _row(event, durations, events[:place], events[place + 1 :], statement)
        for place, event in enumerate(events)
    ]
    rows += [_lasting(each) for each in durations if _is_of_no_event(statement, each, events)]
    if not rows:
        days = find_dates(statement.text, is_day_first=statement.conventions.is_day_first)
        rows = [{"due": Span(start=day.start, end=day.end, value=day.date)} for day in days]
    for parts, share in zip(rows, shares if len(shares) == len(rows) else [None] * len(rows), strict=True):
        told = {**parts, "share": share} if share is not None else parts
        span = next(iter(parts.values()))
        yield Found(term="retention_release", span=span, score=LIKELY, parts=told, is_row=True)


def _speaks_of_retention(statement: Statement) -> bool:
    if statement.has(_NOT_RETENTION):
        return False
    if statement.has(_RETENTION):
        return True
    if _RETENTION.search(statement.headings):
        return True
    return bool(_SAME.match(statement.low) and _RETENTION.search(statement.before))


def _limits(statement: Statement) -> list[FoundRate]:
    """Return the shares of the whole contract that what is kept back may reach."""
    found = []
    for rate in find_shares(statement.text):
        before = statement.low[max(0, rate.start - _LIMIT_NEAR) : rate.start]
        behind = statement.low[rate.end : rate.end + 12]
        is_limited = _LIMIT.search(before) or (has_chinese(statement.text) and _LIMIT.search(behind))
        is_of_the_whole = _OF_THE_WHOLE.match(statement.low, rate.end) or _ZH_OF_THE_WHOLE.search(before)
        if is_limited and is_of_the_whole:
            found.append(rate)
    return found


def _shares_of_it(statement: Statement) -> list[FoundRate]:
    """Return the shares that are of what was kept back, not of a payment."""
    return [
        rate
        for rate in find_shares(statement.text)
        if ((match := _OF_IT.match(statement.low, rate.end)) and _RETENTION.search(match.group()))
        or re.search(r"(?:质保金|保留金|质量保证金)总?额?的\s*$", statement.low[: rate.start])
    ]


def _released_shares(statement: Statement) -> list[Span | None]:
    """Return the shares of what was kept back, in the order told; None stands for the rest."""
    found: list[tuple[int, Span | None]] = [
        (each.start, Span(start=each.start, end=each.end, value=each.rate))
        for each in _shares_of_it(statement)
    ]
    rests = [match.span() for match in _REST.finditer(statement.low)]
    found += [(start, None) for start, _ in rests]
    found += [
        (match.start(), Span(start=match.start(), end=match.end(), value=Decimal(50), is_derived=True))
        for match in _HALF.finditer(statement.low)
        if not any(start <= match.start() < end for start, end in rests)
    ]
    return [share for _, share in sorted(found, key=lambda each: each[0])]


def _is_of_no_event(statement: Statement, duration: Duration, events: Sequence[tuple[int, int]]) -> bool:
    """Say whether a time runs from what was said before: "and the balance 12 months thereafter"."""
    return not events or bool(
        events[-1][1] <= duration.start and _THEREAFTER.match(statement.low, duration.end)
    )


def _row(
    event: tuple[int, int],
    durations: Sequence[Duration],
    before: Sequence[tuple[int, int]],
    behind: Sequence[tuple[int, int]],
    statement: Statement,
) -> dict[str, Span]:
    """Return an event with the time after it: in front of it, in Chinese behind or inside."""
    parts = {"event": Span(start=event[0], end=event[1])}
    if has_chinese(statement.text):
        low, high = event[0], behind[0][0] if behind else len(statement.text)
    else:
        low, high = before[-1][1] if before else 0, event[0]
    near = [each for each in durations if low <= each.start < high]
    return parts | (_lasting(near[-1]) if near else {})


def _lasting(duration: Duration) -> dict[str, Span]:
    name = "months" if duration.months is not None else "days"
    value = Decimal(duration.months if duration.months is not None else duration.days or 0)
    return {name: Span(start=duration.start, end=duration.end, value=value)}


def _is_after(statement: Statement, duration: Duration) -> bool:
    """Say whether nothing is paid out before a time has passed: not "within 30 days of acceptance"."""
    before, low = statement.low[: duration.start], statement.low
    if _BEFORE_DURATION.search(before) or re.match(r"\s*(?:内|以内|之内)", low[duration.end :]):
        return False
    return bool(_AFTER.match(low, duration.end) or _BEHIND_AFTER.search(before))


def _rate_span(rate: FoundRate) -> Span:
    return Span(start=rate.start, end=rate.end, value=rate.rate)


RULES: tuple[Rule, ...] = (find_retention, find_retention_cap, find_retention_release)
