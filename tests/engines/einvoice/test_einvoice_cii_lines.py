"""Single rules of reading what is billed, each on a document that has little more than the rule needs."""

from decimal import Decimal

import pytest

from extractor.engines.einvoice.cii import read
from extractor.engines.einvoice.safe_xml import parse_xml
from extractor.engines.reading import CandidateRow, Reading

_D16B = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"


def _read(*, settlement: str = "", lines: str = "") -> Reading:
    content = (
        f'<r:CrossIndustryInvoice xmlns:r="{_D16B}" xmlns="urn:a"><r:SupplyChainTradeTransaction>{lines}'
        f"<ApplicableHeaderTradeSettlement>{settlement}</ApplicableHeaderTradeSettlement>"
        "</r:SupplyChainTradeTransaction></r:CrossIndustryInvoice>"
    )
    return read(parse_xml(content.encode()), engine="einvoice")


def _line(
    *,
    price: str = "<ChargeAmount>2</ChargeAmount>",
    quantity: str = '<BilledQuantity unitCode="H87">3</BilledQuantity>',
    product: str = "<Name>Thing</Name>",
    settlement: str = "",
) -> str:
    return (
        f"<IncludedSupplyChainTradeLineItem><SpecifiedTradeProduct>{product}</SpecifiedTradeProduct>"
        f"<SpecifiedLineTradeAgreement><NetPriceProductTradePrice>{price}</NetPriceProductTradePrice>"
        f"</SpecifiedLineTradeAgreement><SpecifiedLineTradeDelivery>{quantity}</SpecifiedLineTradeDelivery>"
        f"<SpecifiedLineTradeSettlement>{settlement}</SpecifiedLineTradeSettlement>"
        "</IncludedSupplyChainTradeLineItem>"
    )


def _row(line: str) -> CandidateRow:
    (row,) = _read(lines=line).tables["line_items"]
    return row


@pytest.mark.parametrize(
    ("price", "value"),
    [
        ("<ChargeAmount>550</ChargeAmount><BasisQuantity>100</BasisQuantity>", Decimal("5.5")),
        ("<ChargeAmount>0.01</ChargeAmount><BasisQuantity>1000</BasisQuantity>", Decimal("0.00001")),
        ("<ChargeAmount>5</ChargeAmount><BasisQuantity>1.0000</BasisQuantity>", Decimal(5)),
        ("<ChargeAmount>5</ChargeAmount><BasisQuantity>0</BasisQuantity>", Decimal(5)),
        ("<ChargeAmount>5</ChargeAmount><BasisQuantity>x</BasisQuantity>", Decimal(5)),
        ("<ChargeAmount>5</ChargeAmount>", Decimal(5)),
        ("<ChargeAmount>5,5</ChargeAmount><BasisQuantity>100</BasisQuantity>", None),
    ],
)
def test_the_unit_price_is_for_one_unit(price: str, value: Decimal | None) -> None:
    assert _row(_line(price=price)).cells["unit_price"].value == value


@pytest.mark.parametrize(
    ("attribute", "text", "value"),
    [
        (' unitCode="HUR"', "HUR", "hour"),
        (' unitCode=" KGM "', "KGM", "kilogram"),
        (' unitCode="ZZZ"', "ZZZ", "ZZZ"),
    ],
)
def test_units_are_readable_and_keep_their_code(attribute: str, text: str, value: str) -> None:
    unit = _row(_line(quantity=f"<BilledQuantity{attribute}>3</BilledQuantity>")).cells["unit"]
    assert (unit.text, unit.value) == (text, value)


@pytest.mark.parametrize("attribute", ["", ' unitCode=""'])
def test_a_quantity_without_a_unit_has_none(attribute: str) -> None:
    row = _row(_line(quantity=f"<BilledQuantity{attribute}>3</BilledQuantity>"))
    assert row.cells["quantity"].value == Decimal(3)
    assert "unit" not in row.cells


@pytest.mark.parametrize(
    ("product", "code"),
    [
        (
            "<GlobalID>G</GlobalID><SellerAssignedID>S</SellerAssignedID><BuyerAssignedID>B</BuyerAssignedID>",
            "S",
        ),
        ("<GlobalID>G</GlobalID><BuyerAssignedID>B</BuyerAssignedID>", "B"),
        ("<GlobalID>G</GlobalID>", "G"),
    ],
)
def test_the_sellers_product_code_goes_first(product: str, code: str) -> None:
    assert _row(_line(product=f"{product}<Name>N</Name>")).cells["product_code"].value == code


def test_without_a_name_the_description_names_the_product() -> None:
    cells = _row(_line(product="<Description>Blue thing</Description>")).cells
    assert cells["description"].value == "Blue thing"
    assert "specification" not in cells


def test_a_remark_between_lines_is_no_line() -> None:
    remark = (
        "<IncludedSupplyChainTradeLineItem><AssociatedDocumentLineDocument><IncludedNote>"
        "<Content>From here on: spare parts</Content></IncludedNote></AssociatedDocumentLineDocument>"
        "</IncludedSupplyChainTradeLineItem>"
    )
    assert "line_items" not in _read(lines=remark).tables


def test_of_several_taxes_on_a_line_vat_is_the_tax() -> None:
    taxes = (
        "<ApplicableTradeTax><TypeCode>ENV</TypeCode><RateApplicablePercent>2</RateApplicablePercent>"
        "</ApplicableTradeTax><ApplicableTradeTax><TypeCode>VAT</TypeCode>"
        "<RateApplicablePercent>19</RateApplicablePercent></ApplicableTradeTax>"
    )
    assert _row(_line(settlement=taxes)).cells["tax_rate"].value == Decimal(19)


def _charge(indicator: str, amount: str = "5.00") -> str:
    return (
        f"<SpecifiedTradeAllowanceCharge>{indicator}<ActualAmount>{amount}</ActualAmount>"
        "<Reason>Why</Reason></SpecifiedTradeAllowanceCharge>"
    )


@pytest.mark.parametrize(
    ("indicator", "value"),
    [("true", "5.00"), ("1", "5.00"), ("false", "-5.00"), ("0", "-5.00")],
)
def test_allowances_and_charges_on_the_document_are_rows(indicator: str, value: str) -> None:
    marked = f"<ChargeIndicator><Indicator>{indicator}</Indicator></ChargeIndicator>"
    _, row = _read(lines=_line(), settlement=_charge(marked)).tables["line_items"]
    assert row.cells["net_amount"].value == Decimal(value)
    assert row.cells["net_amount"].text == "5.00"
    assert row.cells["description"].value == "Why"


@pytest.mark.parametrize(
    "charge", [_charge(""), _charge("<ChargeIndicator><Indicator>false</Indicator></ChargeIndicator>", "x")]
)
def test_what_may_be_an_allowance_or_a_charge_is_no_row(charge: str) -> None:
    assert len(_read(lines=_line(), settlement=charge).tables["line_items"]) == 1


@pytest.mark.parametrize(
    ("reason", "text", "value"),
    [
        ("<ReasonCode>FC</ReasonCode><Reason>Freight</Reason>", "Freight", "Freight"),
        ("<ReasonCode>FC</ReasonCode>", "FC", "Charge (FC)"),
        ("", "", "Charge"),
    ],
)
def test_a_charge_without_a_reason_is_called_a_charge(reason: str, text: str, value: str) -> None:
    marked = "<ChargeIndicator><Indicator>true</Indicator></ChargeIndicator>"
    charge = _charge(marked).replace("<Reason>Why</Reason>", reason)
    _, row = _read(lines=_line(), settlement=charge).tables["line_items"]
    description = row.cells["description"]
    assert (description.text, description.value) == (text, value)


def test_charges_without_lines_are_no_rows() -> None:
    marked = "<ChargeIndicator><Indicator>true</Indicator></ChargeIndicator>"
    assert "line_items" not in _read(settlement=_charge(marked)).tables
