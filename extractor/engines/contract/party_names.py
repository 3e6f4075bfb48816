"""Where a party's name begins and ends in running text, and what the contract calls the party."""

import re
from dataclasses import dataclass

from extractor.engines.contract.roles import PARTY_WORD

_MAX_TERM = 40  # characters
_MIN_CHINESE_NAME = 2  # characters, and words behind an "and" inside a name
_MIN_NAME = 3  # characters
LEGAL_FORM = (
    r"(?:Inc|Incorporated|LLC|L\.\s?L\.\s?C|Ltd|Limited|LTD|LIMITED|Corp|Corporation|CORPORATION|CORP|"
    r"INC|Co|CO|Company|COMPANY|LP|L\.\s?P|LLP|L\.L\.P|PLC|plc|P\.L\.C|N\.\s?A|NA|"
    r"S\.\s?A\.?(?:\s?R\.?\s?L)?|SARL|S\.\s?p\.\s?A|SpA|SAS|S\.A\.S|B\.\s?V|BV|N\.\s?V|NV|AG|A\.\s?G|"
    r"SE|KG|KGaA|OHG|GbR|eG|e\.\s?K|e\.\s?V|UG(?:\s*\(haftungsbeschränkt\))?|GmbH|mbH|gGmbH|"
    r"G\.m\.b\.H|Pty|PTY|Pte|Sdn\.?\s*Bhd|Bhd|AB|A/S|ApS|AS|Oy|Kft|s\.r\.o|d\.o\.o|Partners|"
    r"Partnership|Trust|Bank|Association|Foundation|Group|Holdings?|University|Council)"
)
_BODIES = (
    r"(?:Society|Authority|Charity|School|Academy|Museum|Theatre|College|Institute|Hospital|Zweckverband|Stiftung|Verein|Genossenschaft|"
    r"Klinikum|Universität|Hochschule|Stadtwerke|Stadt|Gemeinde|Landkreis)"
)
_OF_PLACE = re.compile(r"\s+of\s+(?=(?:The\s+)?[A-Z0-9])")
_LOOSE_FORM = re.compile(
    r"(?:Partners|Partnership|Trust|Bank|Association|Foundation|Group|Holdings?|University|Council|"
    r"Society|Charity|School|Academy|Museum|Theatre|College|Co|CO|Company|COMPANY|Corporation)$"
)
_STREET_AHEAD = re.compile(r"[^()\"]{3,70}?,[^()\"]{0,50}?\b[A-Z]{0,2}\d")
_FORM = re.compile(rf",?\s*(?:&\s*)?{LEGAL_FORM}(?![\w])\.?")
_WORD = r"(?:[A-ZÄÖÜÉ0-9&@][\w'.&@!*+/-]*|[a-z]-?[A-Za-z]*[A-Z][\w.&-]*|[a-z]-on\b)"
_JOIN = r"(?:of|and|und|the|de|du|la|le|van|von|der|für|for|in|y|e|et|&|d/b/a|dba|t/a)"
_REGION = rf"(?:\s+\([A-Z][\w &-]{{1,25}}\)(?=\s+{LEGAL_FORM}\b))"  # Heron (North) Limited
_NAME = re.compile(rf"{_WORD}(?:\s+(?:{_JOIN}\s+){{0,2}}{_WORD}|{_REGION})*")
_AND = re.compile(r"\s+(?:and|und|&)\s+")
_ZH_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·&.\-()]+")
_ZH_STOP = re.compile(
    r"\((?:以下|下称|盖章|签章|公章|甲方|乙方|买方|卖方|需方|供方|全称|简称|章|签字)|以下(?:简称|称)|下称|(?:统一社会信用代码|纳税人识别号|税号|地址|住所|"
    r"法定代表人|电话|联系人|身份证|注册地址|与|和(?=[\u4e00-\u9fff]{2,}(?:公司|厂)))"
)
_LEAD = re.compile(
    r"^(?:\s|[-:,\"'(]|(?:本(?:合同|协议|合约))?由(?=[\u4e00-\u9fff])|(?:the|der|die|das|dem|den|firma|fa\.|messrs\.?|m/s\.?|company|name|名称|单位名称|全称|"
    r"between|zwischen|by|and|und|among|made|with)\b\s*:?)*",
    re.IGNORECASE,
)
_NOT_NAMES = re.compile(
    r"(?i)^(?:this|agreement|contract|whereas|effective|date|party|parties|each|collectively|together|"
    r"section|article|exhibit|agreement.*|recitals?|background|witnesseth|now|in\s+consideration|its|"
    r"and|one|the\s+parties|address|vat|tax|street|name|tel|phone|e-?mail|represented|vertrag|datum|"
    r"seite|page|\d[\d\s./-]*|\d{1,2}(?:st|nd|rd|th)?\.?\s+(?:day\s+of\s+)?[a-zä]+\.?\s+\d{4}|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\b.*)$"
)
_NOT_PARTIES = re.compile(
    r"\b(?:Agreement|Release|Warrant|Plan|Deed|Contract|Letter|Memorandum|Statement|Schedule|Exhibit|"
    r"Amendment|Act|Code|Follows)\b",
    re.IGNORECASE,
)
_ADDRESS_END = re.compile(
    r"\b(?:Street|Road|Avenue|Suite|Floor|Straße|str\.|Platz|Weg|Drive|Lane|Boulevard|P\.O\.|Box|"
    r"Building|State|County)\b"
)

_CLOSED_FORM = r"Inc|LLC|Ltd|Limited|Corp|LLP|PLC|plc|AG|KG|OHG|GmbH|eG"  # ends a name for certain
_AHEAD = 8  # characters of an address looked at behind a name
_ADDRESS_BEHIND = re.compile(  # "Wendelstein AG Schmiedegasse 85"
    rf"(?<=\s)(?:{_CLOSED_FORM})\.?(?P<street>\s+(?:[A-ZÄÖÜ][\w.'-]+\s+){{1,3}}\d{{1,4}}[a-z]?,)"
)
_QUOTED_ALIAS = r"[\"']\s*(?:the\s+|der\s+|die\s+|das\s+)?(?P<{name}>[^\"']{{1,40}}?)[\s,.;]*[\"']"
_ALIAS_INTRO = (
    r"(?:hereinafter|hereafter|herein|referred\s+to(?:\s+(?:herein|collectively|individually|"
    r"sometimes))*|called|known|defined|nachfolgend|nachstehend|im\s+folgenden|in\s+der\s+folge|"
    r"künftig|fortan|kurz|以下|下称|下文|简称)"
)
_BRACKET_ALIAS = re.compile(
    rf"\(\s*(?P<body>(?:[^()\"']{{0,90}}?){_QUOTED_ALIAS.format(name='quoted')}[^()]*|"
    rf"{_ALIAS_INTRO}[^()\"]{{0,80}}|(?:the|der|die|"
    rf"das)\s+[A-ZÄÖÜ][\w-]*(?:\s[A-ZÄÖÜ][\w-]*){{0,2}}|{PARTY_WORD.pattern})\s*\)",
    re.IGNORECASE,
)
_FREE_ALIAS = re.compile(
    rf"[-,(\s]\s*(?:{_ALIAS_INTRO})(?:\s*(?:as|to|the|der|die|das|als|auch|nur|kurz|referred|called|简称|"
    rf"称|为|:))*\s*[:\s]*(?:[\"']\s*(?:the\s+|der\s+|die\s+)?(?P<quoted>[^\"']{{1,40}}?)[\s,.]*[\"']|"
    rf"(?P<bare>[\u4e00-\u9fff]{{2,4}}方|[A-ZÄÖÜ][\w-]+(?:\s[A-Z][\w-]+)?))",
    re.IGNORECASE,
)
_DASHED_ALIAS = re.compile(
    r"(?:^|\s)-\s*(?:(?:nachfolgend|nachstehend|im\s+folgenden|hereinafter|"
    r"kurz)\s+)?(?:the\s+)?(?:[\"'](?:the\s+)?(?P<quoted>[^\"']{2,40})[\"']|"
    rf"(?P<bare>{PARTY_WORD.pattern}))\s*(?:\([^)]{{1,8}}\)\s*)?(?:genannt\s*)?-",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(
    r"collectively|individually|each\s+a|jointly|together|gemeinsam|einzeln|parteien|双方|各方|统称|合称|"
    r"a\s+[\"']?party",
    re.IGNORECASE,
)
_NO_ALIAS = re.compile(
    r"(?i)^(?:agreement|this agreement|contract|effective date|party|parties|vertrag|vereinbarung|"
    r"parteien|territory|products?|services?|goods|program|本合同|合同|协议|commencement date|date|term|"
    r"software|system|interface|deed|act|commission|\w+ date)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """What a party is called from here on, and where the text says so."""

    start: int
    end: int
    term: str


def name_at(text: str, place: int) -> tuple[int, int] | None:
    """Return the span of the name that begins at `place` (articles passed over); None if none does."""
    lead = _LEAD.match(text[place:])
    start = place + (lead.end() if lead else 0)
    if start >= len(text):
        return None
    if re.match(r"[\u4e00-\u9fff]", text[start]):
        return _chinese_name(text, start)
    if text[max(0, start - 4) : start + 2].isupper() and text[max(0, start - 4) : start] == "THE ":
        start -= 4  # in capitals nothing tells the article from the name
    match = _NAME.match(text, start)
    if match is None:
        return None
    end = _cut_at_place(text, start, _cut_at_and(text, start, match.end()))
    while form := _FORM.match(text, end):
        end = form.end()
    if address := _ADDRESS_BEHIND.search(text, start, end + _AHEAD):
        end = min(end, address.start("street"))
    if limited := re.match(r"\s*\(haftungsbeschränkt\)", text[end:]):
        end += limited.end()
    if end < len(text) and text[end - 1] not in ".)" and text[end : end + 1] == ".":
        end += bool(re.search(rf"{LEGAL_FORM}$", text[start:end]))
    name = text[start:end].rstrip(" ,;:-")
    if (
        len(name) < _MIN_NAME
        or _NOT_NAMES.match(name)
        or _NOT_PARTIES.search(name)
        or (_ADDRESS_END.search(name) and not has_legal_form(name))
    ):
        return None
    return start, start + len(name)


def has_legal_form(name: str) -> bool:
    """Say whether the name carries a company's legal form, or is a Chinese organisation."""
    name = name if not name.isupper() else f"{name} {name.title()}"
    return bool(
        re.search(rf"(?<![\w]){LEGAL_FORM}(?![\w])", name)
        or re.search(rf"公司|厂|集团|中心|院|局|社|会$|大学|银行|店|\b{_BODIES}\b", name)
    )


def aliases(text: str) -> list[Alias]:
    """Return the defined terms in a text, collective ones left out."""
    found: list[Alias] = []
    for pattern in (_BRACKET_ALIAS, _DASHED_ALIAS, _FREE_ALIAS):
        for match in pattern.finditer(text):
            if any(match.start() < each.end and each.start < match.end() for each in found):
                continue
            term = _term_of(match)
            if term and not _NO_ALIAS.match(term):
                found.append(Alias(start=match.start(), end=match.end(), term=term))
    return sorted(found, key=lambda each: each.start)


def _term_of(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    quoted = match["quoted"]
    if quoted:
        lead = match.string[match.start() : match.start("quoted")]
        return None if _COLLECTIVE.search(lead) else quoted.strip()
    if bare := groups.get("bare"):
        return bare
    body = groups.get("body") or ""
    rest = re.sub(
        rf"(?i)^.*{_ALIAS_INTRO}[\s:]*(?:(?:as|to|the|der|die|das|als|auch|nur|kurz|referred|called|简称|"
        rf"称|为)[\s:]*)*",
        "",
        body,
    )
    rest = re.sub(r"(?i)^(?:the|der|die|das)\s+|\s*(?:genannt|bezeichnet)\s*$", "", rest).strip(" ,.;:\"'-")
    return rest if rest and len(rest) <= _MAX_TERM and not _COLLECTIVE.search(body) else None


def _chinese_name(text: str, start: int) -> tuple[int, int] | None:
    match = _ZH_NAME.match(text, start)
    if match is None:
        return None
    name = match.group()
    if stop := _ZH_STOP.search(name):
        name = name[: stop.start()]
    name = name.rstrip("(.-")
    if name.count("(") > name.count(")"):
        name = name[: name.rindex("(")]
    return (start, start + len(name)) if len(name) >= _MIN_CHINESE_NAME else None


def _cut_at_place(text: str, start: int, end: int) -> int:
    """End the name at the "of" before an address: "Heron Ltd of 3 Quay Lane"."""
    for match in _OF_PLACE.finditer(text, start, end):
        head = text[start : match.start()]
        head = head.title() if head.isupper() else head
        if not re.search(rf"(?<!\w)(?:{LEGAL_FORM}|{_BODIES})\.?$", head):
            continue
        is_body = bool(_LOOSE_FORM.search(head) or re.search(rf"{_BODIES}$", head))
        if not is_body or (len(head.split()) > 1 and _STREET_AHEAD.match(text, match.end())):
            return match.start()
    return end


def _cut_at_and(text: str, start: int, end: int) -> int:
    """End the name at an "and" that joins two parties rather than two words of one."""
    for match in _AND.finditer(text, start, end):
        head, tail = text[start : match.start()], text[match.end() : end]
        is_closed = re.search(rf"(?<![\w]){LEGAL_FORM}\.?$", head)
        if is_closed or (
            match.group().strip() != "&"
            and not (len(tail.split()) <= _MIN_CHINESE_NAME and has_legal_form(text[match.end() : end + 12]))
        ):
            return match.start()
    return end
