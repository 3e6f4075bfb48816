"""Items without a header are told by their sum alone."""

from engines.layout.pages import block, page, read, table_column, table_texts, value_of


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
