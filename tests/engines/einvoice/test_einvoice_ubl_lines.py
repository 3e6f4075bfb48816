"""Single rules of reading what is billed, each on a document that has little more than the rule needs."""

from decimal import Decimal

import pytest

from extractor.engines.einvoice.safe_xml import parse_xml
from extractor.engines.einvoice.ubl_lines import read_lines
from extractor.engines.reading import CandidateRow


def _read(inside: str) -> tuple[CandidateRow, ...]:
    return read_lines(parse_xml(f"<I>{inside}</I>".encode()), currency="EUR")


def _line(
    *,
    name: str = "Invoice",
    quantity: str = '<InvoicedQuantity unitCode="H87">3</InvoicedQuantity>',
    item: str = "<Name>Thing</Name>",
    price: str = "<PriceAmount>2</PriceAmount>",
    more: str = "",
) -> str:
    return f"<{name}Line>{quantity}{more}<Item>{item}</Item><Price>{price}</Price></{name}Line>"


def _cells(line: str) -> dict[str, object]:
    (row,) = _read(line)
    return {name: cell.value for name, cell in row.cells.items()}


@pytest.mark.parametrize(("name", "quantity"), [("Invoice", "Invoiced"), ("CreditNote", "Credited")])
def test_lines_of_both_documents_are_read(name: str, quantity: str) -> None:
    line = _line(name=name, quantity=f'<{quantity}Quantity unitCode="HUR">-3.5</{quantity}Quantity>')
    assert _cells(line) == {
        "description": "Thing",
        "quantity": Decimal("-3.5"),
        "unit": "hour",
        "unit_price": Decimal(2),
    }


@pytest.mark.parametrize(
    ("price", "value"),
    [
        ("<PriceAmount>550</PriceAmount><BaseQuantity>100</BaseQuantity>", Decimal("5.5")),
        ("<PriceAmount>5</PriceAmount><BaseQuantity>1.0</BaseQuantity>", Decimal(5)),
        ("<PriceAmount>5</PriceAmount><BaseQuantity>0</BaseQuantity>", Decimal(5)),
        ("<PriceAmount>5,5</PriceAmount><BaseQuantity>100</BaseQuantity>", None),
    ],
)
def test_the_unit_price_is_for_one_unit(price: str, value: Decimal | None) -> None:
    assert _cells(_line(price=price))["unit_price"] == value


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        (("Standard", "Sellers", "Buyers"), "Sellers"),
        (("Standard", "Buyers"), "Buyers"),
        (("Standard",), "Standard"),
    ],
)
def test_the_sellers_product_code_goes_first(codes: tuple[str, ...], code: str) -> None:
    item = "".join(f"<{one}ItemIdentification><ID>{one}</ID></{one}ItemIdentification>" for one in codes)
    assert _cells(_line(item=f"<Name>N</Name>{item}"))["product_code"] == code


def test_without_a_name_the_description_or_else_the_note_names_the_item() -> None:
    assert _cells(_line(item="<Description>Blue thing</Description>"))["description"] == "Blue thing"
    noted = _cells(_line(item="", more="<Note>See above</Note>"))
    assert noted["description"] == "See above"
    assert "specification" not in noted


def test_properties_stand_for_a_missing_description() -> None:
    item = (
        "<Name>N</Name><AdditionalItemProperty><Name>Colour</Name><Value>blue</Value></AdditionalItemProperty>"
        "<AdditionalItemProperty><Name>Empty</Name></AdditionalItemProperty>"
    )
    assert _cells(_line(item=item))["specification"] == "Colour: blue"
    assert _cells(_line(item=f"<Description>D</Description>{item}"))["specification"] == "D"


def test_of_several_taxes_on_a_line_vat_is_the_tax() -> None:
    taxes = "".join(
        f"<ClassifiedTaxCategory><Percent>{rate}</Percent><TaxScheme><ID>{scheme}</ID></TaxScheme>"
        "</ClassifiedTaxCategory>"
        for rate, scheme in (("2", "ENV"), ("19", "VAT"))
    )
    assert _cells(_line(item=f"<Name>N</Name>{taxes}"))["tax_rate"] == Decimal(19)


def test_lines_within_a_line_are_in_its_amount() -> None:
    inner = "<SubInvoiceLine><LineExtensionAmount>4</LineExtensionAmount></SubInvoiceLine>"
    cells = _cells(_line(more=f"<LineExtensionAmount>6</LineExtensionAmount>{inner}"))
    assert cells["net_amount"] == Decimal(6)


def test_an_allowance_on_a_line_is_in_its_amount() -> None:
    taken = "<AllowanceCharge><ChargeIndicator>false</ChargeIndicator><Amount>1</Amount></AllowanceCharge>"
    assert _cells(_line(more=f"<LineExtensionAmount>5</LineExtensionAmount>{taken}"))[
        "net_amount"
    ] == Decimal(5)


def test_a_line_without_figures_is_no_line() -> None:
    assert _read("<InvoiceLine><Item><Name>From here on: spare parts</Name></Item></InvoiceLine>") == ()


def _charge(indicator: str, amount: str = "5.00", reason: str = "Why") -> str:
    return (
        f"<AllowanceCharge>{indicator}<AllowanceChargeReason>{reason}</AllowanceChargeReason>"
        f"<Amount>{amount}</Amount><TaxCategory><Percent>19</Percent></TaxCategory></AllowanceCharge>"
    )


@pytest.mark.parametrize(
    ("indicator", "value"), [("true", "5.00"), ("1", "5.00"), ("false", "-5.00"), ("0", "-5.00")]
)
def test_allowances_and_charges_on_the_document_are_rows(indicator: str, value: str) -> None:
    _, row = _read(_line() + _charge(f"<ChargeIndicator>{indicator}</ChargeIndicator>"))
    assert {name: cell.value for name, cell in row.cells.items()} == {
        "description": "Why",
        "net_amount": Decimal(value),
        "tax_rate": Decimal(19),
    }
    assert row.cells["net_amount"].text == "5.00"


@pytest.mark.parametrize("charge", [_charge(""), _charge("<ChargeIndicator>false</ChargeIndicator>", "x")])
def test_what_may_be_an_allowance_or_a_charge_is_no_row(charge: str) -> None:
    assert len(_read(_line() + charge)) == 1


def test_charges_without_lines_are_no_rows() -> None:
    assert _read(_charge("<ChargeIndicator>true</ChargeIndicator>")) == ()
