"""Amounts and taxes of a CII document, in the invoice's currency and not in another."""

from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import number
from extractor.engines.einvoice.tree import find_all, first_text, text_of
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


def vat(settlement: Element | None) -> Element | None:
    """Return the line's or charge's VAT among its taxes; the first tax where none says VAT."""
    found = [
        tax
        for name in ("ApplicableTradeTax", "CategoryTradeTax", "AppliedTradeTax")
        for tax in find_all(settlement, name)
    ]
    named = [tax for tax in found if first_text(tax, "TypeCode") == "VAT"]
    return next(iter(named or found), None)
