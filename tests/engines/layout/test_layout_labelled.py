"""Where labels stand on a page: what is one, and what waits for its value."""

import pytest
from engines.layout.pages import labelled, width_of

from extractor.engines.layout.labelled import has_colon


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Seller: Alder Ltd", True),
        ("Seller", True),
        ("Seller Company Ltd", False),
        ("Customer Care Ltd", False),
        ("Invoice No 4711", True),
        ("Date 5.3.2026", True),
        ("Total EUR 19.00", True),
        ("Total quality management", False),
        ("购买方 青禾", True),
        ("4711 Invoice No", False),
        ("Alder Ltd", False),
    ],
)
def test_a_label_is_told_from_the_first_word_of_a_name_or_sentence(text: str, *, starts: bool) -> None:
    page = labelled(f"{text} @50,100")
    assert page.starts_with_label(page.sheet.rows[0][0]) is starts


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("Total: 5", True),
        ("Total : 5", True),
        ("Total (all): 5", True),
        ("Total：5", True),
        ("Total 5", False),
        ("Total 5: 6", False),
    ],
)
def test_a_colon_may_follow_a_bracket_but_no_value(text: str, *, has: bool) -> None:
    page = labelled(f"{text} @50,100")
    cell, hit = next(page.labels())
    assert has_colon(cell, hit) is has


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Invoice No. 发票号码: LC-2507", "invoice_number"),
        ("发票号码 (Invoice No.): LC-2507", "invoice_number"),
        ("付款条件/Terms: 30 days", "payment_terms"),
    ],
)
def test_a_label_and_its_translation_are_one(printed: str, name: str) -> None:
    ((_, hit),) = labelled(f"{printed} @50,100").labels()
    assert name in hit.names
    assert printed[hit.start : hit.end].strip("():").count(" ") <= 3


def test_labels_of_two_fields_in_two_languages_stay_two() -> None:
    names = [hit.names[0] for _, hit in labelled("Invoice No. 开票日期: 2026-03-05 @50,100").labels()]
    assert names == ["invoice_number", "issue_date"]


def test_a_title_is_known_at_the_beginning_only() -> None:
    page = labelled("Rechnung @50,100")
    assert page.is_title("Rechnung 4711")
    assert not page.is_title("Zu Ihrer Rechnung")
    assert not page.is_title("Nordwind GmbH")


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("Invoice No:", True),
        ("Our Invoice No", True),
        ("发票号码", True),
        ("Invoice No: 4711", False),
        ("Invoice No unknown", False),
        ("Alder Ltd", False),
        ("青禾销售方", False),  # "…有限公司" may end like a label
    ],
)
def test_a_cell_that_ends_with_a_label_waits_for_its_value(text: str, *, waits: bool) -> None:
    page = labelled(f"{text} @50,100")
    assert page.waits(page.sheet.rows[0][0]) is waits


@pytest.mark.parametrize(
    ("above", "is_under"),
    [
        ("Due Date @200,100", True),
        ("Due Date @196.1,100", True),
        ("Due Date @195.9,100", False),  # out of line by more than four points
        ("Due Date: 4.4.2026 @200,100", False),
        ("Alder Ltd @200,100", False),
    ],
)
def test_a_value_in_line_with_a_label_that_waits_stands_under_it(above: str, *, is_under: bool) -> None:
    page = labelled(above, "4711 @200,116")
    assert page.is_under_label(page.sheet.rows[1][0]) is is_under


def test_nothing_stands_under_a_label_in_the_first_row_or_two_rows_below() -> None:
    page = labelled("Due Date @200,100", "Alder Ltd @50,116", "4711 @200,132")
    assert not any(page.is_under_label(cell) for cell in page.sheet.cells)


def test_a_label_of_two_lines_is_one_and_ends_in_the_second() -> None:
    page = labelled("Bestelldatum / Order @50,100", "date @50,114", "5.3.2026 @200,114")
    assert page.labels_of("issue_date") == ()
    assert [cell.text for cell, _ in page.labels()][-1] == "date"


def test_a_legal_form_is_no_label() -> None:
    page = labelled("N.V. @50,100", "N. 4711 @50,200")
    assert [page.starts_with_label(cell) for cell in page.sheet.cells] == [False, True]


def test_a_cell_may_stand_under_the_last_of_several_heads_set_close() -> None:
    edge = 50 + width_of("Order No / Your") + 10
    heads = ["Order No / Your @50,100", f"Project @{edge},100"]
    page = labelled(*heads, f"K-2402 @{edge},114", f"K-2403 @{edge + 10},128")
    under, apart = page.sheet.rows[1][0], page.sheet.rows[2][0]
    assert len(page.sheet.rows[0]) == 1
    assert page.is_under_label(under)
    assert not page.is_under_label(apart)
