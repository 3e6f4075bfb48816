"""The end of a month up to which is paid, in the words of three languages."""

from datetime import date

import pytest

from extractor.values.month_ends import days_later, find_month_end, month_end, months_later


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("payable by the end of the month following the month of invoice", 1),
        ("on the last day of the month after receipt", 1),
        ("by the last business day of the following month", 1),
        ("end of the next calendar month", 1),
        ("by the end of the second month following the invoice", 2),
        ("by the end of the month in which it is issued", 0),
        ("zahlbar bis zum ende des folgemonats", 1),
        ("bis zum letzten tag des auf die rechnungsstellung folgenden monats", 1),
        ("zum ende des rechnungsmonats", 0),
        ("发票开具后于次月底前付款", 1),
        ("于下月最后一日支付", 1),
        ("当月底结清", 0),
        ("30 days end of month", None),
        ("within 30 days of the invoice date", None),
        ("by the end of the year", None),
        ("次月10日前付款", None),
    ],
)
def test_the_end_of_a_month_is_found(text: str, months: int | None) -> None:
    found = find_month_end(text)
    assert (None if found is None else found.months) == months


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2025, 3, 3), 0, date(2025, 3, 31)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 12, 1), 1, date(2026, 1, 31)),
        (date(2025, 11, 30), 2, date(2026, 1, 31)),
        (date(9999, 11, 30), 1, date.max),
        (date(9999, 11, 30), 2, date.max),
    ],
)
def test_a_month_end_is_its_last_day(day: date, months: int, last: date) -> None:
    assert month_end(day, months=months) == last


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 1, 30), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 11, 15), 2, date(2026, 1, 15)),
        (date(2025, 12, 31), 0, date(2025, 12, 31)),
        (date(9998, 6, 1), 18, date(9999, 12, 1)),
        (date(9998, 12, 31), 12, date.max),
        (date(9998, 12, 1), 13, date.max),
    ],
)
def test_so_many_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    day: date, months: int, later: date
) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("day", "days", "later"),
    [
        (date(2025, 1, 30), 30, date(2025, 3, 1)),
        (date(9999, 12, 1), 30, date.max),
        (date(9999, 12, 1), 31, date.max),
        (date(2025, 1, 30), 9_999_999, date.max),
    ],
)
def test_days_are_counted_on_to_the_last_one_there_is(day: date, days: int, later: date) -> None:
    assert days_later(day, days) == later
