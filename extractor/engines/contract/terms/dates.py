"""When the contract was signed, and from when to when it holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from extractor.engines.contract.clauses import PREAMBLE, SIGNATURES
from extractor.engines.contract.figures import Duration, find_durations
from extractor.engines.contract.rules import LIKELY, POSSIBLE, SURE, WEAK, Found, Rule, Span, Statement
from extractor.values.dates import FoundDate, find_dates
from extractor.values.month_ends import months_later

_FAR = 35  # characters between a date and what says what it is
_SIGNED = re.compile(
    r"signed\s+(?:\w+\s+){0,3}(?:on|this|at|in)?|\bdated\b(?:\s+(?:as\s+)?of)?|"
    r"(?<!start )(?<!end )(?<!effective )(?<!expiry )(?<!commencement )(?<!expiration )(?<!termination "
    r")\bdate\s*(?::|$)|date\s+of\s+(?:signature|signing|this\s+agreement|agreement|contract|"
    r"execution)|entered\s+into|made\s+(?:and\s+(?:entered\s+into|"
    r"executed)\s+)?(?:effective\s+)?(?:as\s+of|on|this|at)|\bmade\b|executed|concluded|"
    r"agreement\s+date|contract\s+date|agree\s+as\s+of|is\s+entered"
    r"|\bvom\b|datiert|unterzeichn|geschlossen|abgeschlossen|vertragsdatum|\bdatum\b|\bden\b|unterschrieben"
    r"|签\s*(?:订|署|约|定|字)|订立|合同日期|日\s*期|立约"
)
_SHORT = 70  # characters of a line that says little more than when the contract was signed
_SIGNED_PLAINLY = re.compile(
    r"(?:concluded|signed|executed)\s+(?:at|in|on)\b|date\s+of\s+(?:signature|contract|agreement)|"
    r"geschlossen|unterzeichnet|unterschrieben|签\s*[订署约]"
)
_OPENING = re.compile(
    rf"{PREAMBLE}|(?:article|section|clause|artikel|§)?\s*1|[A-C]|I|\(1\)|第一条|一、", re.IGNORECASE
)
_STANDS_BEFORE = re.compile(
    r"(?:dated|dated\s+as\s+of|date|made\s+(?:on|as\s+of)|signed\s+on|vom|datum|签[订署]日期)\s*:?\s*$"
)
_SIGNED_AFTER = re.compile(
    r"^[^.]{0,40}?(?:签\s*(?:订|署|约|定)|订立|(?:ab)?geschlossen|unterzeichnet|unterschrieben)"
)
_START = re.compile(
    r"effective\s+(?:as\s+of|on|from|date|this)?|takes?\s+effect|commenc\w*|\bstart(?:s|ing)?\b|"
    r"begin(?:s|ning)?|valid\s+(?:from|as\s+of)|in\s+force\s+(?:from|as\s+of)|\bfrom\b|"
    r"with\s+effect\s+from|enters?\s+into\s+force|comes?\s+into\s+(?:force|effect)|runs?\s+from|"
    r"as\s+of"
    r"|gültig\s+(?:ab|vom)|\bab(?:\s+dem)?\b|begin(?:nt|n)?|in\s+kraft|vertragsbeginn|\bvom\b|"
    r"mit\s+wirkung|(?<!bis )\bzum\b|wirksam"
    r"|自|从|生效|有效期|期\s*限|起|开始|始于|履行期|服务期|合同期"
)
_END = re.compile(
    r"until|\btill\b|through|\bto\b|expir\w*|\bend(?:s|ing|ed)?\b|terminat\w*|valid\s+(?:until|to|"
    r"through)|not?\s+later\s+than|up\s+to|and\s+including|lapse|[-]"
    r"|\bbis\b(?:\s+zum)?|endet|vertragsende|\bende\b|läuft|ablauf|befristet|auslauf|beendet"
    r"|至|到|止|终止|届满|失效|截止|期满|到期"
)
_VALIDITY = re.compile(
    r"\bbound\b|\binto\s+force\b|\blapses?\b|\bgilt\b|\bgelten\b|begins?\b|services?\s+(?:are|begin|start)|leistungszeitraum|合作|agreement|contract|\bterm\b|valid|effective|in\s+force|commenc|\bstart\b|\bstarts\b|\bends?\b|"
    r"expir|duration|initial\s+period|contract\s+period|services\s+term|period"
    r"|vertrag|laufzeit|gültig|dauer|in\s+kraft|wirksam|vereinbarung|beginn|ende"
    r"|合同|协议|有效期|期限|生效|服务期|履行期|合作期|租期|期间|本约|终止|届满"
)
_ELSE = re.compile(
    r"prices?\s+(?:are|remain|is|shall)|price\s+(?:list|increase|adjust)|deliver(?:y|ies|"
    r"ed)?\s+(?:date|by|no\s+later|on\s+or|shall|is|until)|shipment|warrant|guarantee|insur|"
    r"confidential\w*\s+(?:shall|obligation)|forecast|patent|amended|act\s+of|"
    r"dated\s+as\s+of.{0,40}(?:credit|lease|merger|settlement)|fiscal|calendar\s+year|quarter|"
    r"business\s+day|annual\s+report|offer\s+of|quotation|purchase\s+order\s+of|filed|registered"
    r"|preise?\s+(?:gelten|sind|bleib)|preisbindung|liefertermin|lieferung\s+bis|gewährleist|garantie|"
    r"angebot\s+vom|bestellung\s+vom|in\s+der\s+fassung|gesetz"
    r"|交货|供货时间|送货|质保|保修|报价|价格有效|到货|验收时间|交付时间|发货|竣工日期|开工日期|工期"
)
_RANGE = re.compile(
    r"^\s*(?:\([^)]{0,30}\)|[,，]|起|\(including\)|including|incl\.)?\s*(?:(?:and|und|"
    r",)?\s*(?:remain\w*\s+in\s+\w+\s+)?(?:until|till|through|thru|to|ends?\s+on|ending(?:\s+on)?|"
    r"bis(?:\s+(?:zum|einschließlich|inkl\.))?|endet\s+am|expir\w+\s+on|-|–|~|至|到|起\s*至|起\s*到|"
    r"日起至))\s*(?:and\s+including\s+|the\s+|dem\s+)?"
)
_EFFECTIVE_NAME = re.compile(
    r"^[^.;]{0,12}\(\s*(?:the|this|hereinafter|hereafter)?[^)]{0,40}?\"?(?:effective|commencement|"
    r"start)\s+date"
)
_FROM_START = re.compile(
    r"effective\s+date|commencement\s+date|date\s+(?:hereof|of\s+this|first)|vertragsbeginn|生效|签订|签署|"
    r"hereof|inkrafttreten|unterzeichnung"
)
_LASTS = re.compile(
    r"(?:period|term|duration|for|of|remain\w*\s+in)\b|dauer|laufzeit|zeitraum|für|期限|有效期|为期|期间|合同期|共"
)
_NO_LASTING = re.compile(
    r"renew|extend|notice|terminat|survive|after\s+(?:the\s+)?(?:expir|terminat)|within|verlänger|"
    r"kündig|frist|nach\s+(?:ende|ablauf)|续|通知|提前|保密|质保|warrant|defect|gewährleist|confidential|"
    r"prior\s+to|anniversary|rectification|retention|retained|released|mängel|einbehalt|缺陷|保修"
)


def find_dates_of_term(statement: Statement) -> Iterator[Found]:
    """Find signing, start and end dates in one sentence."""
    dates = find_dates(statement.text, is_day_first=statement.conventions.is_day_first)
    if not dates:
        return
    is_opening = bool(_OPENING.fullmatch(statement.clause.number))
    taken: set[int] = set()
    if statement.has(_VALIDITY) or _VALIDITY.search(statement.headings):
        for index, (first, second) in enumerate(pairwise(dates)):
            between = statement.low[first.end : second.start]
            if _RANGE.fullmatch(between) and first.date < second.date and not _is_elsewhere(statement, first):
                taken |= {index, index + 1}
                yield _dated("effective_date", first, SURE)
                yield _dated("expiry_date", second, SURE)
                break
    for index in range(len(dates)):
        if index not in taken:
            yield from _single(statement, dates, index, is_opening=is_opening)


def find_derived_expiry(statement: Statement) -> Iterator[Found]:
    """Find a term counted from a start date in the same sentence: the last day is derived."""
    if not statement.has(_LASTS):
        return
    dates = find_dates(statement.text, is_day_first=statement.conventions.is_day_first)
    if len(dates) != 1 or not statement.has(_VALIDITY) or _is_elsewhere(statement, dates[0]):
        return
    for duration in lasting(statement)[:1]:
        if duration.months is None:
            continue
        span = Span(
            start=min(duration.start, dates[0].start),
            end=max(duration.end, dates[0].end),
            value=last_day(dates[0].date, duration.months),
            is_derived=True,
        )
        yield Found(term="expiry_date", span=span, score=LIKELY)


def lasting(statement: Statement) -> list[Duration]:
    """Return the counted times that say how long the contract lasts."""
    if not statement.has(_LASTS) or not (statement.has(_VALIDITY) or _VALIDITY.search(statement.headings)):
        return []
    found = []
    for duration in find_durations(statement.text):
        near = statement.low[max(0, duration.start - 60) : duration.end + 25]
        if duration.months and not _NO_LASTING.search(near) and _LASTS.search(near):
            found.append(duration)
    return found


def last_day(start: date, months: int) -> date:
    """Return the last day of a term of so many months that begins on `start`."""
    year = (start.year * 12 + start.month - 1 + months) // 12
    if not date.min.year <= year < date.max.year:
        return start
    return months_later(start, months) - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cue:
    term: str
    distance: int


def _single(statement: Statement, dates: list[FoundDate], index: int, *, is_opening: bool) -> Iterator[Found]:
    found = dates[index]
    floor = dates[index - 1].end if index else 0
    before = statement.low[max(floor, found.start - 70) : found.start]
    after = statement.low[found.end : found.end + 45]
    signed, start, end = (_last(pattern, before) for pattern in (_SIGNED, _START, _END))
    if _EFFECTIVE_NAME.search(after):
        yield _dated("effective_date", found, SURE)
        if is_opening:
            yield _dated("signing_date", found, LIKELY if signed is not None else WEAK)
        return
    if re.match(r"\s*(?:日)?\s*(?:起)?\s*(?:生效|开始)|\s*in\s+kraft|\s*wirksam", after):
        yield _dated("effective_date", found, SURE)
        return
    if re.match(r"\s*(?:日)?\s*(?:止|终止|届满|失效|到期)", after):
        yield _dated("expiry_date", found, SURE)
        return
    if is_opening and _SIGNED_AFTER.match(after):
        yield _dated("signing_date", found, SURE)
        return
    cues = [
        _Cue(term=term, distance=distance)
        for term, distance in (("signing_date", signed), ("effective_date", start), ("expiry_date", end))
        if distance is not None
    ]
    best = min(cues, key=lambda cue: cue.distance, default=None)
    if best is None and is_opening and _STANDS_BEFORE.search(statement.before):
        best = _Cue(term="signing_date", distance=0)  # "dated as of", and the date on the next line
    if best is None:
        if statement.clause.number == SIGNATURES:
            yield _dated("signing_date", found, POSSIBLE)
        return
    yield from _by_cue(statement, found, best, before, is_opening=is_opening)


def _by_cue(
    statement: Statement, found: FoundDate, cue: _Cue, before: str, *, is_opening: bool
) -> Iterator[Found]:
    is_far = cue.distance > _FAR
    if cue.term == "signing_date":
        is_plain = len(statement.text) <= _SHORT and bool(_SIGNED_PLAINLY.search(before))
        is_here = is_opening or statement.clause.number == SIGNATURES or is_plain
        if is_here and not _is_foreign(before):
            yield _dated("signing_date", found, POSSIBLE if is_far else SURE)
            if re.search(r"as of|effective|entered into|\bmade\b|\bdated\b", before):
                yield _dated("effective_date", found, WEAK + 0.05)
        return
    if _is_elsewhere(statement, found):
        return
    is_titled = bool(_VALIDITY.search(statement.headings))
    is_about = statement.has(_VALIDITY) or is_titled
    if not is_about:
        return
    if cue.term == "effective_date" and re.search(r"as of|effective", before) and is_opening:
        yield _dated("effective_date", found, LIKELY)
        yield _dated("signing_date", found, WEAK + 0.1)
        return
    yield _dated(
        cue.term,
        found,
        POSSIBLE if is_far else SURE if is_titled or statement.clause.number == PREAMBLE else LIKELY,
    )


def _is_foreign(before: str) -> bool:
    """Say whether the date is that of another paper than this contract."""
    return bool(
        re.search(
            r"(?:that\s+certain|offer|quotation|order|tender|proposal|lease|plan|merger\s+agreement|"
            r"settlement\s+agreement|credit\s+agreement|angebot|bestellung|ausschreibung|报价|订单|招标|"
            r"中标)\W[^.]{0,30}$",
            before,
        )
    )


def _is_elsewhere(statement: Statement, found: FoundDate) -> bool:
    near = statement.low[max(0, found.start - 70) : found.end + 30]
    return bool(_ELSE.search(near)) and not re.search(
        r"(?:this|the)\s+(?:agreement|contract)|vertrag|本合同|本协议", near
    )


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    ends = [match.end() for match in pattern.finditer(text)]
    return len(text) - ends[-1] if ends else None


def _dated(term: str, found: FoundDate, score: float) -> Found:
    return Found(term=term, span=Span(start=found.start, end=found.end, value=found.date), score=score)


RULES: tuple[Rule, ...] = (find_dates_of_term, find_derived_expiry)
