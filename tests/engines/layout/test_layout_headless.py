"""Items without a header are told by their sum alone."""

import pytest
from engines.layout.pages import block, grid, page, read, table_column, table_texts, value_of


def rows(*texts: str, top: float = 200.0) -> list[str]:
    """Set rows of a text at the left and an amount at the right."""
    prints = []
    for index, each in enumerate(texts):
        name, amount = each.split(" | ")
        prints += [f"{name} @50,{top + index * 20:g}", f"{amount} @>540,{top + index * 20:g}"]
    return prints


def test_rows_that_add_up_to_the_sum_below_are_items() -> None:
    reading = read(page(rows("Lektorat Bericht | 299,00 €", "Korrektorat | 45,00 €", "Summe | 344,00 €")))
    assert table_texts(reading) == [
        {"description": "Lektorat Bericht", "net_amount": "299,00 €"},
        {"description": "Korrektorat", "net_amount": "45,00 €"},
    ]
    assert value_of(reading, "gross_amount") == "344.00"


def test_rows_that_do_not_add_up_are_none() -> None:
    reading = read(page(rows("Lektorat Bericht | 299,00 €", "Korrektorat | 45,00 €", "Summe | 345,00 €")))
    assert table_texts(reading) == []


def test_one_row_beside_the_same_amount_proves_nothing() -> None:
    assert table_texts(read(page(rows("Lektorat Bericht | 299,00 €", "Summe | 299,00 €")))) == []


def test_net_amount_and_tax_are_no_items_of_the_gross_amount() -> None:
    reading = read(page(rows("Nettobetrag | 100,00", "+ 19 % USt | 19,00", "Rechnungsbetrag | 119,00")))
    assert table_texts(reading) == []


def test_a_sum_needs_no_known_label() -> None:
    items = ("Traduzione, cartelle | 432,00", "Asseverazione | 60,00", "Spettanze | 492,00")
    reading = read(page(rows(*items, "Rivalsa INPS 4% | 19,68", "Totale dovuto | 511,68")))
    assert table_column(reading, "net_amount") == ["432,00", "60,00"]
    assert value_of(reading, "gross_amount") == "511.68"


def test_two_numbers_that_make_the_amount_are_quantity_and_price() -> None:
    reading = read(
        page(
            "Brand identity @50,200", "2 × $3,200.00 @>440,200", "$6,400.00 @>540,200",
            "Editing, 46 pages at $6.50 @50,220", "$299.00 @>540,220",
            "Colour, 40 swatches at $6.50 @50,240", "$300.00 @>540,240",
            "Total @50,260", "$6,999.00 @>540,260",
        )
    )  # fmt: skip
    assert table_column(reading, "quantity") == ["2", "46", None]
    assert table_column(reading, "unit") == [None, "pages", None]
    assert table_column(reading, "unit_price") == ["$3,200.00", "$6.50", None]


def test_a_smaller_line_below_is_the_specification() -> None:
    reading = read(
        page(
            "Brand identity @50,200", "$3,200.00 @>540,200", "Logo suite, color system @50,214,8",
            "Mock-ups @50,240", "$450.00 @>540,240",
            "Total @50,270", "$3,650.00 @>540,270",
        )
    )  # fmt: skip
    assert table_column(reading, "specification") == ["Logo suite, color system", None]


def test_print_in_a_column_beside_the_items_does_not_part_them() -> None:
    aside = block("Greenville, SC 29601", "Jul 2, 2025", x=20, top=208)
    reading = read(
        page(
            aside,
            "Brand identity @250,200", "$3,200.00 @>540,200",
            "Mock-ups @250,240", "$450.00 @>540,240",
            "Total @250,270", "$3,650.00 @>540,270",
        )
    )  # fmt: skip
    assert table_column(reading, "description") == ["Brand identity", "Mock-ups"]


def test_amounts_at_different_edges_belong_to_different_things() -> None:
    reading = read(
        page(
            "Brand identity @50,200", "$3,200.00 @>540,200",
            "Mock-ups @50,220", "$450.00 @>400,220",
            "Total @50,240", "$3,650.00 @>540,240",
        )
    )  # fmt: skip
    assert table_texts(reading) == []


def test_columns_without_a_header_are_named_by_what_stands_in_them() -> None:
    reading = read(
        page(
            grid(
                "50 130 >350 380 >450 >480 >545",
                "TF-43353 | Chaussures | 20 | paire | 61,46 | 20 % | 1.229,20",
                "TN-58204 | Étiquettes | 8 | lot | 135,16 | 5,5 % | 1.081,28",
                "RM-72369 | Cartons | 10 | lot | 403,20 | 5,5 % | 4.032,00",
                top=200,
            ),
            "Total HT @300,280",
            "6.342,48 @>545,280",
        )
    )
    assert table_texts(reading)[1] == {
        "product_code": "TN-58204",
        "description": "Étiquettes",
        "quantity": "8",
        "unit": "lot",
        "unit_price": "135,16",
        "tax_rate": "5,5 %",
        "net_amount": "1.081,28",
    }


def test_of_two_columns_that_add_up_to_totals_the_lesser_is_the_net_amount() -> None:
    items = grid("50 >300 >380 >460 >540", *(
        "Calcestruzzo | 2 | 50,00 | 100,00 | 122,00",
        "Assistenza | 3 | 100,00 | 300,00 | 366,00",
    ), top=200)  # fmt: skip
    totals = grid(
        "300 >540", "Totale imponibile: | 400,00", "IVA 22%: | 88,00", "Totale fattura | 488,00", top=250
    )
    reading = read(page(items, totals))
    assert table_column(reading, "net_amount") == ["100,00", "300,00"]
    assert table_column(reading, "quantity") == ["2", "3"]


def test_sums_of_groups_are_passed_over() -> None:
    reading = read(
        page(
            grid(
                "50 >380 >460 >540",
                "Netzwerkswitch | 3 | 262,99 | 788,97",
                "Transportbeton | 2 | 119,36 | 238,72",
                "Zwischensumme |  |  | 1.027,69",
                "Tapezierarbeiten | 7 | 10,46 | 73,22",
                "Präzisionswaage | 10 | 451,14 | 4.511,40",
                "Zwischensumme |  |  | 4.584,62",
                "Warenwert netto |  |  | 5.612,31",
                top=200,
            ),
        )
    )
    assert table_column(reading, "net_amount") == ["788,97", "238,72", "73,22", "4.511,40"]


def test_a_number_at_the_end_of_an_address_is_no_item() -> None:
    reading = read(
        page(
            "Galleria Cavalli 4 @>540,180",
            rows("Traduzione | 432,00", "Asseverazione | 60,00", "Spettanze | 492,00"),
        )
    )
    assert table_column(reading, "description") == ["Traduzione", "Asseverazione"]


def test_a_table_of_taxes_with_a_header_is_not_taken_for_the_items() -> None:
    reading = read(
        page(
            grid("50 >380 >460 >540", "Tube | 3 | 10,00 | 30,00", "Cartons | 2 | 35,00 | 70,00", top=200),
            grid("50 >200 >300", "Taux | Base HT | Montant TVA", "20 % | 100,00 | 20,00", top=260),
            grid("300 >540", "Total HT | 100,00", "TVA 20 % | 20,00", "Total TTC | 120,00", top=310),
        )
    )
    assert table_column(reading, "description") == ["Tube", "Cartons"]


LARGE = "Capital 1.250.000,00 @50,700"  # tells how numbers are written


def bare(columns: str, *items: str, total: str) -> list[str]:
    """Set items without a header above their total."""
    return [
        *grid(columns, *items, top=200),
        f"Total @300,{220 + 20 * len(items)}",
        f"{total} @>545,{220 + 20 * len(items)}",
    ]


def test_a_group_may_be_summed_up_by_its_heading() -> None:
    items = page(
        grid("50 >380 >460 >540", "Phase 1: survey |  |  | ", "Canvas | 40 | 6.55 | 262.00", top=180),
        grid("50 >380 >460 >540", "Site survey | 6 | 518.40 | 3110.40", top=220),
        "Total Phase 1: survey @>460,240", "3372.40 @>540,240",
        grid("50 >380 >460 >540", "Site A |  |  | ", "Luminaire | 8 | 104.11 | 832.88", top=260),
        grid("50 >380 >460 >540", "Cleaner | 2 | 13.42 | 26.84", top=300),
        "Total Site A @>460,320", "859.72 @>540,320",
        "Total net @>460,360", "4232.12 @>540,360",
    )  # fmt: skip
    assert table_column(read(items), "net_amount") == ["262.00", "3110.40", "832.88", "26.84"]


def test_prices_with_a_currency_are_no_text() -> None:
    items = ("Canvas | m | 40 | SGD 6.55 | SGD 262.00", "Survey | day | 6 | SGD 518.40 | SGD 3,110.40")
    reading = read(page(bare("50 300 >380 >460 >545", *items, total="SGD 3,372.40")))
    assert table_column(reading, "unit_price") == ["SGD 6.55", "SGD 518.40"]
    assert table_column(reading, "quantity") == ["40", "6"]
    assert table_column(reading, "specification") == [None, None]


def test_a_quantity_with_its_unit_is_told_by_the_product_and_keeps_whole_prices() -> None:
    items = ("Asesoría | 4,75 h | 75.330 | 357.818", "Baldosa | 25 m² | 16.678 | 416.950")
    reading = read(page(bare("50 >380 >460 >545", *items, total="774.768"), LARGE))
    assert table_column(reading, "quantity") == ["4,75", "25"]
    assert table_column(reading, "unit") == ["h", "m²"]
    assert table_column(reading, "unit_price") == ["75.330", "16.678"]


def test_a_size_that_makes_no_amount_is_the_specification() -> None:
    items = ("Bulb | 60 W | 4 | 2.50 | 10.00", "Lamp | 40 W | 3 | 8.00 | 24.00")
    reading = read(page(bare("50 >300 >380 >460 >545", *items, total="34.00")))
    assert table_column(reading, "specification") == ["60 W", "40 W"]
    assert table_column(reading, "quantity") == ["4", "3"]


def test_one_row_of_two_may_be_of_one_piece() -> None:
    items = ("Desk | 1 pc | 97.13 | 97.13", "Hosting | 10 month | 20.41 | 204.10")
    reading = read(page(bare("50 >380 >460 >545", *items, total="301.23")))
    assert table_column(reading, "unit_price") == ["97.13", "20.41"]
    ones = ("Desk | 1 pc | 97.13 | 97.13", "Hosting | 1 month | 20.41 | 20.41")  # proves nothing
    reading = read(page(bare("50 >380 >460 >545", *ones, total="117.54")))
    assert table_column(reading, "unit_price") == [None, None]


@pytest.mark.parametrize(
    ("rates", "tax"),
    [
        (("15% | 22%", " | 22%"), ["22%", "22%"]),  # the tax in every row
        (("22% | 15%", "22% | "), ["22%", "22%"]),
        (("15% | 22%", "5% | 22%"), ["22%", "22%"]),  # the tax that is the same
        (("15% | 22", "5% | 22"), ["22", "22"]),  # without its sign
        (("15% | 33", "5% | 33"), [None, None]),  # no usual rate
    ],
)
def test_of_two_columns_of_percentages_the_other_is_a_discount(
    rates: tuple[str, ...], tax: list[str | None]
) -> None:
    first, second = rates
    amounts = ["184.62" if "15" in first else "217.20", "44.66" if "5%" in second else "47.01"]
    items = (f"Hosting | 24 | 9.05 | {first} | {amounts[0]}", f"Bolts | 3 | 15.67 | {second} | {amounts[1]}")
    total = f"{float(amounts[0]) + float(amounts[1]):.2f}"
    reading = read(page(bare("50 >280 >340 >400 >460 >545", *items, total=total)))
    assert table_column(reading, "tax_rate") == tax
    assert table_column(reading, "unit_price") == ["9.05", "15.67"]


def test_a_discount_alone_is_no_tax() -> None:
    items = (
        "Filtro | 12 | 17.77 | 5 % | 202.58",
        "Aceite | 120 | 35.51 | 10 % | 3835.08",
        "Hoja | 2 | 4.00 |  | 8.00",
    )
    reading = read(page(bare("50 >280 >340 >400 >545", *items, total="4045.66")))
    assert table_column(reading, "tax_rate") == [None, None, None]
    assert table_column(reading, "quantity") == ["12", "120", "2"]


def test_amounts_without_cents_are_rounded() -> None:
    items = ("Lámpara | 3 | 35.192 | 15 % | 89.740", "Tóner | 24 | 35.186 |  | 844.464")
    reading = read(page(bare("50 >280 >340 >400 >545", *items, total="934.204"), LARGE))
    assert table_column(reading, "unit_price") == ["35.192", "35.186"]


@pytest.mark.parametrize(
    ("codes", "found"), [(("C6125", "P8732"), ["C6125", "P8732"]), (("C6125", "P-8732"), [None, None])]
)
def test_codes_of_one_form_behind_the_description_are_the_items(
    codes: tuple[str, str], found: list[str | None]
) -> None:
    items = (f"Canvas | {codes[0]} | 40 | 6.55 | 262.00", f"Survey | {codes[1]} | 6 | 518.40 | 3110.40")
    reading = read(page(bare("50 200 >380 >460 >545", *items, total="3372.40")))
    assert table_column(reading, "product_code") == found


@pytest.mark.parametrize(("off", "is_read"), [(3.0, True), (3.1, False)])
def test_amounts_may_begin_at_one_edge(off: float, *, is_read: bool) -> None:
    left = ["Canvas @50,200", "262.00 @400,200", "Survey @50,220", f"3110.40 @{400 + off},220"]
    reading = read(page(left, "Total @300,260", "3372.40 @400,260"))
    assert table_column(reading, "net_amount") == (["262.00", "3110.40"] if is_read else [])


def test_one_row_is_an_item_where_two_of_its_numbers_make_its_amount() -> None:
    reading = read(page(bare("50 >380 >460 >545", "Canvas | 40 | 6.55 | 262.00", total="262.00")))
    assert table_column(reading, "quantity") == ["40"]
    reading = read(page(bare("50 >380 >460 >545", "Canvas | 40 | 6.50 | 262.00", total="262.00")))
    assert table_texts(reading) == []
    reading = read(page(bare("50 >380 >460 >545", "Canvas | 40 | 6.55 | 262.00", total="263.00")))
    assert table_texts(reading) == []


def test_the_price_of_a_sole_piece_is_its_amount_though_both_make_a_total() -> None:
    reading = read(
        page(bare("50 >100 >380 430 >490 >545", "1 | Canvas | 1.00 | pc | 18.60 | 18.60", total="18.60"))
    )
    assert table_texts(reading) == [
        {
            "description": "Canvas",
            "quantity": "1.00",
            "unit": "pc",
            "unit_price": "18.60",
            "net_amount": "18.60",
        }
    ]


@pytest.mark.parametrize("before", ["40 | m", "40 m", "01 | 40 | m"])
def test_quantity_and_unit_may_stand_in_front(before: str) -> None:
    columns = " ".join(["50", "90", "130"][: before.count("|") + 1])
    after = before.replace("40", "6").replace("m", "day").replace("01", "02")
    items = (f"{before} | Canvas, white | 6.55 | 262.00", f"{after} | Site survey | 518.40 | 3110.40")
    reading = read(page(bare(f"{columns} 200 >460 >545", *items, total="3372.40")))
    assert table_column(reading, "quantity") == ["40", "6"]
    assert table_column(reading, "unit") == ["m", "day"]
    assert table_column(reading, "description") == ["Canvas, white", "Site survey"]


def test_units_with_raised_digits_are_units() -> None:
    items = ("Concrete | 5 | m³ | 82.60 | 413.00", "Survey | 36 | day | 388.80 | 13996.80")
    reading = read(page(bare("50 >330 350 >460 >545", *items, total="14409.80")))
    assert table_column(reading, "unit") == ["m³", "day"]


def test_a_currency_behind_amounts_makes_no_description() -> None:
    items = ("水 | 3.00 | 104.86 CNY | 314.58 CNY", "纸 | 5.00 | 4.68 CNY | 23.40 CNY")
    reading = read(page(bare("50 >330 >460 >545", *items, total="337.98 CNY")))
    assert "104.86 CNY" not in table_column(reading, "description")
