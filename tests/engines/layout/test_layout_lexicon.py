"""Labels are found whatever their spacing, punctuation, case and accents, and nowhere else."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.layout.lexicon import Lexicon, squeezed

LEXICON = Lexicon(
    {
        "number": ["Invoice No", "Invoice", "Rechnungs-Nr.", "N° de facture", "发票号码", "Factura n.º"],
        "order": ["PO", "Order No", "PO #"],
        "tax": ["VAT", "VAT No", "MwSt %", "税号"],
        "total": ["Total", "Montant dû", "VAT"],
        "date": ["Date", "Fällig am", "日期"],
    }
)


def found(text: str) -> list[tuple[tuple[str, ...], str]]:
    return [(hit.names, text[hit.start : hit.end]) for hit in LEXICON.find(text)]


@pytest.mark.parametrize(
    "printed",
    [
        "Invoice No",
        "INVOICE NO",
        "invoice no.",
        "Invoice-No",
        "Invoice  No",
        "InvoiceNo",
        "Invoice/No",
        "\uff29\uff4e\uff56\uff4f\uff49\uff43\uff45 No",  # full width
    ],
)
def test_a_label_is_found_whatever_its_case_spacing_and_punctuation(printed: str) -> None:
    (hit,) = LEXICON.find(f"{printed}: 4711")
    assert hit.names == ("number",)
    assert hit.label == "invoiceno"


@pytest.mark.parametrize("printed", ["RECHNUNGSNR", "Rechnungs Nr", "Rechnungs-Nr.", "rechnungs nr."])
def test_a_compound_is_one_label_however_it_is_parted(printed: str) -> None:
    assert [names for names, _ in found(printed)] == [("number",)]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Montant du", "total"),
        ("MONTANT DÛ", "total"),
        ("Montant du\u0302", "total"),  # the accent is a character of its own
        ("fallig am", "date"),
        ("No de facture", "number"),
        ("N\u00ba de facture", "number"),
        ("factura no", "number"),
        ("发票号码：", "number"),
    ],
)
def test_accents_and_number_signs_are_typed_carelessly(printed: str, name: str) -> None:
    assert [names for names, _ in found(printed)] == [(name,)]


def test_the_longest_label_at_a_place_wins() -> None:
    assert found("VAT No DE1") == [(("tax",), "VAT No")]
    assert found("VAT 19 %") == [(("tax", "total"), "VAT")]


def test_a_label_of_two_fields_names_both() -> None:
    assert LEXICON.find("VAT")[0].names == ("tax", "total")


def test_labels_are_returned_left_to_right_without_overlap() -> None:
    hits = LEXICON.find("Invoice No 4711 Date 5.3.2026 PO 77")
    assert [hit.names for hit in hits] == [("number",), ("date",), ("order",)]
    assert all(left.end <= right.start for left, right in pairwise(hits))


@pytest.mark.parametrize(
    "code", ["PO-3333", "PO_3333", "POB", "PO12", "DATE2", "SPO", "update", "Datei", "my_PO"]
)
def test_letters_of_a_code_or_a_longer_word_are_no_label(code: str) -> None:
    assert found(code) == []


@pytest.mark.parametrize("box", ["PO Box 1170", "P.O. Box 1170", "p.o.box 1170"])
def test_a_post_box_is_no_order(box: str) -> None:
    orders = Lexicon({"order": ["PO", "P.O."]})
    assert not orders.find(box)
    assert orders.find("PO Booking 1170")


def test_letters_of_a_tax_id_are_no_label() -> None:
    assert not Lexicon({"from": ["DE", "De"]}).find("DE812061234")
    assert Lexicon({"from": ["DE", "De"]}).find("De: Atelier")


def test_a_sign_belongs_to_its_label() -> None:
    assert found("PO # 81") == [(("order",), "PO #")]
    assert found("MwSt % 19") == [(("tax",), "MwSt %")]


def test_chinese_labels_need_no_gap_around_them() -> None:
    assert found("开票日期：2026年3月5日")[0] == (("date",), "日期")
    assert [names for names, _ in found("税号91310000发票号码123")] == [("tax",), ("number",)]


def test_a_number_may_follow_a_chinese_label_without_a_gap() -> None:
    assert found("发票号码25312000") == [(("number",), "发票号码")]


@pytest.mark.parametrize("text", ["PO", "PO 4711", "PO: ab", "a PO b", "税号91"])
def test_labels_of_one_or_two_letters_are_found_before_anything(text: str) -> None:
    assert len(found(text)) == 1


def test_an_empty_spelling_is_no_label() -> None:
    lexicon = Lexicon({"nothing": ["", "…", " - "]})
    assert not lexicon.find("a … - b")
    assert not lexicon.knows("")


def test_whole_labels_and_beginnings_are_told_apart() -> None:
    assert LEXICON.knows("INVOICE-NO.")
    assert not LEXICON.knows("Invoice N")
    assert LEXICON.begins("Invoice N")
    assert LEXICON.begins("发票")
    assert not LEXICON.begins("号码")


def test_no_text_has_no_labels() -> None:
    assert not LEXICON.find("")


@given(st.text(max_size=60))
def test_every_hit_spells_its_label(text: str) -> None:
    for hit in LEXICON.find(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert squeezed(text[hit.start : hit.end])[0].startswith(hit.label)


@given(st.text(max_size=60))
def test_squeezing_keeps_one_place_a_letter_in_order(text: str) -> None:
    letters, places, begins = squeezed(text)
    assert len(letters) == len(places) == len(begins)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@given(st.sampled_from(["Invoice No", "Order No", "Total"]), st.text(alphabet=" .:-", max_size=3))
def test_case_and_signs_around_a_label_do_not_hide_it(label: str, signs: str) -> None:
    for printed in (label, label.upper(), label.lower()):
        assert squeezed(printed)[0] in {hit.label for hit in LEXICON.find(f"{signs}{printed}{signs}")}


@pytest.mark.parametrize(
    ("text", "label"), [("Zahlung bis 5. Juni", "Zahlung bis"), ("Zahlung: bis 5. Juni", None)]
)
def test_a_colon_ends_a_label(text: str, label: str | None) -> None:
    known = Lexicon({"due_date": ["Zahlung bis"]})
    assert [text[hit.start : hit.end] for hit in known.find(text)] == ([label] if label else [])
