"""Tell names from the other lines of a party's block: streets, contacts, ids."""

import re

from extractor.values.countries import US_STATES
from extractor.values.names import comparable_name, without_legal_form

_CONTACT = re.compile(
    r"\S*@|\bwww\.|https?:|\b(?:tel|telefon|telef|telefone|phone|fax|telefax|mobile?|e-?mail|web|homepage|internet|tél)\b"
    r"|\b(?:ph|fon|cell|tlf)\b\.?\s*[:+(\d]|(?:电话|手机|传真|邮箱|電話|傳真)"
    r"|^[tfmp]\s*(?:[:.]\s*[+(\d]|:|\s[+(0])|\(\d{3}\) ?\d{3}-\d{4}|^\W*\(?\d(?:[\s()/.-]{0,2}\d){8,}$",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r"(?:^|[\s,])(?:[A-Z]{1,3}[- ])?\d{4,6}\s+[^\W\d]"  # 80333 München, D-63571 …
    r"|[^\W\d]\s*,?\s+(?:[A-Z]{2}\s+)?\d{5}(?:\d|-\d{4})?\b"  # Redmond WA 98052, Singapore 408933
    r"|\b(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)\s+\d{4}\b|[^\W\d]\s+0\d{3}$"  # Ballarat VIC 3350, Auckland 0627
    r"|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"  # V6C 1T2
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b"  # SY8 1AZ
    r"|\b\d{4}\s?[A-Z]{2}\b"  # 1012 AB
    r"|(?:[^\W\d]\s+[-–]\s*|[a-z][-–])\d{6}\b"  # Bengaluru - 560099
    r"|\b(?:\d{4}-\d{3}|\d{2}-\d{3}|\d{3} \d{2})\s+[^\W\d]"  # 4700-789 Braga
    r"|(?:省|市|[区區]|[县縣]|香港|九龍|新界)[^\s]{0,30}(?:路|街|道|巷|村|[镇鎮])[^\s]{0,10}\d+\s*(?:[号號]|室|[楼樓])"
)
_STREET = re.compile(
    r"\b(?:street|st\.|road|rd\.|avenue|ave\.?|lane|drive|suite|floor|unit|building|park|p\.?\s?o\.?\s?box)\b"
    r"|(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring)\s*\d|\b(?:rue|boulevard|avenue|place|chemin|via|calle|rua)\b"
    r"|(?:省|市|区|县).{0,30}(?:路|街|道|号|室|楼|村|镇)",
    re.IGNORECASE,
)
_FIRST_PART = re.compile(
    r"\s+[-–—·•●|]\s+|\s*[●•|·]\s*|,\s+(?=\S*\d)|[;；]|\s*[(（](?=.{0,6}(?:seller|buyer|卖方|买方|甲方|乙方))"
    r"|\s*[(\[](?=[^)\]]{0,20}\d[\d.-]{4,}[^)\]]{0,4}[)\]])"  # (779763-K), (Company No. 113825-W)
)
_TOWN = re.compile(  # "New York, NY": of the US, Canada, Australia
    rf"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*,? (?:{US_STATES}|AB|BC|MB|N[BLS]|ON|PE|QC|SK|NSW|VIC|QLD|TAS)"
)
_COLON_INSIDE = re.compile(r"\S\s*[:：]\s*\S")
_SALUTATION = re.compile(
    r"\W*\d+\W+(?:\w+\W+)?\d+\W*$|.*\s(?:to|by|for|from|an|von|für|à)$|"
    r"(?:(?:herrn?|frau|mrs?|ms|mme|mr|monsieur|madame|messrs|firma|an|to|先生|女士)\W*$)"
    r"|(?:eheleute|familie|herrn? und frau|mr\.? (?:and|&) mrs|m\.? et mme|sig(?:\.ra|nora?)?|señora?)\W*$"
    r"|(?:attn|attention|z\.?\s?hd|c/o|à l[’']attention|t\.?a\.?v)\b",
    re.IGNORECASE,
)
_SENDER_PARTS = re.compile(r"\s+[-–—]\s+|\s*[·•●|]\s*|,\s+")
_COMMA = re.compile(r",\s+|，")
_LONGEST = 90
_SHORTEST = 2


def is_name(text: str) -> bool:
    """Say whether a text may be the name of a person or firm."""
    letters = sum(map(str.isalpha, text))
    digits = sum(map(str.isdigit, text))
    if not _SHORTEST <= len(text.strip()) <= _LONGEST or letters < _SHORTEST or digits > letters:
        return False
    if (
        _SALUTATION.match(text)
        or _COLON_INSIDE.search(text)
        or is_contact(text)
        or _POSTAL.search(text) is not None
        or _TOWN.fullmatch(text)
        or text.rstrip().endswith((":", "："))
    ):
        return False
    return _STREET.search(text) is None or has_legal_form(text)


def has_legal_form(text: str) -> bool:
    """Say whether a text carries a company's legal form: GmbH, Ltd, 有限公司 ..."""
    name = comparable_name(text)
    return bool(name) and without_legal_form(name) != name


def is_contact(text: str) -> bool:
    """Say whether a line holds a phone number, an e-mail or a web address."""
    return _CONTACT.search(text) is not None


def contact_at(text: str) -> int | None:
    """Return where a line's first phone number, e-mail or web address begins."""
    match = _CONTACT.search(text)
    return match.start() if match else None


def is_address(text: str) -> bool:
    """Say whether a line looks like part of a postal address."""
    return _POSTAL.search(text) is not None or _STREET.search(text) is not None


def is_sender_line(text: str) -> bool:
    """Say whether a line is a sender's: name, street and town in one, parted by signs."""
    parts = [part for part in _SENDER_PARTS.split(text) if any(c.isalnum() for c in part)]
    return len(parts) > 2 and any(character.isdigit() for character in text)  # noqa: PLR2004


def has_post_code(text: str) -> bool:
    """Say whether a line holds a post code with its town."""
    return _POSTAL.search(text) is not None


def name_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the characters of the name at the start of a text: before a separator.

    A comma parts the name from what follows only if the rest looks like an address
    ("Acme, Inc." is one name).
    """
    while start < end and not (text[start].isalnum() or text[start] in "\"'„“«(（*"):
        start += 1
    part = _FIRST_PART.search(text, start, end)
    stop = part.start() if part else end
    for comma in _COMMA.finditer(text, start, stop):
        rest = text[comma.end() : stop]
        if is_address(rest) or is_contact(rest) or any(character.isdigit() for character in rest):
            stop = comma.start()
            break
    return start, start + len(text[start:stop].rstrip(" ,;，；.:：")) if not text[start:stop].endswith(
        "."
    ) else stop
