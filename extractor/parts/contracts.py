"""Part a file's pages by the contract they belong to.

A page begins another contract only where three signs meet: a contract's title near its top, a number
below it that is not that of the contract before, and clauses that count from one again. Annexes and
amendments stay with the contract that they follow.
"""

from collections.abc import Sequence
from itertools import pairwise

from extractor.engines.contract.numbering import top_counts
from extractor.engines.contract.passages import plain
from extractor.engines.contract.terms.identity import is_title, labelled_numbers
from extractor.pages.page import Page
from extractor.parts.parting import PagesOfPart
from extractor.values.text import squeeze

_HEAD = 14  # lines at the top of a page in which a contract says what it is
_TITLE_LINES = 5


def part_contracts(pages: Sequence[Page]) -> tuple[PagesOfPart, ...]:
    """Return the contracts in the order of the file; every page is in one of them."""
    starts = [0]
    number = _number(pages[0]) if pages else None
    for place in range(1, len(pages)):
        other = _number(pages[place])
        is_other = number is not None and other is not None and squeeze(other) != squeeze(number)
        if is_other and _has_title(pages[place]) and _counts_anew(pages[place : place + 2]):
            starts.append(place)
            number = other
    return tuple(PagesOfPart(pages=tuple(pages[start:end])) for start, end in pairwise([*starts, len(pages)]))


def _number(page: Page) -> str | None:
    """Return the number by which a contract calls itself at the top of a page."""
    return next(
        (number for line in page.lines[:_HEAD] for number in labelled_numbers(plain(line.text))), None
    )


def _has_title(page: Page) -> bool:
    return any(is_title(plain(line.text)) for line in page.lines[:_TITLE_LINES])


def _counts_anew(pages: Sequence[Page]) -> bool:
    return any(1 in top_counts(plain(line.text)) for page in pages for line in page.lines)
