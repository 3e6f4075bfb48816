"""Rows of items: which column is which, and what of a cell is which value."""

from collections.abc import Mapping

import pytest
from engines.layout.pages import block, grid, page, read, table_column, table_texts

from extractor.engines.reading import Reading


def of_grid(columns: str, *rows: str) -> Reading:
    return read(page("Invoice No: 4711 @50,100", grid(columns, *rows, top=300)))


def rows(columns: str, *printed: str) -> list[dict[str, str]]:
    return table_texts(of_grid(columns, *printed))


FOUR = "50 >300 >400 >545"
HEAD = "Description | Qty | Unit Price | Amount"


def test_description_quantity_price_and_amount_are_read() -> None:
    assert rows(FOUR, HEAD, "Oak board | 2 | 3.50 | 7.00", "Brass hinge | 4 | 2.00 | 8.00") == [
        {"description": "Oak board", "quantity": "2", "unit_price": "3.50", "net_amount": "7.00"},
        {"description": "Brass hinge", "quantity": "4", "unit_price": "2.00", "net_amount": "8.00"},
    ]


@pytest.mark.parametrize(
    ("columns", "head", "row"),
    [
        ("50 90 >430 >545", "Qty | Description | Unit Price | Amount", "2 | Oak board | 3.50 | 7.00"),
        (
            "50 130 >350 >430 >545",
            "Date | Description | Hours | Rate | Amount",
            "01/03/2026 | Oak board | 2 | 3.50 | 7.00",
        ),
        (
            "50 >300 310 >420 >545",
            "Description | Qty | Unit | Price | Total",
            "Oak board | 2 | pcs | 3.50 | 7.00",
        ),
        (
            "50 >300 >360 >440 >545",
            "Désignation | Qté | P.U. HT | TVA | Total HT",
            "Oak board | 2 | 3.50 | 20 % | 7.00",
        ),
        (
            "50 >280 >360 >450 >545",
            "Description | Qty | Price | Discount | Amount",
            "Oak board | 2 | 3.50 | 0.00 | 7.00",
        ),
    ],
)
def test_columns_may_come_in_any_order_with_others_between(columns: str, head: str, row: str) -> None:
    (found,) = rows(columns, head, row)
    assert {name: found[name] for name in ("description", "quantity", "unit_price", "net_amount")} == {
        "description": "Oak board",
        "quantity": "2",
        "unit_price": "3.50",
        "net_amount": "7.00",
    }


@pytest.mark.parametrize(
    "name", ["Total care plan", "Net curtain", "VAT return filing", "Date palm", "Versandkosten"]
)
def test_an_item_may_be_named_like_a_label(name: str) -> None:
    printed = rows(FOUR, HEAD, f"{name} | 1 | 5.00 | 5.00", "Oak board | 2 | 3.50 | 7.00")
    assert [row["description"] for row in printed] == [name, "Oak board"]


def test_an_item_without_quantity_and_price_is_an_item() -> None:
    printed = rows(FOUR, HEAD, "Oak board | 2 | 3.50 | 7.00", "Delivery |  |  | 5.00")
    assert printed[1] == {"description": "Delivery", "net_amount": "5.00"}


def test_amounts_with_spaced_thousands_stay_whole() -> None:
    (row,) = rows(FOUR, "Désignation | Qté | P.U. HT | Total HT", "Planche | 12 | 1 250,00 | 15 000,00")
    assert (row["quantity"], row["unit_price"], row["net_amount"]) == ("12", "1 250,00", "15 000,00")


def test_a_table_of_payments_is_none_of_the_items() -> None:
    reading = read(
        page(
            grid(FOUR, HEAD, "Oak board | 2 | 3.50 | 7.00", top=300),
            grid("330 >545", "Total | 7.00", top=340),
            grid("50 200 >545", "Date | Payment method | Amount", "5.3.2026 | Card | 7.00", top=400),
        )
    )
    assert table_column(reading, "description") == ["Oak board"]


def test_the_feet_and_heads_of_pages_are_no_items() -> None:
    pages = [
        page(
            "Alderbrook Joinery Ltd @50,30",
            "Invoice No: 4711 @50,60",
            grid(FOUR, HEAD, *(f"Board {3 * number + row} | 1 | 2.00 | 2.00" for row in range(3)), top=100),
            f"Page {number} of 3 @>545,800",
            number=number,
        )
        for number in (1, 2, 3)
    ]
    assert table_column(read(*pages), "description") == [f"Board {number}" for number in range(3, 12)]


def test_all_nine_columns_of_a_fapiao_are_read() -> None:
    (row,) = rows(
        "40 130 200 >270 >330 >400 >450 >545",
        "项目名称 | 规格型号 | 单位 | 数量 | 单价 | 金额 | 税率 | 税额",
        "*五金*螺栓 | M8 | 个 | 10 | 10.00 | 100.00 | 13% | 13.00",
    )
    assert row == {
        "description": "*五金*螺栓",
        "specification": "M8",
        "unit": "个",
        "quantity": "10",
        "unit_price": "10.00",
        "net_amount": "100.00",
        "tax_rate": "13%",
        "tax_amount": "13.00",
    }


def test_a_quantity_and_its_unit_in_one_cell_are_parted() -> None:
    (row,) = rows(FOUR, HEAD, "Oak board | 2 pcs | 3.50 | 7.00")
    assert (row["quantity"], row["unit"]) == ("2", "pcs")


def test_a_quantity_with_a_unit_keeps_its_decimals() -> None:
    (row,) = rows(
        "50 >300 >400 >545", "Bezeichnung | Menge | Einzelpreis | Gesamt", "Kies | 1,5 t | 40,00 | 60,00"
    )
    assert (row["quantity"], row["unit"]) == ("1,5", "t")


def test_the_running_number_is_no_part_of_the_description() -> None:
    printed = rows(
        "50 80 >300 >400 >545",
        "Pos | Description | Qty | Unit Price | Amount",
        "1 | Oak board | 2 | 3.50 | 7.00",
        "2 | Brass hinge | 4 | 2.00 | 8.00",
    )
    assert [row["description"] for row in printed] == ["Oak board", "Brass hinge"]
    assert all("product_code" not in row for row in printed)


def test_a_running_number_in_one_cell_with_the_description_is_dropped() -> None:
    printed = rows(FOUR, HEAD, "1 Oak board | 2 | 3.50 | 7.00", "2 Brass hinge | 4 | 2.00 | 8.00")
    assert [row["description"] for row in printed] == ["Oak board", "Brass hinge"]


def test_a_number_that_is_not_the_running_one_stays() -> None:
    printed = rows(FOUR, HEAD, "3 way valve | 2 | 3.50 | 7.00", "2 way valve | 4 | 2.00 | 8.00")
    assert printed[0]["description"] == "3 way valve"


def test_a_product_code_has_its_own_column() -> None:
    (row,) = rows(
        "50 130 >300 >400 >545",
        "Item No | Description | Qty | Price | Total",
        "AB-014 | Oak board | 2 | 3.50 | 7.00",
    )
    assert row["product_code"] == "AB-014"
    assert row["description"] == "Oak board"


def test_a_discount_in_the_cell_of_the_quantity_is_none() -> None:
    head = "Description | Price | Qty | Total"
    (row,) = rows(FOUR, head, "Scaffold | 357.00 | 12,5% 10 | 3123.75")
    assert row["quantity"] == "10"


def test_a_discount_is_a_row_with_a_negative_amount() -> None:
    printed = rows(FOUR, HEAD, "Oak board | 2 | 3.50 | 7.00", "Discount 10 % |  |  | -0.70")
    assert [row["net_amount"] for row in printed] == ["7.00", "-0.70"]


def test_a_fapiaos_discount_row_is_a_row() -> None:
    printed = rows(
        "40 |260 >330 >400 >460 >545",
        "项目名称 | 单位 | 数量 | 金额 | 税率 | 税额",
        "*五金*螺栓 | 个 | 10 | 100.00 | 13% | 13.00",
        "*五金*螺栓 |  |  | -10.00 | 13% | -1.30",
        "合计 |  |  | ¥90.00 |  | ¥11.70",
    )
    assert [row["net_amount"] for row in printed] == ["100.00", "-10.00"]
    assert [row["tax_amount"] for row in printed] == ["13.00", "-1.30"]


def test_negative_rows_of_a_credit_note_are_items() -> None:
    (row,) = rows(FOUR, HEAD, "Oak board | -2 | 3.50 | -7.00")
    assert (row["quantity"], row["net_amount"]) == ("-2", "-7.00")


def test_the_amount_is_what_quantity_times_price_makes_not_the_gross_column() -> None:
    (row,) = rows(
        "50 >230 >310 >390 >460 >545",
        "Description | Qty | Price | Net | VAT % | Gross",
        "Oak board | 2 | 50.00 | 100.00 | 19 % | 119.00",
    )
    assert row["net_amount"] == "100.00"
    assert row["tax_rate"] == "19 %"


def test_a_column_vat_is_a_rate_or_an_amount_by_what_stands_in_it() -> None:
    columns = "50 >280 >360 >450 >545"
    (rate,) = rows(
        columns, "Description | Qty | Price | VAT | Amount", "Oak board | 2 | 50.00 | 19 % | 100.00"
    )
    (amount,) = rows(
        columns, "Description | Qty | Price | VAT | Amount", "Oak board | 2 | 50.00 | 19.00 | 100.00"
    )
    assert rate["tax_rate"] == "19 %"
    assert amount["tax_amount"] == "19.00"


def test_a_discount_column_is_not_taken_for_price_or_rate() -> None:
    (row,) = rows(
        "50 >280 >360 >450 >545",
        "Description | Qty | Price | Disc % | Amount",
        "Oak board | 2 | 50.00 | 10 % | 90.00",
    )
    assert row == {"description": "Oak board", "quantity": "2", "unit_price": "50.00", "net_amount": "90.00"}


@pytest.mark.parametrize(
    ("cell", "text"),
    [("€ 7.00", "€ 7.00"), ("7.00 €", "7.00 €"), ("EUR 7.00", "EUR 7.00"), ("7.00*", "7.00")],
)
def test_an_amount_may_carry_its_currency_or_a_mark(cell: str, text: str) -> None:
    (row,) = rows(FOUR, HEAD, f"Oak board | 2 | 3.50 | {cell}")
    assert row["net_amount"] == text


def test_a_value_is_typed_by_the_documents_decimal_mark() -> None:
    reading = of_grid(FOUR, "Bezeichnung | Menge | Einzelpreis | Gesamt", "Kies | 1.200 | 0,95 | 1.140,00")
    cells = reading.tables["line_items"][0].cells
    assert {name: str(cell.value) for name, cell in cells.items() if cell.value is not None} == {
        "quantity": "1200",
        "unit_price": "0.95",
        "net_amount": "1140.00",
    }


def test_a_quantity_set_without_a_gap_behind_a_code_is_parted_where_the_arithmetic_says_so() -> None:
    columns = "50 >400 >470 >545"
    glued = rows(columns, "Description | Qty | Price | Amount", "Oak board AB-0146 |  | 3.50 | 21.00")
    assert glued[0].get("quantity") == "6"
    whole = rows(columns, "Description | Qty | Price | Amount", "Oak board AB-0146 |  | 3.50 | 20.00")
    assert "quantity" not in whole[0]


def test_the_table_of_items_is_chosen_over_the_table_of_taxes() -> None:
    reading = read(
        page(
            grid(FOUR, HEAD, "Oak board | 2 | 3.50 | 7.00", top=300),
            grid(">250 >350 >450", "VAT Rate | Net | VAT", "19 % | 7.00 | 1.33", top=400),
        )
    )
    assert table_column(reading, "description") == ["Oak board"]


def test_items_of_all_pages_are_taken_and_sums_are_not() -> None:
    reading = read(
        page(grid(FOUR, HEAD, "Oak board | 2 | 3.50 | 7.00", "Subtotal |  |  | 7.00", top=300)),
        page(grid(FOUR, HEAD, "Brass hinge | 4 | 2.00 | 8.00", "Total |  |  | 15.00", top=60), number=2),
    )
    assert table_column(reading, "description") == ["Oak board", "Brass hinge"]


def test_a_cell_points_at_what_it_was_read_from() -> None:
    cells: Mapping[str, object] = (
        of_grid(FOUR, HEAD, "Oak board | 2 | 3.50 | 7.00").tables["line_items"][0].cells
    )
    amount = of_grid(FOUR, HEAD, "Oak board | 2 | 3.50 | 7.00").tables["line_items"][0].cells["net_amount"]
    (box,) = amount.evidence.boxes
    assert round(box.x1) == 545
    assert round(box.y0) == 316
    assert set(cells) == {"description", "quantity", "unit_price", "net_amount"}


def test_a_document_without_a_table_has_no_items() -> None:
    assert "line_items" not in read(page(block("Invoice No: 4711", "Total: 7.00", x=50, top=100))).tables


def test_charges_of_a_forwarder_are_items() -> None:
    rows = (
        "CHARGE DESCRIPTION | QTY | VAT CODE | CHARGE USD",
        "Ocean freight | 1 | Z | 2150.00",
        "Terminal handling | 2 | S | 285.00",
    )
    reading = read(page(grid("50 >250 >350 >545", *rows, top=300)))
    assert table_column(reading, "description") == ["Ocean freight", "Terminal handling"]
    assert table_column(reading, "net_amount") == ["2150.00", "285.00"]
    assert table_column(reading, "product_code") == [None, None]


def test_items_of_a_subscription_are_counted_in_seats() -> None:
    rows = ("Item | Seats | Price | Total", "Growth plan | 12 | 29.00 | 348.00", "Add-on | 1 | 99.00 | 99.00")
    reading = read(page(grid("50 >300 >400 >545", *rows, top=300)))
    assert table_column(reading, "quantity") == ["12", "1"]


def test_of_a_taxable_and_a_total_column_the_first_is_net() -> None:
    rows = (
        "Description | Qty | Rate | Taxable | VAT % | VAT Amt | Total AED",
        "Copy paper | 40 | 62.00 | 2480.00 | 5% | 124.00 | 2604.00",
        "Toner | 6 | 315.00 | 1890.00 | 5% | 94.50 | 1984.50",
    )
    reading = read(page(grid("50 >250 >300 >360 >410 >470 >545", *rows, top=300)))
    assert table_column(reading, "net_amount") == ["2480.00", "1890.00"]


def test_two_labels_of_the_same_column_head_one() -> None:
    found = rows(
        FOUR,
        "Service detail | Usage | Rate | Charges",
        "Block storage volumes | 2400 | 0.08 | 192.00",
        "Log ingestion | 10 | 0.50 | 5.00",
    )
    assert [row["description"] for row in found] == ["Block storage volumes", "Log ingestion"]


def test_sums_in_the_headings_of_groups_are_no_items() -> None:
    found = rows(
        FOUR,
        HEAD,
        "Storage |  |  | 15.00",
        "Block | 2 | 3.50 | 7.00",
        "Objects | 4 | 2.00 | 8.00",
        "Network |  |  | 6.00",
        "Gateway | 3 | 2.00 | 6.00",
    )
    assert [row["description"] for row in found] == ["Block", "Objects", "Gateway"]


def test_for_how_many_units_a_price_is_is_no_unit() -> None:
    found = rows(
        "50 >300 >350 >430 >545",
        "Description | Qty | Per | Price | Amount",
        "Cable | 4000 | 100 | 93.10 | 3724.00",
        "Switch | 8 | 1 | 285.58 | 2284.64",
    )
    assert [row.get("unit") for row in found] == [None, None]
    named = rows(
        "50 >300 310 >430 >545", "Description | Qty | Unit | Price | Amount", "Cable | 8 | m | 2.00 | 16.00"
    )
    assert [row.get("unit") for row in named] == ["m"]


def test_a_running_number_with_leading_zeros_is_dropped() -> None:
    numbered = ("01 Oak board | 2 | 3.50 | 7.00", "02 Brass hinge | 4 | 2.00 | 8.00")
    assert [row["description"] for row in rows(FOUR, HEAD, *numbered)] == ["Oak board", "Brass hinge"]


def test_a_minus_behind_a_quantity_is_its_sign() -> None:
    found = of_grid(FOUR, HEAD, "Oak board | 2,00- ml | 3,50 | 7,00-", "Hinge | 4,00- ml | 2,00 | 8,00-")
    assert table_column(found, "quantity") == ["2,00-", "4,00-"]
    assert table_column(found, "unit") == ["ml", "ml"]


def test_a_count_before_a_unit_is_no_part_of_it() -> None:
    rows = ("Nitrile gloves | 24 | 24 BX | 2.00 | 48.00", "Gauze sponge | 16 | 16 PK | 5.00 | 80.00")
    table = grid("50 >300 >360 >440 >545", "Description | Qty | U/M | Price | Amount", *rows, top=300)
    reading = read(page(table))
    assert table_column(reading, "unit") == ["BX", "PK"]
    assert table_column(reading, "quantity") == ["24", "16"]


def test_codes_of_rows_without_tax_stand_among_rates() -> None:
    rows = (
        "Cuscinetto | 40 | 3,00 | 120,00 | 22",
        "Cinghia | 12 | 5,00 | 60,00 | 22",
        "Bollo | 1 | 2,00 | 2,00 | E15",
    )
    table = grid("50 >300 >380 >460 >545", "Descrizione | Quantità | Prezzo | Importo | IVA", *rows, top=300)
    assert list(table_column(read(page(table)), "tax_rate"))[:2] == ["22", "22"]


def test_amounts_of_tax_are_no_rates() -> None:
    rows = ("Cuscinetto | 40 | 3,00 | 120,00 | 26,40", "Cinghia | 12 | 5,00 | 60,00 | 13,20")
    table = grid("50 >300 >380 >460 >545", "Descrizione | Quantità | Prezzo | Importo | IVA", *rows, top=300)
    assert table_column(read(page(table)), "tax_amount") == ["26,40", "13,20"]


@pytest.mark.parametrize(
    "head",
    [
        "Item | Description | Scheduled Value | Previous Applications | This Period | Completed to Date",
        "Code | Désignation des travaux | Montant du marché | Cumul antérieur | Situation du mois | Cumul",
        "Cod. | Descrizione lavori | Importo contratto | SAL precedente | Presente SAL | Progressivo",
    ],
)
def test_the_amount_of_a_bill_of_progress_is_this_periods(head: str) -> None:
    rows = (
        "01 | General conditions | 48,000.00 | 24,000.00 | 9,600.00 | 33,600.00",
        "04 | Concrete | 67,200.00 | 40,320.00 | 20,160.00 | 60,480.00",
    )
    table = grid("30 70 >330 >460 >590 >730", head, *rows, top=300)
    assert table_column(read(page(table, width=842.0)), "net_amount") == ["9,600.00", "20,160.00"]


def test_a_column_that_counts_with_leading_zeros_is_no_code() -> None:
    head = "Item | Description | Qty | Unit Price | Amount"
    printed = rows(
        "50 90 >300 >400 >545", head, "01 | Oak board | 2 | 3.50 | 7.00", "02 | Hinge | 4 | 2.00 | 8.00"
    )
    assert all("product_code" not in row for row in printed)


def test_a_quantity_with_its_unit_in_the_column_of_sizes_is_one_where_the_arithmetic_says_so() -> None:
    columns, head = "50 200 >400 >545", "Description | Size | Price | Amount"
    (row,) = rows(columns, head, "Gardening | 2 h | 30.00 | 60.00")
    assert (row["quantity"], row["unit"]) == ("2", "h")
    assert "specification" not in row
    (row,) = rows(columns, head, "Gardening | 2 h | 30.00 | 90.00")
    assert "quantity" not in row
    assert row["specification"] == "2 h"


def test_codes_that_count_the_rows_are_left_out() -> None:
    columns, head = "50 100 >300 >400 >545", "Item | Description | Qty | Unit Price | Amount"
    counted = rows(columns, head, "1 | Oak board | 2 | 3.50 | 7.00", "2 | Brass hinge | 4 | 2.00 | 8.00")
    assert [row.get("product_code") for row in counted] == [None, None]


def test_of_two_numbers_in_a_cell_the_one_that_fits_is_the_quantity() -> None:
    other = "Brass hinge | 4 | 2.00 | 8.00"
    row, _ = rows(FOUR, HEAD, "Oak board 1600 × 650 × | 400 10 | 3.50 | 35.00", other)
    assert row["quantity"] == "10"


def test_nothing_is_glued_to_a_code_like_those_beside_quantities() -> None:
    columns, head = "50 200 >330 >420 >545", "Description | SKU | Qty | Unit Price | Amount"
    found = rows(
        columns,
        head,
        "Oak board | FR-67272 | 2 | 3.50 | 7.00",
        "Brass hinge | FR-67271 |  | 8.00 | 8.00",
        "Hinge pin | FR-6727 6 |  | 8.00 | 48.00",
    )
    assert [row["product_code"] for row in found] == ["FR-67272", "FR-67271", "FR-6727"]


@pytest.mark.parametrize(
    ("tax", "names"),
    [(("0.00", "0.00"), {"tax_amount"}), (("20.00", "20.00"), {"tax_rate"}), (("0", "0"), {"tax_rate"})],
)
def test_bare_zeros_with_cents_are_amounts_of_tax(tax: tuple[str, str], names: set[str]) -> None:
    columns, head = "50 >250 >340 >430 >545", "Description | Qty | Unit Price | GST | Amount"
    first_row, second_row = rows(
        columns, head, f"Oak board | 2 | 3.50 | {tax[0]} | 7.00", f"Hinge | 4 | 2.00 | {tax[1]} | 8.00"
    )
    assert {name for name in first_row if name.startswith("tax")} == names
    assert first_row.keys() == second_row.keys()


def test_a_price_under_the_quantitys_heading_beside_a_quantity_with_its_unit_is_the_price() -> None:
    columns, head = "50 >300 310 >545", "Description | Qty | Unit | Amount"
    (row,) = rows(columns, head, "Oak board | 33.58 | 2 pcs | 67.16")
    assert {name: row[name] for name in ("quantity", "unit", "unit_price")} == {
        "quantity": "2",
        "unit": "pcs",
        "unit_price": "33.58",
    }


def test_a_price_and_a_quantity_in_one_cell_are_parted_by_what_they_make() -> None:
    columns, head = "50 >300 310 >545", "Description | Qty | Unit | Amount"
    first_row, second_row = rows(
        columns, head, "Oak board | 299.60 € 5 | pcs | 1,498.00", "Hinge | 8.54 € 2.4 | m² | 20.50"
    )
    assert (first_row["unit_price"], first_row["quantity"], first_row["unit"]) == ("299.60 €", "5", "pcs")
    assert (second_row["unit_price"], second_row["quantity"]) == ("8.54 €", "2.4")  # 20.496, rounded


def test_quantities_that_count_like_the_rows_are_no_numbers_of_rows() -> None:
    columns = "50 130 >330 >430 >545"
    found = rows(
        columns,
        "Code | Description | Qty | Price | Amount",
        "HA-25570 | Setting up | 1 set | 162.00 | 162.00",
        "XR-93492 | Translation | 2 page | 31.05 | 62.10",
    )
    assert [(row["product_code"], row["quantity"], row["unit"]) for row in found] == [
        ("HA-25570", "1", "set"),
        ("XR-93492", "2", "page"),
    ]


@pytest.mark.parametrize(
    ("in_unit", "quantity", "expected"),
    [("66.88 each", "-1", ("-1", "66.88")), ("3 each", "22.50", ("3", "22.50"))],
)
def test_of_a_number_with_a_unit_and_one_without_the_one_with_cents_is_the_price(
    in_unit: str, quantity: str, expected: tuple[str, str]
) -> None:
    amount = "-66.88" if quantity == "-1" else "67.50"
    (found,) = rows(
        "50 300 >430 >545", "Description | Unit | Qty | Amount", f"Filter | {in_unit} | {quantity} | {amount}"
    )
    assert (found["quantity"], found["unit_price"], found["unit"]) == (*expected, "each")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Hosting", "web : basic", "plan"], "Hosting web : basic plan"),
        (["Hosting", "Serial : 4711", "plan"], "Hosting"),
    ],
)
def test_a_line_that_begins_small_is_no_detail_with_a_label(lines: list[str], text: str) -> None:
    first, *others = lines
    reading = read(
        page(
            grid(FOUR, HEAD, f"{first} | 2 | 3.50 | 7.00", top=300),
            *(f"{line} @50,{332 + 14 * index}" for index, line in enumerate(others)),
        )
    )
    assert table_texts(reading)[0]["description"] == text


def test_a_quantity_of_many_decimals_is_the_price() -> None:
    columns = "50 >300 >400 >545"
    (found,) = rows(columns, HEAD, "Printer | 2268.5663333333 | 30 | 68056.99")
    assert (found["quantity"], found["unit_price"]) == ("30", "2268.5663333333")
    (found,) = rows(columns, HEAD, "Printer | 2268.5663 | 30 | 68056.99")
    assert (found["quantity"], found["unit_price"]) == ("2268.5663", "30")


@pytest.mark.parametrize(("quantity", "column"), [("3", "unit_price"), ("1", "tax_amount")])
def test_a_tax_that_makes_the_amount_with_the_quantity_is_the_price(quantity: str, column: str) -> None:
    columns = "50 >300 >400 >545"
    amount = "2154.60" if quantity == "3" else "718.20"
    (found,) = rows(
        columns, "Description | Qty | VAT amount | Amount", f"Survey | {quantity} | 718.20 | {amount}"
    )
    assert found[column] == "718.20"


@pytest.mark.parametrize(("rate", "column"), [("10 %", "tax_amount"), ("21 %", "unit_price")])
def test_the_tax_at_its_rate_is_no_price(rate: str, column: str) -> None:
    head = "Description | Qty | VAT rate | VAT amount | Amount"
    (found,) = rows("50 >250 >350 >450 >545", head, f"Chair | 10 | {rate} | 135.45 | 1354.50")
    assert found[column] == "135.45"


@pytest.mark.parametrize(
    ("printed", "quantity", "unit"),
    [("80 %", "80", "%"), ("10 (5%)", "10", None), ("2 month €", "2", "month")],
)
def test_a_share_may_be_the_quantity(printed: str, quantity: str, unit: str | None) -> None:
    (row,) = rows(FOUR, HEAD, f"Oak board | {printed} | 3.50 | 7.00")
    assert (row["quantity"], row.get("unit")) == (quantity, unit)


def test_a_cell_with_a_discount_and_a_tax_has_no_rate() -> None:
    rows = (
        "Description | Qty | Price | VAT % | Amount",
        "Board | 2 | 10.00 | 3% 16 | 19.40",
        "Nails | 1 | 5.00 | 16 | 5.00",
    )
    reading = read(page(grid("50 >330 >400 >460 >540", *rows, top=200)))
    assert table_column(reading, "tax_rate") == [None, "16"]
