"""Write an invoice as UBL 2.1 (OASIS, ISO/IEC 19845): an Invoice, or a CreditNote.

Only what the result says is written. What the schemas require and the result lacks is told, never
made up, and so no profile (Peppol BIS, XRechnung) is claimed: they ask for more than a page shows.
Two things follow by rule. What is to be paid is the gross amount where no amount due is printed;
and a credit note that is printed with negative amounts is written with positive ones, as UBL's are.
Which element says what is that of CEN/TS 16931-3-2. Elements stand in the order of the schemas.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as gb_vat

from extractor.delivery.encoded import Encoded, members_of, rows_of, value_of
from extractor.engines.einvoice.codes import UNITS
from extractor.errors import ExportIncomplete
from extractor.values.units import canonical_unit

_SCHEMAS: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_CAC: Final = f"{_SCHEMAS}CommonAggregateComponents-2"
_CBC: Final = f"{_SCHEMAS}CommonBasicComponents-2"
_REQUIRED: Final = ("invoice_number", "issue_date", "currency", "seller_name", "buyer_name")
_TYPE_CODES: Final = MappingProxyType(  # UNTDID 1001; other types have none there
    {"commercial": "380", "partial": "326", "proforma": "325", "prepayment": "386", "credit_note": "381"}
)
_CREDIT_NOTE: Final = "credit_note"
_NO_INSTRUMENT: Final = "1"  # UNTDID 4461: how it is paid is not said
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_ubl(result: Encoded) -> bytes:
    """Return the result of an invoice as UBL 2.1 in UTF-8.

    Raises:
        ExportIncomplete: UBL requires what the invoice lacks.
    """
    missing = list(_missing(result))
    if missing:
        raise ExportIncomplete(f"UBL requires what this result lacks: {', '.join(missing)}")
    root = _Writer(result).document()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _missing(result: Encoded) -> Iterator[str]:
    yield from (name for name in _REQUIRED if value_of(result, name) is None)
    if _payable(result) is None:
        yield "amount_due or gross_amount"
    lines = rows_of(result, "line_items")
    if not lines:
        yield "line_items"
    for number, line in enumerate(lines):
        if line.get("net_amount") is None:
            yield f"line_items[{number}].net_amount"
        if line.get("description") is None:
            yield f"line_items[{number}].description"


def _payable(result: Encoded) -> str | None:
    return value_of(result, "amount_due") or value_of(result, "gross_amount")


class _Writer:
    """Each method makes one element with all in it; None and elements without anything are left out."""

    def __init__(self, result: Encoded) -> None:
        self._result = result
        self._currency = self._value("currency") or ""
        self._is_credit_note = self._value("invoice_type") == _CREDIT_NOTE
        self._is_negated = self._is_credit_note and Decimal(_payable(result) or 0) < 0
        self._scheme = "VAT" if _is_vat_id(self._value("seller_tax_id")) else "TAX"

    def document(self) -> Element:
        kind = "CreditNote" if self._is_credit_note else "Invoice"
        code = _TYPE_CODES.get(self._value("invoice_type") or "")
        prefixes = {"ubl": f"{_SCHEMAS}{kind}-2", "cac": _CAC, "cbc": _CBC}
        root = etree.Element(f"{{{_SCHEMAS}{kind}-2}}{kind}", nsmap=prefixes)
        _fill(
            root,
            _text("UBLVersionID", "2.1"),
            _text("ID", self._value("invoice_number")),
            _text("IssueDate", self._value("issue_date")),
            None if self._is_credit_note else _text("DueDate", self._value("due_date")),
            _text(f"{kind}TypeCode", code),
            _text("Note", self._value("remarks")),
            _text("DocumentCurrencyCode", self._currency),
            _group("OrderReference", _text("ID", self._value("purchase_order_number"))),
            _group("ContractDocumentReference", _text("ID", self._value("contract_number"))),
            _group("AccountingSupplierParty", self._party("seller")),
            _group("AccountingCustomerParty", self._party("buyer")),
            self._payment_means(),
            self._payment_terms(),
            self._tax_total(),
            self._totals(),
            *(self._line(number, line) for number, line in enumerate(rows_of(self._result, "line_items"), 1)),
        )
        return root

    def _value(self, field: str) -> str | None:
        return value_of(self._result, field)

    def _party(self, side: str) -> Element | None:
        address = (self._value(f"{side}_address") or "").splitlines()
        tax_id = self._value(f"{side}_tax_id")
        scheme = "VAT" if _is_vat_id(tax_id) else "TAX"
        return _group(
            "Party",
            _group("PostalAddress", *(_group("AddressLine", _text("Line", line)) for line in address)),
            _group("PartyTaxScheme", _text("CompanyID", tax_id), _tax_scheme(scheme)) if tax_id else None,
            _group("PartyLegalEntity", _text("RegistrationName", self._value(f"{side}_name"))),
        )

    def _payment_means(self) -> Element | None:
        account = members_of(self._result, "seller_bank_account")
        number = account.get("account")
        if number is None:
            return None
        branch = _group(
            "FinancialInstitutionBranch", _text("ID", account.get("bic")), _text("Name", account.get("bank"))
        )
        return _group(
            "PaymentMeans",
            _text("PaymentMeansCode", _NO_INSTRUMENT),
            _group("PayeeFinancialAccount", _text("ID", number), branch),
        )

    def _payment_terms(self) -> Element | None:
        due = self._value("due_date") if self._is_credit_note else None  # it has no element of its own there
        return _group(
            "PaymentTerms", _text("Note", self._value("payment_terms")), _text("PaymentDueDate", due)
        )

    def _tax_total(self) -> Element | None:
        tax = self._value("tax_amount")
        if tax is None:
            return None
        rows = rows_of(self._result, "tax_breakdown")
        return _group("TaxTotal", self._amount("TaxAmount", tax), *map(self._tax_subtotal, rows))

    def _tax_subtotal(self, row: Mapping[str, str | None]) -> Element | None:
        if row.get("tax") is None:
            return None
        return _group(
            "TaxSubtotal",
            self._amount("TaxableAmount", row.get("base")),
            self._amount("TaxAmount", row.get("tax")),
            _group("TaxCategory", _text("Percent", row.get("rate")), _tax_scheme(self._scheme)),
        )

    def _totals(self) -> Element | None:
        return _group(
            "LegalMonetaryTotal",
            self._amount("TaxExclusiveAmount", self._value("net_amount")),
            self._amount("TaxInclusiveAmount", self._value("gross_amount")),
            self._amount("PayableAmount", _payable(self._result)),
        )

    def _line(self, number: int, line: Mapping[str, str | None]) -> Element | None:
        quantity, price = line.get("quantity"), line.get("unit_price")
        if self._is_negated:
            quantity, price = _of_positive(quantity, price)
        measured = "CreditedQuantity" if self._is_credit_note else "InvoicedQuantity"
        rate, tax = line.get("tax_rate"), line.get("tax_amount")
        return _group(
            "CreditNoteLine" if self._is_credit_note else "InvoiceLine",
            _text("ID", str(number)),
            _text(measured, quantity, unitCode=_unit_code(line.get("unit"))),
            self._amount("LineExtensionAmount", line.get("net_amount")),
            _group("TaxTotal", self._amount("TaxAmount", tax)),
            _group(
                "Item",
                _text("Description", line.get("specification")),
                _text("Name", line.get("description")),
                _group("SellersItemIdentification", _text("ID", line.get("product_code"))),
                _group("ClassifiedTaxCategory", _text("Percent", rate), _tax_scheme(self._scheme))
                if rate
                else None,
            ),
            _group("Price", self._price(price)),
        )

    def _amount(self, name: str, value: str | None) -> Element | None:
        stated = _negated(value) if value is not None and self._is_negated else value
        return _text(name, stated, currencyID=self._currency)

    def _price(self, value: str | None) -> Element | None:
        return _text("PriceAmount", value, currencyID=self._currency)


def _of_positive(quantity: str | None, price: str | None) -> tuple[str | None, str | None]:
    """Return quantity and price of a line whose amount is negated: one of them was negative."""
    if quantity is not None and Decimal(quantity) < 0:
        return _negated(quantity), price
    if price is not None and Decimal(price) < 0:
        return quantity, _negated(price)
    return quantity, price


def _negated(value: str) -> str:
    return format(-Decimal(value), "f")


def _is_vat_id(tax_id: str | None) -> bool:
    return tax_id is not None and bool(eu_vat.is_valid(tax_id) or gb_vat.is_valid(tax_id))


def _unit_code(unit: str | None) -> str | None:
    """Return the code of a unit as printed; one that has none is left out."""
    return None if unit is None else _UNIT_CODES.get(canonical_unit(unit))


def _tax_scheme(name: str) -> Element | None:
    return _group("TaxScheme", _text("ID", name))


def _text(name: str, value: str | None, **attributes: str | None) -> Element | None:
    if not value:
        return None
    element = etree.Element(f"{{{_CBC}}}{name}")
    element.text = _NOT_XML.sub(" ", value)
    for key, said in attributes.items():
        if said:
            element.set(key, said)
    return element


def _group(name: str, *children: Element | None) -> Element | None:
    element = etree.Element(f"{{{_CAC}}}{name}")
    _fill(element, *children)
    return element if len(element) else None


def _fill(element: Element, *children: Element | None) -> None:
    element.extend(child for child in children if child is not None)


def _first_codes() -> Mapping[str, str]:
    """Return for each unit the first code that means it (UN/ECE Recommendation 20 and 21)."""
    found: dict[str, str] = {}
    for code, unit in UNITS.items():
        found.setdefault(unit, code)
    return MappingProxyType(found)


_UNIT_CODES: Final = _first_codes()
