"""Read UBL 2.1 invoices and credit notes: Peppol BIS Billing 3, XRechnung, and UBL without either.

The binding of EN 16931's terms to elements is that of CEN/TS 16931-3-2.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import (
    day,
    each,
    exact,
    invoice_type,
    number,
    optional,
    written,
)
from extractor.engines.einvoice.money import amount
from extractor.engines.einvoice.rows import Cells, rows_of
from extractor.engines.einvoice.tree import find, find_all, first_text, texts
from extractor.engines.einvoice.ubl_lines import read_lines
from extractor.engines.einvoice.ubl_parties import read_parties
from extractor.engines.einvoice.ubl_payment import read_payment
from extractor.engines.reading import Candidate, Reading
from extractor.values.conventions import Conventions

NAMESPACE: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_CREDIT_NOTE: Final = f"{{{NAMESPACE}CreditNote-2}}CreditNote"
ROOTS: Final = (f"{{{NAMESPACE}Invoice-2}}Invoice", _CREDIT_NOTE)
_TOTALS: Final = {
    "net_amount": "TaxExclusiveAmount",
    "gross_amount": "TaxInclusiveAmount",
    "amount_due": "PayableAmount",
}
_SUBJECT: Final = re.compile(r"^#[A-Z]{3}#")  # BT-21, a code of UNTDID 4451, stands in the note itself
_NO_ORDER: Final = frozenset({"na", "n/a", "n.a.", ".", "-"})  # Peppol asks for "NA" where there is none


def read(root: Element, *, engine: str) -> Reading:
    """Read everything that the invoice fields have a place for."""
    currency = first_text(root, "DocumentCurrencyCode")
    candidates = {
        **_header(root),
        **read_parties(root),
        **_references(root),
        "currency": _currency(root, currency),
        **read_payment(root),
        **_totals(root, currency=currency),
    }
    tables = {
        "tax_breakdown": rows_of(_tax_breakdown(root, currency=currency)),
        "line_items": read_lines(root, currency=currency),
    }
    return Reading(
        engine=engine,
        candidates={name: found for name, found in candidates.items() if found},
        tables={name: rows for name, rows in tables.items() if rows},
        conventions=Conventions(decimal_mark="."),
    )


def _header(root: Element) -> dict[str, tuple[Candidate, ...]]:
    notes = texts(root, "Note")
    return {
        "invoice_type": _type(root),
        "invoice_number": each(texts(root, "ID"), written),
        "issue_date": each(texts(root, "IssueDate"), day),
        "remarks": (_remarks(notes),) if notes else (),
    }


def _type(root: Element) -> tuple[Candidate, ...]:
    """Return the meaning of the type code (BT-3); a credit note is one whatever its code."""
    if root.tag == _CREDIT_NOTE:
        code = first_text(root, "CreditNoteTypeCode")
        return (exact(code or etree.QName(root).localname, "credit_note", is_derived=True),)
    code = first_text(root, "InvoiceTypeCode")
    return () if code is None else (invoice_type(code),)


def _remarks(notes: list[str]) -> Candidate:
    """Return the notes without the codes of what each is about ("#ADU#...")."""
    meant = " ".join(_SUBJECT.sub("", note) for note in notes)
    return exact("\n".join(notes), " ".join(meant.split()) or None)


def _references(root: Element) -> dict[str, tuple[Candidate, ...]]:
    orders = [text for text in texts(root, "OrderReference/ID") if text.casefold() not in _NO_ORDER]
    return {
        "purchase_order_number": each(orders, written),
        "contract_number": each(texts(root, "ContractDocumentReference/ID"), written),
    }


def _currency(root: Element, stated: str | None) -> tuple[Candidate, ...]:
    """Return the currency; plain UBL may leave it to the amounts to say."""
    if stated is not None:
        return (written(stated),)
    due = find(root, "LegalMonetaryTotal/PayableAmount")
    marked = None if due is None else due.get("currencyID", "").strip()
    return (exact(marked, marked, is_derived=True),) if marked else ()


def _totals(root: Element, *, currency: str | None) -> dict[str, tuple[Candidate, ...]]:
    totals = find(root, "LegalMonetaryTotal")
    found = {name: amount(totals, path, currency=currency) for name, path in _TOTALS.items()}
    found["tax_amount"] = amount(
        root, "TaxTotal/TaxAmount", currency=currency, other=first_text(root, "TaxCurrencyCode")
    )
    return {name: (candidate,) for name, candidate in found.items() if candidate is not None}


def _tax_breakdown(root: Element, *, currency: str | None) -> Iterator[Cells]:
    """Yield the taxes by rate (BG-23)."""
    for total in _tax_totals(root, currency=currency):
        for part in find_all(total, "TaxSubtotal"):
            rate = first_text(part, "TaxCategory/Percent") or first_text(part, "Percent")  # the latter: 2.0
            yield {
                "rate": optional(rate, number),
                "base": amount(part, "TaxableAmount", currency=currency),
                "tax": amount(part, "TaxAmount", currency=currency),
            }


def _tax_totals(root: Element, *, currency: str | None) -> list[Element]:
    """Return the totals of tax in the invoice's currency, not those in the accounting currency (BT-6).

    Where all are marked with some other currency, that is a slip of the writer's.
    """
    accounting = first_text(root, "TaxCurrencyCode")
    totals = find_all(root, "TaxTotal")
    marks = [{tax.get("currencyID") for tax in find_all(total, "TaxAmount")} for total in totals]
    fitting = [total for total, mark in zip(totals, marks, strict=True) if mark <= {currency, None}]
    slips = [total for total, mark in zip(totals, marks, strict=True) if accounting not in mark]
    return fitting or slips
