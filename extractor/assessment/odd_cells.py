"""Cells of items that are odd for their column: a price for a specification, a unit for a description.

They are no doubt on what stands there, only on whether it is that column's.
"""

import re
from collections.abc import Callable, Iterator

from extractor.assessment.wordings import text_of
from extractor.engines.layout.term_words import DAY
from extractor.extraction.extraction import Extraction
from extractor.values.currencies import find_currency
from extractor.values.identifiers import find_tax_ids
from extractor.values.text import has_chinese
from extractor.values.units import is_known_unit

_HEAD = re.compile(r"[(（]?[A-Z]{3}[)）]?")  # "(EUR)" over a column
_FIGURES = re.compile(r"[-+\d.,'’\s]*\d%?(?:\s+[\d.,]+\s*%)|[-+]?[\d.,'’]+\s*%")
_OF_ANOTHER_COLUMN = re.compile(r"(?<!\w)\d+(?:[.,]\d+)?\s*%?$|%")  # not "m2", not "100 pcs"
_CENTS = re.compile(r"\d[.,]\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]{4,}")
_LONGEST_UNIT, _LONGEST_CHINESE_UNIT = 12, 3  # characters of one that has no name here
_SUM = re.compile(
    r"(?:^|\s)(?:zwischensumme|sub-?total|sous-total|subtotaal|subtotale|carried forward|übertrag"
    r"|小计|小計)\W*$",
    re.IGNORECASE,
)
_TERMS_BEHIND = re.compile(
    rf"\s(?:Binnen|Within|Innerhalb(?: von)?|Netto?|Sous|Entro|Dentro de) \d{{1,3}} {DAY}$"
)
_MONEY = re.compile(
    r"%$|\d[\d.,]*[.,]\d\d(?!\d)\s*(?:[A-Z]{3}\b|[€$£¥])|.*\d\s?% (?:sobre|auf|on|sur|over|su)\b"
)
_UNIT_IN_FRONT = re.compile(r"^[\u4e00-\u9fff][A-Z]")  # "次WV-35896"
_WORD_BEHIND = re.compile(r"\d\S*\s+[^\W\d_A-Z][^\W\d_]{3,}$")  # "CK-14561 montagem"
_PRICE = re.compile(r"[€$£¥]\s?[\d.,'’]+|[\d.,'’]+\s?[€$£¥]|\d+(?:[,'’]\d{3})*\.\d\d|\d+(?:[.'’]\d{3})*,\d\d")
_SAID = re.compile(
    r"\S*www\.|\S+@\S+\.|(?:thank you|vielen dank|merci|dank voor|gracias|grazie|obrigad|感谢|谢谢)",
    re.IGNORECASE,
)
_AMOUNT_INSIDE = re.compile(r"[€$£¥]\s?\d|\d[.,]\d\d\s?[€$£¥%]")
_PRICE_BEHIND = re.compile(r"(?:^|\s)\d[\d.,']*[.,]\d\d$")
_ROW = re.compile(r"0?\d{1,2}[.)]?")  # before a code: its row's number
_CODED = re.compile(r"(?=\S*\d\S*\d\S*\d)(?=\S*[A-Z-])[A-Z\d][A-Z\d./-]{3,}\s+(?=\S)")
_NUMBERED_CODE = re.compile(r"\d{5,14}\s+(?=[^\W\d_])")
_COUNTED = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?\s+[^\W\d_]")
_CODE = re.compile(r"(?=\S*\d\S*\d)[A-Z\d./-]{4,}")
_CURRENCY, _POSITION = 3, 3  # letters of a currency, digits of a row's number


def odd_cells(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield the path of the first odd cell, of texts that begin with another column, of a row's number."""
    yield from _cells(extraction)
    yield from _descriptions(extraction)
    yield from _positions(extraction)
    yield from _lacking(extraction)


def _lacking(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield the item that alone lacks a unit, a quantity or a price, though something stands for it."""
    rows = extraction.rows("line_items")
    values = [{name: leaf for name, leaf in row.members.items() if leaf.value is not None} for row in rows]
    counted = [{"quantity", "unit_price"} & cells.keys() for cells in values]
    full, some = sum(len(each) > 1 for each in counted), sum(map(bool, counted))
    with_unit = sum("unit" in cells for cells in values)
    for index, cells in enumerate(values):
        if len(counted[index]) == 1 and 2 * full >= some:
            yield f"line_items[{index}]", "A line item has a quantity or a price alone, and others have both."
            return
        texts = (text_of(cells[name]) for name in ("specification", "description") if name in cells)
        ends_with_unit = any(" " in text and is_known_unit(text.split()[-1]) for text in texts)
        is_alone = "unit" not in cells and "quantity" in cells and 2 * with_unit >= max(some - 1, 1)
        if is_alone and ends_with_unit:
            yield f"line_items[{index}]", "A line item's text ends with a unit, and others have theirs apart."
            return


def _cells(extraction: Extraction) -> Iterator[tuple[str, str]]:
    for index, row in enumerate(extraction.rows("line_items")):
        for column, is_odd in _ODD_CELLS:
            cell = row.members.get(column)
            if cell is not None and cell.value is not None and is_odd(text_of(cell)):
                yield f"line_items[{index}].{column}", "A cell's text may be of another column."
                return


def _descriptions(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield the items where a code, or a quantity, seems to stand in front of the text."""
    rows = extraction.rows("line_items")
    texts = [
        text_of(cell) for row in rows if (cell := row.members.get("description")) is not None and cell.value
    ]
    if texts and 2 * sum(map(is_known_unit, texts)) >= len(texts):
        yield "line_items", "The items' texts are units."
        return
    if texts and 2 * sum(_CODE.fullmatch(text) is not None for text in texts) >= len(texts):
        yield "line_items", "The items' texts are codes."
        return
    with_unit = sum(has_chinese(text[:1]) and is_known_unit(text[:1]) for text in texts)
    if len(texts) > 1 and not _has_any(extraction, "unit") and 2 * with_unit >= len(texts):
        yield "line_items", "The items' texts begin with their units."
        return
    for column, begins in (("product_code", (_CODED, _NUMBERED_CODE)), ("quantity", (_COUNTED,))):
        begun = sum(any(each.match(text) for each in begins) for text in texts)
        if begun and 2 * begun >= len(texts) and not _has_any(extraction, column):
            yield "line_items", f"The items' text may begin with their {column.replace('_', ' ')}."
            return


def _has_any(extraction: Extraction, column: str) -> bool:
    cells = [row.members.get(column) for row in extraction.rows("line_items")]
    return any(cell is not None and cell.value is not None for cell in cells)


def _positions(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield a code that is its row's number: one without a code among others that have one."""
    for index, row in enumerate(extraction.rows("line_items")):
        cell = row.members.get("product_code")
        digits = text_of(cell) if cell is not None and cell.value is not None else ""
        if digits.isdecimal() and len(digits) <= _POSITION and int(digits) in (index + 1, 10 * (index + 1)):
            yield f"line_items[{index}].product_code", "A product code is the number of its row."
            return


def _is_odd_word(text: str) -> bool:
    is_of_a_party = ":" in text and bool(find_tax_ids(text))
    is_sentence = text.endswith("。") or _SAID.match(text) is not None
    is_of_a_column = any(each.fullmatch(text) for each in (_HEAD, _FIGURES))
    is_sum = any(each.search(text) for each in (_AMOUNT_INSIDE, _SUM, _TERMS_BEHIND))
    return is_of_a_party or is_sentence or is_of_a_column or is_sum


def _is_odd_specification(text: str) -> bool:
    return (
        _is_odd_word(text)
        or text.isdecimal()
        or is_known_unit(text)
        or _PRICE_BEHIND.search(text) is not None
        or _MONEY.match(text) is not None
    )


def _is_odd_code(text: str) -> bool:
    first, _, rest = text.partition(" ")
    is_unit = is_known_unit(first) or (first.isalpha() and first.islower())
    is_begun = bool(rest) and (is_unit or _ROW.fullmatch(first) is not None)
    is_begun = is_begun or any(each.search(text) for each in (_WORD_BEHIND, _UNIT_IN_FRONT))
    is_figure = _FIGURES.fullmatch(text) is not None or _PRICE.fullmatch(text) is not None
    return is_begun or is_figure or len(_WORD.findall(text)) > 1


def _is_odd_unit(text: str) -> bool:
    longest = _LONGEST_CHINESE_UNIT if has_chinese(text) else _LONGEST_UNIT
    if len(text) > longest and not is_known_unit(text):
        return True
    is_money = _CENTS.search(text) is not None or (find_currency(text) is not None and len(text) <= _CURRENCY)
    return is_money or _OF_ANOTHER_COLUMN.search(text) is not None


def _is_odd_quantity(text: str) -> bool:
    return find_currency(text) is not None or "%" in text


_ODD_CELLS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("description", _is_odd_word),
    ("specification", _is_odd_specification),
    ("product_code", _is_odd_code),
    ("unit", _is_odd_unit),
    ("quantity", _is_odd_quantity),
)
