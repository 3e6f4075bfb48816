"""A page's words as running text, with the way back from characters to words.

Two readings of the same words: `rows` (what stands side by side) and `flows` (what
goes on in the line below, as in addresses and prose). No span crosses from one strand
to the next. Of contracts the foot of the page before belongs to the text (`windows.py`),
and a flow that goes on over the page's edge.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.pages.geometry import Box
from extractor.pages.lines import Line, line_of, segments
from extractor.pages.page import Page
from extractor.pages.word import Origin, Word
from extractor.values.text import squeeze

_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = f"[^\\W{_CJK}]+"
# A number with its sign and marks is one chunk: no span can hold a part of it.
_CHUNK = re.compile(f"(?<!\\w)[-+−–](?=\\d){_RUN}(?:(?<=\\d)[.,'’٫٬](?=\\d){_RUN})*|"
                    f"{_RUN}(?:(?<=\\d)[.,'’٫٬](?=\\d){_RUN})*|.", re.DOTALL)  # fmt: skip
_IS_CJK = re.compile(f"[{_CJK}]")
_LINE_GAP = 1.1  # of the line's height: further down is another paragraph
_LONGEST_ROW = 300  # characters
_LONG_FLOW, _LONGEST_FLOW = 500, 800  # characters: from the first on, a sentence's end parts a flow
_SENTENCE_ENDS = (".", "。", ";", "；", "!", "！")
_INDENT = 4.0  # of the line's height: further left or right is another column


@dataclass(frozen=True, slots=True, kw_only=True)
class Strand:
    """Words that can be read one after the other, joined to one text."""

    text: str
    words: tuple[Word, ...]
    pages: tuple[int, ...]  # of each word
    starts: tuple[int, ...]  # where each word begins in the text
    squeezed: tuple[str, ...]  # each word, folded for comparing

    def chunks(self) -> Iterator[str]:
        """Yield the pieces that a span is made of; together they are the text."""
        yield from _CHUNK.findall(self.text)

    def occurrences(self, span: str) -> Iterator[tuple[Word, ...]]:
        """Yield the words under each place where the span stands, cut at chunks."""
        yield from (self.words[stretch] for stretch in self.stretches(span))

    def stretches(self, span: str) -> Iterator[slice]:
        """Yield which words are under each place where the span stands, cut at chunks."""
        cuts = {0}
        for match in _CHUNK.finditer(self.text) if span in self.text else ():
            cuts.add(match.end())
        start = self.text.find(span)
        while start >= 0:
            if start in cuts and start + len(span) in cuts:
                yield self._between(start, start + len(span))
            start = self.text.find(span, start + 1)

    def _between(self, start: int, end: int) -> slice:
        """Return which words the characters from `start` to before `end` belong to."""
        return slice(max(0, bisect_right(self.starts, start) - 1), bisect_right(self.starts, end - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A page's words, read by rows and read by flows; those of the page before come first."""

    page: Page
    rows: tuple[Strand, ...]
    row_boxes: tuple[Box, ...]
    flows: tuple[Strand, ...]
    foot: Page | None = None  # of the page before: its last words

    @property
    def is_certain(self) -> bool:
        """Say whether there are words and all come from the text layer."""
        return has_text_layer(self.page) and (self.foot is None or has_text_layer(self.foot))

    def strands(self, *, may_wrap: bool) -> tuple[Strand, ...]:
        """Return the flows for texts that may wrap, else the rows."""
        return self.flows if may_wrap else self.rows


def text_of(page: Page, *, foot: Page | None = None, crossing: Sequence[Line] = ()) -> PageText:
    """Join the page's words to strands, top to bottom.

    `foot` holds the last words of the page before. `crossing` are the lines of one flow
    that goes on from there to this page.
    """
    by_page = [each.lines for each in (foot, page) if each is not None and each.words]
    pieces = [piece for lines in by_page for line in lines for piece in _pieces(line)]
    flows = [_strand(part) for lines in by_page for block in blocks(lines) for part in _parts(block)]
    if crossing:
        flows.append(_strand(crossing))
    return PageText(
        page=page,
        rows=tuple(_strand([piece]) for piece in pieces),
        row_boxes=tuple(piece.box for piece in pieces),
        flows=tuple(flows),
        foot=foot,
    )


def has_text_layer(page: Page) -> bool:
    """Say whether the page has words and all come from the text layer."""
    return bool(page.words) and all(word.origin is Origin.TEXT_LAYER for word in page.words)


def _pieces(line: Line) -> Iterator[Line]:
    """Yield a line in pieces of bounded length: a strand's length bounds the spans in it."""
    words: list[Word] = []
    length = 0
    for word in line.words:
        if words and length + len(word.text) > _LONGEST_ROW:
            yield line_of(words, page=line.page)
            words, length = [], 0
        words.append(word)
        length += len(word.text) + 1
    yield line_of(words, page=line.page)


def _parts(block: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield a block's lines in parts of bounded length, parted at a sentence's end where there is one."""
    part: list[Line] = []
    length = 0
    for line in (piece for each in block for piece in _pieces(each)):
        is_at_end = length > _LONG_FLOW and part[-1].text.endswith(_SENTENCE_ENDS)
        if part and (is_at_end or length + len(line.text) > _LONGEST_FLOW):
            yield part
            part, length = [], 0
        part.append(line)
        length += len(line.text) + 1
    yield part


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Chain each segment to the one that stands right above it, if there is one."""
    chained: list[list[Line]] = []
    above: list[list[Line]] = []
    for line in lines:
        reached: list[list[Line]] = []
        for segment in segments(line):
            open_blocks = [block for block in above if not any(block is each for each in reached)]
            block = max(open_blocks, key=lambda each: each[-1].box.overlap_x(segment.box), default=None)
            if block is None or not _goes_on(block[-1], segment):
                block = []
                chained.append(block)
            block.append(segment)
            reached.append(block)
        above = [block for block in above if not any(block is each for each in reached)]
        above = [block for block in above if block[-1].box.y1 + block[-1].box.height > line.box.y0] + reached
    return chained


def _goes_on(upper: Line, lower: Line) -> bool:
    """Say whether the lower segment can be the next line of the upper one."""
    height = max(upper.box.height, lower.box.height)
    return (
        lower.box.y0 - upper.box.y1 <= _LINE_GAP * height
        and lower.box.y0 >= upper.box.centre_y
        and upper.box.overlap_x(lower.box) > 0
        and abs(upper.box.x0 - lower.box.x0) <= _INDENT * height
    )


def _strand(lines: Sequence[Line]) -> Strand:
    """Join words with a space, but Chinese text over a line's end without one."""
    words = [word for line in lines for word in line.words]
    ends = {sum(len(line.words) for line in lines[: index + 1]) for index in range(len(lines))}
    text, starts = words[0].text, [0]
    for index, (before, word) in enumerate(pairwise(words), start=1):
        is_joined = index in ends and _IS_CJK.match(before.text[-1:]) and _IS_CJK.match(word.text[:1])
        text += "" if is_joined else " "
        starts.append(len(text))
        text += word.text
    return Strand(
        text=text,
        words=tuple(words),
        pages=tuple(line.page for line in lines for _ in line.words),
        starts=tuple(starts),
        squeezed=tuple(squeeze(word.text) for word in words),
    )
