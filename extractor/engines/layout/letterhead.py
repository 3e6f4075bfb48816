"""Find the seller where no label names it: letterhead, sender line, what the foot says again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractor.engines.layout.banks import BANK
from extractor.engines.layout.cells import Cell, joined_lines
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.lexicon import squeezed
from extractor.engines.layout.names import (
    address_form,
    has_legal_form,
    has_post_code,
    has_registration,
    is_attention,
    is_contact,
    is_name,
    is_sender_line,
    issued_by,
)
from extractor.engines.layout.party_blocks import BLOCK_ALIGNED, Span, block_below, join_spans
from extractor.engines.layout.party_names import name_lines
from extractor.engines.layout.party_regions import Region
from extractor.engines.layout.same_firm import is_same_firm, is_short_for
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
_ADDRESS = re.compile(r"(?<!\S)\S*@\S+|www\.\S+|https?:\S+", re.IGNORECASE)
_SAME = 0.97  # name similarity from which two names are one
_BASE, _MOST = 0.15, 0.88
_LEGAL_FORM, _REPEATED, _DOMAIN_FITS, _SENDER_LINE, _REGISTERED = 0.3, 0.2, 0.22, 0.25, 0.15
_UNCONFIRMED = 0.5  # a name without legal form that nothing else on the pages says again: a logo, a slogan
_TOP, _LARGE, _WITH_IDS, _FIRST = 0.14, 0.16, 0.16, 0.08
_WITH_TOWN = 0.08
_WINDOW = 2.5  # of a line's height: from the sender's line to the address
_TELLING = 4  # characters of a name: shorter ones repeat by chance
_STEM = 5  # characters that a web address and a name share
_MOSTLY = 0.45
_MOST_CANDIDATES = 4
_SOON = 40  # characters behind a name: "…, société anonyme au capital de"
_ATTENTION_WITHIN = 3  # lines under a name
_LARGE_PRINT = 1.25  # times the usual print
_SAME_PRINT, _CLOSE = 0.06, 0.6  # of a line's height: two lines of one logo
_WORDS_OF_LOGO = 3  # on a line


def unlabelled_seller(
    pages: Sequence[LabelledSheet], regions: Sequence[Region], *, not_these: Sequence[str]
) -> Iterator[tuple[str, Candidate]]:
    """Yield names that may be the seller's, and the address of the best one."""
    if not pages:
        return
    page = pages[0]
    printed = [cell.text for each in pages for cell in each.sheet.cells]
    letters = [squeeze(text) for text in printed]
    spoken = [  # without addresses in the web
        squeeze(_ADDRESS.sub("", text)) if _ADDRESS.search(text) else its_letters
        for text, its_letters in zip(printed, letters, strict=True)
    ]
    texts = ("\n".join(letters), "\n".join(spoken))
    domains = {squeeze(match[1]) for match in _DOMAIN.finditer("\n".join(printed))}
    usual = median([cell.box.height for cell in page.sheet.cells] or [10.0])
    logos = set(_logos(page, usual))
    found: list[_Name] = []
    passed: set[tuple[int, int]] = set()  # second lines of names
    for cell in page.sheet.cells:
        if (cell.row, cell.column) in passed or page.starts_with_label(cell) or page.is_in_table(cell):
            continue
        if any(region.holds(cell) for region in regions if region.side != "seller"):
            continue
        spans = name_lines(page, Span(cell=cell, start=0, end=len(cell.text)))
        spans = (replace(spans[0], start=spans[0].start + issued_by(spans[0].text)), *spans[1:])
        if not spans[0].text:
            continue  # a sign alone: a logo
        spans = (*spans, *_rest_of_logo(page, spans, usual))
        name = joined_lines(span.text for span in spans)
        if not _may_be_seller(page, name) or _is_not(name, not_these) or _goes_on(cell, name):
            continue
        if not has_legal_form(name) and not is_sender_line(cell.text) and _places(cell.text[spans[0].end :]):
            continue
        each = _rated(page, spans, name, usual=usual, texts=texts, domains=domains, logos=logos)
        if each.score > _BASE + _FIRST:
            found.append(each)
            passed |= {(span.cell.row, span.cell.column) for span in spans[1:]}
    names = [each.text for each in found]
    found = [
        replace(each, score=each.score + _beside_others(each, names) + _below_others(each, found))
        for each in found
    ]
    found.sort(key=lambda each: (-each.score, each.spans[0].cell.row))
    most = _MOST
    for each in found[:_MOST_CANDIDATES]:
        most = min(most, each.score, _MOST if each.is_confirmed else _UNCONFIRMED)
        yield "seller_name", join_spans(each.spans, most)
    yield from _best_address(page, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """A name of one or two lines. The score ranks; it is confirmed by its form or by other places."""

    spans: tuple[Span, ...]
    text: str
    score: float
    is_confirmed: bool
    is_repeated: bool
    is_bare: bool  # nothing but an address goes with it
    is_addressed: bool  # an address stands behind it, or under it
    has_ids: bool  # an account, a tax id or a phone stands behind it


def _best_address(page: LabelledSheet, found: Sequence[_Name]) -> Iterator[tuple[str, Candidate]]:
    """Yield the address that stands with the best name, or with the same name elsewhere."""
    best = squeeze(found[0].text) if found else ""
    for each in found[:_MOST_CANDIDATES]:
        if squeeze(each.text) == best:
            address = address_with(page, each.spans[-1].cell, each.spans[-1].end, min(each.score, _MOST))
            if address is not None:
                yield "seller_address", address
                return


def _goes_on(cell: Cell, name: str) -> bool:
    """Say whether a line ends with a comma, as the lines of an address do."""
    return cell.text.rstrip().endswith((",", "，")) and not has_legal_form(name)


def _places(rest: str) -> bool:
    """Say whether what follows makes a word a place: "Brest, le 15 septembre", "Chennai - 600040"."""
    return bool(find_dates(rest)) or has_post_code(f"x {rest.lstrip(' ,/')}")


def _may_be_seller(page: LabelledSheet, name: str) -> bool:
    if not is_name(name) or is_country(name) or address_form(name):
        return False
    return not _names_document(page, name) and not find_dates(name)


def _rated(
    page: LabelledSheet,
    spans: tuple[Span, ...],
    name: str,
    *,
    usual: float,
    texts: tuple[str, str],
    domains: set[str],
    logos: set[str],
) -> _Name:
    """Rate a name. `texts` are all texts of the pages, and these without addresses in the web.

    `logos` are the words in large print.
    """
    cell, rest = spans[0].cell, spans[-1].cell.text[spans[-1].end :]
    key = squeeze(name)
    under = block_below(page, spans[-1].cell)[1:7]
    below = [line.text for line in under]
    is_legal = has_legal_form(name)
    is_repeated, is_said_again = (len(key) >= _TELLING and text.count(key) > 1 for text in texts)
    is_sender = bool(rest) and is_sender_line(name + rest)
    has_ids, has_ids_below = bool(rest) and _has_ids(rest), any(map(_has_ids, below))
    is_registered = any(has_registration(line) for line in (rest, *below))
    is_large = cell.box.height > _LARGE_PRINT * usual and not _is_of_one_print(cell, under)
    fits_domain = any(domain in key or key[:_STEM] == domain[:_STEM] for domain in domains)
    signs = (
        (_LEGAL_FORM, is_legal),
        (_REPEATED, is_repeated),
        (_DOMAIN_FITS, fits_domain),
        (_DOMAIN_FITS, is_legal and any(key != logo and key.startswith(logo) for logo in logos)),
        (_SENDER_LINE, is_sender),
        (_WITH_IDS, is_sender and has_ids),
        (_LEGAL_FORM + _REGISTERED, is_repeated and not is_legal and has_registration(rest[:_SOON])),
        (_REGISTERED, is_legal and is_registered),
        (_TOP, cell.box.y1 < page.sheet.page.height / 5),
        (_LARGE, is_large),
        (_FIRST, cell.row == 0),
        (_WITH_IDS, has_ids_below),
        (_WITH_TOWN, any(has_post_code(line) for line in below)),
        (-_LEGAL_FORM, bool(find_amounts(name)) or _is_of_bank(name, rest) or len(key) < _TELLING - 1),
        (-_LEGAL_FORM, _is_under_sender(page, cell) or any(map(is_attention, below[:_ATTENTION_WITHIN]))),
    )
    score = _BASE + sum(weight for weight, holds in signs if holds)
    is_confirmed = is_legal or is_said_again or is_sender
    has_more = is_repeated or is_sender or is_registered or is_large or fits_domain
    return _Name(
        spans=spans,
        text=name,
        score=score,
        is_confirmed=is_confirmed,
        is_repeated=is_repeated,
        is_bare=not (has_more or has_ids or has_ids_below),
        is_addressed=any(has_post_code(line) for line in (rest, *below)),
        has_ids=has_ids,
    )


def _logos(page: LabelledSheet, usual: float) -> Iterator[str]:
    """Yield what is printed large and alone in the head: the first words of a firm's name, mostly."""
    for cell in page.sheet.cells:
        letters = "".join(filter(str.isalnum, squeeze(cell.text)))
        is_short = len(letters) >= _STEM and len(cell.words) <= _WORDS_OF_LOGO
        if is_short and cell.box.height > _LARGE_PRINT * usual and cell.box.y1 < page.sheet.page.height / 3:
            yield letters


def _has_ids(line: str) -> bool:
    """Say whether a line holds what a seller tells of itself: a tax id, an account, a phone."""
    return bool(find_tax_ids(line) or find_ibans(line)) or is_contact(line)


def _rest_of_logo(page: LabelledSheet, spans: Sequence[Span], usual: float) -> Iterator[Span]:
    """Yield the second line of a name in large print: "FENWICK" over "AUTOCENTRE", close and in one size."""
    first = spans[0].cell
    box = first.box
    is_short = len(first.words) <= _WORDS_OF_LOGO and spans[0].end == len(first.text)
    if len(spans) > 1 or not is_short or box.height < _LARGE_PRINT * usual or has_legal_form(first.text):
        return
    for below in page.sheet.below(box, first.row, within=_CLOSE * box.height):
        is_alike = abs(below.box.height - box.height) <= _SAME_PRINT * box.height
        is_aligned = min(abs(below.box.x0 - box.x0), abs(below.box.centre_x - box.centre_x)) <= BLOCK_ALIGNED
        is_part = len(below.words) <= _WORDS_OF_LOGO and is_name(f"{first.text} {below.text}")
        if is_alike and is_aligned and is_part and not page.hits_of(below) and below.text.isalpha():
            yield Span(cell=below, start=0, end=len(below.text))
        return


def _is_of_one_print(name: Cell, under: Sequence[Cell]) -> bool:
    """Say whether a name is as large as the address under it: no letterhead, however small the rest is."""
    return bool(under) and name.box.height < 1.1 * under[0].box.height


def _is_under_sender(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a name stands in the window under the sender's line: it is the one written to."""
    for row in reversed(page.sheet.rows[max(0, cell.row - 2) : cell.row]):
        for above in row:
            is_near = cell.box.y0 - above.box.y1 < _WINDOW * cell.box.height
            is_small = above.box.height < cell.box.height
            if above.box.overlap_x(cell.box) > 0 and is_near and is_small and is_sender_line(above.text):
                return True
    return False


def _is_of_bank(name: str, rest: str) -> bool:
    """Say whether a name is the one of the bank whose account follows."""
    return BANK.search(name) is not None and bool(find_ibans(rest))


def _names_document(page: LabelledSheet, name: str) -> bool:
    """Say whether a text is the document's title and not a name."""
    hits = page.titles.find(name)
    if hits and hits[-1].end == len(name):
        return True  # a title beside a logo: "Fontegrua Fattura"
    covered = sum(len(hit.label) for hit in hits)
    return covered >= _MOSTLY * sum(character.isalnum() for character in name)


def _beside_others(name: _Name, others: Sequence[str]) -> float:
    """Return what a name wins or loses by short forms of it elsewhere: "Acme" beside "Acme, Inc."."""
    key = squeezed(name.text)[0]
    longer = (squeezed(other)[0] for other in others if len(other) > len(name.text) and has_legal_form(other))
    if any(other.startswith(key) or other.endswith(key) for other in longer):
        return -_LEGAL_FORM
    shorter = (other for other in others if len(other) < len(name.text))
    return (
        0.0 if name.is_repeated or not any(is_same_firm(other, name.text) for other in shorter) else _REPEATED
    )


def _below_others(name: _Name, others: Sequence[_Name]) -> float:
    """Return what a firm loses that only its address goes with, where another name has the head or a foot.

    It is the one written to, legal form or not: letters have the sender's name and address
    above the reader's, or in one line with its account.
    """
    cell = name.spans[0].cell
    if not name.is_bare or not has_legal_form(name.text):
        return 0.0
    is_below = any(
        other.is_addressed and (other.has_ids or other.spans[-1].cell.box.y1 <= cell.box.y0 - cell.box.height)
        for other in others
        if other.text != name.text and not is_same_firm(other.text, name.text)
    )
    return -_LEGAL_FORM if is_below else 0.0


def _is_not(name: str, others: Sequence[str]) -> bool:
    return any(name_similarity(name, other) >= _SAME or is_short_for(name, other) for other in others)
