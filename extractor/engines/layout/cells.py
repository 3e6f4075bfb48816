"""The page as rows of cells: runs of words that belong together on one visual row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.engines.layout.narrow_gaps import parted_at_edges, parted_under_heads
from extractor.engines.layout.stacked_captions import Labels, stacked_captions
from extractor.engines.reading import Evidence
from extractor.pages.geometry import Box, union
from extractor.pages.lines import Line, line_of, segments
from extractor.pages.page import Page
from extractor.pages.word import Word

LINE_GAP = 0.9  # of a line's height: lines of one text stand closer
ALIGNED = 3.0  # points
_BESIDE = 2.0  # of a label's height: its value stands no further from it
_LONGEST_SPACED = 2  # characters of a label set apart: 名 称
_CJK_FROM = "\u2e80"


_NUMBER_HEAD = re.compile(r"[¥￥$€£]?-?\d[\d,.]*[.,]")
_NUMBER_TAIL = re.compile(r"\d{2}")
_BOX_NUMBER = re.compile(r"\(?[1-9]\d?[.):]\)?|\([1-9]\d?\)")
_FEWEST_BOXES = 4
_LABEL_END = re.compile(r"[\s:：]")


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
                x0, y0, x1, y1 = word.box
                left = x0 + (x1 - x0) * max(0, start - begin) / length
                right = x0 + (x1 - x0) * min(length, end - begin) / length
                boxes.append(Box(left, y0, right, y1))
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

    def value_beside(self, label: Cell) -> Cell | None:
        """Return the next cell on the right, if it stands as close as a value to its label."""
        right = next(iter(self.right_of(label)), None)
        is_close = right is not None and right.box.x0 - label.box.x1 <= _BESIDE * label.box.height
        return right if is_close else None

    def above(self, cell: Cell) -> tuple[Cell, ...]:
        """Return the cells next above one that share horizontal range with it.

        Between them may be a row of what stands beside.
        """
        for row in reversed(self.rows[max(0, cell.row - 2) : cell.row]):
            above = tuple(each for each in row if each.box.overlap_x(cell.box) > 0)
            if above:
                return above
        return ()

    def close_above(self, cell: Cell) -> Iterator[Cell]:
        """Yield those of the cells above one that stand as close as lines of one text."""
        for above in self.above(cell):
            if cell.box.y0 - above.box.y1 < LINE_GAP * cell.box.height:
                yield above

    def line_above(self, cell: Cell) -> Iterator[Cell]:
        """Yield the line that a cell goes on with: close above it, in line at an edge or the middle."""
        for above in self.close_above(cell):
            if above.box.misalignment(cell.box) <= ALIGNED:
                yield above

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


def sheet_of(page: Page, labels: Labels) -> Sheet:
    """Cut a page into rows and cells.

    Characters of a label that are set far apart, or below each other, are put together;
    the numbers of a form's boxes are left out.
    """
    captions, words = stacked_captions(page.words, labels)
    if len(words) < len(page.words):
        page = Page(number=page.number, width=page.width, height=page.height, words=tuple(words))
    rows: list[tuple[Cell, ...]] = []
    for segmented in parted_at_edges(
        [_segments(*each) for each in zip(page.lines, page.parted_lines, strict=True)]
    ):
        parts = _rejoined(segmented, labels)
        parts = parted_under_heads(parts, rows[-1]) if rows else parts
        rows.append(tuple(cell_of(part, row=len(rows), column=column) for column, part in enumerate(parts)))
    return Sheet(page=page, rows=tuple(without_caption_numbers(rows, labels)), captions=captions)


def cell_of(line: Line, *, row: int, column: int) -> Cell:
    """Make a cell of a line's words."""
    starts, length = [], 0
    for word in line.words:
        starts.append(length)
        length += len(word.text) + 1
    return Cell(
        text=line.text,
        words=line.words,
        starts=tuple(starts),
        box=line.box,
        page=line.page,
        row=row,
        column=column,
    )


def without_caption_numbers(rows: Sequence[tuple[Cell, ...]], labels: Labels) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows without the numbers before captions, if the page is a form of numbered boxes.

    "1. Exporter", "4. Consignee": it is one where several numbers stand before labels.
    """
    numbered = {cell.words[0].text for row in rows for cell in row if _is_numbered_caption(cell, labels)}
    if len(numbered) < _FEWEST_BOXES:
        yield from rows
        return
    for row in rows:
        yield tuple(_without_number(cell) for cell in row)


def _is_numbered_caption(cell: Cell, labels: Labels) -> bool:
    return _has_number(cell) and labels.is_label(cell.text[cell.starts[1] :])


def _has_number(cell: Cell) -> bool:
    return (
        len(cell.words) > 1
        and _BOX_NUMBER.fullmatch(cell.words[0].text) is not None
        and cell.words[1].text[0].isalpha()
    )


def _without_number(cell: Cell) -> Cell:
    if not _has_number(cell):
        return cell
    return cell_of(line_of(cell.words[1:], page=cell.page), row=cell.row, column=cell.column)


def _segments(line: Line, segmented: Sequence[Line]) -> Sequence[Line]:
    """Return the parts of a line, cut again if a number in it was mended."""
    mended = _mended(line)
    return segmented if mended is line else segments(mended)


def _mended(line: Line) -> Line:
    """Put together numbers that the file sets in two pieces: "100." and "00"."""
    words = list(line.words)
    for index in range(len(words) - 1, 0, -1):
        left, right = words[index - 1], words[index]
        gap = right.box.x0 - left.box.x1
        if (
            _NUMBER_HEAD.fullmatch(left.text)
            and _NUMBER_TAIL.fullmatch(right.text)
            and gap < left.box.height / 2
            and not _is_in_text(words, index)
        ):
            whole = Word(text=left.text + right.text, box=union([left.box, right.box]), origin=left.origin)
            words[index - 1 : index + 1] = [whole]
    return line if len(words) == len(line.words) else line_of(words, page=line.page)


def _is_in_text(words: Sequence[Word], index: int) -> bool:
    """Say whether words stand before and behind two numbers: "Unit 4, 19 Foundry Way"."""
    around = (*words[max(0, index - 2) : index - 1], *words[index + 1 : index + 2])
    return len(around) == 2 and all(word.text.isalpha() and len(word.text) > 3 for word in around)  # noqa: PLR2004


def joined_lines(lines: Iterable[str]) -> str:
    """Join wrapped lines: by a space, but by nothing between two Chinese characters."""
    text = ""
    for line in lines:
        is_seamless = bool(text and line) and text[-1] > _CJK_FROM and line[0] > _CJK_FROM
        text += line if is_seamless or not text else f" {line}"
    return text


def _rejoined(parts: Sequence[Line], labels: Labels) -> Sequence[Line]:
    """Join the parts of labels whose characters are set far apart: "名      称：..."."""
    if all(len(part.text) > _LONGEST_SPACED for part in parts):
        return parts
    joined: list[Line] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before is not None and len(before.text) <= _LONGEST_SPACED and before.text > _CJK_FROM:
            label = _LABEL_END.split(part.text, maxsplit=1)[0]
            if labels.is_label(before.text + label):
                joined[-1] = line_of((*before.words, *part.words), page=part.page)
                continue
        joined.append(part)
    return joined
