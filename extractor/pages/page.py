"""The page: its words with their places. What every engine reads."""

from dataclasses import dataclass
from functools import cached_property

from extractor.pages.codes.code import PageCode
from extractor.pages.lines import Line, lines_of, segments
from extractor.pages.placement import Placement
from extractor.pages.word import Word


@dataclass(frozen=True, kw_only=True)
class Page:
    """One upright page. `number` counts from 1; width and height are in points.

    `words` are in reading order: top to bottom, then left to right within a line.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    codes: tuple[PageCode, ...] = ()  # QR and DataMatrix, from top to bottom
    has_hidden_text: bool = False  # text in the layer that a reader of the page cannot see
    placement: Placement | None = None  # on the page as uploaded, where that is not upright and flat
    advice: str | None = None  # why it cannot be read and what to do, for a page without words

    @property
    def is_blank(self) -> bool:
        """Say whether its picture was looked at, and nothing is there to be read."""
        return self.placement is not None and self.advice is None and not self.words and not self.codes

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The visual rows, top to bottom."""
        return lines_of(self.words, page=self.number)

    @cached_property
    def parted_lines(self) -> tuple[tuple[Line, ...], ...]:
        """The segments of each line: its parts between wide gaps."""
        return tuple(map(segments, self.lines))
