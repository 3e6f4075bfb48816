"""A net amount is the gross amount too where the invoice says that no tax is on it."""

import pytest
from engines.layout.pages import first, grid, page, read, value_of


@pytest.mark.parametrize(
    "note",
    [
        "Reverse charge applies.",
        "Steuerschuldnerschaft des Leistungsempfängers.",
        "Autoliquidation de la TVA.",
        "Btw verlegd.",
        "Inversión del sujeto pasivo.",
        "Inversione contabile, art. 7-ter.",
        "IVA - autoliquidação.",
    ],
)
def test_the_only_total_of_an_untaxed_invoice_is_its_gross_amount(note: str) -> None:
    reading = read(page(grid("330 >545", "Total net | 344.00", top=500), f"{note} @50,560"))
    assert value_of(reading, "gross_amount") == "344.00"
    best = first(reading, "gross_amount")
    assert best is not None
    assert best.score < 0.7


@pytest.mark.parametrize("note", ["Thank you for your custom.", "Prices are without VAT."])
def test_a_net_amount_alone_is_no_gross_amount(note: str) -> None:
    reading = read(page(grid("330 >545", "Total net | 344.00", top=500), f"{note} @50,560"))
    assert value_of(reading, "gross_amount") is None


def test_a_gross_amount_that_is_printed_stays() -> None:
    rows = ("Total net | 344.00", "Total gross | 354.00")
    reading = read(page(grid("330 >545", *rows, top=500), "Reverse charge applies. @50,560"))
    assert value_of(reading, "gross_amount") == "354.00"
