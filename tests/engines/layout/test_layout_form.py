"""A whole form: every field of a spec from its pages, and nothing that is not printed."""

import unicodedata
from random import Random

import pytest
from engines.layout.pages import (
    SPEC,
    block,
    field,
    grid,
    page,
    read,
    table_texts,
    text_of,
    unproven,
    value_of,
)

from extractor.engines.layout.form import read_form
from extractor.field_specs.spec import FieldSpec, FieldType, Spec
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Origin, Word

INVOICE = page(
    block("Nordwind Lampen GmbH", "Hafenstraße 9", "20457 Hamburg", "Tel. 040 123456", x=380, top=30),
    block("Rechnungsempfänger:", "Ostrach Hotelbetriebe AG", "Am Markt 4", "88356 Ostrach", x=50, top=130),
    "RECHNUNG @50,230,18",
    block(
        "Rechnungs-Nr.: 4711",
        "Rechnungsdatum: 05.03.2026",
        "Lieferdatum: 01.03.2026",
        "Kundennummer: 88123",
        "Ihre Bestellung: B-77",
        x=380,
        top=230,
    ),
    grid(
        "50 80 >300 >400 >470 >545",
        "Pos | Bezeichnung | Menge | Einzelpreis | MwSt % | Betrag",
        "1 | Stehlampe Ahorn | 2 | 120,00 | 19 % | 240,00",
        "2 | Leuchtmittel E27 | 12 | 5,00 | 19 % | 60,00",
        top=330,
    ),
    grid(
        "330 >545", "Nettobetrag | 300,00 €", "zzgl. 19 % MwSt. | 57,00 €", "Gesamtbetrag | 357,00 €", top=420
    ),
    "Zahlbar bis 04.04.2026 ohne Abzug @50,500",
    block(
        "USt-IdNr.: DE136695976",
        "IBAN: DE02 1203 0000 0000 2020 51",
        "BIC: BYLADEM1001",
        x=50,
        top=780,
        step=15,
    ),
)


def test_a_plain_invoice_is_read_whole() -> None:
    reading = read(INVOICE)
    values = {
        "invoice_number": "4711",
        "issue_date": "05.03.2026",
        "due_date": "04.04.2026",
        "purchase_order_number": "B-77",
        "seller_name": "Nordwind Lampen GmbH",
        "seller_tax_id": "DE136695976",
        "buyer_name": "Ostrach Hotelbetriebe AG",
        "net_amount": "300,00 €",
        "tax_amount": "57,00 €",
        "gross_amount": "357,00 €",
    }
    assert {name: text_of(reading, name) for name in values} == values
    assert value_of(reading, "currency") == "EUR"
    assert value_of(reading, "invoice_type") == "commercial"
    assert table_texts(reading)[1] == {
        "description": "Leuchtmittel E27",
        "quantity": "12",
        "unit_price": "5,00",
        "tax_rate": "19 %",
        "net_amount": "60,00",
    }
    assert table_texts(reading, "tax_breakdown") == [{"rate": "19 %", "base": "300,00 €", "tax": "57,00 €"}]
    assert reading.conventions.decimal_mark == ","


def test_a_field_that_is_not_printed_is_missing() -> None:
    reading = read(INVOICE)
    for name in ("invoice_code", "contract_number", "amount_in_words", "buyer_tax_id"):
        assert name not in reading.candidates


def test_a_spec_of_ones_own_is_read_by_its_own_labels() -> None:
    spec = Spec(
        name="docket",
        title={"en": "Docket"},
        fields={
            "gate": FieldSpec(type=FieldType.IDENTIFIER, labels={"en": ("Gate No",)}),
            "arrival": FieldSpec(type=FieldType.DATE, labels={"en": ("Arrived",)}),
            "weight_fee": FieldSpec(type=FieldType.AMOUNT, labels={"en": ("Weighing fee",)}),
        },
    )
    printed = page(block("Gate No: G-7", "Arrived: 5 March 2026", "Weighing fee: EUR 12.50", x=50, top=100))
    reading = read_form([printed], spec, engine="layout")
    assert {name: found[0].text for name, found in reading.candidates.items()} == {
        "gate": "G-7",
        "arrival": "5 March 2026",
        "weight_fee": "EUR 12.50",
    }


def test_the_engine_that_asked_is_named() -> None:
    assert read_form([INVOICE], SPEC, engine="other").engine == "other"


def test_words_of_a_picture_keep_their_origin() -> None:
    scanned = tuple(Word(text=word.text, box=word.box, origin=Origin.OCR) for word in INVOICE.words)
    reading = read(Page(number=1, width=595, height=842, words=scanned))
    assert {each.evidence.origin for found in reading.candidates.values() for each in found} == {Origin.OCR}


def test_no_pages_and_empty_pages_give_an_empty_reading() -> None:
    assert not read().candidates
    assert not read(page(), page(number=2)).candidates


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_words_does_not_matter(seed: int) -> None:
    words = list(INVOICE.words)
    Random(seed).shuffle(words)  # noqa: S311 - no secret
    shuffled = Page(number=1, width=595, height=842, words=tuple(words))
    assert read(shuffled) == read(INVOICE)


@pytest.mark.parametrize(("dx", "dy"), [(0.0, 20.0), (17.0, 0.0), (-11.0, 3.0)])
def test_a_page_shifted_as_a_whole_reads_the_same(dx: float, dy: float) -> None:
    moved = tuple(
        Word(text=word.text, box=Box(word.box.x0 + dx, word.box.y0 + dy, word.box.x1 + dx, word.box.y1 + dy))
        for word in INVOICE.words
    )
    reading, original = read(Page(number=1, width=595, height=842, words=moved)), read(INVOICE)
    for name in original.candidates:
        assert text_of(reading, name) == text_of(original, name), name
    assert table_texts(reading) == table_texts(original)


def test_every_value_of_an_invoice_stands_in_its_boxes() -> None:
    assert unproven(read(INVOICE), [INVOICE]) == []


def test_candidates_are_sorted_best_first_and_scored_within_0_and_1() -> None:
    for name, found in read(INVOICE).candidates.items():
        scores = [each.score for each in found]
        assert all(0.0 < score <= 1.0 for score in scores), name
        if name not in {"net_amount", "tax_amount", "gross_amount"}:  # the sum chooses these
            assert scores == sorted(scores, reverse=True), name


def test_a_label_alone_gives_nothing() -> None:
    for label in ("Invoice No:", "Date:", "Total:", "IBAN:", "VAT No:", "Bill to:"):
        assert not [name for name in read(page(f"{label} @50,100")).candidates if name != "invoice_type"], (
            label
        )


def test_two_values_of_one_field_are_both_candidates() -> None:
    reading = read(page("Invoice No: 4711 @50,100", "Invoice No: 4712 @50,140"))
    assert {each.text for each in reading.candidates["invoice_number"]} == {"4711", "4712"}


def test_a_number_in_the_running_text_does_not_outweigh_the_labelled_one() -> None:
    printed = ("Please quote invoice no 9999 of last year @50,600", "Invoice No: 4711 @50,100")
    assert field("invoice_number", *printed) == "4711"


def test_accented_letters_are_copied_as_printed() -> None:
    name = unicodedata.normalize("NFD", "Café Ébène SARL")
    assert field("seller_name", f"Seller: {name} @50,100") == name
