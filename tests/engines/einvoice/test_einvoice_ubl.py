"""Single rules of reading UBL, each on a document that has little more than the rule needs."""

from datetime import date
from decimal import Decimal

import pytest

from extractor.engines.einvoice.safe_xml import parse_xml
from extractor.engines.einvoice.ubl import read
from extractor.engines.reading import Candidate, Reading, Scalar

_SCHEMAS = "urn:oasis:names:specification:ubl:schema:xsd:"


def _read(inside: str, *, root: str = "Invoice") -> Reading:
    content = f'<u:{root} xmlns:u="{_SCHEMAS}{root}-2" xmlns="urn:a">{inside}</u:{root}>'
    return read(parse_xml(content.encode()), engine="einvoice")


def _all(reading: Reading, field: str) -> list[Candidate]:
    return list(reading.candidates.get(field, ()))


def _values(reading: Reading, field: str) -> list[Scalar | None]:
    return [one.value for one in _all(reading, field)]


@pytest.mark.parametrize(("root", "known"), [("Invoice", set()), ("CreditNote", {"invoice_type"})])
def test_an_empty_document_says_what_its_root_says(root: str, known: set[str]) -> None:
    reading = _read("", root=root)
    assert set(reading.candidates) == known
    assert reading.tables == {}


# Kind, number, date, notes


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("380", "commercial"), ("383", "commercial"), ("384", "commercial"), ("389", "commercial"),
        ("386", "prepayment"), ("326", "partial"), ("875", "partial"), ("876", "partial"),
        ("877", "commercial"), ("325", "proforma"), ("381", "credit_note"), ("999", None),
    ],
)  # fmt: skip
def test_the_type_code_tells_the_type(code: str, meaning: str | None) -> None:
    (found,) = _all(_read(f"<InvoiceTypeCode>{code}</InvoiceTypeCode>"), "invoice_type")
    assert (found.text, found.value, found.is_derived) == (code, meaning, meaning is not None)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<CreditNoteTypeCode>381</CreditNoteTypeCode>", "381"),
        ("<CreditNoteTypeCode>396</CreditNoteTypeCode>", "396"),
        ("<CreditNoteTypeCode>380</CreditNoteTypeCode>", "380"),
        ("", "CreditNote"),
    ],
)
def test_a_credit_note_is_one_whatever_its_code(inside: str, text: str) -> None:
    (found,) = _all(_read(inside, root="CreditNote"), "invoice_type")
    assert (found.text, found.value, found.is_derived) == (text, "credit_note", True)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-02-28", date(2026, 2, 28)),
        ("2026-02-28Z", date(2026, 2, 28)),
        ("2026-02-28+01:00", date(2026, 2, 28)),
        ("2026-02-30", None),
        ("28.02.2026", None),
    ],
)
def test_dates_are_exact_or_left_to_interpretation(written: str, meant: date | None) -> None:
    assert _values(_read(f"<IssueDate>{written}</IssueDate>"), "issue_date") == [meant]


@pytest.mark.parametrize(
    ("notes", "meant"),
    [
        (["#ADU#Pay soon", "#AAI# Thanks"], "Pay soon Thanks"),
        (["No. #ADU# here"], "No. #ADU# here"),
        (["#adu#small"], "#adu#small"),
        (["# 1"], "# 1"),
    ],
)
def test_the_code_of_what_a_note_is_about_is_no_remark(notes: list[str], meant: str) -> None:
    reading = _read("".join(f"<Note>{note}</Note>" for note in notes))
    (found,) = _all(reading, "remarks")
    assert found.value == meant
    assert found.text == "\n".join(note.strip() for note in notes)


# References


@pytest.mark.parametrize("nothing", ["NA", "na", "N/A", ".", "-", "", " "])
def test_peppols_word_for_no_order_is_no_order(nothing: str) -> None:
    reading = _read(f"<OrderReference><ID>{nothing}</ID><SalesOrderID>7</SalesOrderID></OrderReference>")
    assert _all(reading, "purchase_order_number") == []


@pytest.mark.parametrize("order", ["NA-1", "0", "NAD", "4500."])
def test_an_order_number_that_looks_a_bit_like_it_is_kept(order: str) -> None:
    reading = _read(f"<OrderReference><ID>{order}</ID></OrderReference>")
    assert _values(reading, "purchase_order_number") == [order]


def test_other_referenced_documents_are_no_contracts() -> None:
    reading = _read(
        "<BillingReference><InvoiceDocumentReference><ID>1</ID></InvoiceDocumentReference></BillingReference>"
        "<OriginatorDocumentReference><ID>2</ID></OriginatorDocumentReference>"
        "<ContractDocumentReference><ID>3</ID></ContractDocumentReference>"
        "<AdditionalDocumentReference><ID>4</ID></AdditionalDocumentReference>"
    )
    assert _values(reading, "contract_number") == ["3"]
    assert "invoice_number" not in reading.candidates


# Totals


def _total(amount: str, currency: str, subtotal: str = "") -> str:
    return f'<TaxTotal><TaxAmount currencyID="{currency}">{amount}</TaxAmount>{subtotal}</TaxTotal>'


def _subtotal(tax: str, currency: str) -> str:
    return (
        f'<TaxSubtotal><TaxableAmount currencyID="{currency}">100</TaxableAmount>'
        f'<TaxAmount currencyID="{currency}">{tax}</TaxAmount>'
        "<TaxCategory><Percent>19</Percent></TaxCategory></TaxSubtotal>"
    )


_EUR = "<DocumentCurrencyCode>EUR</DocumentCurrencyCode>"
_AND_SEK = _EUR + "<TaxCurrencyCode>SEK</TaxCurrencyCode>"


@pytest.mark.parametrize("before", [_EUR, _AND_SEK])
@pytest.mark.parametrize("is_accounting_first", [True, False])
def test_of_two_tax_totals_the_one_in_the_invoice_currency_counts(
    before: str, *, is_accounting_first: bool
) -> None:
    both = [_total("19", "EUR", _subtotal("19", "EUR")), _total("210", "SEK", _subtotal("210", "SEK"))]
    reading = _read(before + "".join(reversed(both) if is_accounting_first else both))
    assert _values(reading, "tax_amount") == [Decimal(19)]
    (row,) = reading.tables["tax_breakdown"]
    assert row.cells["tax"].value == Decimal(19)


def test_a_tax_total_in_the_accounting_currency_alone_is_no_tax_amount() -> None:
    reading = _read(_AND_SEK + _total("210", "SEK", _subtotal("210", "SEK")))
    assert _all(reading, "tax_amount") == []
    assert reading.tables == {}


def test_an_accounting_currency_that_is_the_invoice_currency_hides_nothing() -> None:
    before = _EUR + "<TaxCurrencyCode>EUR</TaxCurrencyCode>"
    reading = _read(before + _total("19", "EUR", _subtotal("19", "EUR")))
    assert _values(reading, "tax_amount") == [Decimal(19)]
    assert len(reading.tables["tax_breakdown"]) == 1


def test_a_total_marked_with_a_third_currency_is_a_slip_and_is_read() -> None:
    reading = _read(_AND_SEK + _total("19", "USD", _subtotal("19", "USD")))
    assert _values(reading, "tax_amount") == [Decimal(19)]
    assert len(reading.tables["tax_breakdown"]) == 1


def test_the_amount_due_is_the_payable_one() -> None:
    reading = _read(
        "<LegalMonetaryTotal><LineExtensionAmount>1</LineExtensionAmount>"
        "<TaxExclusiveAmount>2</TaxExclusiveAmount><TaxInclusiveAmount>3</TaxInclusiveAmount>"
        "<AllowanceTotalAmount>4</AllowanceTotalAmount><ChargeTotalAmount>5</ChargeTotalAmount>"
        "<PrepaidAmount>6</PrepaidAmount><PayableRoundingAmount>7</PayableRoundingAmount>"
        "<PayableAmount>8</PayableAmount></LegalMonetaryTotal>"
    )
    found = {name: one[0].value for name, one in reading.candidates.items()}
    assert found == {"net_amount": Decimal(2), "gross_amount": Decimal(3), "amount_due": Decimal(8)}


@pytest.mark.parametrize(
    ("before", "marked", "found"),
    [
        (_EUR, "USD", [("EUR", False)]),
        ("", "USD", [("USD", True)]),
        ("", "", []),
    ],
)
def test_the_currency_is_stated_or_that_of_the_amount_due(
    before: str, marked: str, found: list[tuple[str, bool]]
) -> None:
    total = f'<LegalMonetaryTotal><PayableAmount currencyID="{marked}">8</PayableAmount></LegalMonetaryTotal>'
    assert [(one.value, one.is_derived) for one in _all(_read(before + total), "currency")] == found
