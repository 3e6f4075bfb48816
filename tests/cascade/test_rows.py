"""Which rows of two readings are the same row: as many, all of the shorter one in order, or none."""

from decimal import Decimal

import invoice_record
import pytest

from extractor.cascade.rows import rows_side_by_side
from extractor.extraction.extraction import Group, State

ITEMS = invoice_record.SPEC.fields["line_items"]


def rows(*amounts: int) -> list[Group]:
    return [
        Group(members={"net_amount": invoice_record.leaf(Decimal(amount))}, state=State.FOUND)
        for amount in amounts
    ]


@pytest.mark.parametrize(
    ("mine", "theirs", "fit"),
    [
        ((1, 2), (3, 4), [(0, 0), (1, 1)]),
        ((1, 2), (1, 2, 3), [(0, 0), (1, 1), (None, 2)]),
        ((2, 3), (1, 2, 3), [(None, 0), (0, 1), (1, 2)]),
        ((1, 2, 3), (3,), [(0, None), (1, None), (2, 0)]),
        ((2, 1), (1, 2, 3), None),
        ((1, 9), (1, 2, 3), None),
    ],
)
def test_the_fuller_table_gives_the_order(
    mine: tuple[int, ...], theirs: tuple[int, ...], fit: list[tuple[int | None, int | None]] | None
) -> None:
    assert rows_side_by_side(rows(*mine), rows(*theirs), ITEMS) == fit


def test_rows_are_alike_where_more_than_half_of_what_both_say_is_the_same() -> None:
    def row(*cells: int) -> Group:
        names = ("quantity", "unit_price", "net_amount")
        told = {name: invoice_record.leaf(Decimal(cell)) for name, cell in zip(names, cells, strict=False)}
        return Group(members=told, state=State.FOUND)

    longer = [row(1, 5, 5), row(9, 9, 81)]
    assert rows_side_by_side([row(1, 5, 6)], longer, ITEMS) is not None
    assert rows_side_by_side([row(1, 6, 6)], longer, ITEMS) is None
    assert rows_side_by_side([Group(members={}, state=State.FOUND)], longer, ITEMS) is None
