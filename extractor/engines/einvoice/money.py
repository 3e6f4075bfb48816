"""Amounts of CII and UBL documents, in the invoice's currency and not in another."""

from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import exact, number, parse_decimal
from extractor.engines.einvoice.tree import find_all, text_of
from extractor.engines.reading import Candidate


def amount(
    parent: Element | None, path: str, *, currency: str | None, other: str | None = None
) -> Candidate | None:
    """Return the amount at `path` that is in `currency`; None where there is none.

    One without a currency counts as the invoice's (EN 16931 says so); one in a third
    currency is a slip of the writer's, unless it is `other`, the accounting currency.
    """
    found = [element for element in find_all(parent, path) if text_of(element) is not None]
    if other is not None and other != currency:
        found = [element for element in found if element.get("currencyID") != other]
    found.sort(key=lambda element: _rank(element.get("currencyID"), currency))
    text = text_of(found[0]) if found else None
    return None if text is None else number(text)


def _rank(stated: str | None, currency: str | None) -> int:
    if stated == currency:
        return 0
    return 1 if stated is None else 2


def unit_price(price: Candidate | None, basis: str | None) -> Candidate | None:
    """Return the net price of one unit: where it is for a hundred (BT-149), a hundredth of it."""
    units = None if basis is None else parse_decimal(basis)
    stated = None if price is None else parse_decimal(price.text)
    if price is None or stated is None or not units or units == 1:
        return price
    return exact(price.text, stated / units, is_derived=True)
