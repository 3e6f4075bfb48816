"""Split a bank account printed in one line into bank, account and BIC."""

import re
from collections.abc import Mapping

from extractor.values.identifiers import find_bics, find_ibans
from extractor.values.text import plain

_NUMBER = re.compile(r"\d[\d -]{4,}\d")
_LABELS = re.compile(
    r"\b(?:iban|bic|swift(?:[ /-]?code)?|account(?: (?:no|number))?|acct|a/c(?: no)?"
    r"|konto(?:nummer|-?nr)?|kto(?:-?nr)?|bank details|bankverbindung|sort code|blz|compte"
    r"|rekening(?:nummer)?)\b\.?|开户银行|开户行(?:名称)?|银行账[号户]|[账帐][号户]|及",
    re.IGNORECASE,
)
_EDGES = " \t\r\n:：;；,，、|/.-()（）"


def split_account(text: str) -> Mapping[str, str]:
    """Return the parts as they are printed: `bank`, `account`, `bic`, those that are there."""
    even = plain(text)
    parts: dict[str, str] = {}
    taken: list[tuple[int, int]] = []
    bics = find_bics(even)
    ibans = find_ibans(even)
    if ibans:
        taken.append((ibans[0].start, ibans[0].end))
    else:
        numbers = list(_NUMBER.finditer(even))
        if numbers:
            longest = max(numbers, key=lambda match: sum(character.isdigit() for character in match[0]))
            taken.append(longest.span())
    if taken:
        parts["account"] = text[slice(*taken[0])].strip()
    if bics:
        taken.append((bics[0].start, bics[0].end))
        parts["bic"] = text[bics[0].start : bics[0].end]
    bank = _bank(text, taken)
    if bank:
        parts["bank"] = bank
    return parts


def _bank(text: str, taken: list[tuple[int, int]]) -> str:
    """Return the longest stretch without labels that is neither account nor BIC."""
    stretches, start = [], 0
    for first, last in [*sorted(taken), (len(text), len(text))]:
        stretches.extend(_LABELS.split(text[start:first]))
        start = max(start, last)
    names = [stretch.strip(_EDGES) for stretch in stretches]
    return max((name for name in names if sum(map(str.isalpha, name)) > 1), key=len, default="")
