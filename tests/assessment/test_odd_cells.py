"""Cells of items that are odd for their column, and those that are not."""

from decimal import Decimal

import pytest
from invoice_record import extraction, leaf, line, rows

from extractor.assessment.misfits import misfits
from extractor.assessment.odd_cells import odd_cells
from extractor.extraction.extraction import Extraction


def paths(made: Extraction) -> list[str]:
    return [path for path, _ in odd_cells(made)]


@pytest.mark.parametrize(
    ("column", "text", "is_odd"),
    [
        ("unit", "m2", False),
        ("unit", "100 Stk.", False),
        ("unit", "盒 8", True),
        ("unit", "€ 5,00%", True),
        ("unit", "€", True),
        ("unit", "mes 9,59 EUR", True),
        ("unit", "pair", False),
        ("specification", "(EUR)", True),
        ("specification", "1,153.44 16%", True),
        ("specification", "M12 × 80", False),
        ("product_code", "4700-41-E Faltkarton zweiwellig", True),
        ("product_code", "4700-41-E", False),
        ("product_code", "323.70 8.1%", True),
        ("product_code", "17.49", True),
        ("product_code", "次WV-35896", True),
        ("product_code", "CK-14561 montagem", True),
        ("product_code", "CK-14561 XL", False),
        ("specification", "100", True),
        ("product_code", "€ 27,72", True),
        ("product_code", "30.511.57", False),
        ("product_code", "月 TBV079", True),
        ("description", "Lamp 24 V", False),
        ("description", "Switch 191,25 €", True),
        ("description", "感谢贵司的信任与支持。", True),
        ("description", "Thank you for your order", True),
        ("description", "www.stoutjes.example", True),
        ("description", "mail@stoutjes.example", True),
        ("description", "Cleaner % 21,00 %", True),
        ("quantity", "€ 45,00", True),
        ("quantity", "45,00", False),
        ("quantity", "12,5%", True),
        ("description", "Toner (black) Within 10 days", True),
        ("description", "Scaffold for rent within 10 days", False),
    ],
)
def test_a_cell_holds_what_is_of_its_column(column: str, text: str, *, is_odd: bool) -> None:
    made = extraction(line_items=rows({**line("1", "100.00", "100.00"), column: leaf(text)}))
    assert paths(made) == ([f"line_items[0].{column}"] if is_odd else [])


@pytest.mark.parametrize(
    ("described", "code", "is_odd"),
    [
        (("A1909 Copper pipe", "Hinge"), None, True),  # half of them
        (("A1909 Copper pipe", "Hinge", "Board"), None, False),
        (("A1909 Copper pipe", "B2040 Hinge"), "X1", False),  # they have codes
        (("20 lunches", "120 oils"), None, True),
        (("4711 lamps", "Hinge", "Board"), None, False),
        (("425364 labour", "Hinge"), None, True),
        (("pcs", "kg", "Board"), "X1", True),  # units
        (("PTV039", "Hinge"), None, True),  # codes
        (("PTV039", "Hinge", "Board"), None, False),
        (("HEA200", "Hinge", "Board"), None, False),
        (("pcs", "Hinge", "Board"), "X1", False),
    ],
)
def test_descriptions_do_not_begin_with_a_missing_column(
    described: tuple[str, ...], code: str | None, *, is_odd: bool
) -> None:
    cells = [
        {"description": leaf(text), **({"product_code": leaf(code)} if code else {})} for text in described
    ]
    assert paths(extraction(line_items=rows(*cells))) == (["line_items"] if is_odd else [])


@pytest.mark.parametrize(("code", "is_odd"), [("002", True), ("20", True), ("003", False), ("0002", False)])
def test_a_code_is_not_its_rows_number(code: str, *, is_odd: bool) -> None:
    cells = [{"description": leaf("Lamp"), "product_code": leaf(each)} for each in ("BEN440", code)]
    assert paths(extraction(line_items=rows(*cells))) == (["line_items[1].product_code"] if is_odd else [])


def test_a_cell_holds_no_sum_and_a_code_no_unit() -> None:
    cells = {"description": leaf("Lamp"), "specification": leaf("Gr. 43 Zwischensumme")}
    assert paths(extraction(line_items=rows(cells))) == ["line_items[0].specification"]
    cells = {"description": leaf("Lamp"), "product_code": leaf("stuks 1938365")}
    assert paths(extraction(line_items=rows(cells))) == ["line_items[0].product_code"]


@pytest.mark.parametrize(
    ("column", "text", "is_odd"),
    [
        ("specification", "talla 43 48,30", True),
        ("specification", "6,751.80", True),
        ("specification", "32,32 EUR 21%", True),
        ("specification", "%", True),
        ("specification", "I.V.A. 0% sobre", True),
        ("specification", "25 % wool", False),
        ("specification", "maand", True),
        ("specification", "1600 × 400", False),
        ("unit", "不锈钢球阀", True),
        ("unit", "平方米", False),
        ("unit", "Hydraulikschlauch", True),
        ("product_code", "01 8339006900300", True),
        ("product_code", "CLD 1TB", False),
    ],
)
def test_a_cell_holds_nothing_of_its_neighbours(column: str, text: str, *, is_odd: bool) -> None:
    cells = {"description": leaf("Lamp"), column: leaf(text)}
    assert paths(extraction(line_items=rows(cells))) == ([f"line_items[0].{column}"] if is_odd else [])


def test_an_items_text_is_no_tax_id() -> None:
    cells = {"description": leaf("VAT number: IE1474312B")}
    assert paths(extraction(line_items=rows(cells))) == ["line_items[0].description"]


def test_odd_cells_are_among_what_does_not_fit() -> None:
    made = extraction(line_items=rows({"description": leaf("Lamp"), "unit": leaf("不锈钢球阀")}))
    assert "line_items[0].unit" in [path for path, _ in misfits(made)]


@pytest.mark.parametrize(
    ("texts", "unit", "is_odd"),
    [
        (("双劳保鞋", "台交换机"), None, True),
        (("双劳保鞋", "台交换机"), "个", False),
        (("双劳保鞋",), None, False),
        (("双劳保鞋", "劳保鞋"), None, True),  # half of them
        (("双劳保鞋", "劳保鞋", "交换机"), None, False),
    ],
)
def test_chinese_texts_do_not_all_begin_with_a_unit(
    texts: tuple[str, ...], unit: str | None, *, is_odd: bool
) -> None:
    cells = [{"description": leaf(text), **({"unit": leaf(unit)} if unit else {})} for text in texts]
    assert paths(extraction(line_items=rows(*cells))) == (["line_items"] if is_odd else [])


@pytest.mark.parametrize(("full", "is_odd"), [(2, True), (1, True), (0, False)])
def test_an_item_has_both_quantity_and_price_where_others_have(full: int, *, is_odd: bool) -> None:
    half = {"description": leaf("Lamp"), "quantity": leaf(Decimal(2)), "net_amount": leaf(Decimal(20))}
    others = [{**line("1", "10.00", "10.00"), "description": leaf("Hinge")}] * full
    others += [{"description": leaf("Freight"), "net_amount": leaf(Decimal(5))}] * full
    assert bool(paths(extraction(line_items=rows(half, *others)))) is is_odd


@pytest.mark.parametrize(
    ("text", "others_unit", "is_odd"),
    [("Coffee, bag 1 kg bag", "pcs", True), ("Coffee, bag 1 kg bag", None, False), ("Coffee", "pcs", False)],
)
def test_a_text_does_not_end_with_the_unit_that_others_have_apart(
    text: str, others_unit: str | None, *, is_odd: bool
) -> None:
    unit = {"unit": leaf(others_unit)} if others_unit else {}
    lone = {**line("2", "10.00", "20.00"), "description": leaf(text)}
    others = [{**line("1", "10.00", "10.00"), "description": leaf("Hinge"), **unit}] * 2
    assert bool(paths(extraction(line_items=rows(lone, *others)))) is is_odd
