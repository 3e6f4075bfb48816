"""Tell the words that a reader of the page can see from those that only the text layer has.

What is drawn in plain sight is the rule, and is told from styles and areas alone. Where
something might hide a word, pixels decide: the page is rendered, and the word must show.

A layer of invisible words over (or visible words under) a picture of the whole page is
a transcript of it: those words are seen, in the picture, wherever there is ink below them.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from extractor.documents.pdf import PdfFile
from extractor.documents.text_layer import Colour, Fill, PrintedWord, TextLayer

_WHITE: Colour = (255, 255, 255)
_ALIKE = 16  # of 255, in the channel that differs most: less than this is not seen
_SMALLEST_PRINT = 2.0  # points; no one reads smaller letters
_WHOLE_PAGE = 0.8  # of the page's area: pictures that cover as much are the page
_MOST = 0.5  # of the words on a picture of the page: the others are stamps and page numbers
_NEARLY_ALL = 0.9  # of the words: where as many are invisible, they transcribe what is drawn
_GROUND_SHARE = 0.4  # of a word's box must be ground, not letters
_OVERWRITTEN = 0.3  # of a covered word's area under another word: typed over what was covered
_CHANGED_SHARE = 0.02  # of a word's box must change where the word is taken away
_DPI = 100
_INSET = 0.12  # of a box on each side; neighbours and rules must not count


def visible_words(file: PdfFile, number: int, layer: TextLayer) -> tuple[tuple[PrintedWord, ...], bool]:
    """Return the words of page `number` that can be seen, and whether any cannot be.

    Raises:
        DamagedDocument: the page cannot be rendered.
    """
    hidden = _hidden(file, number, layer)
    if not hidden:
        return layer.words, False
    seen = tuple(word for index, word in enumerate(layer.words) if index not in hidden)
    return seen, any(character.isalnum() for index in hidden for character in layer.words[index].text)


def _hidden(file: PdfFile, number: int, layer: TextLayer) -> set[int]:
    """Return the positions of the words that cannot be seen."""
    covered = _covered(layer)
    if not covered and not _are_styles_suspicious(layer):
        return set()
    return _Inspection(file, number, layer, covered).hidden()


def _are_styles_suspicious(layer: TextLayer) -> bool:
    """Say whether the page has text without a colour, too small, or of the colour of a ground."""
    grounds = {fill.colour for fill in layer.fills if fill.colour} | {_WHITE}
    return any(
        style.colour is None
        or style.size < _SMALLEST_PRINT
        or any(_is_alike(style.colour, ground) for ground in grounds)
        for style in layer.styles
    )


def _covered(layer: TextLayer) -> set[int]:
    """Return the positions of the words whose middle something was painted over after them."""
    if not layer.fills or not layer.words or layer.fills[-1].order <= min(layer.orders):
        return set()
    words = np.array([word[:4] for word in layer.words])
    across, down = words[:, 0] + words[:, 2], words[:, 1] + words[:, 3]
    orders = np.array(layer.orders)
    covered = np.zeros(len(words), dtype=bool)
    for fill in layer.fills:
        x0, y0, x1, y1 = fill.box
        covered |= (
            (orders < fill.order)
            & (across >= 2 * x0)
            & (across <= 2 * x1)
            & (down >= 2 * y0)
            & (down <= 2 * y1)
        )
    return set(np.flatnonzero(covered).tolist())


def _cover_of(layer: TextLayer, index: int) -> Fill | None:
    """Return the last area that was painted over the middle of a word after it."""
    for fill in reversed(layer.fills):
        if fill.order <= layer.orders[index]:
            return None
        if _holds(fill, layer.words[index]):
            return fill
    return None


def _ground_of(layer: TextLayer, index: int) -> Fill | None:
    """Return the last area that was painted below a word before it."""
    for fill in reversed(layer.fills):
        if fill.order <= layer.orders[index] and _holds(fill, layer.words[index]):
            return fill
    return None


def _holds(fill: Fill, word: PrintedWord) -> bool:
    x0, y0, x1, y1 = fill.box
    return 2 * x0 <= word.x0 + word.x1 <= 2 * x1 and 2 * y0 <= word.y0 + word.y1 <= 2 * y1


def _in_exact_order(layer: TextLayer, exact: TextLayer) -> TextLayer:
    """Return the layer with exact orders. A word that is not found (torn apart) counts as drawn first."""
    orders: dict[PrintedWord, list[int]] = {}
    for word, order in zip(exact.words, exact.orders, strict=True):
        orders.setdefault(word, []).append(order)
    for found in orders.values():
        found.reverse()
    return replace(
        layer,
        orders=tuple(orders[word].pop() if orders.get(word) else -1 for word in layer.words),
        fills=exact.fills,
    )


def _overlap(word: PrintedWord, other: PrintedWord) -> float:
    """Return the share of the word's area that the other takes."""
    across = min(word.x1, other.x1) - max(word.x0, other.x0)
    down = min(word.y1, other.y1) - max(word.y0, other.y0)
    area = (word.x1 - word.x0) * (word.y1 - word.y0)
    return max(across, 0.0) * max(down, 0.0) / area if area else 0.0


def _area_within(fill: Fill, layer: TextLayer) -> float:
    """Return how many square points of the page an area takes."""
    x0, y0, x1, y1 = fill.box
    across = min(x1, layer.width) - max(x0, 0.0)
    down = min(y1, layer.height) - max(y0, 0.0)
    return max(across, 0.0) * max(down, 0.0)


def _is_alike(one: Colour, other: Colour) -> bool:
    return max(abs(mine - theirs) for mine, theirs in zip(one, other, strict=True)) < _ALIKE


class _Inspection:
    """One suspicious page, looked at closely. Renders it once, when first asked to."""

    def __init__(self, file: PdfFile, number: int, layer: TextLayer, covered: set[int]) -> None:
        self._file, self._number = file, number
        styles = file.word_styles(number)
        self._styles = [styles[word] for word in layer.words]
        self._layer = _in_exact_order(layer, file.layer(number, is_order_exact=True)) if covered else layer
        self._covered = _covered(self._layer)

    def hidden(self) -> set[int]:
        """Return the positions of the words that cannot be seen."""
        indices = range(len(self._layer.words))
        small = {index for index in indices if self._styles[index].size < _SMALLEST_PRINT}
        undrawn = {index for index in indices if self._styles[index].colour is None} - small
        under_pictures = self._under_pictures() - small
        if self._is_transcript(undrawn | under_pictures):
            unseen = {index for index in undrawn | under_pictures if not self._has_ink(index)}
        else:
            unseen = undrawn
            under_pictures = set()
        drawn = [index for index in indices if index not in small | undrawn | under_pictures]
        covered = [index for index in drawn if index in self._covered]
        faint = {index for index in drawn if index not in self._covered and self._is_faint(index)}
        return small | unseen | faint | self._really_covered(covered)

    def _under_pictures(self) -> set[int]:
        covers = ((index, _cover_of(self._layer, index)) for index in self._covered)
        return {index for index, cover in covers if cover is not None and cover.colour is None}

    def _is_transcript(self, indices: set[int]) -> bool:
        """Say whether these words transcribe a picture of the page, or a page drawn without text."""
        if not indices:
            return False
        pictured = sum(
            _area_within(fill, self._layer) for fill in self._layer.fills if fill.colour is None
        )  # a scan may come in strips
        is_picture = pictured >= _WHOLE_PAGE * self._layer.width * self._layer.height
        share = len(indices) / len(self._layer.words)
        return share >= (_MOST if is_picture else _NEARLY_ALL)

    def _is_faint(self, index: int) -> bool:
        """Say whether a word is drawn in the colour of its ground."""
        colour = self._styles[index].colour or _WHITE
        ground = _ground_of(self._layer, index)
        if ground is None:
            return _is_alike(colour, _WHITE) and not self._stands_out(index, colour)
        if ground.is_rectangle and ground.colour is not None:
            return _is_alike(colour, ground.colour) and not self._stands_out(index, colour)
        return not self._stands_out(index, colour) if _is_alike(colour, _WHITE) else False

    def _really_covered(self, covered: Sequence[int]) -> set[int]:
        """Return which of the words that something is painted over are hidden by it."""
        hidden = {index for index in covered if not self._has_ink(index) or self._is_overwritten(index)}
        inked = [index for index in covered if index not in hidden]
        if not inked:
            return hidden
        boxes = [self._layer.words[index][:4] for index in inked]
        without = self._file.render_without_text(self._number, boxes, dpi=_DPI).pixels
        return hidden | {index for index in inked if not self._differs(index, without)}

    def _is_overwritten(self, index: int) -> bool:
        """Say whether another word stands on what covers this one: the ink is that word's."""
        cover = _cover_of(self._layer, index)
        return cover is not None and any(
            order >= cover.order and _overlap(self._layer.words[index], word) >= _OVERWRITTEN
            for word, order in zip(self._layer.words, self._layer.orders, strict=True)
        )

    def _stands_out(self, index: int, colour: Colour) -> bool:
        """Say whether enough of the word's box has another colour than the word."""
        far = np.abs(self._cut(index).astype(int) - np.array(colour)).max(axis=2) >= _ALIKE
        return far.size > 0 and bool(far.mean() >= _GROUND_SHARE)

    def _has_ink(self, index: int) -> bool:
        cut = self._cut(index)
        return cut.size > 0 and int(np.ptp(cut, axis=(0, 1)).max()) >= _ALIKE

    def _differs(self, index: int, without: NDArray[np.uint8]) -> bool:
        """Say whether the page looks different without the word."""
        now, then = self._cut(index).astype(int), self._cut(index, without).astype(int)
        return bool((np.abs(now - then).max(axis=2) >= _ALIKE).mean() >= _CHANGED_SHARE)

    def _cut(self, index: int, pixels: NDArray[np.uint8] | None = None) -> NDArray[np.uint8]:
        """Return the pixels inside a word's box."""
        word, scale = self._layer.words[index], _DPI / 72
        across, down = _INSET * (word.x1 - word.x0), _INSET * (word.y1 - word.y0)
        x0, x1 = round((word.x0 + across) * scale), round((word.x1 - across) * scale)
        y0, y1 = round((word.y0 + down) * scale), round((word.y1 - down) * scale)
        source = self._rendered if pixels is None else pixels
        return source[max(y0, 0) : max(y1, y0 + 1), max(x0, 0) : max(x1, x0 + 1)]

    @cached_property
    def _rendered(self) -> NDArray[np.uint8]:
        return self._file.render(self._number, dpi=_DPI).pixels
