"""A table of items ends at the totals, and at text that belongs to something else."""

import pytest
from engines.layout.pages import LABELS, labelled

from extractor.engines.layout.printed_numbers import PrintedNumbers
from extractor.engines.layout.table_ends import TableEnds
from extractor.values.conventions import Conventions


def ends(*prints: str) -> tuple[bool, bool]:
    page = labelled(*prints)
    found = TableEnds([page], LABELS.sums["line_items"], PrintedNumbers(Conventions(decimal_mark=".")))
    row = page.sheet.rows[0]
    return found.is_end(row), found.is_foreign(row)


@pytest.mark.parametrize(
    "prints",
    [
        ("Subtotal @330,500", "100.00 @500,500"),
        ("Total: 100.00 @330,500",),
        ("Total EUR @330,500", "100.00 @500,500"),
        ("Total net (excl. VAT) @330,500", "100.00 @500,500"),
        ("Summe netto @330,500", "100.00 @500,500"),
        ("合计 @50,500", "¥100.00 @400,500", "¥13.00 @500,500"),
    ],
)
def test_a_total_with_its_amount_ends_the_items(prints: tuple[str, ...]) -> None:
    assert ends(*prints)[0]


@pytest.mark.parametrize(
    "prints",
    [
        ("Total station tripod @50,500", "100.00 @500,500"),
        ("Net for goals @50,500", "40.00 @500,500"),
        ("Subtotal @330,500",),
        ("Oak board @50,500", "100.00 @500,500"),
        ("Annual service total coverage @50,500", "100.00 @500,500"),
    ],
)
def test_an_item_that_speaks_of_a_total_does_not_end_them(prints: tuple[str, ...]) -> None:
    assert not ends(*prints)[0]


def test_a_row_that_begins_with_a_fields_label_is_foreign() -> None:
    assert ends("Payment terms: 30 days net @50,500")[1]
    assert ends("IBAN: DE02 1203 0000 0000 2020 51 @50,500")[1]
    assert not ends("Oak board, planed @50,500")[1]


def test_a_look_alike_label_below_an_item_is_not_foreign() -> None:
    assert not ends("Serial No: 88123 @50,500")[1]


@pytest.mark.parametrize(
    ("text", "is_number"),
    [("100.00", True), ("€ 1,234.50", True), ("-3", True), ("3 pcs left", False), ("", False)],
)
def test_a_number_is_an_amount_as_a_whole(text: str, *, is_number: bool) -> None:
    assert (
        TableEnds([], LABELS.sums["line_items"], PrintedNumbers(Conventions(decimal_mark="."))).is_number(
            text
        )
        is is_number
    )


@pytest.mark.parametrize(
    ("amounts", "is_sum"),
    [(("4", "150.00", "600.00"), False), (("600.00",), True), (("500.00", "100.00", "600.00"), True)],
)
def test_an_item_may_be_called_like_a_sum(amounts: tuple[str, ...], *, is_sum: bool) -> None:
    page = labelled("Report @50,500", *(f"{each} @{300 + 80 * i},500" for i, each in enumerate(amounts)))
    found = TableEnds([page], LABELS.sums["line_items"], PrintedNumbers(Conventions(decimal_mark=".")))
    assert found.is_sum(page.sheet.rows[0]) is is_sum


@pytest.mark.parametrize(
    ("prints", "is_sum"),
    [
        (("report @50,500",), False),
        (("Report @50,500",), True),
        (("report @50,500", "600.00 @400,500"), True),
    ],
)
def test_the_end_of_a_text_without_an_amount_is_no_sum(prints: tuple[str, ...], *, is_sum: bool) -> None:
    page = labelled(*prints)
    found = TableEnds([page], LABELS.sums["line_items"], PrintedNumbers(Conventions(decimal_mark=".")))
    assert found.is_sum(page.sheet.rows[0]) is is_sum


@pytest.mark.parametrize(
    ("prints", "is_sum"),
    [
        (("Total Materials @330,500", "285.48 @500,500"), True),
        (("Summe Titel 1: Materials @330,500", "285.48 @500,500"), True),  # "Summe Titel" is a sum's name
        (("Total Fittings @330,500", "285.48 @500,500"), False),  # no heading says so
        (("Grand Materials @330,500", "285.48 @500,500"), False),
        (("Total Materials @50,500", "3 @300,500", "285.48 @500,500"), False),
        (("Total Materials @330,500", "100.00 / 285.48 @500,500"), False),
    ],
)
def test_a_heading_and_a_word_of_totals_name_a_groups_sum(prints: tuple[str, ...], *, is_sum: bool) -> None:
    page = labelled("Materials @50,400", "Titel 1: Materials @50,420", *prints)
    found = TableEnds([page], LABELS.sums["line_items"], PrintedNumbers(Conventions(decimal_mark=".")))
    assert found.is_sum(page.sheet.rows[2]) is is_sum
