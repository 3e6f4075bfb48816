"""What must be there and is not: the tax between two totals, and cells that recognition lost."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from validation.test_validate import group, invoice, page

from extractor.extraction.extraction import Extraction, Group, State, Table
from extractor.field_specs.load import load_spec
from extractor.pages.page import Page
from extractor.pages.word import Origin
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.validate import validate

SPEC = load_spec("invoice")
ONE: dict[str, str | Decimal] = {
    "description": "A",
    "quantity": Decimal(1),
    "unit_price": Decimal(500),
    "net_amount": Decimal(500),
}
OTHER: dict[str, str | Decimal] = {
    "description": "B",
    "quantity": Decimal(1),
    "unit_price": Decimal(200),
    "net_amount": Decimal(200),
}


def missing(extraction: Extraction, pages: Sequence[Page] = ()) -> list[Finding]:
    found = validate(extraction, spec=SPEC, pages=pages)
    return [each for each in found if each.code is FindingCode.FIELD_MISSING]


def without_tax(net: str, gross: str) -> Extraction:
    return invoice(
        net_amount=Decimal(net),
        tax_amount=None,
        tax_breakdown=[],
        gross_amount=Decimal(gross),
        amount_due=None,
        line_items=[],
    )


@pytest.mark.parametrize(
    ("gross", "is_found"), [("700.00", False), ("700.01", False), ("700.02", True), ("833.00", True)]
)
def test_totals_that_differ_lack_the_tax_between_them(gross: str, is_found: bool) -> None:  # noqa: FBT001
    found = missing(without_tax("700.00", gross), [page("Total")])
    assert [each.field for each in found] == (["tax_amount"] if is_found else [])


def test_a_charge_on_the_page_explains_the_difference() -> None:
    assert missing(without_tax("700.00", "725.00"), [page("Freight 25.00")]) == []


def without(row: dict[str, str | Decimal], column: str) -> dict[str, str | Decimal]:
    return {name: value for name, value in row.items() if name != column}


def recognised(*rows: dict[str, str | Decimal]) -> Extraction:
    groups = []
    for row in rows:
        members = group(dict(row)).members
        groups.append(
            Group(
                members={
                    name: replace(each, evidence=replace(each.evidence, origin=Origin.OCR))
                    for name, each in members.items()
                    if each.evidence is not None
                },
                state=State.FOUND,
            )
        )
    return invoice(line_items=Table(rows=tuple(groups), state=State.FOUND))


def test_a_figure_that_other_items_of_a_scan_have_was_lost() -> None:
    (found,) = missing(recognised(ONE, without(OTHER, "quantity")))
    assert found.field == "line_items[1].quantity"
    (found,) = missing(recognised(without(ONE, "unit_price"), without(OTHER, "unit_price"), ONE))
    assert found.field == "line_items[0].unit_price"
    assert "1 more" in found.message


def test_a_column_that_no_item_fills_was_never_there() -> None:
    bare: dict[str, str | Decimal] = {"description": "A", "net_amount": Decimal(350)}
    assert missing(recognised(bare, bare)) == []
    assert missing(recognised(ONE, OTHER)) == []


def test_on_a_digital_page_an_empty_cell_is_empty() -> None:
    assert missing(invoice(line_items=[ONE, without(OTHER, "quantity")])) == []
