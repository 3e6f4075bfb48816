"""Labels that look like one of a field, and are another's."""

import pytest
from engines.layout.pages import labelled, width_of

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.look_alikes import dates_another


def at(name: str, *prints: str) -> tuple[LabelledSheet, Cell, Hit]:
    page = labelled(*prints)
    return (page, *next(iter(page.labels_of(name))))


@pytest.mark.parametrize(
    ("above", "is_another"),
    [
        ("Data ordine / Order", True),
        ("Votre commande / Your order Fax", True),
        ("Data fattura / Invoice", False),
        ("Numero", False),
    ],
)
def test_a_small_date_ends_the_label_above_it(above: str, *, is_another: bool) -> None:
    page = labelled(f"{above} @50,100", "date @50,113", "18/07/2024 @50,126")
    hits = [(cell, hit) for cell, hit in page.labels_of("issue_date") if cell.text == "date"]
    assert all(dates_another(page, cell, hit) for cell, hit in hits) is (is_another or not hits)


def test_a_date_set_large_is_a_label_of_its_own() -> None:
    assert not dates_another(*at("issue_date", "Your order Fax @50,100", "Date @50,113"))


@pytest.mark.parametrize(
    ("printed", "is_another"), [("LE/f", True), ("le 5 mars 2026", False), ("日期2026年3月5日", False)]
)
def test_an_article_stands_before_a_date(printed: str, *, is_another: bool) -> None:
    assert dates_another(*at("issue_date", f"{printed} @50,100")) is is_another


@pytest.mark.parametrize(("above", "is_another"), [("Lotto 4711,", True), ("Banca 4711,", False)])
def test_goods_have_dates_of_their_own(above: str, *, is_another: bool) -> None:
    page, cell, hit = at("due_date", f"{above} @50,100", "scadenza 02/03/2026 @50,113")
    assert dates_another(page, cell, hit) is is_another


@pytest.mark.parametrize(
    ("above", "is_another"), [("TERMS Payable before", True), ("TERMS Payable Before", False)]
)
def test_a_date_goes_on_from_a_line_with_its_label(above: str, *, is_another: bool) -> None:
    x = 50 + width_of("TERMS ")
    page, cell, hit = at("issue_date", f"{above} @50,100", f"del 08/09/2025 @{x:g},113")
    assert dates_another(page, cell, hit) is is_another
