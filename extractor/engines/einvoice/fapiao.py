"""Read the XML of a fully digital Chinese e-invoice (数电票), as the tax authority's platform issues it.

Its element names are those of the ministry of finance's data standard for electronic vouchers. They
are looked for wherever they stand: namespaces, order and nesting differ from issuer to issuer, and
what is not filled in is there empty, as "***", or not at all.
"""

from collections.abc import Callable
from typing import Final

from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import (
    WrittenAccount,
    accounts,
    each,
    exact,
    number,
    optional,
    parse_day,
    tax_id,
    written,
)
from extractor.engines.einvoice.fapiao_lines import figure, read_lines
from extractor.engines.einvoice.fapiao_remarks import references_in
from extractor.engines.einvoice.tree import filled_in, first_named
from extractor.engines.reading import Candidate, Reading
from extractor.values.conventions import Conventions
from extractor.values.dates import parse_date

ROOT: Final = "EInvoice"
_DATA: Final = "EInvoiceData"
_TYPES_BY_CODE: Final = {"01": "e_vat_special", "02": "e_vat_general"}
_TYPES_BY_WORD: Final = {"专用": "e_vat_special", "普通": "e_vat_general"}
_NUMBERS: Final = (("TaxSupervisionInfo", "InvoiceNumber"), ("Header", "EIid"), (_DATA, "InvoiceNumber"))
_DAYS: Final = (
    ("TaxSupervisionInfo", "IssueTime"),
    (_DATA, "IssueTime"),
    (_DATA, "IssueDate"),
    (_DATA, "RequestTime"),  # when the issuer asked for it: as a rule the same day
)
_GROSS: Final = (
    (_DATA, "TotalTax-includedAmount"),
    ("BasicInformation", "TotalTaxIncludedAmount"),  # without the hyphen the lines have it too
    ("BasicInformation", "TotaltaxIncludedAmount"),
)
_IN_WORDS: Final = (
    (_DATA, "TotalTax-includedAmountInChinese"),
    (_DATA, "TotalTaxIncludedAmountInChinese"),
)
_REMARKS: Final = (("AdditionalInformation", "Remark"), ("BasicInformation", "Remark"), (_DATA, "Remark"))


def is_fapiao(root: Element) -> bool:
    """Say whether it is one: a root <EInvoice> alone may be anything."""
    return first_named(root, _DATA) is not None


def read(root: Element, *, engine: str) -> Reading:
    """Read everything that the invoice fields have a place for."""
    candidates = {**_header(root), **_parties(root), **_totals(root)}
    lines = read_lines(root)
    return Reading(
        engine=engine,
        candidates={name: found for name, found in candidates.items() if found},
        tables={"line_items": lines} if lines else {},
        conventions=Conventions(decimal_mark="."),
    )


def _header(root: Element) -> dict[str, tuple[Candidate, ...]]:
    remarks = _texts(root, _REMARKS)[:1]
    return {
        "invoice_type": _type(root),
        "invoice_number": each(_texts(root, _NUMBERS), written),
        "issue_date": each(_texts(root, _DAYS)[:1], _day),
        "currency": (exact(ROOT, "CNY", is_derived=True),),  # there are none in another
        "remarks": each(remarks, written),
        **references_in("".join(remarks)),
    }


def _type(root: Element) -> tuple[Candidate, ...]:
    """Return which VAT invoice it is: by the label's code, else by its name or the type stated."""
    label = first_named(root, "GeneralOrSpecialVAT")
    code = filled_in(label, "LabelCode")
    text = filled_in(label, "LabelName") or filled_in(root, "InvoiceType") or code
    if text is None:
        return ()
    worded = next((kind for word, kind in _TYPES_BY_WORD.items() if word in text), None)
    kind = _TYPES_BY_CODE.get(code or "", worded)
    return (exact(text, kind, is_derived=kind is not None),)


def _parties(root: Element) -> dict[str, tuple[Candidate, ...]]:
    account = WrittenAccount(
        number=filled_in(root, "SellerBankAccNum"), bic=None, bank=filled_in(root, "SellerBankName")
    )
    return {
        "seller_name": _one(root, "SellerName", written),
        "seller_tax_id": _one(root, "SellerIdNum", tax_id),
        "seller_address": _one(root, "SellerAddr", written),
        "seller_bank_account": tuple(accounts([account])),
        "buyer_name": _one(root, "BuyerName", written),
        "buyer_tax_id": _one(root, "BuyerIdNum", tax_id),
    }


def _totals(root: Element) -> dict[str, tuple[Candidate, ...]]:
    return {
        "net_amount": _some(figure(root, "TotalAmWithoutTax")),
        "tax_amount": _some(figure(root, "TotalTaxAm")),
        "gross_amount": each(_texts(root, _GROSS)[:1], number),
        "amount_in_words": each(_texts(root, _IN_WORDS)[:1], written),
    }


def _day(text: str) -> Candidate:
    """Return a date in any notation; a time may stand behind it."""
    return exact(text, parse_day(text) or parse_date(text))


def _one(root: Element, name: str, make: Callable[[str], Candidate]) -> tuple[Candidate, ...]:
    return _some(optional(filled_in(root, name), make))


def _some(candidate: Candidate | None) -> tuple[Candidate, ...]:
    return () if candidate is None else (candidate,)


def _texts(root: Element, places: tuple[tuple[str, str], ...]) -> list[str]:
    """Return what is filled in at the places: an element, anywhere below the section named before it."""
    found = (filled_in(first_named(root, section), name) for section, name in places)
    return [text for text in found if text is not None]
