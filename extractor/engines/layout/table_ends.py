"""Where the table of items ends: at the totals, or where the next labelled text begins."""

import re
from collections.abc import Sequence
from functools import cached_property

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet, has_colon
from extractor.engines.layout.lexicon import Lexicon
from extractor.engines.layout.printed_numbers import PrintedNumbers
from extractor.engines.layout.spec_labels import NOTHING
from extractor.engines.layout.term_words import TERM
from extractor.engines.layout.totals import DUE, GROSS, NET, TAX

_TOTALS = frozenset({NET, TAX, GROSS, DUE})
_LETTERS = re.compile(r"[^\W\d_]")
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_TELLING = 4  # letters: "de" on a line of its own is a word of a wrapped text
_FLAG = re.compile(r"(?<=\d)\s?[A-Z*]$")  # a tax code behind an amount: 495.00T
_OF_PAGE = re.compile(
    r"(?:von|auf|from|to|of|de|da|van)?\s*(?:seite|page|pagina|página|blatt|第)\s*\d*\s*页?", re.IGNORECASE
)
_FEW_LETTERS = 3  # a currency code may stand behind a total's label


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.casefold()))


class TableEnds:
    """What the rows of a document say about where its items end."""

    def __init__(
        self,
        pages: Sequence[LabelledSheet],
        sums: Lexicon,
        numbers: PrintedNumbers,
    ) -> None:
        """Take the document's pages and numbers, and how rows begin that only add up others."""
        self._sums = sums
        self._numbers = numbers
        self._pages = {page.sheet.page.number: page for page in pages}

    def is_end(self, row: Sequence[Cell]) -> bool:
        """Say whether a row has a total's label, alone in its cell, with an amount behind it.

        Labels of several totals side by side end a table too: their amounts stand below.
        """
        page = self._pages[row[0].page]
        labelled = sum(any(_TOTALS & set(hit.names) for hit in page.hits_of(cell)[:1]) for cell in row)
        if labelled > 1 and 2 * labelled > len(row) and not self._numbers.amounts_in(row):
            return True
        for cell in row:
            for hit in page.hits_of(cell)[:1]:
                if not _TOTALS & set(hit.names):
                    continue
                before, behind = cell.text[: hit.start], cell.text[hit.end :]
                for other in page.hits_of(cell):
                    behind = behind.replace(cell.text[other.start : other.end], "")
                behind = _BRACKETS.sub("", behind)
                is_titled = behind.rstrip().endswith((":", "：")) and not any(c.isdigit() for c in behind)
                is_alone = is_titled or has_colon(cell, hit) or len(_LETTERS.findall(behind)) <= _FEW_LETTERS
                if is_alone and not _LETTERS.search(before):
                    return bool(self._numbers.amounts_in(row[cell.column :]))
        return False

    def is_sum(self, row: Sequence[Cell]) -> bool:
        """Say whether a row begins with the name of a sum, and is no item of that name: "Report"."""
        for cell in row[:2]:
            hits = self._sums.find(cell.text)
            if hits and not _LETTERS.search(cell.text[: hits[0].start]):
                rest = _OF_PAGE.sub("", cell.text[hits[0].end :])
                is_alone = len(_LETTERS.findall(_BRACKETS.sub("", rest))) <= _FEW_LETTERS
                is_alone = is_alone or (len(row) == 2 and len(self._numbers.amounts_in(row)) == 1)  # noqa: PLR2004
                is_small = cell.text[:1].islower()  # the end of a text: "report" below "... and"
                is_word = is_small and not self._numbers.amounts_in(row)
                if is_alone and not is_word and not self._is_product(row):
                    return True
                break
        return self._adds_up_group(row)

    def _adds_up_group(self, row: Sequence[Cell]) -> bool:
        """Say whether a row of a text and an amount adds up the group of a heading: "Total Materials"."""
        hits = self._pages[row[0].page].hits_of(row[0])
        if len(row) != 2 or not hits or hits[0].start or not _TOTALS & set(hits[0].names):  # noqa: PLR2004
            return False
        group = _letters(row[0].text[hits[0].end :])
        return (
            len(group) >= _TELLING
            and group in self._lone_lines
            and len(self._numbers.amounts_in(row[1:])) == 1
        )

    @cached_property
    def _lone_lines(self) -> frozenset[str]:
        """The letters of the lines that stand alone, headings of groups among them."""
        rows = (row for page in self._pages.values() for row in page.sheet.rows)
        return frozenset(_letters(row[0].text) for row in rows if len(row) == 1)

    def _is_product(self, row: Sequence[Cell]) -> bool:
        """Say whether a row ends in quantity, price, and what they make."""
        values = [each.value for each in self._numbers.amounts_in(row)[-3:]]
        return len(values) == 3 and values[0] * values[1] == values[2] != 0  # noqa: PLR2004

    def is_foreign(self, row: Sequence[Cell]) -> bool:
        """Say whether a row begins with the label of a field, or tells the terms: "Within 10 days"."""
        if len(row) == 1 and row[0].text[0].isupper() and TERM.match(row[0].text):
            return True
        page = self._pages[row[0].page]
        hits = page.hits_of(row[0])
        if not page.starts_with_label(row[0]) or len(hits[0].label) < _TELLING:
            return False
        return any(name != NOTHING for name in hits[0].names)

    def is_number(self, text: str) -> bool:
        """Say whether a text is an amount."""
        return self._numbers.is_amount(_FLAG.sub("", text))
