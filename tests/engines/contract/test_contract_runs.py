"""Clauses that count from one again, a contract sum of nothing, and a number before the next label."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from extractor.engines.reading import Reading

Read = Callable[..., Reading]

_FIRST = (
    "Supply Agreement",
    "Contract No. SA-1 of 10 January 2025",
    "1. Delivery",
    "1.1 Goods are delivered to the Buyer's store.",
    "2. Payment",
    "2.1 Invoices are payable within 30 days of the invoice date.",
)


_SECOND = "Invoices are payable within 45 days of the invoice date."


@pytest.mark.parametrize(
    ("paragraphs", "is_contradicted"),
    [
        ((*_FIRST, "1. Delivery", "1.1 Goods are collected.", "2. Payment", f"2.1 {_SECOND}"), True),
        ((*_FIRST[:-1], f"{_FIRST[-1]} {_SECOND}"), False),  # one clause: a case of its own
    ],
)
def test_a_clause_of_a_second_count_contradicts_that_of_the_first(
    read: Read, *, paragraphs: tuple[str, ...], is_contradicted: bool
) -> None:
    candidates = read(*paragraphs).candidates["payment_days"]
    assert [candidate.value for candidate in candidates] == [Decimal(30), Decimal(45)]
    assert {candidate.clause for candidate in candidates} == {"2.1"}
    assert (candidates[0].score == candidates[1].score) is is_contradicted


@pytest.mark.parametrize(
    ("sentence", "total"),
    [
        ("The total contract price is GBP 0.00 net of VAT.", [Decimal("0.00")]),
        ("Delivery is included in the price at GBP 0.00.", []),
        ("The total contract price is GBP 500.00, of which GBP 0.00 is for freight.", [Decimal("500.00")]),
    ],
)
def test_a_contract_sum_of_nothing_is_one_only_where_it_is_called_so(
    read: Read, sentence: str, total: list[Decimal]
) -> None:
    found = read(*_FIRST, f"2.2 {sentence}").candidates.get("total_amount", ())
    assert [candidate.value for candidate in found] == total


def test_a_number_ends_before_the_next_label(read: Read) -> None:
    (number, *_) = read(
        "采购合同", "合同编号：QD20251147签约日期：2025年3月1日", "第一条 标的", "1.1 货物。"
    ).candidates["contract_number"]
    assert number.text == "QD20251147"
