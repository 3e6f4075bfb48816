"""The first pages of a document as lines, for telling what it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from extractor.field_specs.labels import label_key
from extractor.pages.lines import Line
from extractor.pages.page import Page

CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_PAGES = 3  # at most so many are looked at
_MAX_LINES = 90  # of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One line. `segments` are its parts between wide gaps; all keys are folded."""

    text: str
    key: str
    segments: tuple[tuple[str, str], ...]  # as printed, key
    height: float
    index: int  # on its page
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPages:
    """The lines of up to three pages. `usual_height` is the median line's, in points."""

    lines: tuple[PrintedLine, ...]
    usual_height: float
    joined: str  # all keys, padded by spaces

    @property
    def word_count(self) -> int:
        """Return the words, a Chinese character counting as half of one."""
        return len(self.joined.split()) + len(CHINESE.findall(self.joined)) // 2


def first_pages(pages: Sequence[Page]) -> FirstPages:
    """Take the lines of the first pages that have words."""
    lines: list[PrintedLine] = []
    for page in [page for page in pages if page.words][:_PAGES]:
        for index, (line, parts) in enumerate(zip(page.lines[:_MAX_LINES], page.parted_lines, strict=False)):
            lines.append(_printed(line, parts, index=index))
    heights = [line.height for line in lines]
    return FirstPages(
        lines=tuple(lines),
        usual_height=median(heights) if heights else 0.0,
        joined=f" {' '.join(line.key for line in lines)} ",
    )


def _printed(line: Line, parts: Sequence[Line], *, index: int) -> PrintedLine:
    key = label_key(line.text)
    is_whole = len(parts) == 1
    return PrintedLine(
        text=line.text,
        key=key,
        segments=tuple((part.text, key if is_whole else label_key(part.text)) for part in parts),
        height=max(word.box.height for word in line.words),
        index=index,
        page=line.page,
    )
