"""Single rules of reading 数电票 XML: issuers differ in order, nesting and what they leave empty."""

from datetime import date
from decimal import Decimal

import pytest

from extractor.engines.einvoice.fapiao import is_fapiao, read
from extractor.engines.einvoice.safe_xml import parse_xml
from extractor.engines.reading import Candidate


def _read(data: str = "", *, header: str = "", supervision: str = "") -> dict[str, list[Candidate]]:
    content = (
        f"<EInvoice><Header>{header}</Header><EInvoiceData>{data}</EInvoiceData>"
        f"<TaxSupervisionInfo>{supervision}</TaxSupervisionInfo></EInvoice>"
    )
    reading = read(parse_xml(content.encode()), engine="einvoice")
    return {name: list(found) for name, found in reading.candidates.items()}


def _values(found: dict[str, list[Candidate]], field: str) -> list[object]:
    return [one.value for one in found.get(field, [])]


def _label(code: str, name: str) -> str:
    inside = f"<LabelCode>{code}</LabelCode><LabelName>{name}</LabelName>"
    return f"<GeneralOrSpecialVAT>{inside}</GeneralOrSpecialVAT>"


def test_of_an_empty_one_only_the_currency_is_known() -> None:
    found = _read()
    assert set(found) == {"currency"}
    (currency,) = found["currency"]
    assert (currency.value, currency.is_derived) == ("CNY", True)


def test_a_root_of_that_name_without_the_data_is_something_else() -> None:
    assert not is_fapiao(parse_xml(b"<EInvoice><Lines/></EInvoice>"))
    assert is_fapiao(parse_xml(b'<EInvoice xmlns="urn:any"><EInvoiceData/></EInvoice>'))


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("01", "增值税专用发票", "e_vat_special"),
        ("02", "普通发票", "e_vat_general"),
        ("01", "", "e_vat_special"),
        ("", "增值税专用发票", "e_vat_special"),
        ("", "普通发票", "e_vat_general"),
        ("09", "普通发票", "e_vat_general"),
        ("09", "", None),
        ("", "铁路电子客票", None),
    ],
)
def test_the_label_tells_the_type(code: str, name: str, kind: str | None) -> None:
    (found,) = _read(header=f"<InherentLabel>{_label(code, name)}</InherentLabel>")["invoice_type"]
    assert (found.text, found.value, found.is_derived) == (name or code, kind, kind is not None)


def test_the_type_may_be_stated_beside_the_totals() -> None:
    found = _read(
        "<BasicInformation><InvoiceType>电子发票（增值税专用发票）</InvoiceType></BasicInformation>"
    )
    assert _values(found, "invoice_type") == ["e_vat_special"]


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        ({"supervision": "<InvoiceNumber>1</InvoiceNumber>", "header": "<EIid>1</EIid>"}, ["1"]),
        ({"header": "<EIid>2</EIid>"}, ["2"]),
        ({"data": "<BasicInformation><InvoiceNumber>3</InvoiceNumber></BasicInformation>"}, ["3"]),
        ({"supervision": "<InvoiceNumber/>", "header": "<EIid>2</EIid>"}, ["2"]),
        ({"supervision": "<InvoiceNumber>1</InvoiceNumber>", "header": "<EIid>2</EIid>"}, ["1", "2"]),
        ({}, []),
    ],
)
def test_the_number_stands_in_one_of_three_places(parts: dict[str, str], number: list[str]) -> None:
    assert _values(_read(**parts), "invoice_number") == number


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-03-16", date(2026, 3, 16)),
        ("2026-03-16 10:02:51", date(2026, 3, 16)),
        ("2026-03-16T10:02:51+08:00", date(2026, 3, 16)),
        ("20260316100251", date(2026, 3, 16)),
        ("2026年03月16日", date(2026, 3, 16)),
        ("2026/3/16", date(2026, 3, 16)),
        ("2026-02-30", None),
        ("tomorrow", None),
    ],
)
def test_dates_are_read_with_and_without_a_time(written: str, meant: date | None) -> None:
    assert _values(_read(supervision=f"<IssueTime>{written}</IssueTime>"), "issue_date") == [meant]


def test_the_day_asked_for_counts_only_where_no_other_is_named() -> None:
    asked = "<BasicInformation><RequestTime>2026-03-15 23:59:59</RequestTime></BasicInformation>"
    assert _values(_read(asked), "issue_date") == [date(2026, 3, 15)]
    both = _read(asked, supervision="<IssueTime>2026-03-16</IssueTime>")
    assert _values(both, "issue_date") == [date(2026, 3, 16)]


@pytest.mark.parametrize(
    "name", ["TotalTax-includedAmount", "TotalTaxIncludedAmount", "TotaltaxIncludedAmount"]
)
def test_the_gross_amount_is_that_of_the_whole_and_not_of_a_line(name: str) -> None:
    line = f"<IssuItemInformation><Amount>1</Amount><{name}>1</{name}></IssuItemInformation>"
    total = f"<BasicInformation><{name}>113.00</{name}></BasicInformation>"
    assert _values(_read(total + line), "gross_amount") == [Decimal(113)]


@pytest.mark.parametrize(
    ("tax", "value"), [("0.00", [Decimal(0)]), ("***", []), ("", []), ("4,000.00", [None])]
)
def test_tax_may_be_hidden_or_left_to_interpretation(tax: str, value: list[Decimal | None]) -> None:
    assert (
        _values(_read(f"<BasicInformation><TotalTaxAm>{tax}</TotalTaxAm></BasicInformation>"), "tax_amount")
        == value
    )


def test_a_bank_without_an_account_is_no_account() -> None:
    assert "seller_bank_account" not in _read(
        "<SellerInformation><SellerBankName>B</SellerBankName></SellerInformation>"
    )


@pytest.mark.parametrize(
    "data",
    [
        "<AdditionalInformation><Remark>送货</Remark></AdditionalInformation>",
        "<BasicInformation><Remark>送货</Remark></BasicInformation>",
        "<Remark>送货</Remark>",
        "<AdditionalInformation><Remark/></AdditionalInformation><Remark>送货</Remark>",
    ],
)
def test_remarks_stand_in_one_of_three_places(data: str) -> None:
    assert _values(_read(data), "remarks") == ["送货"]


def test_texts_may_stand_in_elements_of_their_own() -> None:
    found = _read("<BuyerInformation><BuyerName><Data>个人</Data></BuyerName></BuyerInformation>")
    assert _values(found, "buyer_name") == ["个人"]
