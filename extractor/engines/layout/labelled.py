"""Where the labels of a spec stand on a page."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractor.engines.layout.cells import Cell, Sheet
from extractor.engines.layout.lexicon import Hit, Lexicon
from extractor.engines.layout.translations import in_one_language
from extractor.engines.layout.wrapped_labels import rejoined, wrapped_labels
from extractor.pages.geometry import Box
from extractor.values.names import is_legal_form

_COLON = re.compile(r"\s*[)）\]】]?\s*(?:[(（][^)）]{0,20}[)）]\s*)?[:：]")
_CJK_FROM = "\u2e80"
_TOTALS = frozenset({"net_amount", "tax_amount", "gross_amount", "amount_due"})
_WORD = re.compile(r"[^\W\d_A-Z]{3}")
_NET = frozenset({"net", "nett", "netto"})
_DAYS = re.compile(r"\s*\d{1,3}\s*(?:EOM)?")
NUMBER_WORDS = frozenset({"nr", "no", "n", "num", "nummer", "number", "#", "id", "numero", "号码"})
_ALIGNED = 4.0  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSheet:
    """A sheet and the label hits of each of its cells (by row and column), in reading order.

    `tables` are the boxes of tables: no text of another kind goes on into one.
    """

    sheet: Sheet
    hits: Mapping[tuple[int, int], tuple[Hit, ...]]
    by_name: Mapping[str, Sequence[tuple[Cell, Hit]]]
    lexicon: Lexicon
    titles: Lexicon
    tables: tuple[Box, ...] = ()
    is_first: bool = True  # page of its document, whatever its number in the file

    def is_title(self, text: str) -> bool:
        """Say whether a text begins with a title of the document's type."""
        hits = self.titles.find(text)
        return bool(hits) and not has_letters(text[: hits[0].start])

    def is_in_table(self, cell: Cell) -> bool:
        """Say whether a cell stands in a table."""
        return any(box.contains_centre(cell.box) for box in self.tables)

    def is_in_item(self, cell: Cell) -> bool:
        """Say whether a cell stands in a table, on a row with at least two others."""
        return self.is_in_table(cell) and len(self.sheet.rows[cell.row]) > 2  # noqa: PLR2004

    def hits_of(self, cell: Cell) -> tuple[Hit, ...]:
        """Return the labels in a cell, left to right."""
        return self.hits.get((cell.row, cell.column), ())

    def starts_with_label(self, cell: Cell) -> bool:
        """Say whether a cell begins with a label, so that it is no value of another."""
        hits = self.hits_of(cell)
        if not hits or has_letters(cell.text[: hits[0].start]) or is_legal_form(cell.text):
            return False  # "N.V." is no label of a number
        return is_strong(cell, hits[0])

    def waits(self, cell: Cell) -> bool:
        """Say whether a cell ends with a label, so that its value stands elsewhere."""
        hits = self.hits_of(cell)
        if not hits or has_letters(cell.text[hits[-1].end :]):
            return False
        before = cell.text[hits[-1].start - 1 : hits[-1].start]
        return (
            hits[-1].label[0] < _CJK_FROM or not before > _CJK_FROM
        )  # the end of a firm's name: "…有限公司"

    def is_under_label(self, cell: Cell) -> bool:
        """Say whether a label that waits for its value stands right above a cell, in line with it."""
        above = self.sheet.above(cell)
        is_near = bool(above) and cell.box.y0 - above[0].box.y1 <= cell.box.height
        return is_near and any(
            self.waits(each) and min(abs(x0 - cell.box.x0) for x0 in self._edges_of_label(each)) <= _ALIGNED
            for each in above
        )

    def _edges_of_label(self, cell: Cell) -> tuple[float, float]:
        """Return where a cell begins, and where its last label does: heads may stand close."""
        last = self.hits_of(cell)[-1]
        return cell.box.x0, cell.box_of(last.start, last.end).x0

    def labels_of(self, name: str) -> Sequence[tuple[Cell, Hit]]:
        """Return the labels that may be the field's, each with its cell, in reading order."""
        return self.by_name.get(name, ())

    def labels(self) -> Iterator[tuple[Cell, Hit]]:
        """Yield every label with its cell, in reading order."""
        for (row, column), hits in self.hits.items():
            for hit in hits:
                yield self.sheet.rows[row][column], hit


def label(sheet: Sheet, lexicon: Lexicon, titles: Lexicon) -> LabelledSheet:
    """Find the labels of a page. `titles` are those of the document's type."""
    found: dict[tuple[int, int], tuple[Hit, ...]] = {}
    for cell in sheet.cells:
        known = lexicon.find(cell.text)
        if known:
            found[cell.row, cell.column] = tuple(in_one_language(cell.text, known))
    for wrapped in wrapped_labels(sheet, lexicon):
        first, last = (wrapped.head.row, wrapped.head.column), (wrapped.tail.row, wrapped.tail.column)
        found[first], found[last] = rejoined(
            wrapped, of_head=found.get(first, ()), of_tail=found.get(last, ())
        )
        found[first] = tuple(in_one_language(sheet.rows[first[0]][first[1]].text, found[first]))
    by_name: defaultdict[str, list[tuple[Cell, Hit]]] = defaultdict(list)
    for (row, column), hits in sorted(found.items()):
        for hit in hits:
            for name in hit.names:
                by_name[name].append((sheet.rows[row][column], hit))
    return LabelledSheet(sheet=sheet, hits=found, by_name=by_name, lexicon=lexicon, titles=titles)


def is_strong(cell: Cell, hit: Hit) -> bool:
    """Say whether a label is one, and not the first word of a name or a sentence.

    It is with a colon, alone in its cell, or before something that looks like a value;
    a party's heading ("Seller") needs one of the first two: "Seller Ltd" is a name.
    """
    rest = cell.text[hit.end :]
    if has_colon(cell, hit) or not has_letters(rest) or hit.label[0] > _CJK_FROM:
        return True
    if any(name.startswith("party:") or name.endswith("_name") for name in hit.names):
        return False
    if is_term(cell, hit):
        return False
    if _TOTALS & set(hit.names):
        return _WORD.search(rest) is None
    first = rest.split()[0] if rest.split() else ""
    return not first[:1].islower() or any(character.isdigit() for character in first)


def is_term(cell: Cell, hit: Hit) -> bool:
    """Say whether a label is the "Net" of a payment term: "Net 30"."""
    return hit.label in _NET and _DAYS.fullmatch(cell.text, hit.end) is not None


def has_colon(cell: Cell, hit: Hit) -> bool:
    """Say whether a colon follows the label."""
    return _COLON.match(cell.text, hit.end) is not None


def has_letters(text: str) -> bool:
    """Say whether a letter or a digit stands in a text."""
    return any(map(str.isalnum, text))
