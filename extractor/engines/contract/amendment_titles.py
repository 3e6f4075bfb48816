"""The titles of documents that change a contract: First Amendment to …, Nachtrag Nr. 1, 补充协议（二）.

What restates a contract as a whole ("Amended and Restated Agreement") is a contract, and no amendment.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.engines.contract.counts import chinese_count, roman_value
from extractor.engines.contract.passages import casefolded, is_cjk, plain

_LONGEST = 130  # characters of a title's line
_COUNTS = {
    word: number
    for number, words in enumerate(
        (
            ("first", "one", "erster", "erste", "premier"),
            ("second", "two", "zweiter", "zweite", "deuxième"),
            ("third", "three", "dritter", "dritte"),
            ("fourth", "four", "vierter", "vierte"),
            ("fifth", "five", "fünfter", "fünfte"),
            ("sixth", "six", "sechster", "sechste"),
            ("seventh", "seven", "siebter", "siebte"),
            ("eighth", "eight", "achter", "achte"),
            ("ninth", "nine", "neunter", "neunte"),
            ("tenth", "ten", "zehnter", "zehnte"),
        ),
        1,
    )
    for word in words
}
_WORDED = "|".join(_COUNTS)
_LATIN = re.compile(
    rf"(?:(?:the|der|die)\s+)?(?:(?P<ordinal>{_WORDED}|\d{{1,2}}(?:st|nd|rd|th|\.))\s*)?"
    r"(?:amendment(?:\s+agreement)?(?!\s+and\s+restat)|amending\s+agreement|addendum|"
    r"supplement(?:al|ary)\s+agreement|(?:deed|letter|agreement)\s+of\s+(?:variation|amendment)|"
    r"variation(?:\s+agreement)?|nachtrag(?:svereinbarung)?|änderungs(?:vereinbarung|vertrag)|"
    r"zusatzvereinbarung|ergänzungsvereinbarung|vertrags(?:änderung|ergänzung)|avenant)"
    rf"(?:\s*(?:no\.?|nr\.?|n°|number|nummer|\#)?\s*(?P<count>\d{{1,2}}|[ivx]{{1,4}}|{_WORDED})(?![\w/]|\.\d))?"
    r"(?=$|\s*[:(,]|\s+-\s|\.?\s+(?:to|of|dated|between|zum|zur|zu|vom|des|der|du|au|à)\b)"
)
_CHINESE = re.compile(
    r"(?:《[^》]{2,40}》|[^,。:;]{0,30}?(?:合同|协议))?(?:之|的)?(?:第(?P<ordinal>[一二三四五六七八九十\d]{1,3})[次份号])?"
    r"(?:补充|变更|修订|修改|增补)(?:协议|合同|约定)书?"
    r"(?:[(]?(?:之|第)?(?P<count>[一二三四五六七八九十\d]{1,3})[号次份]?[)]?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentTitle:
    """What an amendment calls itself, without what it amends; `number` is None where it counts not."""

    text: str
    number: int | None


def amendment_title(lines: Iterable[str]) -> AmendmentTitle | None:
    """Return the title of an amendment among the lines at a document's head; None: it is none."""
    for line in lines:
        printed = plain(line).strip()
        if len(printed) > _LONGEST:
            continue
        if any(map(is_cjk, printed)):
            printed = "".join(printed.split())
            found = _CHINESE.fullmatch(printed)
        else:
            printed = " ".join(printed.split())
            found = _LATIN.match(casefolded(printed))
        if found is not None:
            return AmendmentTitle(
                text=printed[: found.end()].strip(), number=_count(found["count"] or found["ordinal"])
            )
    return None


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    digits = re.match(r"\d+", text)
    if digits is not None:
        return int(digits.group())
    return _COUNTS.get(text) or chinese_count(text) or roman_value(text)
