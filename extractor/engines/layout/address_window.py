"""Find the buyer whom no label names: the address that is not the seller's, in the upper part of the page.

A letter has its reader's address in the window of the envelope (DIN 5008, NF Z 11-001,
BS 1808), under the sender's line in small print; other layouts set it on the right.
What the seller prints of itself is sorted out first: its name, its logo, its phone.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from statistics import median

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.names import (
    address_form,
    has_legal_form,
    has_post_code,
    is_address,
    is_attention,
    is_contact,
    is_name,
    is_sender_line,
    name_span,
)
from extractor.engines.layout.party_blocks import LOOSE_GAP, Span, block_below, join_spans, names_party
from extractor.engines.layout.party_names import name_lines
from extractor.engines.layout.party_regions import Region
from extractor.engines.layout.same_firm import is_same_firm
from extractor.engines.reading import Candidate
from extractor.values.countries import is_country
from extractor.values.dates import find_dates

_WINDOW, _AFTER_SENDER = 0.5, 0.72
_WITH_FORM, _ADDRESSED, _WITH_CONTACT, _IN_LARGE_PRINT = 0.08, 0.1, -0.2, -0.2
_UPPER = 0.55  # of the page's height
_MOST_LINES = 6  # of an address under its name
_WINDOW_DEPTH = 70.0  # points from the sender's line to the address
_LARGE = 1.4  # times the usual print
_PARTING = 0.5  # of a line's height: a gap so much wider than the last one parts two blocks
_NAMES = 3  # lines of a block that may hold its name
_DIGIT = re.compile(r"\d")


def unlabelled_buyer(
    pages: Sequence[LabelledSheet], regions: Sequence[Region], *, not_these: Sequence[str]
) -> Iterator[tuple[str, Candidate]]:
    """Yield the best name over an address in the upper part that is not the seller's.

    `not_these` are the seller's names.
    """
    for page in pages[:1]:
        found = list(_candidates(page, regions, not_these))
        if found:
            yield "buyer_name", max(found, key=lambda each: each.score)


def _candidates(
    page: LabelledSheet, regions: Sequence[Region], not_these: Sequence[str]
) -> Iterator[Candidate]:
    usual = median([cell.box.height for cell in page.sheet.cells] or [0.0])
    passed: set[tuple[int, int]] = set()  # cells of blocks that are another's, or whose name is found
    for cell in page.sheet.cells:
        if cell.box.y1 > _UPPER * page.sheet.page.height:
            return
        if (cell.row, cell.column) in passed or page.is_in_table(cell) or page.is_under_label(cell):
            continue
        if page.starts_with_label(cell) and not names_party(page, cell):
            continue
        if any(region.holds(cell) for region in regions):
            continue
        block = _without_logo(block_below(page, cell, gap=LOOSE_GAP))
        if any(is_same_firm(_name_in(line), other) for line in block[:_NAMES] for other in not_these):
            passed |= {(line.row, line.column) for line in _paragraph(block)}
            continue
        if is_address(cell.text) and _DIGIT.search(cell.text) and not is_sender_line(cell.text):
            passed |= {(line.row, line.column) for line in _paragraph(block)}
            continue
        candidate = _named(page, cell, block, not_these, usual=usual)
        if candidate is not None:
            passed |= {(line.row, line.column) for line in block}
            yield candidate


def _without_logo(block: Sequence[Cell]) -> Sequence[Cell]:
    """Part large print from an address that stands a line or more under it: they are two blocks."""
    first, below = block[0], block[1] if len(block) > 1 else block[0]
    is_logo = first.box.height > _LARGE * below.box.height
    return block[:1] if is_logo and below.box.y0 - first.box.y1 > below.box.height else block


def _name_in(line: Cell) -> str:
    start, end = name_span(line.text, 0, len(line.text))
    return line.text[start:end]


def _named(
    page: LabelledSheet, cell: Cell, block: Sequence[Cell], not_these: Sequence[str], *, usual: float
) -> Candidate | None:
    """Return the name that a block begins with, if an address goes on from it."""
    label = page.hits_of(cell)[0].end if names_party(page, cell) else 0
    form = label + address_form(cell.text[label:])
    spans = name_lines(page, Span(cell=cell, start=form, end=len(cell.text)))
    if len(spans) == 1 and _is_heading(block):
        spans = name_lines(page, Span(cell=block[1], start=0, end=len(block[1].text)))
    name = " ".join(span.text for span in spans)
    last = spans[-1]
    if (
        not is_name(name)
        or page.is_title(name)
        or last.cell.text[last.end :].strip(" ,;.")
        or find_dates(cell.text)
    ):
        return None
    if name[0].islower() and not has_legal_form(name):
        return None
    lines = [line.text for line in block if line.row > last.cell.row][:_MOST_LINES]
    above = _above(page, cell)
    after_sender = any(_is_sender(line, not_these) for line in above)
    if not lines or not (after_sender or any(map(_has_town, lines))):
        return None
    is_addressed = (
        form > label
        or any(address_form(line.text) == len(line.text) for line in above)
        or any(map(is_attention, lines))
    )
    signs = (
        (_WITH_FORM, has_legal_form(name)),
        (_ADDRESSED, is_addressed),
        (_WITH_CONTACT, any(is_contact(line) for line in lines)),
        (_IN_LARGE_PRINT, cell.box.height > _LARGE * usual),
    )
    score = (_AFTER_SENDER if after_sender else _WINDOW) + sum(weight for weight, holds in signs if holds)
    return join_spans(spans, score) if score >= _WINDOW + _WITH_CONTACT else None


def _is_heading(block: Sequence[Cell]) -> bool:
    """Say whether a block begins with one word over a firm's name: a heading that no spec knows."""
    if len(block) <= _NAMES or len(block[0].words) > 1 or has_legal_form(block[0].text):
        return False
    name = _name_in(block[1])
    return has_legal_form(name) and len(name.split()) > 2 and is_name(name)  # noqa: PLR2004 - no rest of a name


def _is_sender(line: Cell, sellers: Sequence[str]) -> bool:
    """Say whether a line is the sender's in small print: with its town, or with the seller's name."""
    if not is_sender_line(line.text):
        return False
    return has_post_code(line.text) or any(is_same_firm(_name_in(line), seller) for seller in sellers)


def _has_town(line: str) -> bool:
    """Say whether a line ends an address: with a post code, or a country."""
    return has_post_code(line) or is_country(line.rsplit(",", 1)[-1])


def _paragraph(block: Sequence[Cell]) -> Iterator[Cell]:
    """Yield the lines of a block up to the sender's line, or to a gap that parts it from the next block."""
    gap = None
    for line, below in zip_longest(block, block[1:]):
        yield line
        if below is None or is_sender_line(line.text):
            return
        wide = below.box.y0 - line.box.y1
        if gap is not None and wide > gap + _PARTING * line.box.height:
            return
        gap = wide


def _above(page: LabelledSheet, cell: Cell) -> list[Cell]:
    """Return the lines over a name, nearest first, up to the sender's line in small print."""
    found = []
    for row in reversed(page.sheet.rows[max(0, cell.row - 4) : cell.row]):
        for above in row:
            if above.box.overlap_x(cell.box) > 0 and cell.box.y0 - above.box.y1 < _WINDOW_DEPTH:
                found.append(above)
                if is_sender_line(above.text) or address_form(above.text) < len(above.text):
                    return found
    return found
