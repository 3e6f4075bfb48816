"""Page counters: "Page 1 of 3", "Seite 2 von 3", "第1页 共3页". Finds them, reads them.

A counter says which page of its document a page is. A page that is only pointed at
("see page 2", "Übertrag von Seite 1") is no counter.
"""

import re
from dataclasses import dataclass
from typing import Final

from extractor.values.numerals import parse_chinese_amount
from extractor.values.text import plain

MAX_PAGES: Final = 999  # inclusive; a larger number counts no pages of an invoice
MAX_BARE_LENGTH: Final = 24  # of a text that is a counter without a word for it, in characters


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCounter:
    """Page `page` of `of`, both from 1; `of` is None where the total is not printed.

    Always 1 <= page <= of. The span is that of the searched text.
    """

    start: int
    end: int
    page: int
    of: int | None = None


_PAGE = r"page|seite|bladzijde|blz|p[aá]gina|p[aá]g"
_WORD = rf"{_PAGE}|blatt|blad|feuillet|feuille|hoja|foglio|folha|fl|sheet"
_SHORT = r"(?:p|pg|s)(?=\.? ?:? ?\d{1,3} ?/ ?\d)"  # letters that stand for a page only before "1/3"
_OF = r"of|von|de|di|da|du|sur|van|do|aus|out of|/|\|"
_NUMBER_WORD = r"(?:n[or°º]?\.? ?|#)?"
_LABELLED = re.compile(
    rf"(?<![^\W_])(?:{_WORD}|{_SHORT})(?:\(s\))?\.? ?{_NUMBER_WORD}[:.]? ?"
    r"(?P<page>\d{1,3})(?![\d,]|\.\d)"
    rf"(?: ?(?:{_OF}) ?(?:insgesamt |total |totaal )?(?P<of>\d{{1,3}})(?![\w,]|[./-]\d))?",
    re.IGNORECASE,
)
_HAN_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,5})"
_SHEET = "[页頁张張]"
_JOINT = " ?[,/、(;|，；（]? ?"
_CHINESE = tuple(
    re.compile(form)
    for form in (
        rf"第 ?(?P<page>{_HAN_NUMBER}) ?{_SHEET}(?:{_JOINT}[共总總] ?(?P<of>{_HAN_NUMBER}) ?{_SHEET})?",
        rf"[共总總] ?(?P<of>{_HAN_NUMBER}) ?{_SHEET}{_JOINT}第 ?(?P<page>{_HAN_NUMBER}) ?{_SHEET}",
        r"第 ?(?P<page>\d{1,3}) ?/ ?共? ?(?P<of>\d{1,3}) ?[页頁]",
        r"[页頁][码碼次数數] ?: ?第? ?(?P<page>\d{1,3})[页頁]?(?: ?/ ?共? ?(?P<of>\d{1,3}))?(?!\d)",
    )
)
_BARE = re.compile(rf"(?P<page>\d{{1,3}}) ?(?:{_OF}) ?(?P<of>\d{{1,3}})", re.IGNORECASE)
_DASHED = re.compile(r"- ?(?P<page>\d{1,3}) ?-")
_LONE = re.compile(r"\d{1,3}")
_TELLS_ALONE = re.compile(r"(?:^|\d|[^\w\s])\s*$")  # what may stand before a counter without a total
_POINTER = re.compile(
    r"(?:\b(?:on|to|see|from|over|next|auf|siehe|von|vgl|nächste|voir|sur|à|suite|op|naar|zie|van|en|ver|vedi|a|"
    r"segue|pag|follow\w*|continued|fortsetzung|suivante?|vervolg|siguiente|seguinte|vide|na|da|de|di|la|the|per|pro|"
    r"je|by|par|por)|[见見转轉至到自接承])[\s.:]*$",
    re.IGNORECASE,
)


def find_page_counters(text: str) -> list[PageCounter]:
    """Return the counters with a word for "page" in a line of text, left to right.

    Without a total ("Page 2"), it counts only at the end of the text and behind nothing
    but numbers and signs: "Landing page 2" is an item.
    """
    even = plain(text)
    found: dict[int, PageCounter] = {}  # by its end: of two that end there, the longer holds
    for form in () if even.isascii() else _CHINESE:
        for match in form.finditer(even):
            _keep(found, even, match)
    for match in _LABELLED.finditer(even):
        is_alone = not _says_more(even[match.end() :]) and _TELLS_ALONE.search(even[: match.start()])
        if match["of"] is not None or is_alone:
            _keep(found, even, match)
    return sorted(found.values(), key=lambda counter: counter.start)


def parse_page_counter(text: str, *, is_labelled: bool = False) -> PageCounter | None:
    """Read the whole text as one counter without a word for it: "2 / 3", "2 of 3", "- 2 -".

    With `is_labelled` (a heading "Page" stands over it), a lone number is one as well.
    """
    if len(text) > MAX_BARE_LENGTH:
        return None
    even = plain(text).strip()
    match = _BARE.fullmatch(even)
    if match is not None:
        return _counter(match, match["page"], match["of"])
    match = _DASHED.fullmatch(even)
    if match is not None:
        return _counter(match, match["page"], None)
    match = _LONE.fullmatch(even) if is_labelled else None
    return None if match is None else _counter(match, match[0], None)


def is_page_word(text: str) -> bool:
    """Say whether the whole text is a word for "page", as a heading over a counter has it.

    Words for a sheet are none: paper and steel are sold by it.
    """
    return _HEADING.fullmatch(plain(text).strip()) is not None


_HEADING = re.compile(rf"(?:{_PAGE})(?:\(s\))?\.? ?{_NUMBER_WORD}:?|[页頁][码碼次数數]? ?:?", re.IGNORECASE)


def _says_more(rest: str) -> bool:
    return any(character.isalnum() for character in rest)


def _keep(found: dict[int, PageCounter], text: str, match: re.Match[str]) -> None:
    """Add a counter unless the page is only pointed at, or a longer counter ends there."""
    counter = None if _POINTER.search(text[: match.start()]) else _counter(match, match["page"], match["of"])
    if counter is not None and (match.end() not in found or found[match.end()].start > match.start()):
        found[match.end()] = counter


def _counter(match: re.Match[str], page_text: str, of_text: str | None) -> PageCounter | None:
    page, of = _count(page_text), None if of_text is None else _count(of_text)
    if page is None or (of_text is not None and of is None):
        return None
    if not 1 <= page <= (MAX_PAGES if of is None else of):
        return None
    return PageCounter(start=match.start(), end=match.end(), page=page, of=of)


def _count(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    value = parse_chinese_amount(text)
    return int(value) if value is not None and value == value.to_integral_value() else None
