from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.codes.swico import BillInformation, Condition, parse


def bill(text: str) -> BillInformation:
    found = parse(text)
    assert found is not None
    return found


def test_tags_and_values_come_in_turn() -> None:
    found = bill("//S1/10/RE-118/11/260305/20/1400.000-53/30/106017086/40/2:10;0:30")
    assert (found.number, found.issued, found.uid) == ("RE-118", date(2026, 3, 5), "106017086")
    assert found.customer_reference == "1400.000-53"
    assert found.conditions == (
        Condition(percent=Decimal(2), days=10),
        Condition(percent=Decimal(0), days=30),
    )
    assert found.due == date(2026, 4, 4)


def test_one_rate_stands_alone_and_several_with_what_they_are_on() -> None:
    assert bill("//S1/32/8.1").tax == ((Decimal("8.1"), None),)
    assert bill("//S1/32/8.1:1000;2.6:51.8").tax == (
        (Decimal("8.1"), Decimal(1000)),
        (Decimal("2.6"), Decimal("51.8")),
    )


def test_a_slash_within_a_value_is_escaped() -> None:
    assert bill(r"//S1/10/R\/2026\/118/11/260305").number == "R/2026/118"
    assert bill(r"//S1/10/A\\B").number == r"A\B"


@pytest.mark.parametrize("text", ["//S1/40/0:30", "//S1/11/260305/40/2:10", "//S1/11/269905/40/0:30"])
def test_without_a_date_or_a_term_in_full_no_day_is_due(text: str) -> None:
    assert bill(text).due is None


def test_tags_that_are_empty_or_unknown_say_nothing() -> None:
    assert bill("//S1/10//11/xx/30/CHE/99/what/32/:/40/a:b") == BillInformation()


@pytest.mark.parametrize("text", ["", "S1/10/4711", "//XY/10/4711", "Thank you"])
def test_another_syntax_is_none(text: str) -> None:
    assert parse(text) is None


@given(st.text(alphabet=r"/\0123456789:;.aS "))
def test_no_text_makes_it_fail(text: str) -> None:
    assert bill(f"//S1/{text}").conditions is not None
