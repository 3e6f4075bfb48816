"""Write a record as a UBL 2.1 Invoice or CreditNote: Peppol BIS Billing 3, XRechnung or plain.

Elements stand in the order that the schemas ask for. Amounts, sums and rates are written as
the record states them. Addresses in the Peppol network are no values of a record, and left out.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from lxml.etree import _Element as Element

from synthesis.einvoice_codes import TYPE_CODES
from synthesis.record import Account, Address, Allowance, InvoiceRecord, Line, TaxRow
from synthesis.ubl_flavours import FACTS, Flavour, FlavourFacts, carried
from synthesis.xml_elements import XmlElements, encoded

_SCHEMAS: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_ZERO: Final = Decimal(0)


def write(record: InvoiceRecord, flavour: Flavour) -> bytes:
    """Return the XML, UTF-8. A credit note gets a root of its own.

    Raises:
        KeyError: the record's invoice type has no document type code.
    """
    writer = _Writer(FACTS[flavour], record)
    return encoded(writer.document(carried(record, flavour)))


class _Writer:
    """Each method makes one element with all in it."""

    def __init__(self, facts: FlavourFacts, record: InvoiceRecord) -> None:
        self._facts = facts
        self._currency = record.currency
        self._is_credit_note = record.invoice_type == "credit_note"
        self._root = "CreditNote" if self._is_credit_note else "Invoice"
        self._make = XmlElements(
            {
                "ubl": f"{_SCHEMAS}{self._root}-2",
                "cac": f"{_SCHEMAS}CommonAggregateComponents-2",
                "cbc": f"{_SCHEMAS}CommonBasicComponents-2",
            }
        )

    def document(self, record: InvoiceRecord) -> Element:
        text = self._make.text
        return self._make.make(
            f"ubl:{self._root}",
            text("cbc:CustomizationID", self._facts.customization),
            text("cbc:ProfileID", self._facts.process),
            text("cbc:ID", record.invoice_number),
            self._day("cbc:IssueDate", record.issue_date),
            None if self._is_credit_note else self._day("cbc:DueDate", record.due_date),
            text(f"cbc:{self._root}TypeCode", TYPE_CODES[record.invoice_type]),
            text("cbc:Note", record.remarks),
            text("cbc:DocumentCurrencyCode", record.currency),
            text("cbc:BuyerReference", record.buyer_reference),
            self._reference("cac:OrderReference", record.purchase_order_number),
            self._reference("cac:ContractDocumentReference", record.contract_number),
            self._party(
                "cac:AccountingSupplierParty",
                record.seller_name,
                record.seller_address,
                record.seller_tax_id,
            ),
            self._party(
                "cac:AccountingCustomerParty", record.buyer_name, record.buyer_address, record.buyer_tax_id
            ),
            self._make.wrapped("cac:Delivery", self._day("cbc:ActualDeliveryDate", record.delivery_date)),
            self._payment(record),
            self._make.wrapped("cac:PaymentTerms", text("cbc:Note", record.payment_terms)),
            *(self._allowance(allowance) for allowance in record.allowances),
            self._taxes(record),
            self._totals(record),
            *(self._line(number, line) for number, line in enumerate(record.line_items, start=1)),
        )

    def _reference(self, name: str, number: str | None) -> Element | None:
        return self._make.wrapped(name, self._make.text("cbc:ID", number))

    def _party(self, name: str, party: str, address: Address | None, tax_id: str | None) -> Element:
        make, text = self._make.make, self._make.text
        return make(
            name,
            make(
                "cac:Party",
                None if address is None else self._address(address),
                None
                if tax_id is None
                else make("cac:PartyTaxScheme", text("cbc:CompanyID", tax_id), self._scheme()),
                make("cac:PartyLegalEntity", text("cbc:RegistrationName", party)),
            ),
        )

    def _address(self, address: Address) -> Element:
        text = self._make.text
        street, additional, *more = (*address.lines, None, None)
        return self._make.make(
            "cac:PostalAddress",
            text("cbc:StreetName", street),
            text("cbc:AdditionalStreetName", additional),
            text("cbc:CityName", address.city),
            text("cbc:PostalZone", address.postcode),
            *(self._make.wrapped("cac:AddressLine", text("cbc:Line", line)) for line in more),
            self._make.wrapped("cac:Country", text("cbc:IdentificationCode", address.country)),
        )

    def _payment(self, record: InvoiceRecord) -> Element | None:
        account = record.seller_bank_account
        due = record.due_date if self._is_credit_note else None
        if account is None and due is None:
            return None
        return self._make.make(
            "cac:PaymentMeans",
            self._make.text("cbc:PaymentMeansCode", _means_code(account)),
            self._day("cbc:PaymentDueDate", due),
            None if account is None else self._account(account),
        )

    def _account(self, account: Account) -> Element:
        text, wrapped = self._make.text, self._make.wrapped
        return self._make.make(
            "cac:PayeeFinancialAccount",
            text("cbc:ID", account.account),
            wrapped(
                "cac:FinancialInstitutionBranch",
                text("cbc:ID", account.bic),
                wrapped("cac:FinancialInstitution", text("cbc:Name", account.bank)),
            ),
        )

    def _allowance(self, allowance: Allowance) -> Element:
        text = self._make.text
        return self._make.make(
            "cac:AllowanceCharge",
            text("cbc:ChargeIndicator", "true" if allowance.is_charge else "false"),
            text("cbc:AllowanceChargeReason", allowance.reason),
            self._amount("cbc:Amount", allowance.amount),
            self._category("cac:TaxCategory", allowance.tax_rate),
        )

    def _taxes(self, record: InvoiceRecord) -> Element:
        return self._make.make(
            "cac:TaxTotal",
            self._amount("cbc:TaxAmount", record.tax_amount),
            *(self._tax_row(row) for row in record.tax_breakdown),
        )

    def _tax_row(self, row: TaxRow) -> Element:
        return self._make.make(
            "cac:TaxSubtotal",
            self._amount("cbc:TaxableAmount", row.base),
            self._amount("cbc:TaxAmount", row.tax),
            self._category("cac:TaxCategory", row.rate),
        )

    def _category(self, name: str, rate: Decimal) -> Element:
        return self._make.make(
            name,
            self._make.text("cbc:ID", "S" if rate else "Z"),
            self._make.number("cbc:Percent", rate),
            self._scheme(),
        )

    def _scheme(self) -> Element:
        return self._make.make("cac:TaxScheme", self._make.text("cbc:ID", "VAT"))

    def _totals(self, record: InvoiceRecord) -> Element:
        charges = sum((one.amount for one in record.allowances if one.is_charge), _ZERO)
        allowances = sum((one.amount for one in record.allowances if not one.is_charge), _ZERO)
        amount = self._amount
        return self._make.make(
            "cac:LegalMonetaryTotal",
            amount("cbc:LineExtensionAmount", record.net_amount + allowances - charges),
            amount("cbc:TaxExclusiveAmount", record.net_amount),
            amount("cbc:TaxInclusiveAmount", record.gross_amount),
            amount("cbc:AllowanceTotalAmount", allowances),
            amount("cbc:ChargeTotalAmount", charges),
            amount("cbc:PrepaidAmount", record.prepaid_amount),
            amount("cbc:PayableAmount", record.amount_due),
        )

    def _line(self, number: int, line: Line) -> Element:
        make, text, wrapped = self._make.make, self._make.text, self._make.wrapped
        quantity = "cbc:CreditedQuantity" if self._is_credit_note else "cbc:InvoicedQuantity"
        return make(
            f"cac:{self._root}Line",
            text("cbc:ID", str(number)),
            self._make.number(quantity, line.quantity, unitCode=line.unit_code),
            self._amount("cbc:LineExtensionAmount", line.net_amount),
            wrapped("cac:TaxTotal", self._amount("cbc:TaxAmount", line.tax_amount)),
            make(
                "cac:Item",
                text("cbc:Description", line.specification),
                text("cbc:Name", line.description),
                wrapped("cac:SellersItemIdentification", text("cbc:ID", line.product_code)),
                self._category("cac:ClassifiedTaxCategory", line.tax_rate),
            ),
            make("cac:Price", self._amount("cbc:PriceAmount", line.unit_price)),
        )

    def _amount(self, name: str, amount: Decimal | None) -> Element | None:
        return self._make.number(name, amount, currencyID=self._currency)

    def _day(self, name: str, day: date | None) -> Element | None:
        return None if day is None else self._make.text(name, day.isoformat())


def _means_code(account: Account | None) -> str:
    """Return the code of UNTDID 4461: SEPA or other credit transfer, or 1 where nothing is known."""
    if account is None:
        return "1"
    return "58" if account.account[:2].isalpha() else "30"
