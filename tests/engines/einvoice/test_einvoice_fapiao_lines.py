from decimal import Decimal

import pytest

from extractor.engines.einvoice.fapiao_lines import read_lines
from extractor.engines.einvoice.safe_xml import parse_xml


def _rows(inside: str) -> list[dict[str, object]]:
    root = parse_xml(f"<EInvoice><EInvoiceData>{inside}</EInvoiceData></EInvoice>".encode())
    return [{name: cell.value for name, cell in row.cells.items()} for row in read_lines(root)]


def _row(inside: str) -> str:
    return f"<IssuItemInformation><ItemName>N</ItemName>{inside}</IssuItemInformation>"


@pytest.mark.parametrize(
    ("written", "rate", "is_derived"),
    [
        ("0.13", "13", True),
        ("0.060", "6", True),
        ("0.015", "1.5", True),
        ("0.005", "0.5", True),
        ("0.49", "49", True),
        ("0.5", "0.5", False),
        ("0", "0", True),
        ("13", "13", False),
        ("13%", "13", False),
        ("1.5%", "1.5", False),
        ("13％", "13", False),
        ("免税", "0", False),
        ("不征税", "0", False),
        ("零税率", "0", False),
    ],
)
def test_rates_are_shares_percentages_or_words(written: str, rate: str, *, is_derived: bool) -> None:
    root = parse_xml(_row(f"<TaxRate>{written}</TaxRate>").encode())
    (row,) = read_lines(root)
    cell = row.cells["tax_rate"]
    assert (cell.text, cell.value, cell.is_derived) == (written, Decimal(rate), is_derived)


@pytest.mark.parametrize("written", ["***", "*", "＊＊＊", "", " "])
def test_a_hidden_or_empty_figure_is_not_there(written: str) -> None:
    names = ("TaxRate", "ComTaxAm", "Quantity", "UnPrice")
    assert _rows(_row("".join(f"<{name}>{written}</{name}>" for name in names))) == [{"description": "N"}]


def test_a_rate_that_is_none_is_left_to_interpretation() -> None:
    assert _rows(_row("<TaxRate>see above</TaxRate>")) == [{"description": "N", "tax_rate": None}]


@pytest.mark.parametrize("name", ["ComTaxAm", "TaxAm", "TaxAmount"])
def test_tax_goes_by_several_names(name: str) -> None:
    assert _rows(_row(f"<{name}>-1.30</{name}>"))[0]["tax_amount"] == Decimal("-1.30")


def test_the_name_keeps_its_tax_category() -> None:
    item = "<IssuItemInformation><ItemName>*软件*许可</ItemName></IssuItemInformation>"
    assert _rows(item) == [{"description": "*软件*许可"}]


def test_rows_may_be_nested_in_one_element() -> None:
    rows = "".join(f"<ItemDetail><ItemName>{name}</ItemName><Amount>1</Amount></ItemDetail>" for name in "AB")
    found = _rows(f"<IssuItemInformation>{rows}</IssuItemInformation>")
    assert [row["description"] for row in found] == ["A", "B"]


def test_a_row_within_a_row_element_is_read_once() -> None:
    row = "<IssuItemInformation><ItemName>A</ItemName></IssuItemInformation>"
    assert _rows(f"<IssuItemInformation>{row}{row}</IssuItemInformation>") == [{"description": "A"}] * 2


def test_an_element_without_cells_is_no_row() -> None:
    assert (
        _rows("<IssuItemInformation/><IssuItemInformation><TaxRate>0.13</TaxRate></IssuItemInformation>")
        == []
    )


def test_what_is_specific_to_a_trade_is_no_row() -> None:
    assert _rows("<SpecificInformation><Toll><Amount>9</Amount></Toll></SpecificInformation>") == []
