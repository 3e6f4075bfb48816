"""Single rules of reading CII, each on a document that has little more than the rule needs."""

from datetime import date
from decimal import Decimal

import pytest

from extractor.engines.einvoice.cii import ROOTS, read
from extractor.engines.einvoice.safe_xml import parse_xml
from extractor.engines.reading import Candidate, Reading, Scalar

_D16B = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"


def _read(*, document: str = "", agreement: str = "", settlement: str = "") -> Reading:
    content = (
        f'<r:CrossIndustryInvoice xmlns:r="{_D16B}" xmlns="urn:a"><r:ExchangedDocument>{document}'
        f"</r:ExchangedDocument><r:SupplyChainTradeTransaction><ApplicableHeaderTradeAgreement>"
        f"{agreement}</ApplicableHeaderTradeAgreement><ApplicableHeaderTradeSettlement>{settlement}"
        "</ApplicableHeaderTradeSettlement></r:SupplyChainTradeTransaction></r:CrossIndustryInvoice>"
    )
    return read(parse_xml(content.encode()), engine="einvoice")


def _all(reading: Reading, field: str) -> list[Candidate]:
    return list(reading.candidates.get(field, ()))


def _values(reading: Reading, field: str) -> list[Scalar | None]:
    return [one.value for one in _all(reading, field)]


def _totals(totals: str, *, before: str = "<InvoiceCurrencyCode>EUR</InvoiceCurrencyCode>") -> Reading:
    name = "SpecifiedTradeSettlementHeaderMonetarySummation"
    return _read(settlement=f"{before}<{name}>{totals}</{name}>")


@pytest.mark.parametrize("root", ROOTS)
def test_an_empty_document_gives_an_empty_reading(root: str) -> None:
    namespace, name = root.removeprefix("{").split("}")
    reading = read(parse_xml(f'<{name} xmlns="{namespace}"/>'.encode()), engine="einvoice")
    assert reading.candidates == {}
    assert reading.tables == {}


# Dates


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('<DateTimeString format="102">20240229</DateTimeString>', date(2024, 2, 29)),
        ("<DateTimeString>20240229</DateTimeString>", date(2024, 2, 29)),
        ('<DateTimeString format="203">202402291530</DateTimeString>', date(2024, 2, 29)),
        ('<DateTimeString format="204">20240229153059</DateTimeString>', date(2024, 2, 29)),
        ('<DateTimeString format="205">202402291530+01</DateTimeString>', date(2024, 2, 29)),
        ("<DateTime>2024-02-29T00:00:00+01:00</DateTime>", date(2024, 2, 29)),
        ("<DateTimeString> 2024-02-29 </DateTimeString>", date(2024, 2, 29)),
        ('<DateTimeString format="102">20230229</DateTimeString>', None),
        ('<DateTimeString format="102">20241301</DateTimeString>', None),
        ('<DateTimeString format="102">00000101</DateTimeString>', None),
        ('<DateTimeString format="610">202402</DateTimeString>', None),
        ('<DateTimeString format="102">２０２４０２２９</DateTimeString>', None),
        ("<DateTimeString>29.02.2024</DateTimeString>", None),
    ],
)
def test_dates_are_exact_or_left_to_interpretation(written: str, meant: date | None) -> None:
    (found,) = _all(_read(document=f"<IssueDateTime>{written}</IssueDateTime>"), "issue_date")
    assert found.value == meant
    assert found.text


def test_an_empty_date_is_absent() -> None:
    assert _all(_read(document="<IssueDateTime><DateTimeString/></IssueDateTime>"), "issue_date") == []


# Amounts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.50", Decimal("12.50")),
        ("-12.5", Decimal("-12.5")),
        ("+7", Decimal(7)),
        (".5", Decimal("0.5")),
        ("7.", Decimal(7)),
        ("0.00", Decimal(0)),
        ("1,234.50", None),
        ("12,50", None),
        ("1e3", None),
        ("NaN", None),
        ("INF", None),
        ("１２", None),
        ("12.50 EUR", None),
    ],
)
def test_numbers_are_those_of_xml_schema(text: str, value: Decimal | None) -> None:
    (found,) = _all(_totals(f"<GrandTotalAmount>{text}</GrandTotalAmount>"), "gross_amount")
    assert (found.text, found.value) == (text, value)


def test_of_two_tax_totals_the_one_in_the_invoice_currency_counts() -> None:
    both = (
        '<TaxTotalAmount currencyID="SEK">110</TaxTotalAmount>'
        '<TaxTotalAmount currencyID="EUR">10</TaxTotalAmount>'
    )
    before = "<TaxCurrencyCode>SEK</TaxCurrencyCode><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode>"
    assert _values(_totals(both, before=before), "tax_amount") == [Decimal(10)]
    assert _values(_totals(both), "tax_amount") == [Decimal(10)]


def test_a_tax_total_in_the_accounting_currency_alone_is_no_tax_amount() -> None:
    before = "<TaxCurrencyCode>SEK</TaxCurrencyCode><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode>"
    reading = _totals('<TaxTotalAmount currencyID="SEK">110</TaxTotalAmount>', before=before)
    assert _all(reading, "tax_amount") == []


def test_an_accounting_currency_that_is_the_invoice_currency_hides_nothing() -> None:
    before = "<TaxCurrencyCode>EUR</TaxCurrencyCode><InvoiceCurrencyCode>EUR</InvoiceCurrencyCode>"
    reading = _totals('<TaxTotalAmount currencyID="EUR">10</TaxTotalAmount>', before=before)
    assert _values(reading, "tax_amount") == [Decimal(10)]


@pytest.mark.parametrize("marked", ["", ' currencyID="EUR"', ' currencyID="USD"'])
def test_a_total_is_read_whatever_currency_it_is_marked_with(marked: str) -> None:
    reading = _totals(f"<DuePayableAmount{marked}>5</DuePayableAmount>")
    assert _values(reading, "amount_due") == [Decimal(5)]


# Parties


def _party(ids: str) -> Reading:
    return _read(agreement=f"<SellerTradeParty>{ids}</SellerTradeParty>")


def _registration(scheme: str, number: str) -> str:
    return f'<SpecifiedTaxRegistration><ID schemeID="{scheme}">{number}</ID></SpecifiedTaxRegistration>'


def test_the_vat_number_goes_before_the_local_tax_number() -> None:
    reading = _party(_registration("FC", "12/345/67890") + _registration("VA", "DE135792460"))
    first, second = _all(reading, "seller_tax_id")
    assert (first.value, second.value) == ("DE135792460", "1234567890")
    assert first.score > second.score


def test_a_local_tax_number_alone_is_the_tax_id() -> None:
    assert _values(_party(_registration("FC", "12/345/67890")), "seller_tax_id") == ["1234567890"]


def test_a_registration_without_a_scheme_goes_between() -> None:
    reading = _party(
        _registration("FC", "1") + "<SpecifiedTaxRegistration><ID>2</ID></SpecifiedTaxRegistration>"
    )
    assert _values(reading, "seller_tax_id") == ["2", "1"]


def test_an_address_is_one_line_in_postal_order() -> None:
    reading = _party(
        "<PostalTradeAddress><PostcodeCode>1010</PostcodeCode><LineOne>Ring 1</LineOne><LineTwo/>"
        "<CityName>Wien</CityName><CountryID>AT</CountryID></PostalTradeAddress>"
    )
    assert _values(reading, "seller_address") == ["Ring 1, 1010 Wien, AT"]


def test_a_country_alone_is_no_address() -> None:
    reading = _party("<PostalTradeAddress><CountryID>AT</CountryID></PostalTradeAddress>")
    assert _all(reading, "seller_address") == []


@pytest.mark.parametrize(("code", "meaning"), [("380", "commercial"), ("381", "credit_note"), ("999", None)])
def test_a_document_type_that_is_not_in_the_list_gets_no_meaning(code: str, meaning: str | None) -> None:
    (found,) = _all(_read(document=f"<TypeCode>{code}</TypeCode>"), "invoice_type")
    assert (found.text, found.value, found.is_derived) == (code, meaning, meaning is not None)


# Payment


def _means(account: str, institution: str = "") -> str:
    return (
        "<SpecifiedTradeSettlementPaymentMeans><TypeCode>58</TypeCode>"
        f"<PayeePartyCreditorFinancialAccount>{account}</PayeePartyCreditorFinancialAccount>"
        f"<PayeeSpecifiedCreditorFinancialInstitution>{institution}"
        "</PayeeSpecifiedCreditorFinancialInstitution></SpecifiedTradeSettlementPaymentMeans>"
    )


def test_an_account_named_twice_is_one_account() -> None:
    iban = "<IBANID>DE50370400440532999901</IBANID>"
    reading = _read(settlement=_means(iban) + _means(iban) + _means("<ProprietaryID>77-1</ProprietaryID>"))
    found = _all(reading, "seller_bank_account")
    assert [one.parts["account"].value for one in found] == ["DE50370400440532999901", "77-1"]
    assert [one.score for one in found] == [1.0, 0.5]


def test_the_payers_account_is_not_the_sellers() -> None:
    reading = _read(
        settlement="<SpecifiedTradeSettlementPaymentMeans><TypeCode>59</TypeCode>"
        "<PayerPartyDebtorFinancialAccount><IBANID>DE50370400440532999901</IBANID>"
        "</PayerPartyDebtorFinancialAccount></SpecifiedTradeSettlementPaymentMeans>"
    )
    assert _all(reading, "seller_bank_account") == []


def test_a_bank_without_an_account_is_no_account() -> None:
    reading = _read(settlement=_means("", "<BICID>ERFUDEFF</BICID>"))
    assert _all(reading, "seller_bank_account") == []
