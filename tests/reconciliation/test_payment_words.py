"""How many days a payment term gives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.reconciliation.payment_words import days_in_words


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30 days from invoice date", 30),
        ("Net 30", 30),
        ("net 45 days", 45),
        ("Payment due within thirty (30) days of receipt", 30),
        ("60 days from receipt; 2% discount if paid within 10 days", 60),
        ("2% 10, net 30", 30),
        ("2/10 net 30", 30),
        ("3% discount within 7 days, 30 days net", 30),
        ("due on receipt", 0),
        ("Payable immediately", 0),
        ("20 Tage nach Erhalt der Rechnung netto, 3 % Skonto binnen 7 Tagen", 20),
        ("Zahlbar innerhalb von 14 Tagen ohne Abzug", 14),
        ("Zahlungsziel: dreißig Tage", 30),
        ("10 Tage 2 % Skonto, 30 Tage netto", 30),
        ("sofort fällig", 0),
        ("à 30 jours de la date de facture", 30),
        ("收票后30日内付款", 30),
        ("开票后45日内付款，7日内付款减2%", 45),
        ("到货后二十日内付款", 20),
        ("验收合格后60天", 60),
        ("月结30天", 30),
        ("30 days net. Interest of 8% is charged on amounts overdue by 60 days", 30),
        ("Zahlbar in 21 Tagen, bei Verzug Mahnkosten nach 45 Tagen", 21),
        ("", None),
        ("by bank transfer", None),
        ("quote invoice 30117 with payment", None),
    ],
)
def test_days_are_read_from_the_usual_wordings(text: str, days: int | None) -> None:
    assert days_in_words(text) == days


@settings(deadline=None)  # the first call loads what later ones share
@given(text=st.text(max_size=80))
def test_no_text_makes_it_fail(text: str) -> None:
    days = days_in_words(text)
    assert days is None or days >= 0
