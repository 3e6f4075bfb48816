"""Figures that do not fit together are found where nothing but them is known."""

from decimal import Decimal

import pytest
from invoice_record import extraction, leaf, line, rows

from extractor.assessment.misfits import misfits
from extractor.assessment.odd_figures import odd_figures
from extractor.extraction.extraction import ABSENT, Extraction
from extractor.validation.figures import figures_of


def paths(made: Extraction) -> list[str]:
    return [path for path, _ in odd_figures(made, figures_of(made))]


@pytest.mark.parametrize(("net", "expected"), [("100.00", []), (None, []), ("84.03", ["line_items"])])
def test_lines_are_without_tax(net: str | None, expected: list[str]) -> None:
    items = rows({**line("1", "100.00", "100.00"), "description": leaf("Lamp")})
    made = extraction(
        line_items=items,
        net_amount=leaf(Decimal(net)) if net else ABSENT,
        tax_amount=leaf(Decimal("15.97")),
        gross_amount=leaf(Decimal("100.00")),
    )
    assert ("line_items" in paths(made)) is (expected == ["line_items"])


def test_they_are_among_what_does_not_fit() -> None:
    cells = {**line("1", "100.00", "100.00"), "tax_rate": leaf(Decimal(41))}
    made = extraction(line_items=rows(cells))
    assert paths(made) == ["line_items[0].tax_rate"]
    assert "line_items[0].tax_rate" in [path for path, _ in misfits(made)]


@pytest.mark.parametrize(
    ("rate", "of_totals", "fits"),
    [("12", "12", True), ("5", "12", False), ("0", "12", True), ("5", None, True)],
)
def test_a_lines_rate_is_one_of_the_totals(rate: str, of_totals: str | None, *, fits: bool) -> None:
    cells = {**line("1", "100.00", "100.00"), "description": leaf("Lamp"), "tax_rate": leaf(Decimal(rate))}
    tax = {"tax": leaf(Decimal("12.00")), **({"rate": leaf(Decimal(of_totals))} if of_totals else {})}
    made = extraction(line_items=rows(cells), tax_breakdown=rows(tax), tax_amount=leaf(Decimal("12.00")))
    assert ("line_items[0].tax_rate" in paths(made)) is not fits


@pytest.mark.parametrize(
    ("rates", "tax", "is_odd"),
    [
        (("13.46", "23.00"), "36.46", True),
        (("13.46", "23.00"), "36.45", False),
        (("20", "20"), "20.00", False),
    ],
)
def test_rates_do_not_add_up_to_the_tax(rates: tuple[str, str], tax: str, *, is_odd: bool) -> None:
    items = [
        {**line("1", "50.00", "50.00"), "description": leaf("Lamp"), "tax_rate": leaf(Decimal(rate))}
        for rate in rates
    ]
    made = extraction(line_items=rows(*items), tax_amount=leaf(Decimal(tax)))
    assert ("line_items[0].tax_rate" in paths(made)) is is_odd


@pytest.mark.parametrize(
    ("text", "is_odd"),
    [("Lunch base 119.00", True), ("Lunch 1.119,00", True), ("Mileage at 0.45", False), ("Lunch 119", False)],
)
def test_an_items_text_does_not_end_with_a_total(text: str, *, is_odd: bool) -> None:
    items = rows({**line("1", "100.00", "100.00"), "description": leaf(text)})
    gross = Decimal("1119.00") if "1.119" in text else Decimal("119.00")
    made = extraction(line_items=items, gross_amount=leaf(gross))
    assert ("line_items[0].description" in paths(made)) is is_odd
