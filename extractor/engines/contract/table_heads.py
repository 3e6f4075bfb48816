"""The line (or two) of headings that opens a table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.engines.contract.headers import MONEY, Kind, is_rate_class, kind_of
from extractor.pages.lines import Line, line_of, segments

CELL_GAP = 0.75  # of the line's height between two cells
_FEWEST = 2  # columns that make a table
_MAX_HEAD = 160  # characters of a line of headings
_MAX_HEADS = 8  # words of headings that may stand close together
_NAMES = {Kind.DESCRIPTION, Kind.STAGE, Kind.SPECIFICATION}
_COUNTED_STEP = re.compile(r"rate(?:\s*nr\.?)?", re.IGNORECASE)
_COUNTED_ITEM = re.compile(r"item|position|line|artikel", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_MONEY = re.compile(r"[^\W\d]{0,3}[€$£¥￥]?\d[\d.,'’]*[.,]\d{2}|[€$£¥￥]|[A-Z]{3}")
_FLUSH = 1.0  # points
_LOOKED_AT = 2  # lines below the headings
_BESIDE_MONEY = {Kind.UNIT, Kind.QUANTITY, Kind.SHARE, Kind.NUMBER, Kind.SPECIFICATION, Kind.CODE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Headings with what each announces; `lines` are the printed ones."""

    cells: tuple[Line, ...]
    kinds: tuple[Kind | None, ...]
    lines: tuple[Line, ...]

    def by_rate_class(self) -> "tuple[tuple[Head, Line | None], ...]":
        """Return the headings once for each column of prices, with the heading that tells it.

        Only where the columns say when a service is done: basic rate, overtime rate.
        """
        prices = [index for index, cell in enumerate(self.cells) if kind_of(cell.text) is Kind.UNIT_PRICE]
        classes = [index for index in prices if is_rate_class(self.cells[index].text)]
        if len(prices) < _FEWEST or len(classes) < len(prices) - 1:
            return ((self, None),)
        made = []
        for price in prices:
            kinds = tuple(
                (Kind.UNIT_PRICE if index == price else None) if index in prices else kind
                for index, kind in enumerate(self.kinds)
            )
            made.append((replace(self, kinds=kinds), self.cells[price]))
        return tuple(made)


def head_at(lines: Sequence[Line], index: int) -> Head | None:
    """Return the headings that begin at a line; None if it holds none."""
    line = lines[index]
    cells = cells_of(line)
    if len(cells) < _FEWEST or len(line.text) > _MAX_HEAD:
        return None
    below = lines[index + 1 : index + 1 + _LOOKED_AT]
    cells = _parted_by_rows(cells, below)
    alone = _head_of(cells, (line,), below=below)
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is not None and following.page == line.page and not _FIGURE.search(following.text):
        step = following.box.y0 - line.box.y1
        if step < 0.6 * line.box.height:
            merged = _head_of(_merged(cells, cells_of(following)), (line, following), below=below[1:])
            own = _head_of(cells_of(following), (following,), below=below[1:])
            is_told_below = own is not None and merged is not None and _known(own) >= _known(merged)
            if merged is not None and not is_told_below and (alone is None or _known(merged) > _known(alone)):
                return merged
    return alone


def _known(head: Head) -> int:
    return sum(kind is not None for kind in head.kinds)


def _head_of(cells: Sequence[Line], lines: tuple[Line, ...], *, below: Sequence[Line]) -> Head | None:
    kinds = _by_figures(cells, _kinds_of(cells), below)
    if _COUNTED_STEP.fullmatch(cells[0].text) and {Kind.SHARE, Kind.AMOUNT} & set(kinds[1:]):
        kinds[0] = Kind.NUMBER if Kind.STAGE in kinds or Kind.DESCRIPTION in kinds else Kind.STAGE
    if kinds[0] is Kind.NUMBER and len(cells) > _FEWEST and _COUNTED_STEP.fullmatch(cells[1].text):
        kinds[1] = Kind.STAGE if {Kind.SHARE, Kind.AMOUNT} & set(kinds[2:]) else kinds[1]
    known = {kind for kind in kinds if kind is not None}
    money = known & (MONEY | {Kind.SHARE})
    names = known & _NAMES
    if not money or len(known) < _FEWEST or 2 * len(known) < len(cells):
        return None
    if Kind.DESCRIPTION in kinds and Kind.SPECIFICATION not in kinds and kinds[0] is None:
        kinds[0] = Kind.SPECIFICATION  # text beside the name tells two rows of one name apart
    if not names:
        blank = next((i for i, kind in enumerate(kinds) if kind is None), None)
        if blank is None:
            return None
        kinds[blank] = Kind.DESCRIPTION
    return Head(cells=tuple(cells), kinds=tuple(kinds), lines=lines)


def _by_figures(cells: Sequence[Line], kinds: list[Kind | None], below: Sequence[Line]) -> list[Kind | None]:
    """Tell a column of money by what stands in it, where its heading says something of its own."""
    known = {kind for kind in kinds if kind is not None}
    if None not in kinds or MONEY & known or not _NAMES & known or not known & _BESIDE_MONEY:
        return kinds
    for index in reversed(range(len(cells))):
        if kinds[index] is None and _holds_money(cells[index], below):
            is_step = bool(known & {Kind.STAGE, Kind.SHARE})
            return [
                (Kind.AMOUNT if is_step else Kind.UNIT_PRICE) if place == index else kind
                for place, kind in enumerate(kinds)
            ]
    return kinds


def _holds_money(cell: Line, below: Sequence[Line]) -> bool:
    words = [word for line in below for word in line.words if word.box.overlap_x(cell.box) > 0]
    return bool(words) and all(_MONEY.fullmatch(word.text) for word in words)


def _kinds_of(cells: Sequence[Line]) -> list[Kind | None]:
    """Return what each heading announces in its place: "Item" before "Product" counts the rows."""
    kinds: list[Kind | None] = []
    for cell in cells:
        kind = kind_of(cell.text)
        if kind is Kind.QUANTITY and not kinds and cell.text.casefold() == "number":
            kind = Kind.NUMBER  # of the row; "Number" further on counts pieces
        if kind is Kind.STAGE and kinds == [Kind.STAGE]:
            kinds = [Kind.NUMBER]  # "Rate", "期次": the steps are counted, then named
        if kind is Kind.AMOUNT and kinds[:1] == [Kind.AMOUNT] and not _NAMES & set(kinds):
            kinds[0] = Kind.STAGE  # "Teilbetrag", "Payment": the steps, and then their amounts
        if (
            kind is Kind.DESCRIPTION
            and kinds == [Kind.DESCRIPTION]
            and _COUNTED_ITEM.fullmatch(cells[0].text)
        ):
            kinds = [Kind.NUMBER]  # "Item", "Product": the rows are numbered, then named
        kinds.append(None if kind in kinds else kind)
    return kinds


def cells_of(line: Line) -> tuple[Line, ...]:
    """Part a line of headings into one piece a heading."""
    found: list[Line] = []
    for part in segments(line, gap=CELL_GAP):
        found += _known_parts(part) if kind_of(part.text) is None else [part]
    return tuple(found)


def _parted_by_rows(cells: Sequence[Line], below: Sequence[Line]) -> tuple[Line, ...]:
    """Part headings that stand close together where each line below has cells that are flush with both."""
    found: list[Line] = []
    for cell in cells:
        place = None if kind_of(cell.text) else _flush_place(cell, below)
        parts = (cell.words,) if place is None else (cell.words[:place], cell.words[place:])
        found += [line_of(words, page=cell.page) for words in parts]
    return tuple(found)


def _flush_place(cell: Line, below: Sequence[Line]) -> int | None:
    for place in range(1, len(cell.words)):
        end, start = cell.words[place - 1].box.x1, cell.words[place].box.x0
        if below and all(
            any(abs(word.box.x1 - end) < _FLUSH for word in line.words)
            and any(abs(word.box.x0 - start) < _FLUSH for word in line.words)
            for line in below
        ):
            return place
    return None


def _known_parts(part: Line) -> list[Line]:
    """Split headings that stand close together, if every part is one; longest parts first."""
    words = part.words
    if not 1 < len(words) <= _MAX_HEADS:
        return [part]
    for end in range(len(words) - 1, 0, -1):
        head, rest = line_of(words[:end], page=part.page), line_of(words[end:], page=part.page)
        if kind_of(head.text) is None:
            continue
        tail = [rest] if kind_of(rest.text) is not None else _known_parts(rest)
        if all(kind_of(each.text) is not None for each in tail):
            return [head, *tail]
    return [part]


def _merged(upper: Sequence[Line], lower: Sequence[Line]) -> tuple[Line, ...]:
    cells = [list(cell.words) for cell in upper]
    for cell in lower:
        best = max(range(len(upper)), key=lambda i: upper[i].box.overlap_x(cell.box))
        if upper[best].box.overlap_x(cell.box) > 0:
            cells[best] += cell.words
        else:
            cells.append(list(cell.words))
    made = [line_of(words, page=upper[0].page) for words in cells]
    return tuple(sorted(made, key=lambda cell: cell.box.x0))
