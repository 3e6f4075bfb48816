"""An amount in words needs no label where it says a total again."""

import pytest
from engines.layout.pages import field, grid

TOTALS = grid("330 >545", "Total net | 4180.00", "VAT 19% | 20.70", "Grand total | 4200.70", top=500)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (
            "Arrêtée à la somme de ",
            "quatre mille deux cents euros et soixante-dix centimes toutes taxes comprises",
        ),
        ("", "SINGAPORE DOLLARS FOUR THOUSAND TWO HUNDRED AND CENTS SEVENTY ONLY"),
        ("Das sind ", "viertausendzweihundert Euro und siebzig Cent"),
        ("Totale di euro ", "quattromiladuecento/70"),
        ("Por un importe de ", "cuatro mil doscientos euros con setenta céntimos"),
        ("Perfaz ", "quatro mil duzentos euros e setenta cêntimos"),
        ("Son ", "CUATRO MIL DOSCIENTOS PESOS 70/100 M.N"),
        ("Son ", "CUATRO MIL DOSCIENTOS PESOS 70/100 MN"),
        ("", "CUATRO MIL DOSCIENTOS DÓLARES 70/100"),
        ("Total de ", "quatro mil duzentos reais e setenta centavos"),
    ],
)
def test_words_that_say_the_gross_amount_are_the_amount_in_words(before: str, words: str) -> None:
    found = field("amount_in_words", TOTALS, f"{before}{words}. @50,600")
    assert found is not None
    assert found.removesuffix(".").removeprefix("euro ") == words


@pytest.mark.parametrize(
    "sentence",
    [
        "four thousand two hundred dollars and eighty cents only.",  # another amount
        "We deliver in one or two days, and four of them if it snows.",
        "The two hundred chairs came on four pallets.",
    ],
)
def test_other_numbers_in_words_are_none(sentence: str) -> None:
    assert field("amount_in_words", TOTALS, f"{sentence} @50,600") is None
