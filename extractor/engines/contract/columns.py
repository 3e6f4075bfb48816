"""Tables on the page, with or without rules: a heading line, columns under it, rows of cells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.engines.contract.headers import MONEY, TEXT, Kind
from extractor.engines.contract.passages import Passage, passage_of, plain
from extractor.engines.contract.table_heads import CELL_GAP, Head, cells_of, head_at
from extractor.pages.geometry import Box
from extractor.pages.lines import Line, line_of, segments
from extractor.pages.word import Word

_FEWEST = 2  # columns that make a table
_MAX_LETTERS = 12  # in a cell that is a figure: a currency, a unit
_MAX_ROW = 220  # characters of a row
_MAX_WRAPPED = 120  # characters of a line that continues a cell
_TIGHT = 0.45  # of the line's height: words nearer than this belong together
_FLUSH = 1.0  # points
_TOTAL = re.compile(
    r"\W*(?:(?:grand|sub)?\s*total|sum\b|summe|gesamt|zwischensumme|netto(?:summe|betrag)?|brutto|"
    r"合\s*计|总\s*计|小\s*计|价税合计|vat|mwst|ust)",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"[(§]?\s?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]+|[一二三四五六七八九十]+)[.)、]?")
_MAX_MISSES = 3  # lines in a row that fill few columns
_FIGURE = re.compile(r"\d")
_NO_PRICE = re.compile(
    r"(?:-+|/|n/?a|included|inklusive|inkl\.?|incl\.?|free|gratis|包含|免费|赠送)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRow:
    """One row: a passage a column, and the whole row as one passage. `place` counts from 1.

    Where columns of prices are for different hours, a printed row is one row for each.
    """

    cells: Mapping[Kind, Passage]
    passage: Passage
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """A table under its heading. `totals` are its closing rows."""

    kinds: tuple[Kind | None, ...]
    header: Passage
    rows: tuple[PrintedRow, ...]
    totals: tuple[PrintedRow, ...] = ()


def with_tables(lines: Sequence[Line]) -> list[Line | PrintedTable]:
    """Replace the lines of every table by the table."""
    blocks: list[Line | PrintedTable] = []
    index = 0
    while index < len(lines):
        head = head_at(lines, index)
        table, taken = _table(head, lines, index + len(head.lines)) if head else (None, 0)
        if head is not None and table is not None:
            blocks.append(table)
            index += len(head.lines) + taken
        else:
            blocks.append(lines[index])
            index += 1
    return blocks


def _table(head: Head, lines: Sequence[Line], start: int) -> tuple[PrintedTable | None, int]:
    candidates = lines[start:]
    sample = _sample(candidates[:40], width=len(head.cells))
    edges = _edges(head, [word.box for line in (*head.lines, *sample) for word in line.words])
    groups: list[list[Line]] = []
    loose: list[Line] = []
    taken = 0
    for index, line in enumerate(candidates):
        if _is_repeated(head, line):
            taken = index + 1
            loose = []
            continue
        if _is_anchor(head, edges, line):
            above = [each for each in loose if _is_near(each, line)]
            groups.append([*above, line])
            loose = []
            taken = index + 1
        elif _is_wrapped(head, edges, line) and len(loose) < _FEWEST:
            last = groups[-1][-1] if groups else None
            if last is not None and not loose and _is_near(last, line):
                groups[-1].append(line)
                taken = index + 1
            else:
                loose.append(line)
        else:
            break
    printed = [(_row(head, edges, group), group) for group in groups]
    bodies = [group for row, group in printed if not _is_total(row)]
    if not bodies:
        return None, 0
    body = tuple(
        _row(each, edges, group, place=place, rate_class=rate_class)
        for place, group in enumerate(bodies, start=1)
        for each, rate_class in head.by_rate_class()
    )
    totals = tuple(row for row, _ in printed if _is_total(row))
    return PrintedTable(kinds=head.kinds, header=passage_of(head.lines), rows=body, totals=totals), taken


def _sample(lines: Sequence[Line], *, width: int) -> list[Line]:
    """Return the lines that fill most of the columns, up to where the table seems to end."""
    found: list[Line] = []
    misses = 0
    for line in lines:
        parts = segments(line, gap=CELL_GAP)
        if len(parts) == _FEWEST and width > _FEWEST and _NUMBERING.fullmatch(plain(parts[0].text)):
            break  # a clause with its number left of it
        if len(parts) >= max(2, 0.6 * width):
            found.append(line)
            misses = 0
        else:
            misses += 1
        if misses > _MAX_MISSES:
            break
    return found


def _edges(head: Head, boxes: Sequence[Box]) -> tuple[float, ...]:
    """Return where columns part: a gap between neighbouring headings' middles that no word crosses.

    Of several, the one beside which most words start or end: columns are set flush.
    """
    found: list[float] = []
    for left, right in pairwise(head.cells):
        low, high = left.box.centre_x, right.box.centre_x
        stops = sorted({low, high, left.box.x1, right.box.x0, *_ends(boxes, low, high)})
        wide = 0.6 * left.box.height  # a space between two words is narrower
        best = max(
            pairwise(stops),
            key=lambda gap: (
                -_crossings(boxes, (gap[0] + gap[1]) / 2),
                gap[1] - gap[0] > wide,
                _flush(boxes, gap),
                gap[1] - gap[0],
            ),
            default=(left.box.x1, right.box.x0),
        )
        found.append((best[0] + best[1]) / 2)
    return tuple(found)


def _flush(boxes: Sequence[Box], gap: tuple[float, float]) -> int:
    return sum(abs(box.x0 - gap[1]) < _FLUSH or abs(box.x1 - gap[0]) < _FLUSH for box in boxes)


def _ends(boxes: Sequence[Box], low: float, high: float) -> set[float]:
    return {edge for box in boxes for edge in (box.x0, box.x1) if low < edge < high}


def _crossings(boxes: Sequence[Box], x: float) -> int:
    return sum(box.x0 < x < box.x1 for box in boxes)


def _column(edges: Sequence[float], box: Box) -> int:
    return sum(box.centre_x > edge for edge in edges)


def _split(head: Head, edges: Sequence[float], line: Line) -> dict[int, list[Word]]:
    columns: dict[int, list[Word]] = {}
    for word in line.words:
        columns.setdefault(_column(edges, word.box), []).append(word)
    return columns if len(head.kinds) == len(edges) + 1 else {}


def _is_prose(edges: Sequence[float], line: Line) -> bool:
    """Say whether the line's words run on across the columns without gaps."""
    tight = 0
    for before, word in pairwise(line.words):
        is_crossing = _column(edges, before.box) != _column(edges, word.box)
        tight += is_crossing and word.box.x0 - before.box.x1 < _TIGHT * line.box.height
    return tight >= _FEWEST or (tight == 1 and len(edges) <= _FEWEST) or len(line.text) > _MAX_ROW


def _is_anchor(head: Head, edges: Sequence[float], line: Line) -> bool:
    columns = _split(head, edges, line)
    if len(columns) < _FEWEST or _is_prose(edges, line):
        return False
    filled = {head.kinds[index]: " ".join(w.text for w in words) for index, words in columns.items()}
    figures = [text for kind, text in filled.items() if kind in MONEY or kind is Kind.SHARE]
    is_priced = any(_is_figure(text) for text in figures)
    others = [kind for kind in filled if kind not in MONEY and kind is not Kind.SHARE]
    return is_priced and bool(others)


def _is_figure(text: str) -> bool:
    readable = plain(text).strip()
    letters = sum(character.isalpha() for character in readable)
    return (bool(_FIGURE.search(readable)) and letters <= _MAX_LETTERS) or bool(_NO_PRICE.fullmatch(readable))


def _is_wrapped(head: Head, edges: Sequence[float], line: Line) -> bool:
    columns = _split(head, edges, line)
    kinds = {head.kinds[index] for index in columns}
    if not kinds <= {*TEXT, None} or _is_prose(edges, line):
        return False
    return len(line.text) < _MAX_WRAPPED and line.box.x0 > head.cells[0].box.x0 - 2 * line.box.height


def _is_near(one: Line, other: Line) -> bool:
    if one.page != other.page:
        return False
    gap = max(one.box.y0, other.box.y0) - min(one.box.y1, other.box.y1)
    return gap < 0.45 * max(one.box.height, other.box.height)


def _is_repeated(head: Head, line: Line) -> bool:
    words = {plain(cell.text).casefold() for cell in head.cells}
    again = {plain(cell.text).casefold() for cell in cells_of(line)}
    return len(words & again) >= max(2, len(words) - 1)


def _row(
    head: Head,
    edges: Sequence[float],
    group: Sequence[Line],
    *,
    place: int = 0,
    rate_class: Line | None = None,
) -> PrintedRow:
    cells: dict[Kind, list[Line]] = {}
    for line in group:
        for index, words in _split(head, edges, line).items():
            kind = head.kinds[index]
            if kind is not None:
                cells.setdefault(kind, []).append(line_of(words, page=line.page))
    if rate_class is not None:
        cells.setdefault(Kind.SPECIFICATION, []).append(rate_class)
    made = {kind: passage_of(parts) for kind, parts in cells.items()}
    return PrintedRow(cells=made, passage=passage_of(group), place=place)


def _is_total(row: PrintedRow) -> bool:
    named = [
        row.cells[kind].text for kind in (Kind.DESCRIPTION, Kind.STAGE, Kind.NUMBER) if kind in row.cells
    ]
    return any(_TOTAL.match(text) for text in named) or not (
        row.cells.keys() & {Kind.DESCRIPTION, Kind.STAGE, Kind.SPECIFICATION}
    )
