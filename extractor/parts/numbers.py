"""The invoice numbers that a page shows by label, and whether two of them are one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import NUMBER_WORDS, LabelledSheet
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.picking import pick
from extractor.engines.layout.zones import Zone, zones
from extractor.engines.reading import Candidate
from extractor.field_specs.spec import FieldSpec
from extractor.pages.word import Origin
from extractor.values.conventions import Conventions
from extractor.values.text import fold, letters_and_digits

_SURE = 0.6  # a label within a phrase ("for invoice 4711") tells of another document
_NEXT_ROW = 1.8  # line heights to the next row of a list
_LEAST_SHARED = 4  # characters of a number that may stand without its prefix
_LOOKALIKES = str.maketrans("odqilzsb", "00011258")  # what recognition takes for one another


class Likeness(Enum):
    """Whether two printed numbers are one."""

    SAME = auto()
    OTHER = auto()
    UNSURE = auto()  # recognised print that may have lost a character


class Naming(Enum):
    """What a label says that its number is of."""

    INVOICE = auto()  # "Invoice No."
    DOCUMENT = auto()  # "Document No.", "单据号"
    NUMBER = auto()  # "No.": it may be anything's


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNumber:
    """An invoice number that a label on the page names.

    `key` is its letters and digits, folded; `label` is the label, squeezed.
    """

    key: str
    candidate: Candidate
    label: str
    naming: Naming

    @property
    def is_recognised(self) -> bool:
        """Say whether the number was read from a picture."""
        return self.candidate.evidence.origin is Origin.OCR


def shown_numbers(
    page: LabelledSheet, field: FieldSpec, conventions: Conventions, *, titles: frozenset[str], title: str
) -> tuple[ShownNumber, ...]:
    """Return the numbers behind the labels of a page, its own first, else in reading order.

    `titles` are the squeezed titles of the document type: they tell labels that name the
    document ("Invoice No") from those that only say number. `title` is the page's own
    one, "" if it has none: a credit note may quote an invoice's number before its own.
    A column of numbers is a list of other documents.
    """
    found: dict[str, ShownNumber] = {}
    for cell, hit in page.labels_of(_FIELD):
        if page.is_in_item(cell):
            continue
        for number in _at_label(page, cell, hit, field, conventions, titles=titles):
            known = found.get(number.key)
            if known is None or _rank(number, title) < _rank(known, title):
                found[number.key] = number
    return tuple(sorted(found.values(), key=lambda number: _rank(number, title)))


def _rank(number: ShownNumber, title: str) -> int:
    is_named = bool(title) and (number.label.startswith(title) or title.startswith(number.label))
    return 0 if is_named else 1 + list(Naming).index(number.naming)


def likeness(first: ShownNumber, second: ShownNumber) -> Likeness:
    """Say whether two numbers are one: "RE-4711" and "4711" are, "4711" and "4712" are not."""
    if first.key == second.key or _differ_by_prefix(*sorted((first.key, second.key), key=len)):
        return Likeness.SAME
    if not (first.is_recognised or second.is_recognised):
        return Likeness.OTHER
    short, long = sorted((_unmistaken(first.key), _unmistaken(second.key)), key=len)
    if short == long or _differ_by_prefix(short, long):
        return Likeness.SAME
    return Likeness.UNSURE if len(long) - len(short) == 1 and _is_within(short, long) else Likeness.OTHER


def may_count_pages(number: ShownNumber, known: ShownNumber, *, place: int) -> bool:
    """Say whether two numbers differ by a last part that is the place of their pages: "4711/1", "4711/2".

    `place` is that of the page with `number` in its document, from 1; `known` stands on the first.
    """
    parts = [_COUNTED.fullmatch(fold(each.candidate.text)) for each in (known, number)]
    first, now = (part and (part[1], int(part[2])) for part in parts)
    return first is not None and now == (first[0], place) and first[1] == 1


_FIELD = "invoice_number"
_COUNTED = re.compile(r"(.*\w ?[-/.]) ?0?([0-9]{1,2})")


def _at_label(
    page: LabelledSheet,
    cell: Cell,
    hit: Hit,
    field: FieldSpec,
    conventions: Conventions,
    *,
    titles: frozenset[str],
) -> Iterator[ShownNumber]:
    for zone in zones(page, cell, hit):
        picked = pick(zone.text, field, conventions)
        if picked is None:
            continue
        start, end = zone.start + picked.start, zone.start + picked.end
        text = zone.cell.text[start:end]
        is_title = hit.label in titles
        score = zone.score * picked.score
        if score < _SURE or not any(character.isdigit() for character in text):
            return
        if (is_title and zone.is_beside) or _is_in_list(page, cell, zone, field, conventions):
            return
        yield ShownNumber(
            key=letters_and_digits(text),
            candidate=Candidate(text=text, evidence=zone.cell.evidence(start, end), score=score),
            label=hit.label,
            naming=_naming(hit.label, titles),
        )
        return


def _naming(label: str, titles: frozenset[str]) -> Naming:
    if label in NUMBER_WORDS:
        return Naming.NUMBER
    return Naming.INVOICE if any(title in label for title in titles) else Naming.DOCUMENT


def _is_in_list(
    page: LabelledSheet, label: Cell, zone: Zone, field: FieldSpec, conventions: Conventions
) -> bool:
    """Say whether more numbers of the same form stand below: a column of a list of invoices."""
    if not zone.is_beside or zone.cell.row == label.row:
        return False
    cell = zone.cell
    for below in page.sheet.below(cell.box, cell.row, within=_NEXT_ROW * cell.box.height):
        picked = pick(below.text, field, conventions)
        return picked is not None and _form(below.text[picked.start : picked.end]) == _form(zone.text)
    return False


def _form(text: str) -> Sequence[str]:
    return ["9" if character.isdigit() else "a" for character in letters_and_digits(text)]


def _differ_by_prefix(short: str, long: str) -> bool:
    """Say whether the longer number is the shorter one behind letters."""
    prefix = long.removesuffix(short)
    return len(short) >= _LEAST_SHARED and len(prefix) < len(long) and prefix.isalpha()


def _unmistaken(key: str) -> str:
    return key.translate(_LOOKALIKES)


def _is_within(short: str, long: str) -> bool:
    """Say whether the shorter text is the longer one without some of its characters."""
    rest = iter(long)
    return all(character in rest for character in short)
