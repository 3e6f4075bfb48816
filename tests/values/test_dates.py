"""Dates in every notation, and days that do not exist."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.dates import FIRST_YEAR, LAST_YEAR, find_dates, looks_like_date, parse_date


@pytest.mark.parametrize(
    "text",
    [
        *("2024-05-21", "21.05.2024", "21.5.24", "21. 5. 2024", "21/05/2024", "05/21/2024", "21-May-2024"),
        *(
            "21 May 24",
            "May 21, 2024",
            "MAY 21 2024",
            "May 21st, 2024",
            "21st May 2024",
            "21. Mai 2024",
            "21 mai 2024",
        ),
        *("21 mei 2024", "21 de mayo de 2024", "21 maggio 2024", "21 de maio de 2024", "2024年5月21日"),
        *(
            "2024 年 05 月 21 日",
            "二〇二四年五月二十一日",
            "2024/5/21",
            "2024.05.21",
            "20240521",
            "21 05 2024",
        ),
        *("the 21st day of May, 2024", "21 day of May 2024", "Tuesday, 21 May 2024", "den 21. Mai 2024"),
        *(
            "2024-05-21T12:30:00Z",
            "2024-05-21 12:30",
            "2024-May-21",
            "21MAY2024",
            "２０２４－０５－２１",
            "21.05.2024.",
            "21 . 05 . 2024",
            "2024 - 05 - 21",
            "May 21 , 2024",
            "May the 21st, 2024",
        ),
    ],
)
def test_a_notation_is_read(text: str) -> None:
    assert parse_date(text) == date(2024, 5, 21)
    assert looks_like_date(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7. März 2014", date(2014, 3, 7)),
        ("1er février 2024", date(2024, 2, 1)),
        ("15 août 2023", date(2023, 8, 15)),
        ("15 dec. 2023", date(2023, 12, 15)),
        ("Sept 5, 2024", date(2024, 9, 5)),
        ("3 Mrz 2024", date(2024, 3, 3)),
        ("5 januari 2020", date(2020, 1, 5)),
        ("12 de enero de 2024", date(2024, 1, 12)),
        ("12 gennaio 2024", date(2024, 1, 12)),
        ("二〇二六年十二月三十一日", date(2026, 12, 31)),
        ("01.01.68", date(2068, 1, 1)),
        ("01.01.69", date(1969, 1, 1)),
    ],
)
def test_names_and_short_years_are_read(text: str, day: date) -> None:
    assert parse_date(text) == day


def test_the_order_of_day_and_month_goes_by_what_is_asked() -> None:
    assert parse_date("03/04/2026") == date(2026, 4, 3)
    assert parse_date("03/04/2026", is_day_first=True) == date(2026, 4, 3)
    assert parse_date("03/04/2026", is_day_first=False) == date(2026, 3, 4)
    assert parse_date("11/15/2019", is_day_first=True) == date(2019, 11, 15)


@pytest.mark.parametrize("text", ["31.02.2024", "2023-02-29", "32/13/2024", "2024年13月1日", "31 June 2024"])
def test_a_day_that_does_not_exist_looks_like_a_date_but_is_none(text: str) -> None:
    assert parse_date(text) is None
    assert looks_like_date(text)


@pytest.mark.parametrize(
    "text", ["", "12345678", "RE-2024-01", "1.234,56", "hello", "12", "May 2024", "1899"]
)
def test_other_text_does_not_look_like_a_date(text: str) -> None:
    assert parse_date(text) is None
    assert not looks_like_date(text)


def test_years_are_bounded_on_both_sides() -> None:
    assert parse_date(f"01.01.{FIRST_YEAR}") == date(FIRST_YEAR, 1, 1)
    assert parse_date(f"31.12.{LAST_YEAR}") == date(LAST_YEAR, 12, 31)
    assert parse_date(f"31.12.{FIRST_YEAR - 1}") is None
    assert parse_date(f"01.01.{LAST_YEAR + 1}") is None


def test_only_what_can_be_read_two_ways_is_ambiguous() -> None:
    lines = {
        "03/04/2026": True,
        "04/04/2026": False,
        "13/04/2026": False,
        "03.04.2026": False,
        "2026-03-04": False,
    }
    assert {line: find_dates(line)[0].is_ambiguous for line in lines} == lines
    assert not find_dates("03/04/2026", is_day_first=True)[0].is_ambiguous


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("period 01.01.2024-31.01.2024", ["01.01.2024", "31.01.2024"]),
        ("from 1 Jan 2024 to January 31, 2024", ["1 Jan 2024", "January 31, 2024"]),
        ("3 pieces 5 May 2024", ["5 May 2024"]),
        ("开票日期：2026年3月5日 号码", ["2026年3月5日"]),
        ("INV-2024-01-05", []),
        ("2024-01-05-7", []),
        ("4.2.10 Delivery", []),
        ("2 Set 12,50", []),
        ("on 31.02.2024", []),
        ("1.2.3.4", []),
    ],
)
def test_dates_are_found_where_they_stand_alone(line: str, texts: list[str]) -> None:
    assert [line[one.start : one.end] for one in find_dates(line)] == texts


_days = st.dates(min_value=date(1969, 1, 1), max_value=date(2068, 12, 31))
_FORMATS = [
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d/%m/%Y",
    "%d %B %Y",
    "%d-%b-%Y",
    "%B %d, %Y",
    "%Y年%m月%d日",
]


@given(day=_days, form=st.sampled_from(_FORMATS))
def test_a_printed_date_is_read_back(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)) == day


@given(day=_days, form=st.sampled_from(_FORMATS), days=st.integers(0, 400))
def test_two_dates_in_a_line_are_both_found(day: date, form: str, days: int) -> None:
    later = min(day + timedelta(days=days), date(2068, 12, 31))
    line = f"from {day.strftime(form)} to {later.strftime(form)}."
    assert [one.date for one in find_dates(line)] == [day, later]


@given(st.text())
def test_no_text_makes_the_parser_fail(text: str) -> None:
    parse_date(text)
    looks_like_date(text)
    find_dates(text)


_fragments = st.sampled_from(
    [*"0123456789./- ,'", "May", "年", "月", "日", "二", "十", "st", "de", "T", "Mon "]
)


@given(st.lists(_fragments, max_size=30).map("".join))
def test_found_dates_are_in_order_and_apart(line: str) -> None:
    parse_date(line)
    found = find_dates(line)
    assert all(0 <= one.start < one.end <= len(line) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
