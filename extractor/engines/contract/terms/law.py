"""The law that governs, how the contract renews, and how it is ended."""

import re
from collections.abc import Iterator

from extractor.engines.contract.figures import Duration, find_durations
from extractor.engines.contract.rules import LIKELY, POSSIBLE, SURE, Found, Rule, Span, Statement

_PLACE = r"(?:[A-Z][\w.'-]*)(?:(?:,?\s+(?:and|of|the|&)){0,3}\s+[A-Z][\w.'-]*){0,5}"
_LAWS_OF = re.compile(
    rf"\b(?i:laws?|legislation)\s+(?i:in\s+force\s+in|and\s+regulations\s+of|of|"
    rf"in)\s+(?i:the\s+)?(?:(?i:State|Commonwealth|Province|Republic|Country|District|"
    rf"Territory)\s+(?i:of)\s+)?(?i:the\s+)?(?P<place>{_PLACE})"
)
_LABELLED = re.compile(rf"\b(?i:governing|applicable)\s+(?i:law)\s*:\s*(?P<place>{_PLACE})")
_X_LAW = re.compile(rf"(?:(?i:the)\s+)?(?P<place>{_PLACE})(?:'s)?\s+(?i:laws?)\b")
_GOVERNING = re.compile(
    r"govern(?:ed|ing|s)?\b|construed|interpreted|subject\s+to\s+the\s+laws?|applicable\s+law|"
    r"(?:governing|applicable)\s+law\b|choice\s+of\s+law|"
    r"laws?\s+(?:of\s+(?:the\s+)?[\w ]{3,40}?\s+)?(?:shall\s+|"
    r"will\s+)?(?:exclusively\s+)?(?:appl(?:y|ies)|govern)|"
    r"law\s+of\s+this\s+(?:contract|agreement|deed)\s+(?:is|shall\s+be)|"
    r"in\s+accordance\s+with\s+(?:the\s+)?[\w ]*laws?|under\s+the\s+laws?\s+of"
)
_INCORPORATED = re.compile(
    r"organi[sz]ed|incorporated|existing|registered|formed|good\s+standing|corporation|company|"
    r"compl(?:y|iance)|pursuant"
)
_NOT_PLACES = {
    "This",
    "Agreement",
    "The",
    "Such",
    "Applicable",
    "Governing",
    "Law",
    "Laws",
    "Any",
    "All",
    "Section",
    "Article",
    "Contract",
    "Federal",
    "Bankruptcy",
    "Choice",
    "Business Day",
    "Securities",
}
_DE_LAW = re.compile(
    r"(?:recht\s+der\s+(?P<of>bundesrepublik\s+deutschland|schweizerischen\s+eidgenossenschaft|"
    r"republik\s+österreich|schweiz|niederlande)|(?P<adjective>deutsche|österreichische|"
    r"schweizer(?:ische)?|französische|niederländische|englische|"
    r"luxemburgische)[snmr]{0,2}\s+(?:materielle[snmr]?\s+)?recht|recht\s+(?P<place>deutschlands|"
    r"österreichs|der\s+schweiz))"
)
_DE_PLACES = {
    "deutsche": "Deutschland",
    "österreichische": "Österreich",
    "schweizer": "Schweiz",
    "schweizerische": "Schweiz",
    "französische": "Frankreich",
    "niederländische": "Niederlande",
    "englische": "England",
    "luxemburgische": "Luxemburg",
}
_ZH_LAW = re.compile(
    r"(?:适用|依据|遵守|遵循|根据|受|按照)\S{0,6}?(?P<place>中华人民共和国|中国(?:大陆|内地)?|香港(?:特别行政区)?|澳门|台湾|新加坡|英国|美国|德国|"
    r"日本)(?:\S{0,8})(?:法律|法规|法|之法律)"
)
_RENEWAL = re.compile(
    r"renew|extend(?:s|ed)?\s+(?:automatically|for)|automatic(?:ally)?\s+(?:extend|prolong)|"
    r"roll\s+over|verlänger|prolongier|续期|续约|续签|自动(?:延长|顺延|延续|续)|顺延|延期"
)
_TERMINATION = re.compile(
    r"unless\s+(?:either|any|one|a)\s+party\s+(?:gives|serves)|terminat|cancel|notice\s+period|kündig|kündbar|解除(?:本)?(?:合同|协议)|终止(?:本)?(?:合同|协议)|提前\S{0,8}(?:书面)?通知"
)
_NOTICE = re.compile(r"notice|notif|frist|kündig|kündbar|schriftlich|通知|告知")
_OF_ANOTHER = re.compile(r"账户|账号|地址|变更|检修|停机|验收|送货|发货|交货|施工|进场|涨价|调价|开户")
_ENDING = re.compile(r"解除|终止|terminat|cancel|kündig|续签|期满|届满")
_BEFORE_THE_END = re.compile(r"['’]?\s*(?:prior|before|(?:written\s+)?notice|vor\b|zum\b)")
_BREACH = re.compile(
    r"breach|default|cure|remed|insolv|bankrupt|material|wichtigem\s+grund|verletz|abmahn|违约|破产|整改|逾期"
)


def find_governing_law(statement: Statement) -> Iterator[Found]:
    """Find the place whose law applies."""
    low = statement.low
    if "law" in low and (
        statement.has(_GOVERNING)
        or "governing law" in statement.headings
        or "applicable law" in statement.headings
    ):
        yield from _english_law(statement)
    if "recht" in low and (match := _DE_LAW.search(low)):
        adjective = match["adjective"]
        place = _DE_PLACES.get(adjective) if adjective else None
        start, end = (
            match.span("of")
            if match["of"]
            else match.span("place")
            if match["place"]
            else match.span("adjective")
        )
        value = place or statement.text[start:end]
        yield Found(
            term="governing_law",
            span=Span(start=start, end=end, value=value, is_derived=place is not None),
            score=SURE,
        )
    if "法" in low and (match := _ZH_LAW.search(statement.text)):
        start, end = match.span("place")
        score = SURE if re.search(r"适用|管辖|解释|争议", low) else POSSIBLE
        yield Found(term="governing_law", span=Span(start=start, end=end), score=score)


def find_renewal(statement: Statement) -> Iterator[Found]:
    """Find by how much the contract renews."""
    if not statement.has(_RENEWAL):
        return
    cues = [match.span() for match in _RENEWAL.finditer(statement.low)]
    durations = [each for each in find_durations(statement.text) if each.months is not None]
    after = [each for each in durations if any(each.start >= start for start, _ in cues)]
    for duration in (after or durations)[:1]:
        start = _with_adjective(statement.text, duration.start)
        is_automatic = bool(
            re.search(r"automatic|unless|successive|stillschweigend|jeweils|sofern|wenn|自动", statement.low)
        )
        yield Found(
            term="renewal_term",
            span=Span(start=start, end=duration.end),
            score=SURE if is_automatic else POSSIBLE,
        )


def find_termination_notice(statement: Statement) -> Iterator[Found]:
    """Find how long before the end a party must give notice."""
    if not statement.has(_TERMINATION) or not statement.has(_NOTICE) or statement.has(_BREACH):
        return
    if statement.has(_OF_ANOTHER) and not statement.has(_ENDING):
        return
    durations = find_durations(statement.text)
    for duration in sorted(durations, key=lambda each: _from_notice(statement, each))[:1]:
        is_ordinary = bool(
            re.search(
                r"without\s+cause|for\s+convenience|any\s+(?:time|reason)|prior|frist|monatsende|quartal|提前",
                statement.low,
            )
        )
        end = duration.start + len(statement.text[duration.start : duration.end].rstrip("' "))
        yield Found(
            term="termination_notice",
            span=Span(start=duration.start, end=end),
            score=LIKELY if is_ordinary else POSSIBLE,
        )


def _from_notice(statement: Statement, duration: Duration) -> tuple[bool, int]:
    """Return how far a time is from where the sentence speaks of notice; "days prior" comes first."""
    notices = [match.start() for match in _NOTICE.finditer(statement.low)]
    is_plain = bool(_BEFORE_THE_END.match(statement.low, duration.end))
    return not is_plain, min(abs(place - duration.end) for place in notices)


def _english_law(statement: Statement) -> Iterator[Found]:
    for pattern in (_LAWS_OF, _LABELLED, _X_LAW):
        for match in pattern.finditer(statement.text):
            start, end = match.span("place")
            place = statement.text[start:end]
            while place.split()[0] in _NOT_PLACES and len(place.split()) > 1:
                start += len(place.split()[0]) + 1
                place = statement.text[start:end]
            place = re.sub(
                r"(?:,)?\s+(?:Without|Excluding|And|The|Except|As|Notwithstanding|With|Any)\b.*$", "", place
            ).rstrip(".,")
            before = statement.low[max(0, match.start() - 60) : match.start()]
            is_governed = bool(
                pattern is _LABELLED
                or _GOVERNING.search(before)
                or _GOVERNING.search(statement.low[match.end() : match.end() + 40])
            )
            if (
                not place
                or place in _NOT_PLACES
                or (_INCORPORATED.search(before) and not _GOVERNING.search(before))
            ):
                continue
            if re.match(r"(?:Act|Code|Section|Article|Securities|Party|Parties|Conflicts?)\b", place):
                continue
            span = Span(start=start, end=start + len(place))
            yield Found(term="governing_law", span=span, score=SURE if is_governed else POSSIBLE)
            return


def _with_adjective(text: str, start: int) -> int:
    match = re.search(
        r"(?:successive|additional|further|consecutive|jeweils|weitere?[snr]?)\s+(?:terms?\s+of\s+|"
        r"periods?\s+of\s+)?$",
        text[:start],
    )
    return match.start() if match else start


RULES: tuple[Rule, ...] = (find_governing_law, find_renewal, find_termination_notice)
