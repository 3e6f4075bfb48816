"""Columns whose heading says nothing are named by what their numbers make."""

from engines.layout.pages import grid, page, read, table_column, table_texts


def test_a_price_under_an_unknown_heading_makes_the_net_amount_with_the_quantity() -> None:
    reading = read(
        page(
            grid(
                "50 >330 >400 >540",
                "Bezeichnung | Menge | Vergleichswert | Betrag",
                "Bagger | 12 | 385,00 | 4.620,00",
                "Diesel | 164 | 2,05 | 336,20",
                top=200,
            )
        )
    )
    assert table_column(reading, "unit_price") == ["385,00", "2,05"]


def test_a_discount_in_percent_stands_between_price_and_net_amount() -> None:
    rows = ("Filter | 4 | 6,85 | 40 | 16,44", "Lucht | 3 | 14,20 | 40 | 25,56")
    head = "Omschrijving | Aantal | Catalogus | Kort. % | Netto totaal"
    reading = read(page(grid("50 >300 >380 >450 >540", head, *rows, top=200)))
    assert table_column(reading, "unit_price") == ["6,85", "14,20"]
    assert table_column(reading, "net_amount") == ["16,44", "25,56"]


def test_numbers_that_make_nothing_stay_without_a_name() -> None:
    reading = read(
        page(
            grid(
                "50 >330 >400 >540",
                "Bezeichnung | Menge | Vergleichswert | Betrag",
                "Bagger | 12 | 11,00 | 4.620,00",
                "Diesel | 164 | 9,00 | 336,20",
                top=200,
            )
        )
    )
    assert table_column(reading, "unit_price") == [None, None]


def test_a_factor_of_one_proves_no_price() -> None:
    reading = read(
        page(
            grid(
                "50 >330 >400 >540",
                "Bezeichnung | Menge | Vergleichswert | Betrag",
                "Bagger | 1 | 385,00 | 385,00",
                "Diesel | 1 | 336,20 | 336,20",
                top=200,
            )
        )
    )
    assert table_column(reading, "unit_price") == [None, None]


def test_of_two_amounts_the_one_without_tax_is_the_net_amount() -> None:
    reading = read(
        page(
            grid(
                "50 >350 >420 >460 >540",
                "Concepto | Uds. | Tarifa base | IVA | Importe",
                "Billete de ida | 1 | 53,00 | 10% | 58,30",
                "Billete de vuelta | 1 | 56,00 | 10% | 61,60",
                top=200,
            )
        )
    )
    assert [row["net_amount"] for row in table_texts(reading)] != ["58,30", "61,60"]


def test_a_unit_between_quantity_and_price_belongs_to_the_quantity() -> None:
    reading = read(
        page(
            "Tätigkeit @60,200", "Std @>386,200", "Satz @>420,200", "EUR @>500,200",
            "Workshop @60,216", "7,50 h 128,00 @>420,216", "960,00 @>500,216",
            "Schulung @60,232", "4,00 h 128,00 @>420,232", "512,00 @>500,232",
        )
    )  # fmt: skip
    assert table_column(reading, "unit") == ["h", "h"]
    assert table_column(reading, "quantity") == ["7,50", "4,00"]
    assert table_column(reading, "unit_price") == ["128,00", "128,00"]


def test_headings_with_the_numbers_of_a_form_head_a_table() -> None:
    reading = read(
        page(
            grid(
                "40 100 >360 >440 >540",
                "13. HS code | 14. Description of goods | 15. Quantity | 16. Price | 17. Amount",
                "6302.60 | Towels | 36 | 3.15 | 113.40",
                "6302.21 | Bed linen | 84 | 11.90 | 999.60",
                top=200,
            )
        )
    )
    assert table_texts(reading)[1] == {
        "product_code": "6302.21",
        "description": "Bed linen",
        "quantity": "84",
        "unit_price": "11.90",
        "net_amount": "999.60",
    }


def test_a_model_in_front_of_the_description_is_its_code_and_behind_it_is_not() -> None:
    rows = ("LT-3302 | LED track light | 60 | 148.00 | 8,880.00", "DR-0041 | Driver | 20 | 215.00 | 4,300.00")
    in_front = grid(
        "40 130 >360 >440 >540", "Model | Description | Qty | Unit Price | Amount", *rows, top=200
    )
    assert table_column(read(page(in_front)), "product_code") == ["LT-3302", "DR-0041"]
    behind = (
        "LED track light | LT-3302 | 60 | 148.00 | 8,880.00",
        "Driver | DR-0041 | 20 | 215.00 | 4,300",
    )
    head = "Description | Model | Qty | Unit Price | Amount"
    reading = read(page(grid("40 200 >360 >440 >540", head, *behind, top=200)))
    assert table_column(reading, "specification") == ["LT-3302", "DR-0041"]


def test_a_net_price_times_the_quantity_is_the_net_amount() -> None:
    rows = ("Cable | 8 | 259.20 | 2,073.60", "Chair | 2 | 152.72 | 305.44")
    reading = read(page(grid("50 >330 >420 >540", "Particulars | Qty | Net | Worth", *rows, top=200)))
    assert table_column(reading, "unit_price") == ["259.20", "152.72"]
    assert table_column(reading, "net_amount") == ["2,073.60", "305.44"]


def test_the_column_with_a_currency_is_the_price() -> None:
    rows = (
        "Descripción | Uno | Dos | IVA | Importe",
        "Tablero | 2,50 | $4,00 | 21% | $10,00",
        "Cola | 1,25 | $8,00 | 21% | $10,00",
    )
    reading = read(page(grid("50 >330 >400 >460 >540", *rows, top=200)))
    assert table_column(reading, "unit_price") == ["$4,00", "$8,00"]


def test_without_a_currency_the_column_of_whole_numbers_is_the_quantity() -> None:
    rows = (
        "Descripción | Uno | Dos | IVA | Importe",
        "Tablero | 2,50 | 4,00 | 21% | 10,00",
        "Cola | 1,25 | 8,00 | 21% | 10,00",
    )
    reading = read(page(grid("50 >330 >400 >460 >540", *rows, top=200)))
    assert table_column(reading, "quantity") == ["4,00", "8,00"]


def test_a_column_of_three_decimals_is_the_quantity_however_many_are_whole() -> None:
    rows = (
        "Descripción | Uno | Dos | IVA | Importe",
        "Tablero | 14.719 | 1,000 | 21% | 14.719",
        "Cola | 80.100 | 36,000 | 21% | 2.883.600",
        "Perno | 7.283 | 63,250 | 21% | 460.650",
    )
    reading = read(page(grid("50 >330 >400 >460 >540", *rows, top=200)))
    assert table_column(reading, "quantity") == ["1,000", "36,000", "63,250"]


def test_a_returned_quantity_in_brackets_has_its_unit_behind() -> None:
    rows = (
        "Descrizione | Qtà | Prezzo | Importo",
        "Lampada | (20,00) pz | 40,06 | (801,20)",
        "Consulenza | (4,75) h | 90,00 | (427,50)",
    )
    reading = read(page(grid("50 >330 >430 >540", *rows, top=200)))
    assert table_column(reading, "quantity") == ["(20,00)", "(4,75)"]
    assert table_column(reading, "unit") == ["pz", "h"]


def test_amounts_without_cents_allow_for_their_rounding() -> None:
    rows = (
        "Descripción | Uno | Dos | IVA | Importe",
        "Asesoría | 4,75 | 75.330 | 19% | 357.818",
        "Baldosa | 2,50 | 16.679 | 19% | 41.698",
        "Perno | 1,25 | 10.001 | 19% | 12.510",
    )
    reading = read(page(grid("50 >330 >400 >460 >540", *rows, top=200)))
    assert table_column(reading, "unit_price") == ["75.330", "16.679", "10.001"]
