"""Find the words that a copied text was taken from, and which of several places it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from extractor.engines.qwen.page_text import PageText, Strand
from extractor.engines.reading import Evidence
from extractor.pages.geometry import Box, union
from extractor.pages.word import Origin, Word
from extractor.values.text import squeeze

_ALIKE = 0.8  # of 1: below, the words of the page do not bear the text out
_WITHOUT_WORDS = 0.3  # agreement where the page has no words to compare with
_UNCONFIRMED = 0.5  # agreement where it has words, but none that are alike
_NUMBER = re.compile(r"[-(]?\d(?:[\d.,'’٫٬]*\d)?")
_LOOK_ALIKE = str.maketrans("oilsbz", "011582")  # of squeezed text, which has no capitals
_BELOW = 2.0  # a label above counts as so many times as far as one to the left
_FAR = 10_000.0  # points: further than anything on the same page


class Spot(NamedTuple):
    """A rectangle on a page."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a text stands: its words with their pages, and how well they agree with it, 0..1."""

    words: tuple[Word, ...]
    pages: tuple[int, ...]
    agreement: float = 1.0

    @property
    def page(self) -> int:
        """Return the page on which most of the text stands, of equals the first."""
        lengths = {
            page: sum(len(word.text) for word, at in zip(self.words, self.pages, strict=True) if at == page)
            for page in dict.fromkeys(self.pages)
        }
        return max(lengths, key=lambda page: lengths[page])

    @property
    def spot(self) -> Spot:
        """Return the smallest box around the words on that page."""
        return Spot(self.page, union(word.box for word in self.on(self.page).words))

    def on(self, page: int) -> "Place":
        """Return the part of it on one page; at least one word must stand there."""
        words = tuple(word for word, at in zip(self.words, self.pages, strict=True) if at == page)
        return Place(words=words, pages=(page,) * len(words), agreement=self.agreement)


def places_of(span: str, text: PageText, *, may_wrap: bool) -> list[Place]:
    """Return where the span stands on the page: exactly, else the most alike words, else nothing.

    On a text layer only white space, case and the width of characters may differ.
    """
    strands = text.strands(may_wrap=may_wrap)
    exact = [
        Place(words=strand.words[stretch], pages=strand.pages[stretch])
        for strand in strands
        for stretch in strand.stretches(span)
    ]
    if exact:
        return list(dict.fromkeys(exact))  # a flow over the page's edge repeats what stands on one side
    least = 1.0 if text.is_certain else _ALIKE
    alike = [place for strand in strands for place in _alike(span, strand, least_agreement=least)]
    best = max((place.agreement for place in alike), default=0.0)
    return list(dict.fromkeys(place for place in alike if place.agreement == best))


def evidence_of(place: Place | None, *, page: int) -> Evidence:
    """Return the place as evidence: one box a printed line on the page where most of it stands.

    No place: the model's word alone, about `page`.
    """
    if place is None:
        return Evidence(page=page, origin=Origin.MODEL)
    held = place.on(place.page)
    boxes = tuple(union(word.box for word in line) for line in _printed_lines(held.words))
    return Evidence(page=place.page, boxes=boxes, origin=held.words[0].origin)


def agreement_of(place: Place | None, text: PageText) -> float:
    """Return how far the page's words bear a text out, 0..1."""
    if place is not None:
        return place.agreement
    return _UNCONFIRMED if text.page.words else _WITHOUT_WORDS


def nearest_to_label(places: Sequence[Place], labels: Iterable[Spot]) -> Place | None:
    """Return the place that a label stands closest to: left of it or above it; else the first."""
    known = tuple(labels)
    return min(places, key=lambda place: _distance(place.spot, known), default=None)


def nearest_to_row(places: Sequence[Place], row: Spot | None) -> Place | None:
    """Return the place that a table's row runs through or comes closest to; the first where none is known."""
    if row is None:
        return places[0] if places else None
    return min(places, key=lambda place: _height_between(place.spot, row), default=None)


def label_spots(labels: Sequence[str], text: PageText) -> list[Spot]:
    """Return where all words stand that read as one of the labels."""
    wanted = {squeeze(label) for label in labels}
    longest = max((len(label.split()) for label in labels), default=0)
    return [
        Spot(row.pages[0], union(word.box for word in row.words[start:end]))
        for row in text.rows
        for start, end in _runs(len(row.words), longest)
        if "".join(row.squeezed[start:end]).rstrip(":#") in wanted
    ]


def _distance(spot: Spot, labels: Sequence[Spot]) -> float:
    """Return points to the nearest label; labels that follow the text count as far off."""
    return min((_to_label(spot, label) for label in labels), default=0.0)


def _to_label(spot: Spot, label: Spot) -> float:
    if spot.page != label.page:
        return _FAR
    box, above = spot.box, label.box
    if above.overlap_y(box) > 0 and above.x0 <= box.x0:
        return max(0.0, box.x0 - above.x1)
    if above.overlap_x(box) > 0 and above.y0 <= box.y0:
        return _BELOW * max(0.0, box.y0 - above.y1)
    return 10 * hypot(box.centre_x - above.centre_x, box.centre_y - above.centre_y)


def _height_between(spot: Spot, row: Spot) -> float:
    if spot.page != row.page:
        return _FAR
    return max(0.0, spot.box.y0 - row.box.centre_y, row.box.centre_y - spot.box.y1)


def _alike(span: str, strand: Strand, *, least_agreement: float) -> Iterator[Place]:
    """Yield every run of about as many words as the span has, with its likeness.

    Numbers must be the same with their signs and marks, but for letters that recognition takes for figures:
    of two that are nearly alike one is wrong.
    """
    wanted, count = squeeze(span), len(span.split())
    for start, end in _runs(len(strand.words), count + 1, least=max(1, count - 1)):
        printed = "".join(strand.squeezed[start:end])
        likeness = ratio(wanted, printed, score_cutoff=100 * least_agreement) / 100
        if likeness > 0 and _numbers(printed) == _numbers(wanted):
            yield Place(words=strand.words[start:end], pages=strand.pages[start:end], agreement=likeness)


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(text.translate(_LOOK_ALIKE))


def _runs(count: int, longest: int, *, least: int = 1) -> Iterator[tuple[int, int]]:
    """Yield start and end of every run of `least` to `longest` of so many words."""
    for start in range(count):
        for end in range(start + least, min(start + longest, count) + 1):
            yield start, end


def _printed_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Part words in reading order wherever the next does not stand right of the last."""
    lines: list[list[Word]] = []
    for word in words:
        if lines and lines[-1][-1].box.overlap_y(word.box) > 0 and word.box.x0 >= lines[-1][-1].box.x0:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines
