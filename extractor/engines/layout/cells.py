"""The page as rows of cells: runs of words that belong together on one visual row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.engines.reading import Evidence
from extractor.pages.geometry import Box, union
from extractor.pages.lines import Line, lines_of, segments
from extractor.pages.page import Page, Word

_STACK_GAP = 1.0  # of a character's height: how far apart stacked characters may stand
_STACKED_AT_LEAST = 3
_CJK_FROM = "\u2e80"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Words of one row without a wide gap between them.

    `text` is the words joined by one space; `starts[i]` is where word i begins in it.
    `row` and `column` count from 0 on the page.
    """

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    box: Box
    page: int
    row: int
    column: int

    def words_of(self, start: int, end: int) -> tuple[Word, ...]:
        """Return the words that the characters `start` to `end` touch."""
        return tuple(
            word
            for word, begin in zip(self.words, self.starts, strict=True)
            if begin < end and begin + len(word.text) > start
        )

    def evidence(self, start: int = 0, end: int | None = None) -> Evidence:
        """Return the place of the characters `start` to `end`.

        Raises:
            ValueError: the span touches no word.
        """
        words = self.words_of(start, len(self.text) if end is None else end)
        box = union(word.box for word in words)
        return Evidence(page=self.page, boxes=(box,), origin=words[0].origin)

    def box_of(self, start: int, end: int) -> Box:
        """Return where the characters stand, cut within a word in proportion."""
        boxes = []
        for word, begin in zip(self.words, self.starts, strict=True):
            length = len(word.text)
            if begin < end and begin + length > start:
                left = word.box.x0 + word.box.width * max(0, start - begin) / length
                right = word.box.x0 + word.box.width * min(length, end - begin) / length
                boxes.append(Box(left, word.box.y0, right, word.box.y1))
        return union(boxes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page, cut into rows of cells; `captions` are words that run downwards."""

    page: Page
    rows: tuple[tuple[Cell, ...], ...]
    captions: tuple[Word, ...]

    @property
    def cells(self) -> Iterator[Cell]:
        """Yield every cell, row by row."""
        for row in self.rows:
            yield from row

    def right_of(self, cell: Cell) -> tuple[Cell, ...]:
        """Return the cells further right on the same row, nearest first."""
        return self.rows[cell.row][cell.column + 1 :]

    def below(self, box: Box, row: int, *, within: float) -> Iterator[Cell]:
        """Yield cells of later rows that share horizontal range with `box`.

        `within` is the largest distance in points from the box's lower edge.
        """
        for later in self.rows[row + 1 :]:
            if later[0].box.y0 - box.y1 > within:
                return
            for cell in later:
                if cell.box.overlap_x(box) > 0:
                    yield cell


def sheet_of(page: Page) -> Sheet:
    """Cut a page into rows and cells."""
    captions, words = _stacked(page.words)
    if captions:
        page = Page(number=page.number, width=page.width, height=page.height, words=tuple(words))
    rows = []
    for line in lines_of(page):
        rows.append(
            tuple(cell_of(part, row=len(rows), column=column) for column, part in enumerate(segments(line)))
        )
    return Sheet(page=page, rows=tuple(rows), captions=captions)


def cell_of(line: Line, *, row: int, column: int) -> Cell:
    """Make a cell of a line's words."""
    starts, length = [], 0
    for word in line.words:
        starts.append(length)
        length += len(word.text) + 1
    return Cell(
        text=line.text, words=line.words, starts=tuple(starts), box=line.box, page=line.page, row=row, column=column
    )


def joined_lines(lines: Iterable[str]) -> str:
    """Join wrapped lines: by a space, but by nothing between two Chinese characters."""
    text = ""
    for line in lines:
        is_seamless = bool(text and line) and text[-1] > _CJK_FROM and line[0] > _CJK_FROM
        text += line if is_seamless or not text else f" {line}"
    return text


def _stacked(words: Sequence[Word]) -> tuple[tuple[Word, ...], Sequence[Word]]:
    """Part captions set downwards, one CJK character a line, from the other words.

    They stand in the same rows as the text beside them and would begin each of these.
    """
    single = [word for word in words if len(word.text) == 1 and "\u4e00" <= word.text <= "\u9fff"]
    if len(single) < _STACKED_AT_LEAST:
        return (), words
    single.sort(key=lambda word: (round(word.box.centre_x / 3), word.box.y0))
    stacks: list[list[Word]] = []
    for word in single:
        last = stacks[-1][-1] if stacks else None
        if last is not None and _is_under(word.box, last.box):
            stacks[-1].append(word)
        else:
            stacks.append([word])
    stacks = [stack for stack in stacks if len(stack) >= _STACKED_AT_LEAST]
    taken = {id(word) for stack in stacks for word in stack}
    captions = tuple(
        Word(text="".join(word.text for word in stack), box=union(word.box for word in stack), origin=stack[0].origin)
        for stack in stacks
    )
    return captions, [word for word in words if id(word) not in taken]


def _is_under(lower: Box, upper: Box) -> bool:
    gap = lower.y0 - upper.y1
    return (
        abs(lower.centre_x - upper.centre_x) < upper.width / 2
        and -upper.height / 2 < gap < _STACK_GAP * upper.height
    )
