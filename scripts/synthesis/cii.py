"""Write a record as a CII invoice: ZUGFeRD 1, Factur-X / ZUGFeRD 2 or XRechnung, in any profile.

Elements stand in the order that the schemas ask for. What a profile does not carry is
left out. Amounts, sums and rates are written as the record states them.
"""

from decimal import Decimal
from typing import Final

from lxml.etree import _Element as Element

from synthesis.cii_elements import Elements
from synthesis.cii_profiles import FACTS, Profile, ProfileFacts, carried
from synthesis.einvoice_codes import TYPE_CODES
from synthesis.record import Account, Address, Allowance, InvoiceRecord, Line, TaxRow
from synthesis.xml_elements import encoded

_ZERO: Final = Decimal(0)
_XRECHNUNG_PROCESS: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"


def write(record: InvoiceRecord, profile: Profile) -> bytes:
    """Return the XML, UTF-8.

    Raises:
        KeyError: the record's invoice type has no document type code.
    """
    facts = FACTS[profile]
    return encoded(_Writer(facts, record.currency).invoice(carried(record, profile)))


class _Writer:
    """Knows what each version calls a thing; each method makes one element with all in it."""

    def __init__(self, facts: ProfileFacts, currency: str) -> None:
        self._facts = facts
        self._is_1 = facts.version == 1
        self._make = Elements(facts.version)
        self._currency = currency

    def invoice(self, record: InvoiceRecord) -> Element:
        make = self._make.make
        lines = [self._line(number, line) for number, line in enumerate(record.line_items, start=1)]
        header = [self._agreement(record), self._delivery(record), self._settlement(record)]
        if self._is_1:
            trade = make("rsm:SpecifiedSupplyChainTradeTransaction", *header, *lines)
            return make("rsm:CrossIndustryDocument", self._context(), self._document(record), trade)
        trade = make("rsm:SupplyChainTradeTransaction", *lines, *header)
        return make("rsm:CrossIndustryInvoice", self._context(), self._document(record), trade)

    def _context(self) -> Element:
        make, text = self._make.make, self._make.text
        process = text("ram:ID", _XRECHNUNG_PROCESS if self._facts.conformance == "XRECHNUNG" else None)
        return make(
            self._named("rsm:SpecifiedExchangedDocumentContext", "rsm:ExchangedDocumentContext"),
            self._make.wrapped("ram:BusinessProcessSpecifiedDocumentContextParameter", process),
            make(
                "ram:GuidelineSpecifiedDocumentContextParameter",
                text("ram:ID", self._facts.guideline),
            ),
        )

    def _document(self, record: InvoiceRecord) -> Element:
        text = self._make.text
        return self._make.make(
            self._named("rsm:HeaderExchangedDocument", "rsm:ExchangedDocument"),
            text("ram:ID", record.invoice_number),
            text("ram:Name", "RECHNUNG") if self._is_1 else None,
            text("ram:TypeCode", TYPE_CODES[record.invoice_type]),
            self._make.day("ram:IssueDateTime", record.issue_date),
            self._make.wrapped("ram:IncludedNote", text("ram:Content", record.remarks)),
        )

    def _agreement(self, record: InvoiceRecord) -> Element:
        return self._make.make(
            self._named("ram:ApplicableSupplyChainTradeAgreement", "ram:ApplicableHeaderTradeAgreement"),
            self._make.text("ram:BuyerReference", record.buyer_reference),
            self._party(
                "ram:SellerTradeParty", record.seller_name, record.seller_address, record.seller_tax_id
            ),
            self._party("ram:BuyerTradeParty", record.buyer_name, record.buyer_address, record.buyer_tax_id),
            self._reference("ram:BuyerOrderReferencedDocument", record.purchase_order_number),
            self._reference("ram:ContractReferencedDocument", record.contract_number),
        )

    def _party(self, name: str, party: str, address: Address | None, tax_id: str | None) -> Element:
        return self._make.make(
            name,
            self._make.text("ram:Name", party),
            None if address is None else self._address(address),
            self._make.wrapped(
                "ram:SpecifiedTaxRegistration", self._make.text("ram:ID", tax_id, schemeID="VA")
            ),
        )

    def _address(self, address: Address) -> Element:
        text = self._make.text
        return self._make.make(
            "ram:PostalTradeAddress",
            text("ram:PostcodeCode", address.postcode),
            *(
                text(name, line)
                for name, line in zip(
                    ("ram:LineOne", "ram:LineTwo", "ram:LineThree"), address.lines, strict=False
                )
            ),
            text("ram:CityName", address.city),
            text("ram:CountryID", address.country),
        )

    def _reference(self, name: str, number: str | None) -> Element | None:
        return self._make.wrapped(
            name, self._make.text(self._named("ram:ID", "ram:IssuerAssignedID"), number)
        )

    def _delivery(self, record: InvoiceRecord) -> Element:
        return self._make.make(
            self._named("ram:ApplicableSupplyChainTradeDelivery", "ram:ApplicableHeaderTradeDelivery"),
            self._make.wrapped(
                "ram:ActualDeliverySupplyChainEvent",
                self._make.day("ram:OccurrenceDateTime", record.delivery_date),
            ),
        )

    def _settlement(self, record: InvoiceRecord) -> Element:
        text = self._make.text
        return self._make.make(
            self._named("ram:ApplicableSupplyChainTradeSettlement", "ram:ApplicableHeaderTradeSettlement"),
            text("ram:InvoiceCurrencyCode", record.currency),
            None if record.seller_bank_account is None else self._payment(record.seller_bank_account),
            *(self._tax_row(row) for row in record.tax_breakdown),
            *(self._allowance(allowance) for allowance in record.allowances),
            self._make.wrapped(
                "ram:SpecifiedTradePaymentTerms",
                text("ram:Description", record.payment_terms),
                self._make.day("ram:DueDateDateTime", record.due_date),
            ),
            self._totals(record),
        )

    def _payment(self, account: Account) -> Element:
        text = self._make.text
        is_iban = account.account[:2].isalpha()
        return self._make.make(
            "ram:SpecifiedTradeSettlementPaymentMeans",
            text("ram:TypeCode", "58" if is_iban else "30"),
            self._make.make(
                "ram:PayeePartyCreditorFinancialAccount",
                text("ram:IBANID" if is_iban else "ram:ProprietaryID", account.account),
            ),
            self._make.wrapped(
                "ram:PayeeSpecifiedCreditorFinancialInstitution",
                text("ram:BICID", account.bic),
                text("ram:Name", account.bank),
            ),
        )

    def _tax_row(self, row: TaxRow) -> Element:
        return self._make.make(
            "ram:ApplicableTradeTax",
            self._amount("ram:CalculatedAmount", row.tax),
            self._make.text("ram:TypeCode", "VAT"),
            self._amount("ram:BasisAmount", row.base),
            *self._category(row.rate),
        )

    def _category(self, rate: Decimal) -> tuple[Element | None, ...]:
        return (
            self._make.text("ram:CategoryCode", "S" if rate else "Z"),
            self._make.number(self._named("ram:ApplicablePercent", "ram:RateApplicablePercent"), rate),
        )

    def _allowance(self, allowance: Allowance) -> Element:
        return self._make.make(
            "ram:SpecifiedTradeAllowanceCharge",
            self._make.flag("ram:ChargeIndicator", is_true=allowance.is_charge),
            self._amount("ram:ActualAmount", allowance.amount),
            self._make.text("ram:Reason", allowance.reason),
            self._make.make(
                "ram:CategoryTradeTax",
                self._make.text("ram:TypeCode", "VAT"),
                *self._category(allowance.tax_rate),
            ),
        )

    def _totals(self, record: InvoiceRecord) -> Element:
        charges = sum((one.amount for one in record.allowances if one.is_charge), _ZERO)
        allowances = sum((one.amount for one in record.allowances if not one.is_charge), _ZERO)
        has_lines = "tax_breakdown" in self._facts.carries  # the minimum has totals only
        amount = self._amount
        return self._make.make(
            self._named(
                "ram:SpecifiedTradeSettlementMonetarySummation",
                "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
            ),
            amount("ram:LineTotalAmount", record.net_amount + allowances - charges if has_lines else None),
            amount("ram:ChargeTotalAmount", charges if has_lines else None),
            amount("ram:AllowanceTotalAmount", allowances if has_lines else None),
            amount("ram:TaxBasisTotalAmount", record.net_amount),
            self._make.amount("ram:TaxTotalAmount", record.tax_amount, self._currency, is_marked=True),
            amount("ram:GrandTotalAmount", record.gross_amount),
            amount("ram:TotalPrepaidAmount", record.prepaid_amount),
            amount("ram:DuePayableAmount", record.amount_due),
        )

    def _line(self, number: int, line: Line) -> Element:
        make, text = self._make.make, self._make.text
        position = make("ram:AssociatedDocumentLineDocument", text("ram:LineID", str(number)))
        product = make(
            "ram:SpecifiedTradeProduct",
            text("ram:SellerAssignedID", line.product_code),
            text("ram:Name", line.description),
            text("ram:Description", line.specification),
        )
        trade = (
            make(
                self._named("ram:SpecifiedSupplyChainTradeAgreement", "ram:SpecifiedLineTradeAgreement"),
                make("ram:NetPriceProductTradePrice", self._amount("ram:ChargeAmount", line.unit_price)),
            ),
            make(
                self._named("ram:SpecifiedSupplyChainTradeDelivery", "ram:SpecifiedLineTradeDelivery"),
                self._make.number("ram:BilledQuantity", line.quantity, unitCode=line.unit_code),
            ),
            self._line_settlement(line),
        )
        parts = (position, *trade, product) if self._is_1 else (position, product, *trade)
        return make("ram:IncludedSupplyChainTradeLineItem", *parts)

    def _line_settlement(self, line: Line) -> Element:
        return self._make.make(
            self._named("ram:SpecifiedSupplyChainTradeSettlement", "ram:SpecifiedLineTradeSettlement"),
            self._make.make(
                "ram:ApplicableTradeTax",
                self._amount("ram:CalculatedAmount", line.tax_amount),
                self._make.text("ram:TypeCode", "VAT"),
                *self._category(line.tax_rate),
            ),
            self._make.make(
                self._named(
                    "ram:SpecifiedTradeSettlementMonetarySummation",
                    "ram:SpecifiedTradeSettlementLineMonetarySummation",
                ),
                self._amount("ram:LineTotalAmount", line.net_amount),
            ),
        )

    def _amount(self, name: str, amount: Decimal | None) -> Element | None:
        return self._make.amount(name, amount, self._currency)

    def _named(self, in_version_1: str, in_version_2: str) -> str:
        return in_version_1 if self._is_1 else in_version_2
