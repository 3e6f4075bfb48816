"""Titles that are one word with what is invoiced name the kind and bring their number along."""

import pytest
from engines.layout.pages import field, first, page, read


@pytest.mark.parametrize("title", ["Ausstellerrechnung", "Premienota", "Huurfactuur", "Jahresmietrechnung"])
def test_it_names_an_invoice_and_its_number(title: str) -> None:
    reading = read(page(f"{title} PN-25-604 @50,80,16", "Datum: 05.03.2026 @50,120"))
    kind, number = first(reading, "invoice_type"), first(reading, "invoice_number")
    assert kind is not None
    assert kind.value == "commercial"
    assert number is not None
    assert number.text == "PN-25-604"


@pytest.mark.parametrize("word", ["Berechnung", "Umrechnung", "Originalrechnung 4711"])
def test_a_word_that_only_ends_like_one_does_not(word: str) -> None:
    assert first(read(page(f"{word} @50,80", "Datum: 05.03.2026 @50,120")), "invoice_type") is None


def test_a_word_in_a_sentence_does_not() -> None:
    sentence = "Ihre Betriebskostenrechnung 2025 liegt bei @50,80"
    assert field("invoice_number", sentence, "Datum: 05.03.2026 @50,120") is None


def test_a_kind_that_a_line_at_the_foot_speaks_of_is_not_the_documents() -> None:
    reading = read(page("Lieferung vom 5. März @50,80", "Danach stellen wir eine Gutschrift aus @50,700"))
    assert first(reading, "invoice_type") is None
