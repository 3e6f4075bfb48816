"""Read UN/CEFACT Cross Industry Invoices: ZUGFeRD 1, ZUGFeRD 2, Factur-X, XRechnung, any profile."""

from collections.abc import Callable, Iterator
from typing import Final

from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import (
    SECOND_CHOICE,
    account,
    day,
    exact,
    number,
    tax_id,
    written,
)
from extractor.engines.einvoice.cii_lines import read_lines
from extractor.engines.einvoice.cii_money import amount
from extractor.engines.einvoice.cii_names import VERSIONS, Names
from extractor.engines.einvoice.codes import INVOICE_TYPES
from extractor.engines.einvoice.tree import find, find_all, first_text, texts
from extractor.engines.reading import Candidate, CandidateRow, Reading
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
        "tax_breakdown": tuple(_tax_breakdown(root, names, currency=currency)),
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
        "invoice_type": () if type_code is None else (_invoice_type(type_code),),
        "invoice_number": _each(texts(document, "ID"), written),
        "issue_date": _each(texts(document, "IssueDateTime"), day),
        "remarks": _each(["\n".join(notes)] if notes else [], written),
    }


def _invoice_type(code: str) -> Candidate:
    meaning = INVOICE_TYPES.get(code)
    return exact(code, meaning, is_derived=meaning is not None)


def _parties(agreement: Element | None, names: Names) -> dict[str, tuple[Candidate, ...]]:
    seller = find(agreement, "SellerTradeParty")
    buyer = find(agreement, "BuyerTradeParty")
    orders = texts(agreement, f"BuyerOrderReferencedDocument/{names.reference_id}")
    contracts = texts(agreement, f"ContractReferencedDocument/{names.reference_id}")
    return {
        "seller_name": _each(texts(seller, "Name"), written),
        "seller_tax_id": _each(_tax_ids(seller), tax_id),
        "seller_address": _each(_address(find(seller, "PostalTradeAddress")), written),
        "buyer_name": _each(texts(buyer, "Name"), written),
        "buyer_tax_id": _each(_tax_ids(buyer), tax_id),
        "purchase_order_number": _each(orders, written),
        "contract_number": _each(contracts, written),
    }


def _tax_ids(party: Element | None) -> list[str]:
    """Return the VAT number (scheme VA), then others, last the local tax number (FC)."""
    found = [
        (element.get("schemeID", "").upper(), text)
        for element in find_all(party, "SpecifiedTaxRegistration/ID")
        if (text := (element.text or "").strip())
    ]
    rank = {"VA": 0, "FC": 2}
    return [text for _, text in sorted(found, key=lambda pair: rank.get(pair[0], 1))]


def _address(address: Element | None) -> list[str]:
    """Return one line, the parts in postal order. A country alone is no address."""
    lines = [text for name in _ADDRESS_LINES if (text := first_text(address, name))]
    place = " ".join(text for name in ("PostcodeCode", "CityName") if (text := first_text(address, name)))
    region = first_text(address, "CountrySubDivisionName")
    known = [part for part in (*lines, place, region) if part]
    country = first_text(address, "CountryID")
    return [", ".join([*known, country] if country else known)] if known else []


def _settlement(root: Element, names: Names) -> dict[str, tuple[Candidate, ...]]:
    settlement = find(root, names.settlement)
    terms = texts(settlement, "SpecifiedTradePaymentTerms/Description")
    return {
        "currency": _each(texts(settlement, "InvoiceCurrencyCode")[:1], written),
        "due_date": _each(texts(settlement, "SpecifiedTradePaymentTerms/DueDateDateTime"), day),
        "payment_terms": _each(["\n".join(terms)] if terms else [], written),
        "seller_bank_account": tuple(_accounts(settlement)),
    }


def _accounts(settlement: Element | None) -> Iterator[Candidate]:
    """Yield the seller's accounts, as ordered in the invoice, each once."""
    seen: set[str] = set()
    for means in find_all(settlement, "SpecifiedTradeSettlementPaymentMeans"):
        payee = find(means, "PayeePartyCreditorFinancialAccount")
        institution = find(means, "PayeeSpecifiedCreditorFinancialInstitution")
        candidate = account(
            first_text(payee, "IBANID") or first_text(payee, "ProprietaryID"),
            bic=first_text(institution, "BICID"),
            bank=first_text(institution, "Name"),
            score=SECOND_CHOICE if seen else 1.0,
        )
        if candidate is not None and candidate.text not in seen:
            seen.add(candidate.text)
            yield candidate


def _totals(root: Element, names: Names, *, currency: str | None) -> dict[str, tuple[Candidate, ...]]:
    settlement = find(root, names.settlement)
    totals = find(settlement, names.totals)
    accounting = first_text(settlement, "TaxCurrencyCode")
    found = {
        name: amount(totals, path, currency=currency, other=accounting) for name, path in _TOTALS.items()
    }
    return {name: (candidate,) for name, candidate in found.items() if candidate is not None}


def _tax_breakdown(root: Element, names: Names, *, currency: str | None) -> Iterator[CandidateRow]:
    for tax in find_all(root, f"{names.settlement}/ApplicableTradeTax"):
        rate = first_text(tax, names.rate)
        cells = {
            "rate": None if rate is None else number(rate),
            "base": amount(tax, "BasisAmount", currency=currency),
            "tax": amount(tax, "CalculatedAmount", currency=currency),
        }
        present = {name: cell for name, cell in cells.items() if cell is not None}
        if present:
            yield CandidateRow(cells=present)


def _each(found: list[str], make: Callable[[str], Candidate]) -> tuple[Candidate, ...]:
    """Return one candidate a text; what comes first is preferred."""
    distinct = list(dict.fromkeys(found))
    first = [make(text) for text in distinct[:1]]
    others = [_second_choice(make(text)) for text in distinct[1:]]
    return (*first, *others)


def _second_choice(candidate: Candidate) -> Candidate:
    return exact(candidate.text, candidate.value, is_derived=candidate.is_derived, score=SECOND_CHOICE)
