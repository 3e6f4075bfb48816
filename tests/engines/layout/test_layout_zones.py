"""Where the value of a label may stand: behind it, right of it, below it."""

import pytest
from engines.layout.pages import field, labelled, width_of

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.zones import Zone, zones


def at(page: LabelledSheet, text: str) -> tuple[Cell, Hit]:
    return next((cell, hit) for cell, hit in page.labels() if cell.text[hit.start : hit.end] == text)


def zones_of(text: str, *prints: str, is_text: bool = False) -> list[Zone]:
    page = labelled(*prints)
    return list(zones(page, *at(page, text), is_text=is_text))


def places(text: str, *prints: str) -> list[str]:
    return [zone.text for zone in zones_of(text, *prints)]


@pytest.mark.parametrize(
    "printed",
    [
        "Invoice No: 4711",
        "Invoice No : 4711",
        "Invoice No. 4711",
        "Invoice No - 4711",
        "Invoice No # 4711",
        "Invoice No (original): 4711",
        "Invoice No .... 4711",
        "Invoice No\uff1a4711",
    ],
)
def test_the_value_stands_behind_its_label_whatever_parts_them(printed: str) -> None:
    assert places("Invoice No", f"{printed} @50,100") == ["4711"]


def test_the_value_stands_in_the_next_cell_to_the_right() -> None:
    assert places("Invoice No", "Invoice No: @50,100", "4711 @200,100")[0] == "4711"


def test_the_value_stands_below_its_label() -> None:
    assert places("Invoice No", "Invoice No @50,100", "4711 @50,116") == ["4711"]


def test_right_is_likelier_than_below_and_behind_likelier_than_both() -> None:
    beside, under = zones_of("Invoice No", "Invoice No @50,100", "4711 @200,100", "4712 @50,116")
    (behind,) = zones_of("Invoice No", "Invoice No: 4710 @50,100")
    assert (beside.text, under.text) == ("4711", "4712")
    assert behind.score > beside.score > under.score


def test_a_value_far_to_the_right_is_less_likely_than_a_near_one() -> None:
    near = zones_of("Invoice No", "Invoice No @50,100", "4711 @150,100")[0]
    far = zones_of("Invoice No", "Invoice No @50,100", "4711 @450,100")[0]
    assert near.score > far.score


def test_below_a_row_of_labels_stands_the_value_of_each() -> None:
    prints = (
        "Invoice No @50,100",
        "Invoice Date @200,100",
        "Due Date @350,100",
        "4711 @50,116",
        "5.3.2026 @200,116",
        "4.4.2026 @350,116",
    )
    assert places("Invoice No", *prints) == ["4711"]
    assert places("Invoice Date", *prints) == ["5.3.2026"]
    assert places("Due Date", *prints) == ["4.4.2026"]


def test_a_label_that_stands_below_is_no_value() -> None:
    assert places("Invoice No", "Invoice No: @50,100", "Due Date: 4.4.2026 @50,116") == []


def test_below_means_within_2_4_line_heights() -> None:
    bottom, height = 113.0, 13.0
    assert places("Invoice No", "Invoice No @50,100", f"4711 @50,{bottom + 2.4 * height - 0.2}") == ["4711"]
    assert places("Invoice No", "Invoice No @50,100", f"4711 @50,{bottom + 2.4 * height + 0.2}") == []


def test_a_second_label_with_a_colon_ends_the_value_of_the_first() -> None:
    assert places("Invoice No", "Invoice No: 4711 Date: 5.3.2026 @50,100") == ["4711 "]


def test_free_text_may_hold_labels_itself() -> None:
    (zone,) = zones_of("Remarks", "Remarks: pay by due date: Friday @50,100", is_text=True)
    assert zone.text == "pay by due date: Friday"


def test_a_value_behind_another_label_of_the_cell_belongs_to_that_one() -> None:
    assert places("Invoice Date", "Invoice Date / Due Date: @50,100", "5.3.2026 @250,100") == []


def test_a_label_within_a_phrase_is_weaker_than_one_at_the_beginning() -> None:
    (alone,) = zones_of("Total", "Total: 19.00 @50,100")
    (within,) = zones_of("total", "we counted total 19.00 @50,100")
    assert within.score < alone.score / 2


def test_a_bare_number_word_behind_a_title_is_the_documents() -> None:
    (titled,) = zones_of("Nr", "Rechnung Lampen Nr 4711 @50,100")
    (stray,) = zones_of("Nr", "Haus Nr 4711 @50,100")
    assert titled.score > 2 * stray.score


def test_a_bare_number_word_counts_less_on_a_later_page() -> None:
    first, later = (labelled("No: 4711 @50,100", number=number) for number in (1, 2))
    (on_first,), (on_later,) = (list(zones(page, *at(page, "No"))) for page in (first, later))
    assert on_first.score > on_later.score


def test_a_text_beside_its_label_ends_before_a_label_in_brackets() -> None:
    prints = ("价税合计（大写） @50,400", "⊗ 肆佰贰拾壹圆整 （小写）￥421.00 @200,400")
    assert field("amount_in_words", *prints) == "肆佰贰拾壹圆整"
    assert (
        field("remarks", "Remarks @50,400", "Keep dry (see the back) @200,400") == "Keep dry (see the back)"
    )


def test_a_value_beside_a_label_but_under_another_is_likelier_the_others() -> None:
    free = zones_of("Invoice No", "Invoice No: @50,120", "4711 @200,120")[0]
    theirs = zones_of("Invoice No", "Due Date @200,100", "Invoice No: @50,116", "4711 @200,116")[0]
    assert theirs.text == free.text == "4711"
    assert theirs.score == pytest.approx(0.6 * free.score)


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Terms: 2 % within 7 days; net 30 days", "2 % within 7 days; net 30 days"),
        ("Terms: 30 days net; Invoice No: 4711", "30 days net"),
        ("Terms: 30 days net · Invoice No 4711", "30 days net · "),
    ],
)
def test_a_semicolon_ends_no_free_text_before_a_label_without_colon(printed: str, text: str) -> None:
    assert zones_of("Terms", f"{printed} @50,100", is_text=True)[0].text == text


def test_a_semicolon_ends_what_is_no_free_text() -> None:
    assert places("Invoice No", "Invoice No: 4711; Due Date 5.3.2026 @50,100") == ["4711; "]


def test_a_value_below_comes_before_one_that_stands_under_another_label() -> None:
    prints = ("Order Date @300,84", "Invoice Date @50,100", "24/08/2025 @300,100", "12/10/2025 @50,116")
    assert places("Invoice Date", *prints) == ["12/10/2025", "24/08/2025"]


def test_labels_set_close_in_a_row_have_each_its_own_value_under_it() -> None:
    contract = 50 + width_of("Purchase Order    ")
    prints = ("Purchase Order    Contract No @50,100", "316 @50,116", f"RE-58 @{contract:g},116")
    assert places("Purchase Order", *prints) == ["316"]
    assert places("Contract No", *prints) == ["RE-58"]


@pytest.mark.parametrize(("x", "first"), [(120, "By courier"), (400, "Partial delivery")])
def test_a_text_goes_on_under_its_label_and_not_far_beside_it(x: float, first: str) -> None:
    found = zones_of(
        "Remarks", "Remarks @50,100", f"By courier @{x},100", "Partial delivery @50,116", is_text=True
    )
    assert found[0].text == first


def test_a_number_word_that_ends_another_label_is_that_labels() -> None:
    found = zones_of("N.º", "ALBARÁN N.º / DELIVERY NOTE: 994370 @50,100")
    assert all(zone.score < 0.3 for zone in found)


def test_words_of_one_label_have_no_gap_between_them() -> None:
    assert "18/07/2024" not in places("Date", "Date Purchase Order @50,100", "18/07/2024 @50,116")


def test_a_label_behind_another_has_what_stands_under_itself() -> None:
    second = 50 + width_of("Your Purchase Order ")
    prints = ("Your Purchase Order Contract No @50,100", "316 @50,116", f"RE-58 @{second:g},116")
    assert places("Contract No", *prints) == ["RE-58"]


def test_a_label_that_a_slash_joins_with_a_look_alike_is_one_too() -> None:
    found = zones_of("发票号", "对应发票号 / Original invoice: 194423 @50,100")
    assert all(zone.score < 0.3 for zone in found)


def test_a_sign_parts_a_text_from_a_label_that_begins_with_another_word() -> None:
    text = "30 days net | Our Invoice No: 4711"
    assert zones_of("Terms", f"Terms: {text} @50,100", is_text=True)[0].text == "30 days net "
    far = "30 days net | as agreed with you Invoice No: 4711"
    assert zones_of("Terms", f"Terms: {far} @50,100", is_text=True)[0].text == far


def test_a_label_with_a_colon_and_one_without_are_no_heads() -> None:
    found = zones_of("Terms", "Terms:  Payable by @50,100", "22 September 2026 @50,114", is_text=True)
    assert found[0].text == "Payable by"


@pytest.mark.parametrize(
    ("above", "is_stray"), [("payment from the date of", True), ("Date of issue", False)]
)
def test_a_label_that_ends_a_sentence_is_hardly_one(above: str, *, is_stray: bool) -> None:
    found = zones_of("invoice", f"{above} @50,100", "invoice @50,114", "4711 @50,128")
    assert all(each.score < 0.3 for each in found) is is_stray


@pytest.mark.parametrize("above", ["studio kiel ug", "quillon srl"])
def test_a_firm_over_a_label_with_its_colon_takes_nothing_from_it(above: str) -> None:
    found = zones_of("invoice no", f"{above} @50,100", "invoice no: 4711 @50,114")
    assert found[0].score > 0.9


def test_a_sum_beside_another_label_is_not_its_text() -> None:
    found = zones_of(
        "Remarks", "Remarks @50,100", "Amount due 500.00 @200,100", "Keep dry @50,114", is_text=True
    )
    assert [each.text for each in found] == ["Keep dry"]
