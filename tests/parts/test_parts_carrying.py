"""Lines that carry a sum from page to page, in every language."""

import pytest
from engines.layout.pages import LABELS, page

from extractor.engines.layout.cells import sheet_of
from extractor.parts.carrying import Carried, carried


def directions(*prints: str) -> set[Carried]:
    return set(carried(sheet_of(page(*prints), LABELS)))


@pytest.mark.parametrize(
    "text",
    [
        "Brought forward",
        "Total b/f",
        "Continued from page 1",
        "Übertrag von Seite 1",
        "Fortsetzung von Seite 1",
        "Report de la page 1",
        "Riporto",
        "Suma anterior",
        "承前页",
        "接上页",
    ],
)
def test_a_sum_comes_in(text: str) -> None:
    assert directions(f"{text} @50,400") == {Carried.IN}


@pytest.mark.parametrize(
    "text",
    [
        "Carried forward",
        "Subtotal carried forward",
        "Continued on page 2",
        "Übertrag auf Folgeseite",
        "Fortsetzung auf der nächsten Seite",
        "À reporter",
        "Suite page suivante",
        "Vervolg op volgende pagina",
        "Suma y sigue",
        "Continúa en la página siguiente",
        "A riportare",
        "A transportar",
        "Continua na página seguinte",
        "过次页",
        "接下页",
    ],
)
def test_a_sum_goes_out(text: str) -> None:
    assert directions(f"{text} @50,400") == {Carried.OUT}


def test_a_bare_word_goes_by_where_it_stands() -> None:
    assert directions("Übertrag @50,60", "80,00 @>540,60") == {Carried.IN}
    assert directions("Übertrag @50,760", "80,00 @>540,760") == {Carried.OUT}


@pytest.mark.parametrize(
    "text",
    [
        "Balance brought forward",
        "Brought forward from last invoice",
        "Transport",
        "Report on site safety",
        "Überträger",
        "The sum brought forward is agreed",
        f"Carried forward {'as agreed ' * 6}",
    ],
)
def test_accounts_charges_and_sentences_carry_nothing(text: str) -> None:
    assert directions(f"{text} @50,400") == set()
