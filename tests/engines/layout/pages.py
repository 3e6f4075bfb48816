"""Pages set by hand: each print is a text and where it stands, "Invoice No: 4711 @50,60".

The place is the left edge and the top, in points. `>` before it gives the right edge
instead, `|` the middle; a third number is the size of print (10 if none). `v` sets
the characters below each other, as one word each.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.engines.layout.cells import sheet_of
from extractor.engines.layout.form import read_form
from extractor.engines.layout.labelled import LabelledSheet, label
from extractor.engines.layout.spec_labels import labels_of
from extractor.engines.reading import Candidate, Reading
from extractor.field_specs.load import load_spec
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Word

SPEC = load_spec("invoice")
LABELS = labels_of(SPEC)
SIZE = 10.0
_HEIGHT = 1.3  # of the size of print
_SPACE = 0.28
_PLACE = re.compile(r"(.*) @([>|v]?)(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)(?:,(\d+))?", re.DOTALL)


def page(*prints: str | Iterable[str], number: int = 1, width: float = 595.0, height: float = 842.0) -> Page:
    """Set a page; prints may be grouped."""
    words = [word for each in _flat(prints) for word in words_of(each)]
    words.sort(key=lambda word: (word.box.y0, word.box.x0))
    return Page(number=number, width=width, height=height, words=tuple(words))


def words_of(text_and_place: str) -> list[Word]:
    """Set one print's words."""
    match = _PLACE.fullmatch(text_and_place)
    assert match is not None, f"no place in {text_and_place!r}"
    text, edge, x, y, size = match[1], match[2], float(match[3]), float(match[4]), float(match[5] or SIZE)
    if edge == "v":
        height = size * _HEIGHT
        return [
            Word(text=sign, box=Box(x, y + index * height, x + size, y + (index + 1) * height))
            for index, sign in enumerate(text)
        ]
    length = width_of(text, size)
    left = x - {"": 0.0, ">": length, "|": length / 2}[edge]
    words = []
    for run in re.finditer(r"\S+", text):
        start = left + width_of(text[: run.start()], size)
        box = Box(start, y, start + width_of(run[0], size), y + size * _HEIGHT)
        words.append(Word(text=run[0], box=box))
    return words


def width_of(text: str, size: float = SIZE) -> float:
    """Return about how wide a text is in a sans serif."""
    return size * sum(map(_advance, text))


def block(*lines: str, x: float, top: float, step: float = 14.0, edge: str = "", size: int = 10) -> list[str]:
    """Set lines below each other."""
    return [f"{line} @{edge}{x:g},{top + index * step:g},{size}" for index, line in enumerate(lines)]


def grid(columns: str, *rows: str, top: float, step: float = 16.0) -> list[str]:
    """Set rows of cells that `|` parts; `columns` are their places: "50 >300 >400"."""
    places = re.findall(r"([>|]?)(\d+)", columns)
    return [
        f"{text.strip()} @{edge}{x},{top + index * step:g}"
        for index, row in enumerate(rows)
        for text, (edge, x) in zip(row.split(" | "), places, strict=True)
        if text.strip()
    ]


def labelled(*prints: str | Iterable[str], number: int = 1) -> LabelledSheet:
    """Set a page and find the labels of an invoice on it."""
    sheet = sheet_of(page(*prints, number=number), LABELS)
    return replace(label(sheet, LABELS.fields, LABELS.titles), is_first=number == 1)


def read(*pages: Page) -> Reading:
    """Read pages as an invoice."""
    return read_form(pages, SPEC, engine="layout")


def first(reading: Reading, name: str) -> Candidate | None:
    """Return the best candidate of a field."""
    return next(iter(reading.candidates.get(name, ())), None)


def text_of(reading: Reading, name: str) -> str | None:
    """Return the best text of a field."""
    best = first(reading, name)
    return best.text if best else None


def value_of(reading: Reading, name: str) -> str | None:
    """Return the best value of a field, as a string."""
    best = first(reading, name)
    return str(best.value) if best and best.value is not None else None


def field(name: str, *prints: str | Iterable[str]) -> str | None:
    """Read one page and return the best text of one field."""
    return text_of(read(page(*prints)), name)


def table_texts(reading: Reading, name: str = "line_items") -> list[dict[str, str]]:
    """Return the texts of a table's cells, row by row."""
    return [{column: cell.text for column, cell in row.cells.items()} for row in reading.tables.get(name, ())]


def table_column(reading: Reading, column: str, name: str = "line_items") -> Sequence[str | None]:
    """Return one column of a table, None where a row has no such cell."""
    return [row.get(column) for row in table_texts(reading, name)]


def unproven(reading: Reading, pages: Sequence[Page]) -> list[str]:
    """Return the texts that the words in their evidence boxes do not hold."""
    by_number = {each.number: each for each in pages}
    return [
        each.text
        for each in _all_candidates(reading)
        if _squeezed(each.text) not in _held(by_number[each.evidence.page or 0], each.evidence.boxes)
    ]


def _held(page_of_words: Page, boxes: Sequence[Box]) -> str:
    """Return the words in the boxes, box by box, row by row."""
    return "".join(
        word.text
        for box in boxes
        for word in sorted(page_of_words.words, key=lambda each: (each.box.x0, each.box.y0))
        if box.contains_centre(word.box)
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _all_candidates(reading: Reading) -> Iterator[Candidate]:
    found = [each for several in reading.candidates.values() for each in several]
    found += [cell for rows in reading.tables.values() for row in rows for cell in row.cells.values()]
    for each in found:
        yield each
        yield from each.parts.values()


def _flat(prints: Iterable[str | Iterable[str]]) -> Iterator[str]:
    for each in prints:
        if isinstance(each, str):
            yield each
        else:
            yield from each


def _advance(character: str) -> float:
    if character > "\u2e80":
        return 1.0
    if character == " ":
        return _SPACE
    if character in ".,:;'|!il":
        return 0.26
    if character.isdigit():
        return 0.556
    return 0.68 if character.isupper() else 0.5
