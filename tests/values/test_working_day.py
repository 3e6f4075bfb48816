"""How many hours a text gives a day of work."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.working_day import find_working_day


@pytest.mark.parametrize(
    ("sentence", "hours", "printed"),
    [
        ("A day is eight hours.", "8", "eight"),
        ("A working day means eight (8) hours.", "8", "eight (8)"),
        ("One man-day equals 7.5 hours.", "7.5", "7.5"),
        ("Day rates are based on a day of 8 hours.", "8", "8"),
        ("Eight hours make one day.", "8", "Eight"),
        ("Ein Personentag entspricht 8 Stunden.", "8", "8"),
        ("Ein Arbeitstag hat 7,5 Stunden.", "7.5", "7,5"),
        ("Ein Beratertag besteht aus acht Stunden.", "8", "acht"),
        ("1 PT = 8 h", "8", "8"),
        ("每人天按8小时计。", "8", "8"),
        ("一个工作日为八小时", "8", "八"),
        ("8小时折合1人天", "8", "8"),
    ],
)
def test_a_day_of_work_is_found_where_its_hours_stand(sentence: str, hours: str, printed: str) -> None:
    day = find_working_day(sentence)
    assert day is not None
    assert (day.hours, sentence[day.start : day.end]) == (Decimal(hours), printed)


@pytest.mark.parametrize(
    "sentence",
    [
        "The Supplier responds within 8 hours each day.",
        "Support is available 10 hours a day.",
        "A day is 24 hours.",
        "A day is three hours.",
        "Payment is due within 30 days.",
        "Die Reaktionszeit beträgt an Werktagen 4 Stunden.",
        "Störungen werden an Arbeitstagen binnen 8 Stunden behoben.",
        "设备故障后8小时内到达，每天巡检",
        "",
    ],
)
def test_hours_of_another_matter_are_no_day(sentence: str) -> None:
    assert find_working_day(sentence) is None


@pytest.mark.parametrize(("hours", "is_day"), [(3, False), (4, True), (12, True), (13, False)])
def test_a_day_has_four_to_twelve_hours(hours: int, *, is_day: bool) -> None:
    assert (find_working_day(f"Ein Tag entspricht {hours} Stunden.") is not None) is is_day


@given(st.text(max_size=120))
def test_whatever_is_printed_is_no_error(text: str) -> None:
    day = find_working_day(text)
    assert day is None or 0 <= day.start < day.end <= len(text)
