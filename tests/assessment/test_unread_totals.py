"""Amounts larger than every total that was read, beside the items."""

from dataclasses import replace
from decimal import Decimal

import pytest
from engines.layout.pages import page
from invoice_record import extraction, leaf, line, rows

from extractor.assessment.misfits import misfits
from extractor.assessment.unread_totals import included_tax, net_due, other_net, other_tax, unread_totals
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


@pytest.mark.parametrize(
    ("tax", "printed", "is_odd"),
    [
        ("11.50", "2.50", False),  # 18 % and 5 % of 50.00
        ("9.00", "2.50", True),  # that of one rate, and the other one is printed
        ("9.00", "11.50", True),
        ("9.00", "2.51", False),
        ("11.53", "11.50", False),  # each line may be rounded
        ("11.54", "11.50", True),
    ],
)
def test_a_tax_is_not_that_of_one_rate_where_lines_have_two(tax: str, printed: str, *, is_odd: bool) -> None:
    lines = ({**line("1", "50.00", "50.00"), "tax_rate": leaf(Decimal(rate))} for rate in (18, 5))
    made = extraction(line_items=rows(*lines), net_amount=leaf(Decimal(100)), tax_amount=leaf(Decimal(tax)))
    found = [path for path, _ in other_tax(made, [page(f"{printed} @50,600")])]
    assert found == (["tax_amount"] if is_odd else [])


def test_lines_of_another_sum_or_without_a_rate_say_nothing_of_the_tax() -> None:
    printed = [page("4.50 @50,600")]
    cells = {**line("1", "50.00", "50.00"), "tax_rate": leaf(Decimal(19))}
    bare = line("1", "50.00", "50.00")
    one = extraction(line_items=rows(cells), net_amount=leaf(Decimal(100)), tax_amount=leaf(Decimal(5)))
    two = extraction(line_items=rows(cells, bare), net_amount=leaf(Decimal(100)), tax_amount=leaf(Decimal(5)))
    assert list(other_tax(one, printed)) == list(other_tax(two, printed)) == []


@pytest.mark.parametrize(
    ("printed", "is_odd"),
    [
        ("inclui IPI 5% R$ 111,73", True),
        ("incl. VAT 19.00", True),
        ("darin enthaltene MwSt. 19,00", True),
        ("includes VAT where due", False),
        ("VAT 19.00", False),
    ],
)
def test_a_net_amount_is_not_the_total_where_a_tax_is_in_it(printed: str, *, is_odd: bool) -> None:
    made = extraction(net_amount=leaf(Decimal(119)), tax_amount=ABSENT, gross_amount=leaf(Decimal(119)))
    found = [path for path, _ in included_tax(made, [page(f"{printed} @50,600")])]
    assert found == (["net_amount"] if is_odd else [])


def test_a_tax_that_was_read_is_no_tax_left_out() -> None:
    printed = [page("incl. VAT 19.00 @50,600")]
    made = extraction(
        net_amount=leaf(Decimal(119)), tax_amount=leaf(Decimal(19)), gross_amount=leaf(Decimal(119))
    )
    assert list(included_tax(made, printed)) == []


@pytest.mark.parametrize(
    ("gross", "printed", "is_odd"),
    [
        ("119.05", "119.00", True),  # rounded to the smallest coin
        ("119.06", "119.00", False),
        ("119.05", "119.01", False),
        ("119.00", "119.00", False),
    ],
)
def test_a_rounded_total_is_not_the_total_that_stands_beside_it(
    gross: str, printed: str, *, is_odd: bool
) -> None:
    made = extraction(
        net_amount=leaf(Decimal(100)), tax_amount=leaf(Decimal(19)), gross_amount=leaf(Decimal(gross))
    )
    found = [path for path, _ in other_net(made, [page(f"{printed} @50,600")])]
    assert found == (["gross_amount"] if is_odd else [])


@pytest.mark.parametrize(
    ("due", "printed", "is_odd"),
    [
        ("100.00", "Thank you", True),
        ("100.00", "IVA in split payment ex art. 17-ter DPR 633/72", False),
        ("100.00", "Scissione dei pagamenti", False),
        ("122.00", "Thank you", False),
        ("60.00", "Thank you", False),
    ],
)
def test_the_amount_due_is_the_net_amount_where_the_buyer_pays_the_tax(
    due: str, printed: str, *, is_odd: bool
) -> None:
    made = extraction(
        net_amount=leaf(Decimal("100.00")),
        tax_amount=leaf(Decimal("22.00")),
        gross_amount=leaf(Decimal("122.00")),
        amount_due=leaf(Decimal(due)),
    )
    assert [path for path, _ in net_due(made, [page(f"{printed} @50,100")])] == (
        ["amount_due"] if is_odd else []
    )
