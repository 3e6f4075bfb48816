"""Rows that only add up others are told by arithmetic, and items never are."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.layout.subtotals import without_charges, without_subtotals
from extractor.engines.reading import Candidate, CandidateRow, Evidence
from extractor.pages.geometry import Box
from extractor.pages.word import Origin


def cell(value: str) -> Candidate:
    return Candidate(text=value, evidence=Evidence(page=1), score=0.9, value=Decimal(value))


def item(amount: str) -> CandidateRow:
    return CandidateRow(cells={"quantity": cell("1"), "unit_price": cell(amount), "net_amount": cell(amount)})


def bare(amount: str) -> CandidateRow:
    return CandidateRow(cells={"net_amount": cell(amount)})


def test_sums_in_the_headings_of_groups_are_no_items() -> None:
    rows = [bare("30"), item("10"), item("20"), bare("5"), item("5")]
    assert without_subtotals(rows) == [False, True, True, False, True]


def test_sums_below_groups_are_no_items() -> None:
    hours = CandidateRow(cells={"quantity": cell("2"), "net_amount": cell("30")})
    assert without_subtotals([item("10"), item("20"), hours]) == [True, True, False]


def test_a_charge_without_a_quantity_that_adds_up_nothing_is_an_item() -> None:
    assert without_subtotals([item("10"), item("20"), bare("31")]) == [True, True, True]


def test_a_charge_as_high_as_the_one_item_before_it_is_an_item() -> None:
    assert without_subtotals([item("10"), bare("10")]) == [True, True]
    assert without_subtotals([item("10"), item("20"), bare("30"), item("7"), bare("7")]) == [
        *(True, True, False),
        *(True, False),
    ]


def test_a_table_of_texts_and_amounts_alone_has_only_items() -> None:
    assert without_subtotals([bare("10"), bare("20"), bare("30")]) == [True, True, True]


def test_a_row_without_an_amount_leaves_all_rows_alone() -> None:
    assert without_subtotals([item("10"), item("20"), bare("30"), CandidateRow(cells={})]) == [True] * 4


@given(st.lists(st.decimals("0.01", "999", places=2), max_size=8))
def test_full_items_are_always_kept(amounts: list[Decimal]) -> None:
    assert all(without_subtotals([item(str(amount)) for amount in amounts]))


def charge(text: str, amount: str) -> CandidateRow:
    return CandidateRow(cells={"description": replace(cell("0"), text=text), "net_amount": cell(amount)})


def left(*rows: CandidateRow, behind: int = 99, last: int = 99) -> int:
    """Return how many rows are left; `behind` and `last` are the first behind a sum, and the last one."""
    return without_charges(
        rows,
        are_behind_sums=[index >= behind for index in range(len(rows))],
        are_behind_last_sums=[index >= last for index in range(len(rows))],
    )


def test_amounts_alone_behind_a_sum_are_charges() -> None:
    assert left(item("10"), item("20"), charge("Freight", "5"), behind=2) == 2
    assert left(item("10"), item("20"), charge("Freight", "5")) == 3
    assert left(item("10"), charge("Freight", "5"), item("20"), behind=1) == 3  # an item behind it
    assert left(item("10"), charge("Lamp", "5"), charge("Oil", "5"), behind=1) == 3  # items have no more


def test_texts_and_amounts_behind_the_only_sum_are_charges() -> None:
    assert left(charge("Lamp", "10"), charge("Oil", "20"), charge("Freight", "5"), behind=2, last=2) == 2
    assert left(charge("Lamp", "10"), charge("Oil", "20"), charge("Freight", "5"), behind=2) == 3


def test_a_label_with_an_amount_that_is_anothers_is_no_item() -> None:
    assert left(charge("Lamp", "10"), charge("Terms:", "20")) == 1
    full = CandidateRow(cells={**charge("Hot air per litre:", "1").cells, "quantity": cell("1")})
    assert left(item("10"), full) == 2


def test_what_follows_the_sum_of_all_items_is_none() -> None:
    assert without_subtotals([item("10"), item("20"), bare("30"), bare("4")]) == [True, True, False, False]
    assert without_subtotals([item("10"), item("20"), bare("31"), bare("4")]) == [True] * 4
    assert without_subtotals([]) == []


def named(amount: str, x: float) -> CandidateRow:
    evidence = Evidence(page=1, boxes=(Box(x, 0, x + 50, 10),), origin=Origin.TEXT_LAYER)
    text = Candidate(text="Board", evidence=evidence, score=0.9)
    return CandidateRow(cells={"description": text, "net_amount": cell(amount)})


@pytest.mark.parametrize(("x", "is_behind", "left"), [(110, True, 3), (111, True, 2), (111, False, 3)])
def test_behind_a_sum_what_begins_apart_from_the_items_texts_is_a_charge(
    x: float, *, is_behind: bool, left: int
) -> None:
    rows = [named("10", 50), named("20", 50), named("-3", x)]
    behind = [False, False, is_behind]
    assert without_charges(rows, are_behind_sums=behind, are_behind_last_sums=[False] * 3) == left
