"""A reading is held to whichever of the right answers it gave."""

from dataclasses import replace
from decimal import Decimal

import pytest
from synthesis.alternatives import settled
from synthesis.canvas import Canvas
from synthesis.truth import LINE_COLUMNS, Truth

import extractor
from extractor.assessment.assessment import Assessment

_EMPTY = dict.fromkeys(LINE_COLUMNS)


@pytest.fixture(scope="module")
def read() -> Assessment:
    canvas = Canvas()
    for row, text in enumerate(("Invoice", "Invoice number: INV-77", "Invoice date: 2026-03-05")):
        canvas.text(50, 60 + 20 * row, text)
    for y, cells in (
        (140, ("Description", "Quantity", "Unit price", "Amount")),
        (160, ("Pump", "2", "5.00", "10.00")),
    ):
        for x, text in zip((50, 250, 350, 450), cells, strict=True):
            canvas.text(x, y, text)
    canvas.text(350, 190, "Total")
    canvas.text(450, 190, "10.00")
    return extractor.extract(canvas.content(), spec="invoice", name="a.pdf")[0]


def _truth(**line: str | None) -> Truth:
    return Truth(
        fields={"invoice_number": "INV-99", "seller_name": "Pumps Ltd"},
        line_items=({**_EMPTY, "description": "Pump Serial 7", "quantity": "2", **line},),
    )


def test_the_alternative_that_was_read_takes_the_place_of_the_first_answer(read: Assessment) -> None:
    truth = replace(_truth(), alternatives={"invoice_number": ("INV-77", "INV-78")})
    assert settled(truth, read).fields["invoice_number"] == "INV-77"


def test_where_none_was_read_the_first_answer_stands(read: Assessment) -> None:
    truth = replace(_truth(), alternatives={"invoice_number": ("INV-78", None)})
    assert settled(truth, read).fields["invoice_number"] == "INV-99"


def test_to_read_nothing_may_be_right(read: Assessment) -> None:
    truth = replace(_truth(), alternatives={"seller_name": (None,)})
    assert settled(truth, read).fields["seller_name"] is None


def test_cells_are_settled_in_the_row_that_has_the_description(read: Assessment) -> None:
    truth = replace(_truth(), line_alternatives=({"description": ("Pump",), "quantity": ("2.0", "3")},))
    row = settled(truth, read).line_items[0]
    assert (row["description"], row["quantity"]) == ("Pump", "2")


def test_cells_that_are_only_implied_become_what_was_read(read: Assessment) -> None:
    truth = replace(_truth(description="Pump"), unscored=frozenset({"line_items.net_amount"}))
    assert Decimal(settled(truth, read).line_items[0]["net_amount"] or "0") == 10


def test_a_row_that_was_not_read_stays_as_it_is(read: Assessment) -> None:
    truth = replace(_truth(description="Valve"), unscored=frozenset({"line_items.net_amount"}))
    assert settled(truth, read).line_items == truth.line_items
