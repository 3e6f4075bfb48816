"""What stands on the pages and is no part of the contract's text: running heads, page numbers, contents."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.engines.contract.gutters import Column, RightEdges, in_columns
from extractor.engines.contract.passages import plain
from extractor.pages.lines import Line
from extractor.pages.page import Page

_SURE_LENGTH = 4  # a longer text of this form is a page number wherever it stands
_EDGE = 0.11  # of the page's height, at the top and at the bottom
_PAGE_NUMBER = re.compile(
    r"[\s\-|]*(?:page|seite|blatt|s\.|p\.|第)?\s*\d{1,4}\s*(?:页)?"
    r"(?:\s*(?:/|of|von|de|,|共|\||\()+\s*(?:第|total)?\s*\d{1,4}\s*(?:页|pages)?\)?)?[\s\-|.]*",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|·{4,}|_{6,}\s*\d{1,3}$")
_ENDS_IN_NUMBER = re.compile(r"[\s.…·_]\d{1,3}\s*$")
_MAX_ENTRY = 90  # characters
_MAX_DOUBTFUL = 2  # lines without a page number between two entries
_CONTENTS = re.compile(
    r"\s*(?:table\s+of\s+contents|contents|index|inhaltsverzeichnis|inhalt|inhaltsübersicht|"
    r"目\s*录)\s*:?\s*(?:page|seite|页码)?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The contract's own lines in document order, and the lines of the margins."""

    lines: tuple[Line, ...]
    margins: tuple[Line, ...]
    right_edges: RightEdges
    pitches: Mapping[int, float]  # page -> from one line of a paragraph to the next


def text_of(pages: Sequence[Page]) -> PageText:
    """Split the pages' lines into text and margins; drop tables of contents."""
    by_page = {page.number: page.lines for page in pages}
    heights = {page.number: page.height for page in pages}
    marginal = _marginal(by_page, heights)
    kept: list[Line] = []
    columns: list[Column] = []
    for page in pages:
        own = [line for line in page.lines if id(line) not in marginal]
        ordered, beside = in_columns(own, width=page.width)
        kept += ordered
        columns += beside
    margins = [line for lines in by_page.values() for line in lines if id(line) in marginal]
    edges = {page.number: _right_edge(by_page[page.number], page.width) for page in pages}
    return PageText(
        lines=tuple(_without_contents(kept)),
        margins=tuple(margins),
        right_edges=RightEdges(pages=edges, columns=tuple(columns)),
        pitches={number: _pitch(lines) for number, lines in by_page.items()},
    )


def _marginal(by_page: Mapping[int, tuple[Line, ...]], heights: Mapping[int, float]) -> set[int]:
    repeated = Counter[tuple[str, int]]()
    edge_lines: list[tuple[Line, tuple[str, int]]] = []
    found: set[int] = set()
    for number, lines in by_page.items():
        height = heights[number]
        for line in lines:
            if _EDGE * height < line.box.centre_y < (1 - _EDGE) * height:
                continue
            text = plain(line.text)
            if _PAGE_NUMBER.fullmatch(text) and (
                line in (lines[0], lines[-1]) or "-" in text or len(text) > _SURE_LENGTH
            ):
                found.add(id(line))
                continue
            key = (re.sub(r"\d+", "0", text), round(line.box.centre_y / 6))
            edge_lines.append((line, key))
            repeated[key] += 1
            repeated[key[0], key[1] + 1] += 0
    bound = max(2, -(-len(by_page) * 2 // 5))
    for line, (text, row) in edge_lines:
        seen = repeated[text, row] + repeated[text, row - 1] + repeated[text, row + 1]
        if seen >= bound:
            found.add(id(line))
    return found


def _right_edge(lines: Sequence[Line], width: float) -> float:
    ends = sorted(line.box.x1 for line in lines if line.box.width > 0.5 * width)
    return ends[int(0.9 * (len(ends) - 1))] if ends else 0.85 * width


def _pitch(lines: Sequence[Line]) -> float:
    steps = sorted(
        line.box.centre_y - before.box.centre_y
        for before, line in pairwise(lines)
        if 0.9 * line.box.height < line.box.centre_y - before.box.centre_y < 2.2 * line.box.height
    )
    if steps:
        return steps[len(steps) // 4]
    heights = sorted(line.box.height for line in lines)
    return 1.3 * heights[len(heights) // 2] if heights else 0.0


def _without_contents(lines: Sequence[Line]) -> list[Line]:
    """Drop contents: what has leaders, and below their title what ends in a page number."""
    kept: list[Line] = []
    doubtful: list[Line] = []
    is_inside = False
    for line in lines:
        text = plain(line.text)
        if _CONTENTS.fullmatch(text):
            is_inside = True
        elif (_LEADERS.search(text) and _ENDS_IN_NUMBER.search(text)) or (
            is_inside and _ENDS_IN_NUMBER.search(text) and _is_short_entry(text)
        ):
            doubtful = []
        elif is_inside and len(doubtful) < _MAX_DOUBTFUL and _is_short_entry(text):
            doubtful.append(line)  # an entry that wraps, or the first line of the text
        else:
            is_inside = False
            kept += [*doubtful, line]
            doubtful = []
    return kept + doubtful


def _is_short_entry(text: str) -> bool:
    return len(text) < _MAX_ENTRY and not text.endswith((".", "。", ";"))
