import time
from decimal import Decimal

import pytest

from extractor.engines.einvoice.candidates import (
    WrittenAccount,
    accounts,
    each,
    parse_day,
    parse_decimal,
    written,
)

_LONGEST = 100_000  # characters of one text, as `safe_xml` lets through


@pytest.mark.parametrize("ending", ["", "x", ".", ".x", "-"])
def test_the_longest_run_of_digits_takes_no_time(ending: str) -> None:
    started = time.monotonic()
    parse_decimal("1" * (_LONGEST - len(ending)) + ending)
    parse_day("1" * (_LONGEST - len(ending)) + ending)
    assert time.monotonic() - started < 1


def test_a_long_number_is_kept_to_the_last_digit() -> None:
    assert parse_decimal("1" * 60 + ".5") == Decimal("1" * 60 + ".5")


def test_what_comes_first_is_preferred_and_named_once() -> None:
    first, second = each(["A", "B", "A"], written)
    assert (first.text, first.score) == ("A", 1.0)
    assert (second.text, second.score) == ("B", 0.5)


def test_an_account_is_compact_and_named_once() -> None:
    one = WrittenAccount(number="de50 3704", bic="erfu de ff", bank=None)
    (found,) = accounts([WrittenAccount(number=None, bic="ERFUDEFF", bank="B"), one, one])
    assert {name: part.value for name, part in found.parts.items()} == {
        "account": "DE503704",
        "bic": "ERFUDEFF",
    }
    assert found.text == "de50 3704"
