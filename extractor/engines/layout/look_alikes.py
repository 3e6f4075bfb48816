"""Labels that look like one of a field and are another's: the end of a longer label, its first line.

"Livré le", "Order" over "date".
"""

import re

from extractor.engines.layout.cells import ALIGNED, Cell
from extractor.engines.layout.labelled import LabelledSheet, has_colon
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.other_documents import is_of_another

_SHORT = 3  # letters of "le", "el", "del"
_BEHIND_SHORT = frozenset({"", " ", ":", "."})
_OF_GOODS = re.compile(
    r"\W*(?:lot(?:to|e)?|batch|charge|partij|批号)\b", re.IGNORECASE
)  # their best-before date


def dates_another(page: LabelledSheet, cell: Cell, hit: Hit) -> bool:
    """Say whether a date's label ends a longer one, or goes on from another document: "on bill 4711 of"."""
    said = cell.text[: hit.start].rstrip()
    is_article = len(hit.label) <= _SHORT and hit.label.isascii()
    if is_article and cell.text[hit.end : hit.end + 1] not in _BEHIND_SHORT:
        return True  # "LE/f"
    if not said and _ends_another_label(page, cell):
        return True
    if not said and any(_OF_GOODS.match(above.text) for above in page.sheet.line_above(cell)):
        return True
    if not said and len(hit.label) <= _SHORT and _goes_on_from(page, cell):
        return True
    if (len(hit.label) <= _SHORT and said[-1:].isalpha()) or _OF_GOODS.match(said):
        return True  # "Livré le", "Impreso el"; but "Paris, le 5 mars"
    before = (other for other in page.hits_of(cell) if other.end <= hit.start)
    return not has_colon(cell, hit) and any(is_of_another(cell, other) for other in before)


def _ends_another_label(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a small "date" ends the label on the line above: "Ordine / Order" over "date"."""
    if not cell.text[:1].islower():
        return False
    named = {
        "issue_date" in hit.names
        for above in page.sheet.close_above(cell)
        for word in above.words
        for hit in page.lexicon.find(f"{word.text} {cell.text}")[:1]
        if hit.start == 0 and hit.end > len(word.text)
    }
    return named == {False}


def _goes_on_from(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a line ends a sentence: "facture avant" over "le 2 octobre"."""
    return any(
        above.words[-1].text.isalpha() and above.words[-1].text.islower() and _lines_up(above, cell)
        for above in page.sheet.close_above(cell)
    )


def _lines_up(above: Cell, cell: Cell) -> bool:
    """Say whether a line ends where a cell does, or one of its words begins where the cell does."""
    begins = any(abs(word.box.x0 - cell.box.x0) <= ALIGNED for word in above.words)
    return begins or abs(above.box.x1 - cell.box.x1) <= ALIGNED
