"""Rows that only add up others are told by arithmetic, and items never are."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.layout.subtotals import without_subtotals
from extractor.engines.reading import Candidate, CandidateRow, Evidence


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
