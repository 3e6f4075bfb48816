"""What stands around a value on its page: how far its neighbours are, and how often its text is printed.

A value that was cut out of a longer text has words right beside it, one that was put together
from two texts has a wide gap inside. The model sees both without knowing the words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from extractor.extraction.extraction import Leaf
from extractor.pages.geometry import Box
from extractor.pages.page import Page

NAMES = (
    "gap_left",
    "gap_right",
    "gap_above",
    "gap_below",
    "gap_inside",
    "is_behind_colon",
    "printed",
    "in_domain",
)
_FAR = 8.0  # of a line's height: farther is all alike
_MOST_PRINTED = 4
_TELLING = 4  # characters: shorter texts are printed again by chance
STEM = 5  # letters that a name and its address in the web share
DOMAIN = re.compile(r"(?:@|www\.|https?://)(?:[\w-]+\.)*?([\w-]{3,})\.(?:[a-z]{2,3}\.)?[a-z]{2,}")
_COLONS = (":", "：")
_SLACK = 0.2  # of a line's height that boxes of neighbouring words may overlap


class Surroundings:
    """The words of the pages, looked up for all values of a document at once.

    Pages made from pictures are left out: values stand there as uploaded, words upright.
    """

    def __init__(self, pages: Sequence[Page]) -> None:
        """Gather the words of the pages."""
        flat = [page for page in pages if page.placement is None and page.words]
        self._words = {page.number: _Words(page) for page in flat}
        self._text = " ".join(word.text for page in flat for word in page.words).casefold()
        self._counted: Counter[str] = Counter()
        self._domains = {_letters(match[1]) for match in DOMAIN.finditer(self._text)}

    def of(self, leaves: Sequence[Leaf]) -> Iterator[Mapping[str, float]]:
        """Yield what is known of each leaf, in order; nothing where its page is not known."""
        places: dict[int, list[int]] = {}
        for index, leaf in enumerate(leaves):
            if leaf.evidence is not None and leaf.evidence.boxes and leaf.evidence.page in self._words:
                places.setdefault(leaf.evidence.page, []).append(index)
        known: dict[int, dict[str, float]] = {}
        for page, indices in places.items():
            firsts, lasts = [], []
            for index in indices:
                evidence = leaves[index].evidence
                assert evidence is not None  # noqa: S101 - for the type checker; only such are placed
                firsts.append(evidence.boxes[0])
                lasts.append(evidence.boxes[-1])
            told = self._words[page].around(firsts, lasts)
            for index, numbers in zip(indices, told.T.tolist(), strict=True):
                known[index] = dict(zip(_AROUND, numbers, strict=True))
        for index, leaf in enumerate(leaves):
            if index in known:
                yield {
                    **known[index],
                    "gap_inside": _gap_inside(leaf),
                    "printed": self._printed(leaf),
                    "in_domain": self._in_domain(leaf),
                }
            else:
                yield {}

    def _printed(self, leaf: Leaf) -> float:
        text = " ".join((leaf.text or "").split()).casefold()
        if len(text) < _TELLING:
            return 0.0
        if text not in self._counted:
            self._counted[text] = self._text.count(text)
        return float(min(self._counted[text], _MOST_PRINTED))

    def _in_domain(self, leaf: Leaf) -> float:
        name = _letters((leaf.text or "").casefold()) if self._domains else ""
        return float(any(name[:STEM] == domain[:STEM] for domain in self._domains if len(domain) >= _TELLING))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


_AROUND = ("gap_left", "gap_right", "gap_above", "gap_below", "is_behind_colon")


class _Words:
    """The words of one page as columns of numbers."""

    def __init__(self, page: Page) -> None:
        sides = chain.from_iterable(word.box for word in page.words)
        boxes = np.fromiter(sides, dtype=np.float32, count=4 * len(page.words)).reshape(-1, 4)
        self._x0, self._y0, self._x1, self._y1 = boxes.T[:, None, :]
        self._middle = (self._y0 + self._y1) / 2
        self._has_colon = np.array([word.text.endswith(_COLONS) for word in page.words])

    def around(self, firsts: Sequence[Box], lasts: Sequence[Box]) -> NDArray[np.float32]:
        """Return a row for each of `_AROUND`: gaps in line heights around values from first to last box."""
        first, last = (np.array(boxes, dtype=np.float32)[:, :, None] for boxes in (firsts, lasts))
        left, top, _, first_bottom = (first[:, i] for i in range(4))
        begin, last_top, right, bottom = (last[:, i] for i in range(4))
        height = np.maximum(first_bottom - top, 1.0)
        slack = _SLACK * height
        on_first = (self._middle > top) & (self._middle < first_bottom)
        on_last = (self._middle > last_top) & (self._middle < bottom)
        over = (self._x1 > left) & (self._x0 < np.maximum(right, left + height))
        to_left = np.where(on_first & (self._x1 <= left + slack), left - self._x1, np.inf)
        to_right = np.where(on_last & (self._x0 >= right - slack), self._x0 - right, np.inf)
        above = np.where(over & (self._y1 <= top + slack), top - self._y1, np.inf)
        over = (self._x1 > begin) & (self._x0 < right)
        below = np.where(over & (self._y0 >= bottom - slack), self._y0 - bottom, np.inf)
        gaps = [
            np.clip(np.minimum(gap.min(axis=1), _FAR * height[:, 0]) / height[:, 0], 0.0, _FAR)
            for gap in (to_left, to_right, above, below)
        ]
        before = to_left.argmin(axis=1)
        is_behind_colon = self._has_colon[before] & np.isfinite(to_left.min(axis=1))
        return np.array([*gaps, is_behind_colon], dtype=np.float32)


def _gap_inside(leaf: Leaf) -> float:
    """Return the widest gap between the lines of a value, in heights of its first line."""
    boxes = leaf.evidence.boxes if leaf.evidence is not None else ()
    if len(boxes) < 2:  # noqa: PLR2004 - one line has no gap
        return 0.0
    gaps = (lower.y0 - upper.y1 for upper, lower in pairwise(boxes))
    return min(max(gaps) / max(boxes[0].height, 1.0), _FAR)
