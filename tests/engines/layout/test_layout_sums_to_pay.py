"""A sentence says what is to be paid where no total is labelled."""

import pytest
from engines.layout.pages import block, first, grid, page, read, value_of

HEAD = block("Nordwind Lampen GmbH", "Hafenstraße 9", "20457 Hamburg", "Tel. 040 123456", x=380, top=30)


@pytest.mark.parametrize(
    "sentence",
    [
        "Wir erlauben uns, Ihnen 1.234,50 EUR in Rechnung zu stellen.",
        "Nous vous prions de régler la somme de 1.234,50 €.",
        "We invoice you for the sum of £1,234.50 within the month.",
        "Gelieve het bedrag van € 1.234,50 over te maken.",
        "Le rogamos abone la cantidad de 1.234,50 €.",
        "Vogliate versare l'importo di € 1.234,50.",
        "Queira pagar a quantia de 1.234,50 €.",
    ],
)
def test_a_sum_that_a_sentence_asks_for_is_due(sentence: str) -> None:
    reading = read(page(HEAD, f"{sentence} @50,400"))
    assert value_of(reading, "amount_due") == "1234.50"
    assert value_of(reading, "gross_amount") == "1234.50"


@pytest.mark.parametrize(
    "sentence",
    [
        "Als Mahngebühr berechnen wir die Summe von 5,00 EUR.",
        "We charge interest on the amount of £100.00 from the day after.",
        "The fee of the notary was paid long ago.",
    ],
)
def test_fees_for_paying_late_are_not_due(sentence: str) -> None:
    assert value_of(read(page(HEAD, f"{sentence} @50,400")), "amount_due") is None


def test_a_labelled_total_needs_no_sentence() -> None:
    rows = grid("330 >545", "Total net | 100.00", "VAT 19% | 19.00", "Grand total | 119.00", top=500)
    reading = read(page(HEAD, rows, "We invoice you for the sum of £50.00 @50,400"))
    assert value_of(reading, "gross_amount") == "119.00"
    assert value_of(reading, "amount_due") is None


def test_a_sentence_that_begins_as_a_label_is_a_weaker_one() -> None:
    sentence, label = (
        "Please remit within the week the sum of £50.00 @50,400",
        "Please pay: £50.00 @50,400",
    )
    scores = [
        each.score for text in (sentence, label) if (each := first(read(page(HEAD, text)), "amount_due"))
    ]
    assert len(scores) == 2
    assert scores[0] < 0.7 < scores[1]
