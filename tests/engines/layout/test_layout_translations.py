"""Labels in two languages: one label with one value."""

import pytest
from engines.layout.pages import LABELS, field, first, page, read

from extractor.engines.layout.translations import behind_translation, in_one_language


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Numéro / Nummer", "invoice_number"),
        ("Échéance / Vervaldag", "due_date"),
        ("Rechnung Nr. / Fattura n.", "invoice_number"),
        ("Contrat | Contract", "contract_number"),
        ("客户 / Customer", "buyer_name"),
    ],
)
def test_a_label_and_its_translation_are_one(text: str, name: str) -> None:
    hits = list(in_one_language(text, LABELS.fields.find(text)))
    assert len(hits) == 1
    assert name in hits[0].names
    assert text[hits[0].start : hits[0].end] == text.rstrip(".")


@pytest.mark.parametrize("text", ["Number / Date", "Date / Due date", "Total HT / Total TTC", "Nummer Date"])
def test_labels_of_different_fields_stay_two(text: str) -> None:
    assert len(list(in_one_language(text, LABELS.fields.find(text)))) == 2


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Date / Dátum", 4, 12),
        ("Date / Dátum vystavení: 5.3.2026", 4, 23),
        ("Number / 4711", 6, 6),  # a value, no word
        ("Terms / 30 days net", 5, 5),
        ("Number 4711 / 12", 6, 6),
        ("Note / please keep this for the records of the tax office", 4, 4),  # a sentence
    ],
)
def test_an_unknown_translation_is_passed_over(text: str, start: int, end: int) -> None:
    assert behind_translation(text, start) == end


def test_values_stand_right_of_labels_in_two_languages() -> None:
    prints = (
        "Numéro / Nummer @50,200",
        "2611-00071 @170,200",
        "Date / Datum @305,200",
        "30/04/2026 @430,200",
        "Client / Klant @50,216",
        "330118 @170,216",
        "Échéance / Vervaldag @305,216",
        "30/05/2026 @430,216",
    )
    assert field("invoice_number", *prints) == "2611-00071"
    assert field("issue_date", *prints) == "30/04/2026"
    assert field("due_date", *prints) == "30/05/2026"
    assert field("buyer_name", *prints) is None


def test_a_value_stands_behind_a_translation_that_no_spec_knows() -> None:
    assert (
        field("issue_date", "Invoice Date / Dátum vystavenia @50,200", "30/04/2026 @250,200") == "30/04/2026"
    )
    assert field("invoice_number", "Invoice No. / Číslo: SK-2026-17 @50,200") == "SK-2026-17"


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("Date of issue / Data wystawienia: 2026-03-25", "2026-03-25"),
        ("Invoice Date 出單日: 2026-03-25", "2026-03-25"),
        ("日期 Day of writing: 2026-03-25", "2026-03-25"),
    ],
)
def test_a_label_goes_on_in_another_language_up_to_its_colon(printed: str, date: str) -> None:
    best = first(read(page(f"{printed} @50,200")), "issue_date")
    assert best is not None
    assert best.text == date
    assert best.score > 0.8
