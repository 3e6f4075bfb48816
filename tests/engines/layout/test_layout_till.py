"""What tills print: the moment of sale without a label, and cash given and given back."""

from datetime import date

import pytest
from engines.layout.pages import block, first, grid, labelled, page, read

from extractor.engines.layout.till import stamped_dates
from extractor.values.conventions import Conventions


def dates(*prints: str, is_day_first: bool | None = True) -> list[tuple[object, float]]:
    found = stamped_dates([labelled(*prints)], Conventions(is_day_first=is_day_first))
    return [(each.value, each.score) for each in found]


@pytest.mark.parametrize(
    "stamp",
    ["05/03/2026 14:41", "5.3.2026, 9:05:33", "05-03-26 23:59", "05/03/2026 - 02.15", "5 March 2026 T 07:00"],
)
def test_a_date_before_a_time_of_day_is_that_of_the_sale(stamp: str) -> None:
    assert [value for value, _ in dates(f"{stamp} @50,700")] == [date(2026, 3, 5)]


def test_the_time_may_stand_in_the_next_cell() -> None:
    assert dates("05/03/2026 @50,700", "10:20:00 AM @300,700")[0][0] == date(2026, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "05/03/2026",
        "05/03/2026 24:10",
        "05/03/2026 3.00%",
        "05/03/2026 3.00 %",
        "05/03/2026 Total 12",
        "14:41",
    ],
)
def test_a_date_alone_is_no_stamp(text: str) -> None:
    assert dates(f"{text} @50,700") == []


@pytest.mark.parametrize(
    ("label", "is_stamp"), [("Your order", False), ("Your order of", False), ("Your order for Leeds", True)]
)
def test_a_date_under_a_label_is_what_that_names(label: str, *, is_stamp: bool) -> None:
    assert bool(dates(f"{label} @50,687", "05/03/2026 @50,700", "14:41 @300,700")) is is_stamp


def test_several_moments_are_less_sure_than_one() -> None:
    ((_, one),) = dates("05/03/2026 14:41 @50,700")
    several = dates("05/03/2026 14:41 @50,700", "06/03/2026 14:41 @50,720")
    assert len(several) == 2
    assert all(score < one for _, score in several)


def receipt(*rows: str) -> str | None:
    """Return the gross amount as read from a receipt that ends in these rows."""
    head = block("Alder Hardware Ltd", "TAX INVOICE", "05/03/2026 14:41", x=50, top=40)
    best = first(read(page(head, grid("50 >300", *rows, top=300))), "gross_amount")
    return None if best is None else best.text


def test_cash_less_change_tells_the_total_of_several() -> None:
    rows = ("Total Sales 6% incl | 28.03", "Rounding | 0.02", "Net Total | 28.05")
    assert receipt(*rows, "Cash | 30.00", "Change | 1.95") == "28.05"
    assert receipt(*rows, "Gegeben | 30,00", "Rückgeld | 1,95") != "1,95"


def test_what_was_given_back_counts_without_its_sign() -> None:
    assert receipt("Amount | 18.55", "Total | 31.45", "Cash | -50.00", "Change | 18.55") == "31.45"


def test_an_amount_that_is_not_printed_is_not_invented() -> None:
    assert receipt("Oak board | 7.00", "Cash | 30.00", "Change | 1.95") is None


def test_change_far_from_cash_belongs_to_something_else() -> None:
    rows = ("Oak board | 28.05", "Cash | 30.00", "Points | 5", "Visits | 2", "Saved | 1", "Change | 1.95")
    assert receipt(*rows) is None


def test_a_date_beside_a_date_or_under_another_label_is_no_stamp() -> None:
    assert dates("01.12.25 @50,100", "13.01.26 @300,100") == []
    assert dates("Delivery date @50,100", "15/10/2023 @50,114", "12:12 @150,114") == []
    named = "ABEL QUAST CASHIER @50,100"  # ends with a label, and is none
    assert dates(named, "15/10/2023 @50,114", "12:12 @150,114")[0][0] == date(2023, 10, 15)


def test_a_period_behind_a_date_is_no_time_of_day() -> None:
    assert dates("18.05.25 @50,100", "01.06.25 – 27.06.25 @200,100") == []
    assert [day for day, _ in dates("18.05.25 @50,100", "10:06 @200,100")] == [date(2025, 5, 18)]


@pytest.mark.parametrize("above", ["Invoice No 12", "Receipt No: 123", "Order 123", "Total 9"])
def test_a_fact_above_is_no_label_of_the_moment(above: str) -> None:
    assert dates(f"{above} @50,687", "05/03/2026 14:41 @50,700") != []
