"""Where the value of a label may stand.

It stands behind its label in the same cell, in the next cell to the right, or in the cell
below. Each such place is a zone with a prior score; what of the text in the zone is the
value is for `picking` to say.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.joint_labels import joint, share
from extractor.engines.layout.labelled import NUMBER_WORDS, LabelledSheet, has_colon, has_letters
from extractor.engines.layout.lexicon import Hit, between
from extractor.engines.layout.open_ends import ends_open
from extractor.engines.layout.other_documents import goes_on_from_another, is_of_another
from extractor.engines.layout.spec_labels import NOTHING
from extractor.engines.layout.term_words import EARLY, OF_PAYMENT
from extractor.engines.layout.translations import behind_translation
from extractor.pages.geometry import Box

_SEPARATORS = re.compile(r"(?:[\s:：.,;；．#*=>|/\\)\]】）ⓧ⊗Ⓧ○]|[-–—](?=\s|$)|\((?=[^)]{0,20}\))[^)]*\))*")
HARD_BREAK = re.compile(r"[;；|•·]|\s{3,}")
_SAME, _RIGHT, _BELOW, _BELOW_IN_HEADER = 1.0, 0.95, 0.8, 0.92
_RIGHT_DECAY = 0.25  # a page width away
_APART = 0.7  # of the print's height: words of one label stand closer
_FAR = 0.25  # of the page's width
_OF_ANOTHER = 0.6  # beside a label, and right under another
_INSIDE_PHRASE = 0.45  # a label in the middle of other words
_BELOW_WITHIN, _ALIGNED = 2.4, 4.0  # of the label's height; points
_CJK_FROM = "\u2e80"
_PARTED = re.compile(r"(?:[；;，,。|/·•)]|\s[-–—])\s*$")
_WITHOUT_COLON = 0.93  # in one cell with its value: it may be a word of a phrase
_LEAD = 8  # characters of a label before what of it is known
_STRAY_NUMBER_WORD, _BARE_NUMBER_WORD = 0.2, 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Characters of a cell that may hold the value of a label."""

    cell: Cell
    start: int
    end: int
    score: float
    is_beside: bool  # in another cell than the label

    @property
    def text(self) -> str:
        """Return the characters of the zone."""
        return self.cell.text[self.start : self.end]


def zones(page: LabelledSheet, cell: Cell, hit: Hit, *, is_text: bool = False) -> Iterator[Zone]:
    """Yield the places where the value of a label may stand, likeliest first.

    Free text (`is_text`) may hold labels itself; it ends at a clear break only.
    """
    shared = joint(cell.text, page.hits_of(cell), hit)
    if shared is not None:
        yield from _shared_zones(page, cell, shared)
        return
    strength = _strength(page, cell, hit)
    start, end = _behind(page, cell, hit, is_text=is_text)
    are_heads = _is_made_of_labels(page, cell)
    if has_letters(cell.text[start:end]) and not are_heads:
        yield Zone(cell=cell, start=start, end=end, score=_SAME * strength, is_beside=False)
        return
    if has_letters(cell.text[_label_end(cell, hit) :]):
        if are_heads:
            yield from _below(page, cell.box_of(hit.start, hit.end), cell.row, _BELOW_IN_HEADER * strength)
        return  # another label follows in the cell; what lies beside belongs to that
    right = page.sheet.right_of(cell)
    beside = right[0] if right else None
    is_header = beside is not None and page.starts_with_label(beside)
    of_payment = bool(OF_PAYMENT & set(hit.names))
    if is_text and of_payment and beside is not None and is_header:  # "Payable by 18 July" beside "Payment:"
        is_header = not (_is_said(page, beside) or EARLY.match(beside.text))
    found: list[Zone] = []
    if beside is not None and not is_header:
        gap = (beside.box.x0 - cell.box.x1) / page.sheet.page.width
        theirs = _OF_ANOTHER if page.is_under_label(beside) else 1.0
        zone = _whole(beside, (_RIGHT - _RIGHT_DECAY * gap) * strength * theirs)
        found.append(_before_bracket(page, zone) if is_text else zone)
    is_second = any(other.end <= hit.start for other in page.hits_of(cell))
    box = cell.box_of(hit.start, hit.end) if is_second else cell.box
    found += _below(page, box, cell.row, (_BELOW_IN_HEADER if is_header else _BELOW) * strength)
    if is_text and len(found) > 1 and found[0].cell.box.x0 - cell.box.x1 > _FAR * page.sheet.page.width:
        found = found[1:]  # the text goes on under its label; what is far beside is another's
    yield from sorted(found, key=lambda each: -each.score)


def _below(page: LabelledSheet, box: Box, row: int, score: float) -> Iterator[Zone]:
    """Yield the cell under a label, if it is no label itself."""
    under = next(iter(page.sheet.below(box, row, within=_BELOW_WITHIN * box.height)), None)
    if under is not None and not page.starts_with_label(under):
        is_aligned = min(abs(under.box.x0 - box.x0), abs(under.box.x1 - box.x1)) <= _ALIGNED
        yield _whole(under, score * (1.0 if is_aligned else 0.85))


def _is_made_of_labels(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a cell holds labels and nothing else, a gap apart: heads of columns, set close."""
    hits = page.hits_of(cell)
    if len(hits) < 2 or any(map(has_letters, between(cell.text, hits))):  # noqa: PLR2004 - heads of columns
        return False
    if has_colon(cell, hits[0]) and not has_colon(cell, hits[-1]):
        return False  # the second is what the first says: "Terms: payable by" over a date
    boxes = [cell.box_of(hit.start, hit.end) for hit in hits]
    return all(right.x0 - left.x1 >= _APART * cell.box.height for left, right in pairwise(boxes))


def _shared_zones(page: LabelledSheet, cell: Cell, shared: tuple[int, tuple[Hit, ...]]) -> Iterator[Zone]:
    """Yield the label's share of what stands behind, beside or under all labels: "4711 / 05.03.2026"."""
    index, group = shared
    start = _skip(cell.text, group[-1].end)
    if has_letters(cell.text[start:]):
        places = [Zone(cell=cell, start=start, end=len(cell.text), score=_SAME, is_beside=False)]
    else:
        places = [_whole(each, _RIGHT) for each in _values_beside(page, cell)]
        below = page.sheet.below(cell.box, cell.row, within=_BELOW_WITHIN * cell.box.height)
        places += [_whole(each, _BELOW) for each in list(below)[:2] if not page.starts_with_label(each)]
    before = cell.text[: group[0].start]
    is_stray = group[index].label in NUMBER_WORDS and has_letters(before) and not page.is_title(before)
    is_stray = is_stray or (has_letters(before[-1:]) and any(hit.names == (NOTHING,) for hit in group))
    weight = _STRAY_NUMBER_WORD if is_stray or _is_of_another(group, index) else 1.0
    for place in places:
        span = share(place.text, group, index)
        if span is not None:
            begin, stop = place.start + span[0], place.start + span[1]
            yield replace(place, start=begin, end=stop, score=weight * place.score)


def _values_beside(page: LabelledSheet, cell: Cell) -> Iterator[Cell]:
    """Yield the two cells right of a label, up to the next label."""
    for each in page.sheet.right_of(cell)[:2]:
        if page.starts_with_label(each):
            return
        yield each


def _is_of_another(group: Sequence[Hit], index: int) -> bool:
    """Say whether a label is the "No." of the one before it: "Contract date/No." is no invoice's."""
    hit, first = group[index], group[0]
    return index > 0 and hit.label in NUMBER_WORDS and not set(hit.names) & set(first.names)


def _whole(cell: Cell, score: float) -> Zone:
    start = _skip(cell.text, 0)
    return Zone(cell=cell, start=start, end=len(cell.text), score=score, is_beside=True)


def _before_bracket(page: LabelledSheet, zone: Zone) -> Zone:
    """Cut a text before a label in brackets that follows in its cell: "肆仟圆整 （小写）"."""
    for other in page.hits_of(zone.cell):
        before = zone.cell.text[zone.start : other.start].rstrip()
        if other.start > zone.start and before.endswith(("(", "（")) and before.strip("(（ "):
            return replace(zone, end=zone.start + len(before.rstrip("(（ ")))
    return zone


def _behind(page: LabelledSheet, cell: Cell, hit: Hit, *, is_text: bool) -> tuple[int, int]:
    """Return the characters behind the label, up to the next label with a colon."""
    end = len(cell.text)
    for other in page.hits_of(cell):
        if other.start < hit.end:
            continue
        if is_text and not has_colon(cell, other) and _after_semicolon(cell, other):
            continue  # "2 % within 7 days; net 30 days"
        sign = _sign_before(cell.text, hit.end, other.start) if has_colon(cell, other) else None
        if is_text and sign is not None:
            end = sign
            break
        if (has_colon(cell, other) and not is_text) or _after_break(cell, other, hit.end):
            end = other.start
            break
    return min(_skip(cell.text, _label_end(cell, hit)), end), end


def _after_break(cell: Cell, other: Hit, start: int) -> bool:
    before = cell.text[start : other.start].rstrip()
    return bool(before) and (before[-1] in "(（" or HARD_BREAK.search(before[-1:]) is not None)


def _sign_before(text: str, start: int, end: int) -> int | None:
    """Return where a sign parts a text from the label behind it, which may begin with another word.

    "30 days | Our contact: ..."
    """
    signs = [
        mark for mark in HARD_BREAK.finditer(text, start, end) if has_letters(text[start : mark.start()])
    ]
    is_near = bool(signs) and end - signs[-1].end() <= _LEAD
    return signs[-1].start() if is_near else None


def _is_said(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a cell begins with a word of payment that is a label, and goes on: "Payable by 18 July"."""
    first = page.hits_of(cell)[0]
    is_of_payment = bool(OF_PAYMENT & set(first.names)) and not has_colon(cell, first)
    return is_of_payment and has_letters(cell.text[first.end :])


def _after_semicolon(cell: Cell, other: Hit) -> bool:
    return cell.text[: other.start].rstrip().endswith((";", "；"))


def _label_end(cell: Cell, hit: Hit) -> int:
    return behind_translation(cell.text, hit.end, label=cell.text[hit.start : hit.end])


def _skip(text: str, start: int) -> int:
    found = _SEPARATORS.match(text, start)
    return found.end() if found else start


def _strength(page: LabelledSheet, cell: Cell, hit: Hit) -> float:
    """Rate a label lower when other words stand right before it."""
    before = cell.text[: hit.start]
    if not has_letters(before):
        return _strength_in_front(page, cell, hit)
    if hit.label in NUMBER_WORDS and page.is_title(before):
        return 0.9
    if hit.label in NUMBER_WORDS or _is_compound(page, cell, hit) or is_of_another(cell, hit):
        return _STRAY_NUMBER_WORD
    if any(
        other.end <= hit.start and not has_letters(cell.text[other.end : hit.start])
        for other in page.hits_of(cell)
    ):
        return 0.9
    if has_colon(cell, hit) or _PARTED.search(before):
        return 0.85
    return _INSIDE_PHRASE


def _strength_in_front(page: LabelledSheet, cell: Cell, hit: Hit) -> float:
    """Rate a label that opens its cell."""
    above = [each.text for each in page.sheet.line_above(cell)]
    is_within = cell.text[:1].islower() and not has_colon(cell, hit)  # a sentence
    if any(map(goes_on_from_another, above)) or (is_within and any(map(ends_open, above))):
        return _STRAY_NUMBER_WORD
    if hit.label in NUMBER_WORDS:  # of what? of the invoice most likely on its first page
        return _BARE_NUMBER_WORD if page.is_first else _STRAY_NUMBER_WORD
    is_alone = has_colon(cell, hit) or not has_letters(cell.text[hit.end :])
    return 1.0 if is_alone or hit.label[0] > _CJK_FROM else _WITHOUT_COLON


def _is_compound(page: LabelledSheet, cell: Cell, hit: Hit) -> bool:
    """Say whether a look-alike's label ends right before: "Original invoice" + "date"."""
    return any(
        other.names == (NOTHING,) and not cell.text[other.end : hit.start].strip()
        for other in page.hits_of(cell)
        if other.end <= hit.start
    )
