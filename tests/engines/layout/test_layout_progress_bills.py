"""The count of a contract's bills is not the invoice's number."""

import pytest
from engines.layout.pages import field

from extractor.engines.layout.progress_bills import counts_bills


@pytest.mark.parametrize(
    "title",
    [
        "Facture de situation n° 2",
        "Situation de travaux n° 2",
        "Abschlagsrechnung Nr. 3",
        "PROGRESS BILLING NO. 2",
        "Auto de medição n.º 5",
        "Certificación n.º 4",
    ],
)
def test_a_number_of_the_invoice_wins_over_the_count(title: str) -> None:
    assert field("invoice_number", f"{title} @50,230,14", "Facture FA-2026-031 @50,260") == "FA-2026-031"


def test_where_nothing_else_is_a_number_the_count_is() -> None:
    assert field("invoice_number", "Abschlagsrechnung Nr. 3 @50,230,14") == "3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Situation n° 12", True),
        ("Situation n° 123", False),
        ("Rechnung Nr. 12", False),
        ("12 situations", False),
    ],
)
def test_only_one_or_two_digits_behind_such_a_word_count_bills(text: str, *, expected: bool) -> None:
    start = next(index for index, character in enumerate(text) if character.isdigit())
    end = start + sum(map(str.isdigit, text))
    assert counts_bills(text, start, end) is expected
