from decimal import Decimal

import pytest
from synthesis.chance import seeded
from synthesis.invoices.amount_words import amount_in_words


def _written(amount: str, language: str, currency: str) -> set[str]:
    return {
        (
            amount_in_words(seeded(str(seed)), Decimal(amount), language=language, currency=currency) or ""
        ).casefold()
        for seed in range(30)
    }


@pytest.mark.parametrize(
    ("amount", "language", "currency", "written"),
    [
        ("21.05", "en", "GBP", "twenty-one pounds and five pence"),
        ("100000.00", "en", "INR", "one lakh rupees only"),
        ("71.20", "fr", "EUR", "soixante et onze euros et vingt centimes"),
        ("512.00", "de", "EUR", "fünfhundertzwölf euro"),
        ("512.30", "it", "EUR", "cinquecentododici/30"),
        ("1500.00", "es", "MXN", "mil quinientos pesos 00/100 m.n."),
        ("12.34", "pt", "BRL", "doze reais e trinta e quatro centavos"),
        ("10.50", "zh", "CNY", "人民币壹拾元伍角"),
    ],
)
def test_amounts_are_written_as_bookkeepers_do(
    amount: str, language: str, currency: str, written: str
) -> None:
    assert written in _written(amount, language, currency)


def test_there_are_no_words_for_credits_and_foreign_money() -> None:
    assert amount_in_words(seeded("1"), Decimal(-5), language="en", currency="GBP") is None
    assert amount_in_words(seeded("1"), Decimal(0), language="en", currency="GBP") is None
    assert amount_in_words(seeded("1"), Decimal(5), language="de", currency="USD") is None
