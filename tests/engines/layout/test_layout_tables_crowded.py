"""Headings over two columns are parted where what stands below shows two."""

import pytest
from engines.layout.pages import LABELS, grid, page, words_of

from extractor.engines.layout.cells import sheet_of
from extractor.engines.layout.tables.head import find_heads

LEXICON = LABELS.tables["line_items"]


def headings(*prints: str | list[str]) -> list[tuple[str, tuple[str, ...]]]:
    (head,) = find_heads(sheet_of(page(*prints), LABELS), LEXICON)
    return [(" ".join(word.text for word in column.words), column.names[:1]) for column in head.columns]


def with_units(*units: str) -> list[str]:
    """Return what the heading "Menge Einheit" is parted into, with such units below it."""
    head = ["Bezeichnung @50,300", "Menge Einheit @300,300", "Preis @>450,300", "Betrag @>545,300"]
    place = words_of("Menge Einheit @300,300")[1].box.x0
    rows = [
        f"{text} @{place_of},{top}"
        for top, unit in zip((316, 332, 348), units, strict=True)
        for text, place_of in (
            ("Brett", "50"),
            ("3", "300"),
            (unit, f"{place}"),
            ("2,00", ">450"),
            ("6,00", ">545"),
        )
    ]
    return [text for text, _ in headings(head, rows)[1:-2]]


def test_two_amounts_under_one_heading_are_two_columns() -> None:
    columns = "50 >250 >350 >470"
    head = "Désignation | Qté | P.U. HT | Montant TVA"
    one = grid(columns, head, "Planche | 2 | 3,50 | 7,00", top=300)
    assert headings(one)[-1][0] == "Montant TVA"
    two = [*grid("50 >250 >350", "Planche | 2 | 3,50", top=316), "7,00 @>443,316", "1,40 @>470,316"]
    assert [text for text, _ in headings(grid(columns, head, top=300), two)[-2:]] == ["Montant", "TVA"]


@pytest.mark.parametrize(("amount", "count"), [("1 200.00", 4), ("1    200.00", 5)])
def test_the_spaced_thousands_of_one_amount_are_not_two(amount: str, count: int) -> None:
    rows = ("Description | Qty | Price | Amount in EUR", f"Oak board | 2 | 600.00 | {amount}")
    assert len(headings(grid("50 >250 >350 >470", *rows, top=300))) == count


@pytest.mark.parametrize(
    ("units", "parted"),
    [
        (("Stk", "Satz", "Paar"), ["Menge", "Einheit"]),
        (("Stk", "Satz", ""), ["Menge", "Einheit"]),
        (("Stk", "", ""), ["Menge Einheit"]),
    ],
)
def test_units_under_a_part_of_the_heading_in_most_rows_are_a_column(
    units: tuple[str, ...], parted: list[str]
) -> None:
    assert with_units(*units) == parted


def test_numbers_within_a_description_part_no_heading_of_texts() -> None:
    rows = ("Item description | Qty | Price | Amount", "A4 80 g, 5 reams | 2 | 3.50 | 7.00")
    assert headings(grid("50 >300 >400 >545", *rows, top=300))[0][0] == "Item description"


@pytest.mark.parametrize(
    ("off", "parted"), [(1.4, ["Product", "Particulars"]), (1.6, ["Product Particulars"])]
)
def test_texts_that_begin_under_both_words_of_a_heading_are_two_columns(
    off: float, parted: list[str]
) -> None:
    head = ["Product Particulars @50,300", "Qty @>400,300", "Price @>470,300", "Amount @>545,300"]
    place = words_of(head[0])[1].box.x0 + off
    rows = [
        f"{text} @{place_of},{top}"
        for top, code, name in ((316, "M79", "Filter"), (332, "M80", "Gasket"))
        for text, place_of in (
            (code, "50"),
            (name, f"{place:g}"),
            ("2", ">400"),
            ("3.00", ">470"),
            ("6.00", ">545"),
        )
    ]
    assert [text for text, _ in headings(head, rows)[:-3]] == parted
