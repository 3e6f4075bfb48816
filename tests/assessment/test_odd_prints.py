"""Prints that are odd for one value show on the page."""

from dataclasses import replace

import pytest
from engines.layout.pages import LABELS, page, width_of
from invoice_record import extraction, leaf, line, rows

from extractor.assessment.features import known_values
from extractor.assessment.misfits import misfits
from extractor.assessment.odd_prints import odd_prints
from extractor.engines.reading import Evidence
from extractor.extraction.extraction import Extraction, Leaf
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.placement import Placement
from extractor.pages.word import Origin

TEXT = "Hydraulic hose"


def at(text: str, box: Box, number: int = 1) -> Leaf:
    return replace(leaf(text), evidence=Evidence(page=number, boxes=(box,), origin=Origin.TEXT_LAYER))


def made(description: Leaf, **fields: Leaf) -> Extraction:
    item = {**line("1", "100.00", "100.00"), "description": description}
    return extraction(fields, line_items=rows(item))


def paths(read: Extraction, *prints: str) -> list[str]:
    return in_print(read, page(*(prints or ("Invoice @50,20",))))


def in_print(read: Extraction, *pages: Page) -> list[str]:
    """Return what is odd on pages, labels known."""
    return [path for path, _ in odd_prints(tuple(known_values(read)), pages, LABELS.fields)]


@pytest.mark.parametrize(
    ("box", "number", "is_odd"),
    [
        (Box(50, 100, 150, 113), 1, True),
        (Box(50, 107, 150, 120), 1, False),  # half of its height
        (Box(50, 106, 150, 119), 1, True),
        (Box(50, 100, 150, 113), 2, False),  # on another page
    ],
)
def test_one_print_is_not_an_items_text_and_the_terms(box: Box, number: int, *, is_odd: bool) -> None:
    read = made(at("30 days net", Box(50, 100, 150, 113)), payment_terms=at("30 days net", box, number))
    assert ("line_items" in paths(read)) is is_odd


@pytest.mark.parametrize(("gap", "is_odd"), [(0.7, False), (0.9, True)])
def test_a_text_has_no_wide_gap_inside(gap: float, *, is_odd: bool) -> None:
    second = 50 + width_of("Hydraulic") + gap * 13
    box = Box(50, 300, second + width_of("hose"), 313)
    read = made(at(TEXT, box), seller_address=at(TEXT, box))
    found = paths(read, "Hydraulic @50,300", f"hose @{second:g},300")
    assert ("line_items[0].description" in found) is is_odd
    assert "seller_address" not in found  # its parts may be set apart


@pytest.mark.parametrize(
    ("below", "is_odd"),
    [
        ("with fittings @50,315", True),
        ("With fittings @50,315", False),  # what begins large may be another thing
        ("with fittings @53,315", False),  # beside its edge
        ("with fittings @50,325", False),  # further below
        ("with fittings @50,315,8", False),  # in smaller print
    ],
)
def test_a_line_below_that_goes_on_is_read_too(below: str, *, is_odd: bool) -> None:
    box = Box(50, 300, 50 + width_of(TEXT), 313)
    assert ("line_items[0].description" in paths(made(at(TEXT, box)), f"{TEXT} @50,300", below)) is is_odd


def test_a_line_below_that_is_another_values_is_read() -> None:
    box, below = Box(50, 300, 50 + width_of(TEXT), 313), Box(50, 315, 120, 328)
    read = made(at(TEXT, box), remarks=at("with fittings", below))
    assert paths(read, f"{TEXT} @50,300", "with fittings @50,315") == []


def test_it_is_among_what_does_not_fit_and_needs_the_page() -> None:
    box = Box(50, 300, 50 + width_of(TEXT), 313)
    read = made(at(TEXT, box))
    printed = page(f"{TEXT} @50,300", "with fittings @50,315")
    assert "line_items[0].description" in [path for path, _ in misfits(read, [printed])]
    assert in_print(read) == []


@pytest.mark.parametrize(
    ("gaps", "is_odd"), [((0.3, 0.3, 0.7), False), ((0.2, 0.2, 0.6), True), ((0.1, 0.1, 0.39), False)]
)
def test_a_gap_is_wide_among_narrow_ones(gaps: tuple[float, float, float], *, is_odd: bool) -> None:
    words, prints, x = ("14", "days", "net", "Printed"), [], 50.0
    for word, gap in zip(words, (*gaps, 0.0), strict=True):
        prints.append(f"{word} @{x:g},300")
        x += width_of(word) + gap * 13
    text = " ".join(words)
    read = extraction(payment_terms=at(text, Box(50, 300, x, 313)))
    assert paths(read, *prints) == (["payment_terms"] if is_odd else [])


@pytest.mark.parametrize(
    ("printed", "is_odd"),
    [
        ("Maribel Tordiel Navas", True),
        ("Maribel Tordiel Navas de Vega", False),  # a sentence, perhaps
        ("Maribel Tordiel, Sevilla", False),
        ("Maribel Tordiel", False),
    ],
)
def test_a_name_is_not_printed_with_more_words(printed: str, *, is_odd: bool) -> None:
    read = extraction(seller_name=at("Maribel Tordiel", Box(50, 700, 120, 713)))
    assert paths(read, f"{printed} @50,40") == (["seller_name"] if is_odd else [])


def test_a_name_with_its_legal_form_is_whole() -> None:
    read = extraction(seller_name=at("Quast GmbH", Box(50, 700, 120, 713)))
    assert paths(read, "Quast GmbH Hannover @50,40") == []


@pytest.mark.parametrize(
    ("above", "is_odd"),
    [
        ("Montreval @50,86", True),
        ("Attention: Montreval @-,86", True),
        ("Customer @50,86", False),  # a label
        ("Anything: @50,86", False),
        ("Montreval @55,86", False),  # beside its edge
        ("Montreval @50,70", False),  # further above
        ("Montreval @50,84,18", False),  # in larger print
    ],
)
def test_a_name_may_begin_on_the_line_above(above: str, *, is_odd: bool) -> None:
    read = extraction(buyer_name=at("Joinery SA", Box(50, 100, 110, 113)))
    printed = page(above.replace("@-", f"@{50 - width_of('Attention: '):g}"), "Joinery SA @50,100")
    assert in_print(read, printed) == (["buyer_name"] if is_odd else [])


def test_what_was_read_above_a_name_is_no_part_of_it() -> None:
    read = extraction(
        buyer_name=at("Joinery SA", Box(50, 100, 110, 113)), remarks=at("Montreval", Box(50, 86, 100, 99))
    )
    printed = page("Montreval @50,86", "Joinery SA @50,100")
    assert in_print(read, printed) == []


@pytest.mark.parametrize(("below", "is_odd"), [("14", True), ("14 Mill Lane", False), ("of Leeds", False)])
def test_a_number_below_a_name_may_end_it(below: str, *, is_odd: bool) -> None:
    read = extraction(buyer_name=at("Residents of Mill Lane", Box(50, 100, 160, 113)))
    assert paths(read, "Residents of Mill Lane @50,100", f"{below} @50,114") == (
        ["buyer_name"] if is_odd else []
    )


@pytest.mark.parametrize(
    ("below", "is_odd"),
    [
        ("from today @50,114", True),
        ("From today @50,114", False),
        ("14 @50,114", False),
        ("terms: from today @-,114", True),  # behind the second line of its label
        ("terms are from today @-,114", False),
    ],
)
def test_terms_go_on_in_small_letters(below: str, *, is_odd: bool) -> None:
    read = extraction(payment_terms=at("30 days net", Box(50, 100, 110, 113)))
    before = width_of("terms: " if ":" in below else "terms are ")
    found = paths(read, "30 days net @50,100", below.replace("@-", f"@{50 - before:g}"))
    assert found == (["payment_terms"] if is_odd else [])


def test_data_and_recognised_pages_say_what_a_name_is() -> None:
    name = at("Joinery SA", Box(50, 100, 110, 113))
    printed = page("Montreval @50,86", "Joinery SA @50,100")
    data = replace(leaf("R-1"), evidence=Evidence(page=1, boxes=(Box(1, 1, 2, 2),), origin=Origin.XML))
    read = extraction(buyer_name=name, invoice_number=data)
    assert list(misfits(read, [printed], labels=LABELS.fields)) == []
    scanned = replace(printed, placement=Placement((1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)))
    assert in_print(extraction(buyer_name=name), scanned) == []
