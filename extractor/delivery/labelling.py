"""Find room for the names of marks: beside their boxes, where nothing is printed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.documents.pdf import LABEL_SIZE, Mark
from extractor.pages.geometry import Box
from extractor.pages.page import Page

_LINE_HEIGHT = 1.1  # of the letter size
_NARROW = 0.52  # mean width of a Latin letter, of the letter size
_GAP = 1.5  # points between a box and a name beside it
_BLANK_SHARE = 0.18  # of a word's box, above and below, which has no ink


def with_labels_placed(marks: Sequence[Mark], pages: Sequence[Page]) -> Iterator[Mark]:
    """Yield the marks in order, each label where it hides least of the page and of the others."""
    sheets = {page.number: page for page in pages}
    taken: dict[int, list[Box]] = {
        number: [_ink(word.box) for word in page.words] for number, page in sheets.items()
    }
    for mark in marks:
        taken[mark.page].append(Box(*mark.box))
    for mark in marks:
        if not mark.label:
            yield mark
            continue
        place = _best(_places(mark), sheets[mark.page], taken[mark.page])
        taken[mark.page].append(place)
        yield replace(mark, label_at=(place.x0, place.y1))


def _places(mark: Mark) -> Iterator[Box]:
    """Yield where the label may stand: above, beside and below its box, best first."""
    box = Box(*mark.box)
    width = sum(LABEL_SIZE * (_NARROW if letter.isascii() else 1.0) for letter in mark.label)
    height = LABEL_SIZE * _LINE_HEIGHT
    middle = box.centre_y - height / 2
    for left, top in (
        (box.x0, box.y0 - height),
        (box.x1 + _GAP, middle),
        (box.x0 - width - _GAP, middle),
        (box.x1 - width, box.y0 - height),
        (box.x0, box.y1),
    ):
        yield Box(left, top, left + width, top + height)


def _best(places: Iterable[Box], page: Page, taken: Sequence[Box]) -> Box:
    """Return the first of the places that hide the least; one off the page is the last resort."""

    def hidden(place: Box) -> float:
        is_off = place.x0 < 0 or place.y0 < 0 or place.x1 > page.width or place.y1 > page.height
        covered = sum(place.overlap_x(other) * place.overlap_y(other) for other in taken)
        return covered + (page.width * page.height if is_off else 0.0)

    return min(places, key=hidden)


def _ink(box: Box) -> Box:
    blank = box.height * _BLANK_SHARE
    return Box(box.x0, box.y0 + blank, box.x1, box.y1 - blank)
