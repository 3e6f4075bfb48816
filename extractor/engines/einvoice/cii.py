"""Read UN/CEFACT Cross Industry Invoices: ZUGFeRD 1, ZUGFeRD 2, Factur-X, XRechnung, any profile."""

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import (
    WrittenAccount,
    accounts,
    day,
    each,
    invoice_type,
    number,
    optional,
    tax_id,
    written,
)
from extractor.engines.einvoice.cii_lines import read_lines
from extractor.engines.einvoice.cii_names import VERSIONS, Names
from extractor.engines.einvoice.money import amount
from extractor.engines.einvoice.parties import address_text, ranked_ids
from extractor.engines.einvoice.rows import Cells, rows_of
from extractor.engines.einvoice.tree import find, find_all, first_text, texts
from extractor.engines.reading import Candidate, Reading
from extractor.values.conventions import Conventions

ROOTS: Final = tuple(VERSIONS)
_TOTALS: Final = {
    "net_amount": "TaxBasisTotalAmount",
    "tax_amount": "TaxTotalAmount",
    "gross_amount": "GrandTotalAmount",
    "amount_due": "DuePayableAmount",
}
_ADDRESS_LINES: Final = ("LineOne", "LineTwo", "LineThree")


def read(root: Element, *, engine: str) -> Reading:
    """Read everything that the invoice fields have a place for."""
    names = VERSIONS[root.tag]
    currency = first_text(root, f"{names.settlement}/InvoiceCurrencyCode")
    candidates = {
        **_header(root, names),
        **_parties(find(root, names.agreement), names),
        **_settlement(root, names),
        **_totals(root, names, currency=currency),
    }
    tables = {
        "tax_breakdown": rows_of(_tax_breakdown(root, names, currency=currency)),
        "line_items": read_lines(root, names, currency=currency),
    }
    return Reading(
        engine=engine,
        candidates={name: found for name, found in candidates.items() if found},
        tables={name: rows for name, rows in tables.items() if rows},
        conventions=Conventions(decimal_mark="."),
    )


def _header(root: Element, names: Names) -> dict[str, tuple[Candidate, ...]]:
    document = find(root, names.document)
    type_code = first_text(document, "TypeCode")
    notes = texts(document, "IncludedNote/Content")
    return {
        "invoice_type": () if type_code is None else (invoice_type(type_code),),
        "invoice_number": each(texts(document, "ID"), written),
        "issue_date": each(texts(document, "IssueDateTime"), day),
        "remarks": each(["\n".join(notes)] if notes else [], written),
    }


def _parties(agreement: Element | None, names: Names) -> dict[str, tuple[Candidate, ...]]:
    seller = find(agreement, "SellerTradeParty")
    buyer = find(agreement, "BuyerTradeParty")
    orders = texts(agreement, f"BuyerOrderReferencedDocument/{names.reference_id}")
    contracts = texts(agreement, f"ContractReferencedDocument/{names.reference_id}")
    return {
        "seller_name": each(texts(seller, "Name"), written),
        "seller_tax_id": each(_tax_ids(seller), tax_id),
        "seller_address": each(_address(find(seller, "PostalTradeAddress")), written),
        "buyer_name": each(texts(buyer, "Name"), written),
        "buyer_tax_id": each(_tax_ids(buyer), tax_id),
        "purchase_order_number": each(orders, written),
        "contract_number": each(contracts, written),
    }


def _tax_ids(party: Element | None) -> list[str]:
    """Return the VAT number (scheme VA), then others, last the local tax number (FC)."""
    found = [
        (element.get("schemeID", "").upper(), text)
        for element in find_all(party, "SpecifiedTaxRegistration/ID")
        if (text := (element.text or "").strip())
    ]
    return ranked_ids(found, {"VA": 0, "FC": 2})


def _address(address: Element | None) -> list[str]:
    return address_text(
        (first_text(address, name) for name in _ADDRESS_LINES),
        postcode=first_text(address, "PostcodeCode"),
        city=first_text(address, "CityName"),
        region=first_text(address, "CountrySubDivisionName"),
        country=first_text(address, "CountryID"),
    )


def _settlement(root: Element, names: Names) -> dict[str, tuple[Candidate, ...]]:
    settlement = find(root, names.settlement)
    terms = texts(settlement, "SpecifiedTradePaymentTerms/Description")
    return {
        "currency": each(texts(settlement, "InvoiceCurrencyCode")[:1], written),
        "due_date": each(texts(settlement, "SpecifiedTradePaymentTerms/DueDateDateTime"), day),
        "payment_terms": each(["\n".join(terms)] if terms else [], written),
        "seller_bank_account": tuple(accounts(_accounts(settlement))),
    }


def _accounts(settlement: Element | None) -> Iterator[WrittenAccount]:
    """Yield the seller's accounts, as ordered in the invoice."""
    for means in find_all(settlement, "SpecifiedTradeSettlementPaymentMeans"):
        payee = find(means, "PayeePartyCreditorFinancialAccount")
        institution = find(means, "PayeeSpecifiedCreditorFinancialInstitution")
        yield WrittenAccount(
            number=first_text(payee, "IBANID") or first_text(payee, "ProprietaryID"),
            bic=first_text(institution, "BICID"),
            bank=first_text(institution, "Name"),
        )


def _totals(root: Element, names: Names, *, currency: str | None) -> dict[str, tuple[Candidate, ...]]:
    settlement = find(root, names.settlement)
    totals = find(settlement, names.totals)
    accounting = first_text(settlement, "TaxCurrencyCode")
    found = {
        name: amount(totals, path, currency=currency, other=accounting) for name, path in _TOTALS.items()
    }
    return {name: (candidate,) for name, candidate in found.items() if candidate is not None}


def _tax_breakdown(root: Element, names: Names, *, currency: str | None) -> Iterator[Cells]:
    for tax in find_all(root, f"{names.settlement}/ApplicableTradeTax"):
        cells = {
            "rate": optional(first_text(tax, names.rate), number),
            "base": amount(tax, "BasisAmount", currency=currency),
            "tax": amount(tax, "CalculatedAmount", currency=currency),
        }
        yield cells
