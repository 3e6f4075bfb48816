"""Amounts larger than every total that was read, beside the items."""

from dataclasses import replace
from decimal import Decimal

import pytest
from engines.layout.pages import page
from invoice_record import extraction, leaf, rows

from extractor.assessment.misfits import misfits
from extractor.assessment.unread_totals import unread_totals
from extractor.engines.reading import Evidence
from extractor.extraction.extraction import ABSENT, Extraction
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Origin


def paths(made: Extraction, *pages: Page) -> list[str]:
    return [path for path, _ in unread_totals(made, pages)]


@pytest.mark.parametrize(
    ("printed", "is_odd"),
    [
        ("119.01", True),
        ("119.00", False),
        ("-119.01", True),
        ("€120,00", True),
        ("1,190.00", True),
        ("1’190.00", True),
        ("1190", False),  # no amount with cents
        ("20.03.2026", False),
        ("R-119.01-A7", False),
        ("44 284,98 €", True),  # spaces between the thousands
    ],
)
def test_an_amount_with_cents_above_the_totals_is_odd(printed: str, *, is_odd: bool) -> None:
    found = paths(extraction(), page(f"Balance {printed} @50,600"))
    assert found == (["gross_amount"] if is_odd else [])


def test_it_is_said_once_of_the_first_total_that_was_read() -> None:
    pages = page("250.00 @50,600", "300.00 @50,620"), page("300.00 @50,600", number=2)
    assert paths(extraction(), *pages) == ["gross_amount"]
    assert paths(extraction(gross_amount=ABSENT), *pages) == ["net_amount"]
    assert paths(extraction(gross_amount=ABSENT, amount_due=leaf(Decimal(80))), *pages) == ["amount_due"]


def test_the_largest_total_counts_without_its_sign() -> None:
    credit = extraction(gross_amount=leaf(Decimal("-250.00")))
    assert paths(credit, page("250.00 @50,600")) == []
    assert paths(credit, page("250.01 @50,600")) == ["gross_amount"]


def test_where_no_total_was_read_nothing_is_smaller() -> None:
    none = extraction(net_amount=ABSENT, gross_amount=ABSENT)
    assert paths(none, page("250.00 @50,600")) == []


@pytest.mark.parametrize(
    "line", ["SARL au capital de 8000.00 EUR", "Stammkapital 8000,00", "注册资本 8000.00"]
)
def test_the_capital_of_a_firm_is_no_total(line: str) -> None:
    assert paths(extraction(), page(f"{line} @50,800")) == []


def test_an_amount_at_the_height_of_an_item_is_of_the_item() -> None:
    item = replace(
        leaf(Decimal(5)),
        evidence=Evidence(page=1, boxes=(Box(50, 300, 100, 313),), origin=Origin.TEXT_LAYER),
    )
    made = extraction(line_items=rows({"quantity": item}))
    assert paths(made, page("250.00 @400,305")) == []
    assert paths(made, page("250.00 @400,313")) == ["gross_amount"]
    assert paths(made, page("250.00 @400,305", number=2)) == ["gross_amount"]


def test_it_is_among_what_does_not_fit() -> None:
    assert [path for path, _ in misfits(extraction(), [page("250.00 @50,600")])] == ["gross_amount"]
    assert list(misfits(extraction())) == []


@pytest.mark.parametrize(
    ("printed", "fits"),
    [
        ("Total before tax: 105.00", False),
        ("Total before tax: 105,00", False),
        ("Total before tax: 104.99", True),
        ("Subtotal: 100.00", True),
    ],
)
def test_a_net_amount_beside_the_one_that_makes_the_total_is_doubted(printed: str, *, fits: bool) -> None:
    made = extraction(gross_amount=leaf(Decimal("124.00")))  # net 100.00, tax 19.00
    found = [path for path, _ in misfits(made, [page(f"{printed} @50,100", "Total 124.00 @50,120")])]
    assert ("net_amount" in found) is not fits
