"""A whole form: fields of a spec from any words, each proven by what its boxes hold."""

import unicodedata
from collections.abc import Iterator, Sequence
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
    value_of,
    width_of,
)
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractor.engines.layout.form import read_form
from extractor.engines.reading import Candidate, Reading
from extractor.field_specs.spec import FieldSpec, FieldType, Spec
from extractor.pages.geometry import Box
from extractor.pages.page import Origin, Page, Word

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


_PHRASES = (
    *(
        "Invoice No: 4711",
        "Invoice No",
        "Date",
        "Invoice Date: 5.3.2026",
        "Rechnung 4711 vom 5.3.2026",
        "CREDIT NOTE",
    ),
    *(
        "Total",
        "Subtotal",
        "VAT 19%",
        "VAT",
        "Grand Total: 119.00",
        "Total net (excl. VAT)",
        "Amount due 50.00",
        "Paid",
    ),
    *(
        "100.00",
        "19.00",
        "119.00",
        "€ 1.234,56",
        "(3.00)",
        "-5.00",
        "100.",
        "00",
        "19 % 200.00 38.00",
        "= 18.00",
    ),
    *(
        "Bill to:",
        "Ship to",
        "Seller: Nordwind GmbH",
        "Seller Company Ltd",
        "Nordwind GmbH",
        "Hafenstr. 9",
        "20457 Hamburg",
    ),
    *(
        "Nordwind GmbH · Hafenstr. 9 · 20457 Hamburg",
        "www.nordwind.example",
        "Tel. 040 123",
        "VAT ID: DE136695976",
    ),
    *(
        "Description",
        "Qty",
        "Unit Price",
        "Unit",
        "price",
        "Amount",
        "2 pcs",
        "Oak board",
        "1 Oak board",
        "AB-0146",
        "3",
    ),
    *("IBAN: DE02 1203 0000 0000 2020 51", "BIC: BYLADEM1001", "Bank: Elbkontor", "Account No: 123456 7"),
    *(
        "Payment terms: 30 days net,",
        "within 30 days",
        "Remarks: left at",
        "Serial no: 88",
        "PO-3333",
        "Order No: B-77",
    ),
    *(
        "名称：青禾有限公司",
        "名",
        "称：云岭有限公司",
        "纳税人识别号：91310000MA1FL0XK5T",
        "开户行及账号：云岭银行 4400123456789012",
    ),
    *(
        "购",
        "买",
        "方",
        "备",
        "注",
        "合计",
        "¥100.00",
        "价税合计（大写）",
        "壹佰圆整",
        "（小写）¥113.00",
        "备注：合同编号 HT-1",
    ),
    *(
        "项目名称",
        "数量",
        "单价",
        "金额",
        "税率",
        "税额",
        "13%",
        "#",
        ":",
        "\u2014",
        "x" * 45,
        "I\u0307",
        "\ufb01n",
        "½",
        "٣",
    ),
)
_PHRASE = st.sampled_from(_PHRASES) | st.text(
    st.characters(exclude_categories=["C"]), min_size=1, max_size=8
).filter(lambda text: bool(text.split()) and "\u2116" not in text)
_ROW = st.tuples(
    st.sampled_from([14.0, 14.0, 16.0, 28.0, 60.0]),  # from the row above
    st.lists(st.tuples(_PHRASE, st.sampled_from([4.0, 9.0, 20.0, 60.0, 150.0])), min_size=1, max_size=5),
)


def _set(number: int, rows: Sequence[tuple[float, Sequence[tuple[str, float]]]]) -> Page:
    """Set rows below each other, phrases side by side with gaps, nothing over anything else."""
    prints, top = [], 20.0
    for step, phrases in rows:
        top, left = top + step, 40.0
        for phrase, gap in phrases:
            text = " ".join(phrase.split())
            prints.append(f"{text} @{left:.2f},{top:.2f}")
            left += width_of(text) + gap
    return page(*prints, number=number, width=1500.0, height=1500.0)


_PAGES = st.lists(st.lists(_ROW, max_size=14), min_size=1, max_size=2).map(
    lambda pages: [_set(number, rows) for number, rows in enumerate(pages, 1)]
)
_SOUP = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_SOUP
@given(_PAGES)
@example([page("PO @50,100")])
@example([page("Total @50,100", "Total @50,120")])
def test_any_words_can_be_read_and_every_value_stands_in_its_boxes(pages: list[Page]) -> None:
    assert unproven(read(*pages), pages) == []


@_SOUP
@given(_PAGES)
def test_rows_of_any_words_have_a_cell_and_only_columns_of_the_spec(pages: list[Page]) -> None:
    reading = read(*pages)
    for name, rows in reading.tables.items():
        for row in rows:
            assert row.cells
            assert set(row.cells) <= set(SPEC.fields[name].columns)


@_SOUP
@given(_PAGES, st.randoms())
def test_the_order_in_which_words_come_does_not_change_what_is_read(
    pages: list[Page], random: Random
) -> None:
    shuffled = []
    for each in pages:
        words = list(each.words)
        random.shuffle(words)
        shuffled.append(Page(number=each.number, width=each.width, height=each.height, words=tuple(words)))
    assert read(*shuffled) == read(*pages)


@_SOUP
@given(_PAGES)
def test_net_and_gross_never_come_from_the_same_printed_amount(pages: list[Page]) -> None:
    reading = read(*pages)
    net, gross, due = (reading.candidates.get(name) for name in ("net_amount", "gross_amount", "amount_due"))
    if net and gross and not (due and due[0].evidence == gross[0].evidence):
        assert (net[0].text, net[0].evidence) != (gross[0].text, gross[0].evidence)


def unproven(reading: Reading, pages: Sequence[Page]) -> list[str]:
    """Return the texts that the words in their evidence boxes do not hold."""
    by_number = {each.number: each for each in pages}
    return [
        each.text
        for each in _all_candidates(reading)
        if _squeezed(each.text) not in _held(by_number[each.evidence.page or 0], each.evidence.boxes)
    ]


def _held(page_of_words: Page, boxes: Sequence[Box]) -> str:
    """Return the words in the boxes, box by box, row by row."""
    return "".join(
        word.text
        for box in boxes
        for word in sorted(page_of_words.words, key=lambda each: (each.box.x0, each.box.y0))
        if box.contains_centre(word.box)
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _all_candidates(reading: Reading) -> Iterator[Candidate]:
    found = [each for several in reading.candidates.values() for each in several]
    found += [cell for rows in reading.tables.values() for row in rows for cell in row.cells.values()]
    for each in found:
        yield each
        yield from each.parts.values()


def test_accented_letters_are_copied_as_printed() -> None:
    name = unicodedata.normalize("NFD", "Café Ébène SARL")
    assert field("seller_name", f"Seller: {name} @50,100") == name
