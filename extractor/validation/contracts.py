"""A second contract in one file that nothing has parted from the first: its terms are read as one.

It begins with a title or a number of its own, above parties and clauses that count from one again.
Amendments, annexes and what is only quoted begin none.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from extractor.engines.contract.numbering import top_counts
from extractor.engines.contract.passages import plain
from extractor.engines.contract.terms.identity import is_title, labelled_numbers
from extractor.pages.page import Page
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.rule import Subject, finding
from extractor.values.text import fold, has_chinese, letters_and_digits, squeeze

_LONGEST_HEADLINE = 60  # characters
_HEAD = 16  # lines below a title or number in which parties are named
_FIRST_CLAUSE = 45  # lines below it in which the first clause begins
_FEWEST_LINES = 5  # of prose in the contract before it: a table of contents is none
_PROSE = re.compile(r"(?:\S+\s+){6}\S")
_PUNCTUATED = re.compile(r"[a-zäöüß]{2}[.;,](?:\s|$)|[\u4e00-\u9fff][，。；、]")
_LEADERS = re.compile(r"(?:\.\s*){4,}|…{2,}|·{4,}|_{6,}")
_OPENING = re.compile(  # parties are introduced
    r"\bbetween\b|\bzwischen\b|\bhereinafter\b|\(the [\"“”']|\bnachfolgend\b|\bim folgenden\b|以下简称|"
    r"\bvat\b|\bust-?id|steuernummer|税号|信用代码|纳税人|^\W*[甲乙买卖供需丙]\s*方\s*(?:[(（][^)）]*[)）])?\s*[:：]|"
    r"^\W*(?:buyer|seller|supplier|customer|client|käufer|verkäufer|auftraggeber|auftragnehmer)\s*:"
)
_ATTACHED = re.compile(
    r"^\W*(?:annex|appendix|schedule|exhibit|attachment|anlage|anhang|附件|附录|附表)|amend|addend|nachtrag|änderung|补充协议|变更协议"
)
_DIGIT = re.compile(r"\d")


def second_contracts(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find the first place at which another contract begins."""
    if subject.spec.reading != "clauses" or not subject.pages:
        return
    own = subject.extraction.leaf("contract_number").value
    for page, title, number in _heads(subject.pages, "" if own is None else str(own)):
        named = f"“{title}”" if title else "without a title"
        numbered = f", number {number}" if number else ""
        yield finding(
            FindingCode.SECOND_CONTRACT,
            None,
            f"On page {page} another contract begins, {named}{numbered}; what both say is read as one.",
        )
        return


def _heads(pages: Sequence[Page], own: str) -> Iterator[tuple[int, str, str | None]]:
    """Yield page, title and number of each contract that begins below the first one's clauses."""
    lines = [(page.number, plain(line.text).strip()) for page in pages for line in page.lines]
    texts = [text for _, text in lines]
    titles = {squeeze(text) for text in islice(filter(is_title, texts), 1)}
    prose, is_counting = 0, False
    for place, (page, text) in enumerate(lines):
        prose += _is_prose(text)
        is_counting = is_counting or any(count > 1 for count in top_counts(text))
        if prose < _FEWEST_LINES or not is_counting:
            continue
        is_headline = is_title(text)
        is_short = len(text) <= _LONGEST_HEADLINE
        numbers = labelled_numbers(text) if is_short and _DIGIT.search(text) else ()
        number = next((each for each in numbers if not _is_same(each, own)), None)
        if not (is_headline or number) or any(map(_is_attached, texts[max(0, place - 2) : place + 1])):
            continue
        below = texts[place + 1 : place + 1 + _HEAD]
        if is_headline and number is None:
            found = [each for line in below[:6] for each in labelled_numbers(line)]
            if found and all(_is_same(each, own) for each in found) and squeeze(text) in titles:
                continue  # the running head of the first contract
            number = next((each for each in found if not _is_same(each, own)), None)
        is_opened = any(_OPENING.search(fold(each)) for each in below)
        if is_opened and any(1 in top_counts(each) for each in texts[place + 1 : place + 1 + _FIRST_CLAUSE]):
            yield page, text if is_headline else "", number


def _is_prose(text: str) -> bool:
    """Say whether a line is a piece of a sentence, and no entry of a table of contents."""
    is_long = bool(_PROSE.search(text)) or has_chinese(text)
    return is_long and bool(_PUNCTUATED.search(text)) and not _LEADERS.search(text)


def _is_attached(text: str) -> bool:
    return len(text) <= _LONGEST_HEADLINE and bool(_ATTACHED.search(fold(text)))


def _is_same(number: str, own: str) -> bool:
    one, other = (letters_and_digits(each) for each in (number, own))
    return bool(one and other) and (one in other or other in one)
