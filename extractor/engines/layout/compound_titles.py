"""Titles that are one word with what is invoiced: "Ausstellerrechnung", "Premienota", "Huurfactuur".

German and Dutch make them freely, so that no list holds them all.
"""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet

_TITLE = re.compile(
    r"(?P<title>(?P<what>[^\W\d_][^\W\d_-]{2,}?-?)(?:s|en)?(?:rechnung|faktura|factuur|nota))(?=$|\s*(?:[:#]|n[ro°º]|\S*\d))",
    re.IGNORECASE,
)
_NO_TITLES = re.compile(  # what reckons, and what speaks of another invoice
    r"(?:ab|an|auf|be|hoch|um|ver|vor|gegen|zurück|original|ursprungs?|bezugs?|vorgänger|ausgangs?|eingangs?|orde?r"
    r"|bestel|verzamel|oorspronkelijke|verrekenings?)-?",
    re.IGNORECASE,
)
_LARGE = 1.2  # times the usual print


def compound_titles(pages: Sequence[LabelledSheet]) -> Iterator[tuple[LabelledSheet, Cell, int]]:
    """Yield the cells of the first page's upper half that such a word opens, and where it ends.

    It stands alone, before a number, or in large print: in a sentence it is no title.
    """
    for page in pages[:1]:
        usual = median([cell.box.height for cell in page.sheet.cells] or [0.0])
        for cell in page.sheet.cells:
            if (
                cell.box.y1 > page.sheet.page.height / 2
                or page.is_in_table(cell)
                or page.titles.find(cell.text)
            ):
                continue
            match = _TITLE.match(cell.text)
            if match is None or _NO_TITLES.fullmatch(match["what"]):
                continue
            is_label = bool(page.hits_of(cell)) and page.hits_of(cell)[0].start == 0
            if not is_label and (cell.box.height > _LARGE * usual or match["title"][0].isupper()):
                yield page, cell, match.end("title")
