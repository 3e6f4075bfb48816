"""Find seller and buyer where no label names them: letterhead, sender line, address window."""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.lexicon import squeezed
from extractor.engines.layout.names import (
    has_legal_form,
    has_post_code,
    is_contact,
    is_name,
    is_sender_line,
    name_span,
)
from extractor.engines.layout.party_regions import Region, block_below
from extractor.engines.layout.seller_address import address_with
from extractor.engines.reading import Candidate
from extractor.values.amounts import find_amounts
from extractor.values.countries import is_country
from extractor.values.dates import find_dates
from extractor.values.identifiers import find_ibans, find_tax_ids
from extractor.values.names import name_similarity
from extractor.values.text import squeeze

_DOMAIN = re.compile(
    r"(?:@|www\.|https?://)(?:[\w-]+\.)*?([\w-]{3,})\.(?:[a-z]{2,3}\.)?[a-z]{2,}", re.IGNORECASE
)
_SAME = 0.97  # name similarity from which two names are one
_BASE, _MOST = 0.15, 0.88
_LEGAL_FORM, _REPEATED, _DOMAIN_FITS, _SENDER_LINE = 0.3, 0.2, 0.22, 0.25
_TOP, _LARGE, _WITH_IDS, _FIRST = 0.14, 0.16, 0.16, 0.08
_WINDOW, _AFTER_SENDER = 0.5, 0.72
_WITH_TOWN = 0.08
_TELLING = 4  # characters of a name: shorter ones repeat by chance
_STEM = 5  # characters that a web address and a name share
_MOSTLY = 0.45
_MOST_CANDIDATES = 4
_LOOSE_LINES = 1.7  # line heights between the lines of an address
_WINDOW_DEPTH = 70.0  # points from the sender's line to the address


def unlabelled_seller(
    pages: Sequence[LabelledSheet], regions: Sequence[Region], *, not_these: Sequence[str]
) -> Iterator[tuple[str, Candidate]]:
    """Yield names that may be the seller's, and the address of the best one."""
    if not pages:
        return
    page = pages[0]
    whole = "\n".join(squeeze(cell.text) for each in pages for cell in each.sheet.cells)
    domains = {
        squeeze(match[1])
        for each in pages
        for cell in each.sheet.cells
        for match in _DOMAIN.finditer(cell.text)
    }
    usual = median([cell.box.height for cell in page.sheet.cells] or [10.0])
    found: list[tuple[float, Cell, int, int]] = []
    for cell in page.sheet.cells:
        if page.starts_with_label(cell) or page.is_in_table(cell):
            continue
        if any(region.holds(cell) for region in regions if region.side != "seller"):
            continue
        start, end = name_span(cell.text, 0, len(cell.text))
        name = cell.text[start:end]
        if not _may_be_seller(page, name) or _is_not(name, not_these) or _goes_on(cell, name):
            continue
        score = _seller_score(
            page, cell, name, rest=cell.text[end:], usual=usual, whole=whole, domains=domains
        )
        if score > _BASE + _FIRST:
            found.append((min(score, _MOST), cell, start, end))
    names = [cell.text[start:end] for _, cell, start, end in found]
    found = [(each[0] - _shortened(name, names), *each[1:]) for name, each in zip(names, found, strict=True)]
    found.sort(key=lambda each: (-each[0], each[1].row))
    for score, cell, start, end in found[:_MOST_CANDIDATES]:
        yield "seller_name", _named(cell, start, end, score)
    yield from _best_address(page, found)


def _best_address(
    page: LabelledSheet, found: Sequence[tuple[float, Cell, int, int]]
) -> Iterator[tuple[str, Candidate]]:
    """Yield the address that stands with the best name, or with the same name elsewhere."""
    best = squeeze(found[0][1].text[found[0][2] : found[0][3]]) if found else ""
    for score, cell, start, end in found[:_MOST_CANDIDATES]:
        if squeeze(cell.text[start:end]) == best:
            address = address_with(page, cell, end, score)
            if address is not None:
                yield "seller_address", address
                return


def _goes_on(cell: Cell, name: str) -> bool:
    """Say whether a line ends with a comma, as the lines of an address do."""
    return cell.text.rstrip().endswith((",", "，")) and not has_legal_form(name)


def _may_be_seller(page: LabelledSheet, name: str) -> bool:
    if not is_name(name) or is_country(name):
        return False
    return not _names_document(page, name) and not find_dates(name)


def unlabelled_buyer(
    pages: Sequence[LabelledSheet], regions: Sequence[Region], *, not_these: Sequence[str]
) -> Iterator[tuple[str, Candidate]]:
    """Yield the first line of an address block in the upper half that is not the seller's."""
    if not pages:
        return
    page = pages[0]
    passed: set[tuple[int, int]] = set()  # cells of blocks whose first line is another's name
    for cell in page.sheet.cells:
        if cell.box.y1 > page.sheet.page.height / 2:
            return
        if (cell.row, cell.column) in passed:
            continue
        if page.starts_with_label(cell) or any(region.holds(cell) for region in regions):
            continue
        start, end = name_span(cell.text, 0, len(cell.text))
        name = cell.text[start:end]
        block = block_below(page, cell, gap=_LOOSE_LINES)
        if _is_not(name, not_these):
            passed |= {(line.row, line.column) for line in block if not is_sender_line(cell.text)}
            continue
        if not is_name(name) or end < len(cell.text.rstrip()):
            continue
        lines = [line.text for line in block[1:6]]
        after_sender = _is_under_sender_line(page, cell)
        if not lines or any(is_contact(line) for line in lines[:2]):
            continue
        if not after_sender and not any(has_post_code(line) for line in lines):
            continue
        yield "buyer_name", _named(cell, start, end, _AFTER_SENDER if after_sender else _WINDOW)
        return


def _is_under_sender_line(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether the line above the cell's block is a sender's line in small print."""
    for row in reversed(page.sheet.rows[max(0, cell.row - 3) : cell.row]):
        for above in row:
            if above.box.overlap_x(cell.box) > 0:
                is_near = cell.box.y0 - above.box.y1 < _WINDOW_DEPTH
                return is_near and is_sender_line(above.text)
    return False


def _seller_score(
    page: LabelledSheet, cell: Cell, name: str, *, rest: str, usual: float, whole: str, domains: set[str]
) -> float:
    key = squeeze(name)
    below = [line.text for line in block_below(page, cell)[1:7]]
    signs = (
        (_LEGAL_FORM, has_legal_form(name)),
        (_REPEATED, len(key) >= _TELLING and whole.count(key) > 1),
        (_DOMAIN_FITS, any(domain in key or key[:_STEM] == domain[:_STEM] for domain in domains)),
        (_SENDER_LINE, bool(rest) and is_sender_line(name + rest)),
        (_TOP, cell.box.y1 < page.sheet.page.height / 5),
        (_LARGE, cell.box.height > 1.25 * usual),
        (_FIRST, cell.row == 0),
        (_WITH_IDS, any(find_tax_ids(line) or find_ibans(line) or is_contact(line) for line in below)),
        (_WITH_TOWN, any(has_post_code(line) for line in below)),
        (-_LEGAL_FORM, bool(find_amounts(name))),
    )
    return _BASE + sum(weight for weight, holds in signs if holds)


def _names_document(page: LabelledSheet, name: str) -> bool:
    """Say whether a text is the document's title and not a name."""
    hits = page.titles.find(name)
    covered = sum(len(hit.label) for hit in hits)
    return covered >= _MOSTLY * sum(character.isalnum() for character in name)


def _shortened(name: str, others: Sequence[str]) -> float:
    """Return what a name loses to the same name with its legal form: "Acme" to "Acme, Inc."."""
    key = squeezed(name)[0]
    longer = (other for other in others if len(other) > len(name) and squeezed(other)[0].startswith(key))
    return _LEGAL_FORM if any(has_legal_form(other) for other in longer) else 0.0


def _is_not(name: str, others: Sequence[str]) -> bool:
    return any(name_similarity(name, other) >= _SAME for other in others)


def _named(cell: Cell, start: int, end: int, score: float) -> Candidate:
    return Candidate(text=cell.text[start:end], evidence=cell.evidence(start, end), score=score)
