"""Where one paragraph ends and the next begins."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from extractor.engines.contract.passages import Passage, is_cjk, passage_of, plain
from extractor.pages.lines import Line

_LABEL = re.compile(
    r"[A-ZÄÖÜ][^\s:,.]{1,24}(?:\s[^\s:,.]{1,15}){0,2}\s?(?:\([^)]{1,20}\))?\s?:\s|"
    r"[\u4e00-\u9fff]{2,6}(?:\([^)]{1,8}\))?:"
)
_TALLER = 1.25  # a line so much taller than its neighbour is set in another size
_SHORT = 24  # characters of a line that is a label or a title by itself
_ROW_GAP = 2.5  # of the line's height: wider than any gap of justified text


class Edges(Protocol):
    """Where prose lines end, and where the text goes on elsewhere."""

    def of(self, line: Line) -> float:
        """Return where a full line beside this one ends."""
        ...

    def is_turn(self, before: Line, line: Line) -> bool:
        """Say whether the text goes on in another column, or on another page."""
        ...


def paragraphs(
    lines: Sequence[Line], *, right_edges: Edges, pitches: Mapping[int, float]
) -> tuple[Passage, ...]:
    """Split lines at deliberate breaks: room was left for the next word, or a wide gap above.

    `pitches` is how far a page's lines stand apart.
    """
    if not lines:
        return ()
    groups: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        is_turn = right_edges.is_turn(before, line)
        pitch = pitches.get(line.page, 0.0)
        if _is_break(before, line, right_edge=right_edges.of(before), pitch=pitch, is_turn=is_turn):
            groups.append([])
        groups[-1].append(line)
    return tuple(passage_of(group) for group in groups)


def _is_break(before: Line, line: Line, *, right_edge: float, pitch: float, is_turn: bool) -> bool:
    first, last = line.words[0].text, plain(before.words[-1].text)
    is_open = last[-1] not in ".:;!?。"
    if _is_apart(before, line, pitch=pitch, is_turn=is_turn) or (is_turn and not is_open):
        return True
    if is_open and first[0].islower():
        return False
    is_short = (
        sum(1 + is_cjk(character) for character in before.text) <= _SHORT
        and line.box.width > 1.4 * before.box.width
        and last[-1] not in ",-&"
    )
    is_labelled = bool(_LABEL.match(plain(f"{line.text} "))) and last[-1] != ","
    needed = 1.5 * line.box.height if is_cjk(first[0]) else line.words[0].box.width + 0.6 * line.box.height
    return is_short or is_labelled or before.box.x1 + needed < right_edge


def _is_apart(before: Line, line: Line, *, pitch: float, is_turn: bool) -> bool:
    """Say whether a gap, another size, or a row of label and value parts two lines."""
    step = line.box.centre_y - before.box.centre_y
    if not is_turn and (step > 1.25 * pitch + 1 or step < -pitch):
        return True
    low, high = sorted((_height(before), _height(line)))
    return high > _TALLER * low or _is_row(before) or _is_row(line)


def _is_row(line: Line) -> bool:
    """Say whether a wide gap parts the line: a label, and its value further right."""
    bound = _ROW_GAP * line.box.height
    return any(word.box.x0 - before.box.x1 > bound for before, word in pairwise(line.words))


def _height(line: Line) -> float:
    return min(word.box.height for word in line.words)
