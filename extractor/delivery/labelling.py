"""Find room for the names of marks: beside their boxes, where nothing is printed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.documents.drawing import LABEL_SIZE, Mark
from extractor.pages.geometry import Box
from extractor.pages.page import Page

_ORDINARY = 612.0  # points: the width of a letter; a photo may be far larger
_LINE_HEIGHT = 1.1  # of the letter size
_GAP = 1.5  # points between a box and a name beside it
_FARTHEST = 8  # lines of labels
_BAD_FAR = 8.0  # how bad a point of distance is, against hiding a square point of a frame
_HIDES_WORD = 6.0  # how bad that is, for the same area, against hiding a part of a frame
_HIDES_FRAME = 1.0
_BLANK_SHARE = 0.25  # of a word's box, above and below, which has no ink


def with_labels_placed(
    marks: Sequence[Mark], pages: Sequence[Page], *, letters: float = LABEL_SIZE
) -> Iterator[Mark]:
    """Yield the marks in order, each label where it hides least of the page and of the others.

    `letters` is the labels' size in points, on a page of ordinary size.
    """
    sheets = {page.number: page for page in pages}
    taken: dict[int, list[tuple[float, Box]]] = {
        number: [(_HIDES_WORD, _ink(word.box)) for word in page.words] for number, page in sheets.items()
    }
    for mark in marks:
        taken[mark.page].append((_HIDES_FRAME, Box(*mark.box)))
    for mark in marks:
        sheet = sheets[mark.page]
        size = letters * max(1.0, min(sheet.width, sheet.height) / _ORDINARY)
        if not mark.label:
            yield replace(mark, label_size=size)
            continue
        place = _best(_places(mark, size), sheet, taken[mark.page])
        taken[mark.page].append((_HIDES_WORD, place))
        yield replace(mark, label_at=(place.x0, place.y1), label_size=size)


def _places(mark: Mark, size: float) -> Iterator[tuple[float, Box]]:
    """Yield where the label may stand, and how far off: above, beside, below, then farther away."""
    box = Box(*mark.box)
    width = size * sum(map(_letter_width, mark.label))
    height = size * _LINE_HEIGHT
    middle = box.centre_y - height / 2
    lefts = (box.x0, box.x1 - width, box.centre_x - width / 2)
    near = [(box.x0, box.y0 - height), (box.x1 + _GAP, middle), (box.x0 - width - _GAP, middle)]
    near += [(left, box.y0 - height) for left in lefts[1:]]
    near += [(left, box.y1) for left in lefts]
    for left, top in near:
        yield 0.0, Box(left, top, left + width, top + height)
    for step in range(1, _FARTHEST + 1):
        for left in lefts:
            for top in (box.y0 - height * (1 + step), box.y1 + height * step):
                yield step * height, Box(left, top, left + width, top + height)


def _best(places: Iterable[tuple[float, Box]], page: Page, taken: Sequence[tuple[float, Box]]) -> Box:
    """Return the first of the places that hide the least; one off the page is the last resort."""

    def badness(far_and_place: tuple[float, Box]) -> float:
        far, place = far_and_place
        is_off = place.x0 < 0 or place.y0 < 0 or place.x1 > page.width or place.y1 > page.height
        hidden = sum(cost * place.overlap_x(other) * place.overlap_y(other) for cost, other in taken)
        return far * _BAD_FAR + hidden + (_HIDES_WORD * page.width * page.height if is_off else 0.0)

    return min(places, key=badness)[1]


def _letter_width(letter: str) -> float:
    """Return about how wide a letter is drawn, of the letter size."""
    if not letter.isascii():
        return 1.0
    return 0.7 if letter.isupper() else 0.53


def _ink(box: Box) -> Box:
    blank = box.height * _BLANK_SHARE
    return Box(box.x0, box.y0 + blank, box.x1, box.y1 - blank)
