"""Totals side by side: a row of labels, the amounts below."""

from engines.layout.pages import grid, page, read, table_texts, value_of

ITEMS = grid(
    "50 >330 >410 >530",
    "Artikel | Menge | Preis | Betrag",
    "Schraubensatz | 4 | 100,00 | 400,00",
    "Dichtring | 2 | 50,00 | 100,00",
    top=200,
)


def test_each_amount_belongs_to_the_label_above_it() -> None:
    reading = read(
        page(
            ITEMS,
            "Warenwert @50,300",
            "MwSt % @160,300",
            "MwSt-Betrag @240,300",
            "Gutschriftsbetrag EUR @>540,300",
            "500,00 @50,316",
            "19,0 @160,316",
            "95,00 @240,316",
            "595,00 @>540,314,14",
        )
    )
    assert value_of(reading, "net_amount") == "500.00"
    assert value_of(reading, "tax_amount") == "95.00"
    assert value_of(reading, "gross_amount") == "595.00"
    assert table_texts(reading, "tax_breakdown") == [{"rate": "19,0", "base": "500,00", "tax": "95,00"}]


def test_a_label_in_two_languages_is_one_and_what_is_to_be_paid_is_the_gross_amount_too() -> None:
    reading = read(
        page(
            ITEMS,
            "Base imposable / Maatstaf @50,300",
            "TVA / BTW % @200,300",
            "Montant TVA / BTW-bedrag @280,300",
            "Total à payer / Totaal te betalen @>540,300",
            "500,00 € @50,316",
            "21,00 @200,316",
            "105,00 € @280,316",
            "605,00 € @>540,314,14",
        )
    )
    assert value_of(reading, "net_amount") == "500.00"
    assert value_of(reading, "gross_amount") == "605.00"
    assert value_of(reading, "amount_due") == "605.00"


def test_the_header_of_the_items_is_no_strip_of_totals() -> None:
    reading = read(
        page(
            grid(
                "50 >330 >410 >470 >540",
                "Description | Qty | Price | VAT | Total",
                "Chairs | 2 | 50.00 | 20.00 | 120.00",
                "Desks | 1 | 200.00 | 40.00 | 240.00",
                top=200,
            ),
            "Total @300,300",
            "360.00 @>540,300",
        )
    )
    assert value_of(reading, "gross_amount") == "360.00"


def test_an_amount_far_from_every_label_is_none_of_the_totals() -> None:
    reading = read(
        page("Subtotal @50,300", "VAT @120,300", "100.00 @50,316", "20.00 @120,316", "77.00 @>540,316")
    )
    assert value_of(reading, "net_amount") == "100.00"
    assert value_of(reading, "tax_amount") == "20.00"
    assert value_of(reading, "gross_amount") is None


def test_a_strip_of_totals_close_below_the_items_is_no_item() -> None:
    strip = grid(
        "60 200 350 >540", "Warenwert | MwSt 19 % | Endbetrag | Zahlbetrag",
        "500,00 | 95,00 | 595,00 | 595,00", top=248,
    )  # fmt: skip
    reading = read(page(ITEMS, strip))
    assert len(table_texts(reading)) == 2
    assert value_of(reading, "gross_amount") == "595.00"
    assert value_of(reading, "amount_due") == "595.00"


def test_taxes_of_two_rates_side_by_side_are_added_up() -> None:
    reading = read(
        page(
            ITEMS,
            "Nettobetrag @50,300",
            "USt 7 % @160,300",
            "USt 19 % @260,300",
            "Rechnungssumme @>540,300",
            "500,00 @50,316",
            "14,00 @160,316",
            "57,00 @260,316",
            "571,00 @>540,316",
        )
    )
    assert value_of(reading, "tax_amount") == "71.00"
    assert [row["rate"] for row in table_texts(reading, "tax_breakdown")] == ["7 %", "19 %"]
