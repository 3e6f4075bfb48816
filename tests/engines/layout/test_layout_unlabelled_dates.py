"""The date of issue where no label names it: behind the number, or alone in the head."""

import pytest
from engines.layout.pages import block, field, first, page, read, text_of, value_of, width_of

FIRM = block("Alderbrook Joinery Ltd", "12 Quarry Road", "Ludlow SY8 1AZ", x=50, top=40)
TITLE = "INVOICE @50,110,18"


@pytest.mark.parametrize(
    "phrase",
    ["Rechnung 4711 vom 5.3.2026", "Invoice 4711 of 5 March 2026", "Facture n° 4711 du 5 mars 2026"],
)
def test_a_date_behind_the_number_is_the_issue_date(phrase: str) -> None:
    reading = read(page(FIRM, f"{phrase} @50,150"))
    assert text_of(reading, "invoice_number") == "4711"
    assert value_of(reading, "issue_date") == "2026-03-05"


def test_a_lone_date_in_the_upper_half_is_the_issue_date() -> None:
    assert field("issue_date", FIRM, "Ludlow, 5 March 2026 @350,130", TITLE) == "5 March 2026"


def test_two_different_unlabelled_dates_are_none() -> None:
    assert field("issue_date", FIRM, "5 March 2026 @350,130", "7 April 2026 @350,160") is None


def test_dates_in_sentences_and_under_finished_labels_leave_a_lone_date_alone() -> None:
    printed = [
        "Kranhof GmbH @200,60",
        "Telefon 0561 1234 Steuernr 21/815/08150 @200,80",
        "Kassel, den 6. Juni 2025 @300,95",
        "Leistungen, die wir bis zum 31. Mai 2025 für Sie erbracht haben @50,200",
    ]
    assert value_of(read(page(*printed)), "issue_date") == "2025-06-06"


def test_an_unlabelled_date_in_the_lower_half_is_none() -> None:
    top = 842 / 2 - 13
    assert field("issue_date", FIRM, f"5 March 2026 @350,{top - 1}") == "5 March 2026"
    assert field("issue_date", FIRM, f"5 March 2026 @350,{top + 1}") is None


def test_a_date_under_a_label_with_its_number_beside_is_a_lone_date() -> None:
    label, value = "Delivery note: @350,130", "507855 @{x},130"
    date = "Ludlow, 5 March 2026 @350,145"
    edge = 350 + width_of("Delivery note:")
    assert field("issue_date", FIRM, label, value.format(x=edge + 2.0 * 13 - 0.1), date) == "5 March 2026"
    assert field("issue_date", FIRM, label, value.format(x=edge + 2.0 * 13 + 0.1), date) is None
    assert field("issue_date", FIRM, label, f"enclosed @{edge + 20},130", date) is None


def test_a_date_under_a_look_alike_label_is_not_a_lone_date() -> None:
    assert field("issue_date", FIRM, "Delivery date @350,130", "5 March 2026 @350,145") is None


@pytest.mark.parametrize(
    ("printed", "is_letter"),
    [
        ("Zürich, 5. März 2026", True),
        ("Bad Vilbel, den 5. März 2026", True),
        ("Lyon, le 5 mars 2026", True),
        ("5. März 2026", False),
        ("Montage 5. März 2026", False),
    ],
)
def test_a_place_before_a_lone_date_makes_it_a_letters(printed: str, *, is_letter: bool) -> None:
    best = first(read(page(f"{printed} @400,200")), "issue_date")
    assert best is not None
    assert (best.score > 0.6) is is_letter


def test_the_date_of_another_fact_is_not_the_numbers() -> None:
    assert field("issue_date", "Invoice No. 1732/2026 · Verval 30 okt 2026 @50,100") is None
    assert field("issue_date", "Invoice No. 1732/2026 of 30 October 2026 @50,100") == "30 October 2026"


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("Braga, 5 de dezembro de 2025", "2025-12-05"),
        ("Friday 19 June 2026", "2026-06-19"),
        ("vendredi 19 juin 2026", "2026-06-19"),
        ("Event: lunch, 12 June 2026", "2026-06-12"),
    ],
)
def test_a_date_beside_a_town_or_a_day_of_the_week_dates_the_letter(printed: str, date: str) -> None:
    assert value_of(read(page(f"{printed} @380,100")), "issue_date") == date


def test_a_date_alone_wins_over_one_that_dates_an_event() -> None:
    both = read(page("Friday 19 June 2026 @380,100", "Event: lunch, 12 June 2026 @380,114"))
    assert value_of(both, "issue_date") == "2026-06-19"
    alone = read(page("19 June 2026 @380,100", "12 June 2026 @380,140"))
    assert value_of(alone, "issue_date") is None


def test_a_date_beside_the_title_is_not_the_titles_value() -> None:
    reading = read(
        page("RECHNUNG @50,220,16", "Hamburg, den 5.4.2026 @380,222", "Angebot vom 02.02.2026 @50,260")
    )
    assert value_of(reading, "issue_date") == "2026-04-05"
    waits = read(page("Lieferdatum @50,222", "5.4.2026 @180,222"))
    assert value_of(waits, "issue_date") is None


@pytest.mark.parametrize("printed", ["Rechnung R-4711 von 18.11.2017", "Invoice R-4711 of 18.11.2017"])
def test_a_date_behind_the_number_is_of_it_whatever_else_its_preposition_labels(printed: str) -> None:
    assert field("issue_date", FIRM, f"{printed} @50,150") == "18.11.2017"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Invoice R-4711 / 18.11.2017", "18.11.2017"),
        ("Invoice no. 4711, the 18.11.2017", "18.11.2017"),
        ("Please pay this invoice before 18.11.2017", None),
        ("Invoice delivered by post 18.11.2017", None),
    ],
)
def test_words_without_a_number_lead_from_no_label_of_numbers_to_a_date(
    printed: str, day: str | None
) -> None:
    assert field("issue_date", FIRM, f"{printed} @50,500") == day


@pytest.mark.parametrize(
    ("line", "below", "date"),
    [
        ("Factura n.º 4711 de", "27/07/2025", "2025-07-27"),
        ("Fattura n. 4711 del 23", "febbraio 2024", "2024-02-23"),
        ("Invoice no. 4711", "27/07/2025 Goods", None),
        ("Invoice no. 4711 for", "27/07/2025", None),
    ],
)
def test_a_date_behind_the_number_may_stand_on_the_next_line(line: str, below: str, date: str | None) -> None:
    found = first(read(page(FIRM, block(line, below, x=300, top=150))), "issue_date")
    at_label = str(found.value) if found is not None and found.score >= 0.8 else None
    assert at_label == date


def test_a_place_that_is_a_label_of_another_language_still_heads_a_letters_date() -> None:
    printed = ["Porto, 26-07-2025 @350,60", "Entregue em @350,90", "25-06-2025 @350,104"]
    assert value_of(read(page(FIRM, *printed)), "issue_date") == "2025-07-26"
