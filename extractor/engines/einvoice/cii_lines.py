"""Read what a CII document bills: its lines, and the allowances and charges on the whole of it."""

from typing import Final

from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import number, optional, unit, written
from extractor.engines.einvoice.cii_names import Names
from extractor.engines.einvoice.codes import UNITS
from extractor.engines.einvoice.money import amount, unit_price
from extractor.engines.einvoice.rows import Cells, charge_cells, joined, rows_of
from extractor.engines.einvoice.tree import find, find_all, first_text, text_of, texts
from extractor.engines.reading import CandidateRow

_NOT_BILLED: Final = frozenset({"GROUP", "INFORMATION"})  # subtotals and mere remarks: not in any sum
_CODES: Final = ("SellerAssignedID", "BuyerAssignedID", "GlobalID", "IndustryAssignedID")


def read_lines(root: Element, names: Names, *, currency: str | None) -> tuple[CandidateRow, ...]:
    """Return what is billed: the lines, then allowances and charges on the document.

    The last two stand as rows, because they make the rows add up to the net amount
    (EN 16931 BR-CO-13) and because a fee must be found where a contract forbids it.
    Profiles without lines have neither: a few charges alone would pass for all that is billed.
    """
    lines = [_line(line, names, currency=currency) for line in find_all(root, names.line)]
    rows = rows_of(lines)
    if not rows:
        return ()
    settlement = find(root, names.settlement)
    charges = [
        _document_charge(charge, names, currency=currency)
        for charge in find_all(settlement, "SpecifiedTradeAllowanceCharge")
    ]
    freight = [
        _freight(charge, names, currency=currency)
        for charge in find_all(settlement, "SpecifiedLogisticsServiceCharge")
    ]
    return rows + rows_of(charges) + rows_of(freight)


def _line(line: Element, names: Names, *, currency: str | None) -> Cells:
    if first_text(line, "AssociatedDocumentLineDocument/LineStatusReasonCode") in _NOT_BILLED:
        return {}
    settlement = find(line, names.line_settlement)
    quantity = find(line, f"{names.line_delivery}/BilledQuantity")
    price = find(line, f"{names.line_agreement}/NetPriceProductTradePrice")
    figures = {
        "quantity": optional(text_of(quantity), number),
        "unit": None if quantity is None else unit(quantity.get("unitCode")),
        "unit_price": unit_price(
            amount(price, "ChargeAmount", currency=currency), first_text(price, "BasisQuantity")
        ),
        "net_amount": amount(settlement, f"{names.line_totals}/LineTotalAmount", currency=currency),
    }
    if all(cell is None for cell in figures.values()):
        return {}  # a heading or a remark between the lines (ZUGFeRD 1)
    tax = _vat(settlement)
    return {
        **_product(line),
        **figures,
        "tax_rate": optional(first_text(tax, names.rate), number),
        "tax_amount": amount(tax, "CalculatedAmount", currency=currency),
    }


def _product(line: Element) -> Cells:
    product = find(line, "SpecifiedTradeProduct")
    name = joined(texts(product, "Name"))
    description = joined(texts(product, "Description"))
    if name is None:
        note = joined(texts(line, "AssociatedDocumentLineDocument/IncludedNote/Content"))
        name, description = (description or note), None
    code = next((text for tag in _CODES if (text := first_text(product, tag)) is not None), None)
    specification = description or joined(_characteristics(product), "; ")
    return {
        "description": optional(name, written),
        "specification": optional(specification, written),
        "product_code": optional(code, written),
    }


def _characteristics(product: Element | None) -> list[str]:
    """Return the properties of the product (BG-32) as "Colour: blue"."""
    found = []
    for characteristic in find_all(product, "ApplicableProductCharacteristic"):
        measure = find(characteristic, "ValueMeasure")
        code = None if measure is None else measure.get("unitCode")
        value = joined([*texts(characteristic, "Value")]) or joined(
            [text for text in (text_of(measure), UNITS.get(code or "", code)) if text]
        )
        name = joined(texts(characteristic, "Description")) or first_text(characteristic, "TypeCode")
        if value is not None:
            found.append(value if name is None else f"{name}: {value}")
    return found


def _document_charge(charge: Element, names: Names, *, currency: str | None) -> Cells:
    return charge_cells(
        indicator=first_text(charge, "ChargeIndicator/Indicator"),
        billed=amount(charge, "ActualAmount", currency=currency),
        reason=first_text(charge, "Reason"),
        reason_code=first_text(charge, "ReasonCode"),
        rate=optional(first_text(_vat(charge), names.rate), number),
    )


def _freight(charge: Element, names: Names, *, currency: str | None) -> Cells:
    return {
        "description": optional(joined(texts(charge, "Description")), written),
        "net_amount": amount(charge, "AppliedAmount", currency=currency),
        "tax_rate": optional(first_text(_vat(charge), names.rate), number),
    }


def _vat(settlement: Element | None) -> Element | None:
    """Return the line's or charge's VAT among its taxes; the first tax where none says VAT."""
    found = [
        tax
        for name in ("ApplicableTradeTax", "CategoryTradeTax", "AppliedTradeTax")
        for tax in find_all(settlement, name)
    ]
    named = [tax for tax in found if first_text(tax, "TypeCode") == "VAT"]
    return next(iter(named or found), None)
