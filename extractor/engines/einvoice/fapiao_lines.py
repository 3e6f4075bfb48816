"""Read the rows of a 数电票: goods, services, and the discounts below them."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import exact, number, optional, parse_decimal, written
from extractor.engines.einvoice.rows import Cells, rows_of
from extractor.engines.einvoice.tree import all_named, filled_in, find
from extractor.engines.reading import Candidate, CandidateRow
from extractor.values.rates import parse_rate

_ROW: Final = "IssuItemInformation"
_TELLING: Final = ("ItemName", "Amount")
_TAXES: Final = ("ComTaxAm", "TaxAm", "TaxAmount")
_HIGHEST_SHARE: Final = Decimal("0.5")  # exclusive; China's rates are 0.5 to 17 %, so 0.17 is 17 %


def read_lines(root: Element) -> tuple[CandidateRow, ...]:
    """Return a row for each that is billed; a discount is a row of its own, with a negative amount."""
    return rows_of(_line(row) for row in _rows(root))


def figure(parent: Element | None, name: str, make: Callable[[str], Candidate] = number) -> Candidate | None:
    """Return a figure; one that the seller had hidden ("***") is not there."""
    text = filled_in(parent, name)
    return None if text is None or not text.strip("*＊") else make(text)


def _rows(root: Element) -> Iterator[Element]:
    """Yield what has the cells of one row: the element for it, or elements within that one."""
    for item in all_named(root, _ROW):
        if next(item.iterancestors(f"{{*}}{_ROW}"), None) is not None:
            continue  # seen with the element around it
        for element in item.iter():
            if any(find(element, name) is not None for name in _TELLING):
                yield element


def _line(row: Element) -> Cells:
    return {
        "description": optional(filled_in(row, "ItemName"), written),
        "specification": optional(filled_in(row, "SpecMod"), written),
        "quantity": figure(row, "Quantity"),
        "unit": optional(filled_in(row, "MeaUnits"), written),
        "unit_price": figure(row, "UnPrice"),
        "net_amount": figure(row, "Amount"),
        "tax_rate": figure(row, "TaxRate", _rate),
        "tax_amount": next((tax for name in _TAXES if (tax := figure(row, name)) is not None), None),
    }


def _rate(text: str) -> Candidate:
    """Return a rate in percent. It is written "0.13", "13%" or in words (免税: no tax)."""
    bare = parse_decimal(text)
    if bare is not None and 0 <= bare < _HIGHEST_SHARE:
        return exact(text, bare.scaleb(2), is_derived=True)
    return exact(text, parse_rate(text, decimal_mark="."))
