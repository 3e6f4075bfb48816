"""Find the bank and the BIC of an account whose number is known, near it."""

import re
from collections.abc import Iterator
from itertools import pairwise

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet, has_colon, is_strong
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.names import is_name
from extractor.engines.layout.party_blocks import Span
from extractor.engines.layout.spec_labels import PART
from extractor.engines.layout.zones import Zone, zones
from extractor.values.identifiers import find_bics, find_ibans

BANK = re.compile(r"bank|kasse|banque|banco|banca|crédit|credit union|银行|信用社", re.IGNORECASE)
_NAMED = re.compile(  # no "Bankkonto", no "bank transfer"
    r"\w*(?:bank|kasse|banque|banco|banca|crédit|credit union)\b|\bbankhaus\b|银行|信用社", re.IGNORECASE
)
_MARK = re.compile(r"\s*[,;:：·•|()，；]\s*|\s+[-–—]\s+|\s*(?=\b(?:IBAN|BIC|SWIFT)\b)")
_LEADING_WORD = re.compile(r"(?<!\S)(?!de[lr]?\b|d[iu]\b|of\b|and\b|und\b|eG\b)[a-zà-ÿ]\S*\s+(?=\S)")
_ALIGNED = 8.0  # points
_NEAR_ROWS = 4
_NEAR_POINTS = 220.0


def bank_of(page: LabelledSheet, account: Span, name: str) -> Span | None:
    """Return the name of the account's bank: behind its label, else where it says so itself."""
    return (
        _labelled(page, account, f"{name}{PART}bank")
        or _in_front(page, account)
        or _under_heading(page, account, name)
        or _above(page, account)
    )


def bic_of(page: LabelledSheet, account: Span, name: str) -> Span | None:
    """Return the BIC in the account's cell, or behind the nearest label of one."""
    cell = account.cell
    for each in find_bics(cell.text):
        return Span(cell=cell, start=each.start, end=each.end)
    for other, hit in _neighbours(page, account):
        if f"{name}{PART}bic" not in hit.names:
            continue
        for zone in zones(page, other, hit):
            for each in find_bics(zone.text, needs_cue=False)[:1]:
                return Span(cell=zone.cell, start=zone.start + each.start, end=zone.start + each.end)
            break
    return None


def _neighbours(page: LabelledSheet, account: Span) -> Iterator[tuple[Cell, Hit]]:
    """Yield the labels near an account, nearest row first."""
    cell = account.cell
    near = [
        (other, hit)
        for other, hit in page.labels()
        if abs(other.row - cell.row) <= _NEAR_ROWS and abs(other.box.x0 - cell.box.x0) <= _NEAR_POINTS
    ]
    yield from sorted(near, key=lambda each: (abs(each[0].row - cell.row), abs(each[0].box.x0 - cell.box.x0)))


def _labelled(page: LabelledSheet, account: Span, label: str) -> Span | None:
    """Return the text behind the nearest label of that name, cut before a number or code."""
    for cell, hit in _neighbours(page, account):
        if label not in hit.names:
            continue
        for zone in zones(page, cell, hit):
            stop = _end_of_name(page, zone)
            start = zone.start
            if zone.cell is cell and not has_colon(cell, hit) and zone.start - hit.end <= 1:
                start = hit.start  # "Banco del Cabo": the label is the name's first word
            text = zone.cell.text[start:stop].rstrip(" ,;:：，；、/-–|")
            if sum(character.isalpha() for character in text) >= 3 and not any(c.isdigit() for c in text):  # noqa: PLR2004
                return Span(cell=zone.cell, start=start, end=start + len(text))
            break
    return None


def _end_of_name(page: LabelledSheet, zone: Zone) -> int:
    """Return where a number, a code or the label of one ends the bank's name."""
    hits = [hit for hit in page.hits_of(zone.cell) if hit.start >= zone.start]
    found = [zone.start + each.start for each in (*find_ibans(zone.text), *find_bics(zone.text))]
    stop = min([zone.end, *found, *(hit.start for hit in hits if _is_code(hit))])
    if stop > zone.start and any(hit.start == stop and hit.label.startswith("bank") for hit in hits):
        return stop + len("Bank")  # "Harbour Bank A/C No": the label's first word is the name's last
    return stop


def _in_front(page: LabelledSheet, account: Span) -> Span | None:
    """Return the bank that stands before the account on its row: "Harbour Bank, IBAN ..."."""
    cell = account.cell
    row = page.sheet.rows[cell.row]
    left = row[cell.column - 1] if cell.column else None
    return _bank_in(page, cell, account.start) or (_bank_in(page, left, len(left.text)) if left else None)


def _under_heading(page: LabelledSheet, account: Span, name: str) -> Span | None:
    """Return the line between a heading ("Bank details") and the account that may be the bank's name."""
    cell = account.cell
    for heading, hit in _neighbours(page, account):
        if name not in hit.names or heading.row >= cell.row or not is_strong(heading, hit):
            continue
        for row in page.sheet.rows[heading.row + 1 : cell.row]:
            for line in row:
                is_below = abs(line.box.x0 - heading.box.x0) <= _ALIGNED
                if is_below and is_name(line.text) and not page.starts_with_label(line):
                    return Span(cell=line, start=0, end=len(line.text))
    return None


def _above(page: LabelledSheet, account: Span) -> Span | None:
    """Return the bank that the line right above the account names."""
    cell = account.cell
    for row in page.sheet.rows[max(0, cell.row - 2) : cell.row]:
        for line in row:
            if abs(line.box.x0 - cell.box.x0) <= _ALIGNED:
                bank = _bank_in(page, line, len(line.text))
                if bank is not None:
                    return bank
    return None


def _bank_in(page: LabelledSheet, cell: Cell, end: int) -> Span | None:
    """Return the last name of a bank before a place in a text, without the words that lead to it."""
    marks = [0, *(mark.end() for mark in _MARK.finditer(cell.text, 0, end)), end]
    for start, stop in reversed(list(pairwise(marks))):
        text = cell.text[start:stop].rstrip(" ,;:：·•|()，；-–—0123456789")
        begin = max((word.end() for word in _LEADING_WORD.finditer(text)), default=0)
        name = text[begin:]
        if _NAMED.search(name) and is_name(name) and not page.lexicon.knows(name):
            return Span(cell=cell, start=start + begin, end=start + begin + len(name))
    return None


def _is_code(hit: Hit) -> bool:
    return any(name.endswith((f"{PART}account", f"{PART}bic")) for name in hit.names)
