"""Read what a UBL document bills: its lines, and the allowances and charges on the whole of it."""

from typing import Final

from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import number, optional, unit, written
from extractor.engines.einvoice.money import amount, unit_price
from extractor.engines.einvoice.rows import Cells, charge_cells, joined, rows_of
from extractor.engines.einvoice.tree import find, find_all, first_text, text_of, texts
from extractor.engines.reading import CandidateRow

_LINES: Final = (("InvoiceLine", "InvoicedQuantity"), ("CreditNoteLine", "CreditedQuantity"))
_CODES: Final = ("SellersItemIdentification", "BuyersItemIdentification", "StandardItemIdentification")


def read_lines(root: Element, *, currency: str | None) -> tuple[CandidateRow, ...]:
    """Return what is billed: the lines, then allowances and charges on the document.

    Why the last two stand as rows, and not without lines, is said at the CII reader.
    Lines within lines (XRechnung's extension) are in the amount of the line around them.
    """
    rows = rows_of(
        _line(line, quantity, currency=currency) for name, quantity in _LINES for line in find_all(root, name)
    )
    if not rows:
        return ()
    charges = find_all(root, "AllowanceCharge")
    return rows + rows_of(_document_charge(charge, currency=currency) for charge in charges)


def _line(line: Element, quantity_name: str, *, currency: str | None) -> Cells:
    quantity = find(line, quantity_name)
    price = find(line, "Price")
    figures = {
        "quantity": optional(text_of(quantity), number),
        "unit": None if quantity is None else unit(quantity.get("unitCode")),
        "unit_price": unit_price(
            amount(price, "PriceAmount", currency=currency), first_text(price, "BaseQuantity")
        ),
        "net_amount": amount(line, "LineExtensionAmount", currency=currency),
    }
    if all(cell is None for cell in figures.values()):
        return {}
    return {
        **_item(line),
        **figures,
        "tax_rate": optional(_rate(find(line, "Item"), "ClassifiedTaxCategory"), number),
        "tax_amount": amount(line, "TaxTotal/TaxAmount", currency=currency),
    }


def _item(line: Element) -> Cells:
    item = find(line, "Item")
    name = joined(texts(item, "Name"))
    description = joined(texts(item, "Description"))
    if name is None:
        name, description = (description or joined(texts(line, "Note"))), None
    code = next((text for tag in _CODES if (text := first_text(item, f"{tag}/ID")) is not None), None)
    return {
        "description": optional(name, written),
        "specification": optional(description or joined(_properties(item), "; "), written),
        "product_code": optional(code, written),
    }


def _properties(item: Element | None) -> list[str]:
    """Return the properties of the item (BG-32) as "Colour: blue"."""
    found = []
    for entry in find_all(item, "AdditionalItemProperty"):
        name, value = first_text(entry, "Name"), first_text(entry, "Value")
        if value is not None:
            found.append(value if name is None else f"{name}: {value}")
    return found


def _document_charge(charge: Element, *, currency: str | None) -> Cells:
    return charge_cells(
        indicator=first_text(charge, "ChargeIndicator"),
        billed=amount(charge, "Amount", currency=currency),
        reason=joined(texts(charge, "AllowanceChargeReason")),
        reason_code=first_text(charge, "AllowanceChargeReasonCode"),
        rate=optional(_rate(charge, "TaxCategory"), number),
    )


def _rate(parent: Element | None, name: str) -> str | None:
    """Return the rate of VAT among the taxes at `name`; of the first tax where none says VAT."""
    found = find_all(parent, name)
    named = [tax for tax in found if first_text(tax, "TaxScheme/ID") == "VAT"]
    return first_text(next(iter(named or found), None), "Percent")
