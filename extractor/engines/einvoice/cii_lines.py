"""Read what a CII document bills: its lines, and the allowances and charges on the whole of it."""

from typing import Final

from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import exact, number, parse_decimal, written
from extractor.engines.einvoice.cii_money import amount, vat
from extractor.engines.einvoice.cii_names import Names
from extractor.engines.einvoice.codes import UNITS
from extractor.engines.einvoice.tree import find, find_all, first_text, text_of, texts
from extractor.engines.reading import Candidate, CandidateRow

_NOT_BILLED: Final = frozenset({"GROUP", "INFORMATION"})  # subtotals and mere remarks: not in any sum
_CODES: Final = ("SellerAssignedID", "BuyerAssignedID", "GlobalID", "IndustryAssignedID")
_IS_CHARGE: Final = {"true": True, "1": True, "false": False, "0": False}


def read_lines(root: Element, names: Names, *, currency: str | None) -> tuple[CandidateRow, ...]:
    """Return what is billed: the lines, then allowances and charges on the document.

    The last two stand as rows, because they make the rows add up to the net amount
    (EN 16931 BR-CO-13) and because a fee must be found where a contract forbids it.
    Profiles without lines have neither: a few charges alone would pass for all that is billed.
    """
    lines = [_line(line, names, currency=currency) for line in find_all(root, names.line)]
    rows = _rows(lines)
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
    return rows + _rows(charges) + _rows(freight)


def _rows(found: list[dict[str, Candidate | None]]) -> tuple[CandidateRow, ...]:
    present = ({name: cell for name, cell in cells.items() if cell is not None} for cells in found)
    return tuple(CandidateRow(cells=cells) for cells in present if cells)


def _line(line: Element, names: Names, *, currency: str | None) -> dict[str, Candidate | None]:
    if first_text(line, "AssociatedDocumentLineDocument/LineStatusReasonCode") in _NOT_BILLED:
        return {}
    settlement = find(line, names.line_settlement)
    quantity = find(line, f"{names.line_delivery}/BilledQuantity")
    figures = {
        "quantity": _number(text_of(quantity)),
        "unit": None if quantity is None else _unit(quantity.get("unitCode")),
        "unit_price": _unit_price(
            find(line, f"{names.line_agreement}/NetPriceProductTradePrice"), currency=currency
        ),
        "net_amount": amount(settlement, f"{names.line_totals}/LineTotalAmount", currency=currency),
    }
    if all(cell is None for cell in figures.values()):
        return {}  # a heading or a remark between the lines (ZUGFeRD 1)
    tax = vat(settlement)
    return {
        **_product(line),
        **figures,
        "tax_rate": _number(first_text(tax, names.rate)),
        "tax_amount": amount(tax, "CalculatedAmount", currency=currency),
    }


def _product(line: Element) -> dict[str, Candidate | None]:
    product = find(line, "SpecifiedTradeProduct")
    name = _joined(texts(product, "Name"))
    description = _joined(texts(product, "Description"))
    if name is None:
        note = _joined(texts(line, "AssociatedDocumentLineDocument/IncludedNote/Content"))
        name, description = (description or note), None
    code = next((text for tag in _CODES if (text := first_text(product, tag)) is not None), None)
    specification = description or _joined(_characteristics(product), "; ")
    return {
        "description": None if name is None else written(name),
        "specification": None if specification is None else written(specification),
        "product_code": None if code is None else written(code),
    }


def _characteristics(product: Element | None) -> list[str]:
    """Return the properties of the product (BG-32) as "Colour: blue"."""
    found = []
    for characteristic in find_all(product, "ApplicableProductCharacteristic"):
        measure = find(characteristic, "ValueMeasure")
        unit = None if measure is None else measure.get("unitCode")
        value = _joined([*texts(characteristic, "Value")]) or _joined(
            [text for text in (text_of(measure), UNITS.get(unit or "", unit)) if text]
        )
        name = _joined(texts(characteristic, "Description")) or first_text(characteristic, "TypeCode")
        if value is not None:
            found.append(value if name is None else f"{name}: {value}")
    return found


def _unit(code: str | None) -> Candidate | None:
    """Return the readable unit; a code that is not in the list stays as it is."""
    if code is None or not code.strip():
        return None
    code = code.strip()
    readable = UNITS.get(code)
    return written(code) if readable is None else exact(code, readable, is_derived=True)


def _unit_price(price: Element | None, *, currency: str | None) -> Candidate | None:
    """Return the net price of one unit: where it is for a hundred, a hundredth of it."""
    charged = amount(price, "ChargeAmount", currency=currency)
    basis_text = first_text(price, "BasisQuantity")
    basis = None if basis_text is None else parse_decimal(basis_text)
    charge = None if charged is None else parse_decimal(charged.text)
    if charged is None or charge is None or not basis or basis == 1:
        return charged
    return exact(charged.text, charge / basis, is_derived=True)


def _document_charge(charge: Element, names: Names, *, currency: str | None) -> dict[str, Candidate | None]:
    is_charge = _IS_CHARGE.get(first_text(charge, "ChargeIndicator/Indicator") or "")
    billed = amount(charge, "ActualAmount", currency=currency)
    figure = None if billed is None else parse_decimal(billed.text)
    if is_charge is None or billed is None or figure is None:
        return {}
    return {
        "description": _reason(charge, is_charge=is_charge),
        "net_amount": billed if is_charge else exact(billed.text, -figure, is_derived=True),
        "tax_rate": _number(first_text(vat(charge), names.rate)),
    }


def _reason(charge: Element, *, is_charge: bool) -> Candidate:
    """Return what the amount is for; with a code alone or nothing, which of the two it is."""
    reason = first_text(charge, "Reason")
    if reason is not None:
        return written(reason)
    kind = "Charge" if is_charge else "Allowance"
    code = first_text(charge, "ReasonCode")
    return exact(code or "", f"{kind} ({code})" if code else kind, is_derived=True)


def _freight(charge: Element, names: Names, *, currency: str | None) -> dict[str, Candidate | None]:
    description = _joined(texts(charge, "Description"))
    return {
        "description": None if description is None else written(description),
        "net_amount": amount(charge, "AppliedAmount", currency=currency),
        "tax_rate": _number(first_text(vat(charge), names.rate)),
    }


def _number(text: str | None) -> Candidate | None:
    return None if text is None else number(text)


def _joined(found: list[str], separator: str = " ") -> str | None:
    return separator.join(found) or None
