"""Numbers and dates that stand with the document's title."""

from dataclasses import replace

import pytest
from engines.layout.pages import field, first, labelled, page, read

from extractor.engines.layout.titled import dates_under_numbers
from extractor.pages.geometry import Box
from extractor.values.conventions import Conventions


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Honorarnote HN-2026-31", "HN-2026-31"),
        ("Abschlagsrechnung AR 26-067", "AR 26-067"),
        ("3. Abschlagsrechnung AR 26-067", "AR 26-067"),
        ("Note d'honoraires n° 26/118", "26/118"),
        ("Parcella n. 17/2026", "17/2026"),
        ("Minuta 2026-9", "2026-9"),
        ("Verzamelfactuur VF26-1107 van 3 maart 2026", "VF26-1107"),
        ("Fatura simplificada FS 2026/41", "FS 2026/41"),
        ("Fee Note No. 3307", "3307"),
        ("Liquidation L-88/26 vom 03.02.2026", "L-88/26"),
    ],
)
def test_the_number_stands_behind_the_title(printed: str, number: str) -> None:
    assert field("invoice_number", f"{printed} @50,200,16") == number


@pytest.mark.parametrize(
    "printed",
    [
        "Honorarnote 2026",  # a year
        "Honorarnote 05.03.2026",
        "Honorarnote zu HN-2026-12",
        "Abschlagsrechnung für Haus 12",
        "Verzamelfactuur 12 maanden",
        "Honorarnote",
    ],
)
def test_what_else_stands_behind_a_title_is_no_number(printed: str) -> None:
    assert field("invoice_number", f"{printed} @50,200,16") is None


def test_the_number_stands_beside_the_title_like_the_value_of_a_label() -> None:
    assert field("invoice_number", "Verzamelfactuur @300,100", "VF26-1107 @400,100") == "VF26-1107"
    assert field("invoice_number", "Verzamelfactuur @50,100", "VF26-1107 @500,100") is None  # too far away
    assert field("invoice_number", "Verzamelfactuur @300,100", "12 maart 2026 @400,100") is None


def test_the_number_stands_alone_under_the_title() -> None:
    assert field("invoice_number", "Honorarnote @50,100,18", "HN-2026-31 @50,124") == "HN-2026-31"
    assert field("invoice_number", "Honorarnote @50,100,18", "Haus 12 @50,124") is None


def test_the_date_goes_on_under_the_number() -> None:
    prints = (
        "AVOIR @450,40,18",
        "n° AV-26-02 @450,66",
        "du 5 mars 2026 @450,79",
        "sur facture n° FC-17 du 17 février 2026 @350,105",
    )
    assert field("issue_date", *prints) == "5 mars 2026"
    assert field("invoice_number", *prints) == "AV-26-02"


@pytest.mark.parametrize(
    "printed",
    [
        "sur facture n° FC-17 du 17 février 2026",
        "zu Rechnung RE-44810 vom 28.04.2026",
        "relating to invoice 4711 of 28 April 2026",
        "sobre la factura nº 4711 de 28/04/2026",
        "op factuur 4711 van 28 april 2026",
        "relativa alla fattura n. 4711 del 28/04/2026",
        "referente à fatura n.º 4711 de 28/04/2026",
    ],
)
def test_the_date_of_another_document_is_not_this_ones(printed: str) -> None:
    assert field("issue_date", f"{printed} @50,200") is None


def test_the_date_behind_its_own_number_is() -> None:
    assert field("issue_date", "Rechnung RE-44810 vom 28.04.2026 @50,200") == "28.04.2026"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Rechnungsnummer: R 8100 2295 4417", "R 8100 2295 4417"),
        ("Rechnungsnummer: R 8100 2295 4417 · Seite 2 von 2", "R 8100 2295 4417"),
        ("Rechnungsnummer: 8100 2295 vom 05.03.2026", "8100 2295"),
        ("Rechnungsnummer: 8100 05.03.2026", "8100"),
        ("Rechnungsnummer: 8100 22 Stück", "8100"),
    ],
)
def test_a_number_in_groups_ends_at_a_break(printed: str, number: str) -> None:
    assert field("invoice_number", f"{printed} @50,200") == number


def test_a_credit_note_keeps_its_own_number_and_date() -> None:
    title = "Gutschrift GS-118 zu Rechnung RE-44 vom 01.02.2026 Datum: 05.03.2026 @50,250"
    assert field("invoice_number", title) == "GS-118"
    assert field("issue_date", title) == "05.03.2026"


@pytest.mark.parametrize(
    "printed",
    [
        "Parcella n. 12/2026 del 25/03/2026",
        "Fattura n. 12/2026 del 25/03/2026",
        "Rechnung 12/2026 vom 25/03/2026",
    ],
)
def test_the_date_behind_a_number_is_likely_whatever_its_word(printed: str) -> None:
    best = first(read(page(f"{printed} @50,200,14")), "issue_date")
    assert best is not None
    assert best.score > 0.6


@pytest.mark.parametrize(
    ("above", "is_dated"),
    [("Invoice", True), ("Invoice 4711", True), ("this invoice before", False)],
)
def test_a_date_goes_on_with_a_number_and_not_with_a_sentence(above: str, *, is_dated: bool) -> None:
    pages = [labelled(f"{above} @50,100", "of 5 March 2026 @50,114")]
    assert bool(list(dates_under_numbers(pages, "invoice_number", Conventions()))) is is_dated


def test_a_number_under_a_label_of_its_own_is_not_the_titles() -> None:
    printed = ["CLIENT NO @306,52", "Invoice @227,66", "3914 @306,66"]
    theirs, own = (first(read(page(*prints)), "invoice_number") for prints in (printed, printed[1:]))
    assert theirs is not None
    assert own is not None
    assert theirs.score < 0.5 < own.score


def test_a_date_of_an_item_goes_on_with_no_number() -> None:
    sheet = labelled("Invoice 4711 @50,100", "of 5 March 2026 @50,114")
    assert len(list(dates_under_numbers([sheet], "invoice_number", Conventions()))) == 1
    in_table = replace(sheet, tables=(Box(40, 90, 500, 200),))
    assert list(dates_under_numbers([in_table], "invoice_number", Conventions())) == []
