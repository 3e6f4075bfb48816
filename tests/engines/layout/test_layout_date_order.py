"""An invoice is due after it is issued: where nothing else tells day from month, that does."""

import pytest
from engines.layout.pages import first, page, read


def dates(issued: str, due: str, *more: str) -> tuple[str, str]:
    reading = read(page(f"Invoice date: {issued} @50,100", f"Due date: {due} @50,114", *more))
    best = first(reading, "issue_date"), first(reading, "due_date")
    return str(best[0].value) if best[0] else "", str(best[1].value) if best[1] else ""


def test_month_first_if_only_that_lets_it_be_due_later() -> None:
    assert dates("10/02/2025", "11/01/2025") == ("2025-10-02", "2025-11-01")


def test_day_first_if_only_that_lets_it_be_due_later() -> None:
    assert dates("10/02/2025", "05/03/2025") == ("2025-02-10", "2025-03-05")


def test_another_sign_on_the_page_comes_before() -> None:
    assert dates("10/02/2025", "11/01/2025", "Delivered 25/12/2024 @50,300") == ("2025-02-10", "2025-01-11")


@pytest.mark.parametrize(("due", "is_sure"), [("12/05/2025", False), ("11/01/2025", True)])
def test_where_either_order_fits_a_person_looks(due: str, *, is_sure: bool) -> None:
    reading = read(page("Invoice date: 10/02/2025 @50,100", f"Due date: {due} @50,114"))
    best = first(reading, "issue_date")
    assert best is not None
    assert (best.score >= 0.7) == is_sure


def test_a_day_that_equals_its_month_is_sure() -> None:
    best = first(read(page("Invoice date: 03/03/2025 @50,100")), "issue_date")
    assert best is not None
    assert best.score >= 0.7
