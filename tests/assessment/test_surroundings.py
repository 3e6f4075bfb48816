"""What stands around a value: how far its neighbours are, and how often its text is printed."""

from collections.abc import Mapping

import pytest
from engines.layout.pages import page

from extractor.assessment.surroundings import NAMES, Surroundings
from extractor.engines.reading import Evidence
from extractor.extraction.extraction import ABSENT, Leaf, State
from extractor.pages.geometry import Box
from extractor.pages.page import Page


def leaf(text: str, *boxes: Box, number: int = 1) -> Leaf:
    return Leaf(value=text, state=State.FOUND, text=text, evidence=Evidence(page=number, boxes=boxes))


def box_of(made: Page, word: str) -> Box:
    return next(each.box for each in made.words if each.text == word)


def told(made: Page, *leaves: Leaf) -> list[Mapping[str, float]]:
    return list(Surroundings([made]).of(leaves))


def test_a_value_cut_out_of_a_text_has_words_right_beside_it() -> None:
    made = page("De Kraanvogel Verlichting @50,100", "Aan: @300,100", "Gent @340,100")
    cut, alone = told(
        made,
        leaf("Kraanvogel", box_of(made, "Kraanvogel")),
        leaf("Gent", box_of(made, "Gent")),
    )
    assert cut["gap_left"] < 0.5
    assert cut["gap_right"] < 0.5
    assert cut["is_behind_colon"] == 0
    assert alone["is_behind_colon"] == 1
    assert alone["gap_right"] == pytest.approx(8.0)


def test_gaps_to_the_lines_above_and_below_are_told_in_heights_of_the_line() -> None:
    made = page("Head @50,100", "Name @50,126", "Street @50,139", "Far @300,126")
    (name,) = told(made, leaf("Name", box_of(made, "Name")))
    assert name["gap_above"] == pytest.approx(1.0)
    assert name["gap_below"] == pytest.approx(0.0)


def test_a_wide_gap_inside_a_value_of_several_lines_is_told() -> None:
    made = page("Lamp @50,100", "Phase @50,126")
    parted, single = told(
        made,
        leaf("Lamp Phase", box_of(made, "Lamp"), box_of(made, "Phase")),
        leaf("Lamp", box_of(made, "Lamp")),
    )
    assert parted["gap_inside"] == pytest.approx(1.0)
    assert single["gap_inside"] == 0


def test_how_often_a_text_is_printed_is_counted_but_for_short_ones() -> None:
    made = page("Quast Lampen @50,100", "QUAST  LAMPEN @50,700", "EUR @300,100", "EUR @300,200")
    name, currency = told(
        made,
        leaf("Quast Lampen", box_of(made, "Quast")),
        leaf("EUR", box_of(made, "EUR")),
    )
    assert name["printed"] == 2
    assert currency["printed"] == 0


def test_nothing_is_told_of_what_stands_on_no_page_or_on_another() -> None:
    made = page("Lamp @50,100")
    lamp = leaf("Lamp", box_of(made, "Lamp"))
    without_place = Leaf(value="x", state=State.FOUND, text="x", evidence=Evidence(page=None))
    assert told(made, ABSENT, without_place, leaf("x", Box(1, 1, 2, 2), number=2)) == [{}, {}, {}]
    assert list(Surroundings([]).of([lamp])) == [{}]


def test_all_that_is_told_has_a_name() -> None:
    made = page("Lamp @50,100")
    (lamp,) = told(made, leaf("Lamp", box_of(made, "Lamp")))
    assert set(lamp) == set(NAMES)


@pytest.mark.parametrize(("name", "fits"), [("Quast Lampen", 1), ("Brandt Lampen", 0)])
def test_a_name_that_an_address_in_the_web_begins_with_is_told(name: str, fits: float) -> None:
    made = page(f"{name} @50,100", "info@quastlampen.example @50,700")
    (known,) = told(made, leaf(name, box_of(made, name.split(maxsplit=1)[0])))
    assert known["in_domain"] == fits
