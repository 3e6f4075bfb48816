"""Which words tell when to pay, and whether terms need to go on."""

import pytest

from extractor.engines.layout.term_words import (
    AT_ONCE,
    DAYS,
    EARLY,
    PAYING,
    is_whole,
    terms_may_go_on,
)


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("30 days", True),
        ("30) days", True),
        ("14 Werktagen", True),
        ("14 Kalendertagen", True),
        ("60 gg", True),
        ("net 30", True),
        ("30天", True),
        ("5月30日", False),  # a date
        ("within days", False),
        ("30 daystar lamps", False),
    ],
)
def test_days_are_a_number_with_the_word(text: str, *, is_told: bool) -> None:
    assert (DAYS.search(text) is not None) is is_told


@pytest.mark.parametrize("text", ["Payable upon receipt", "sofort", "à réception", "al contado", "货到付款"])
def test_terms_may_be_at_once(text: str) -> None:
    assert AT_ONCE.search(text)
    assert not AT_ONCE.search("Payable soon")


@pytest.mark.parametrize("text", ["Zahlbar", "Please remit", "Règlement", "betaling", "Lastschrift", "付款"])
def test_words_of_paying_begin_in_any_language(text: str) -> None:
    assert PAYING.search(text)
    assert not PAYING.search("Prepaid parcels")


@pytest.mark.parametrize("text", ["2% Skonto", "discount", "escompte", "korting", "sconto", "优惠"])
def test_words_of_discount_begin_in_any_language(text: str) -> None:
    assert EARLY.search(text)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("30 days net", True),
        ("Payable on receipt", True),
        ("By 4 April 2026", True),
        ("By bank transfer", False),
        ("Terms as agreed", False),
    ],
)
def test_terms_are_whole_when_they_tell_a_time(text: str, *, whole: bool) -> None:
    assert is_whole(text) is whole


@pytest.mark.parametrize(
    ("said", "below", "may"),
    [
        ("By bank transfer", "Quote the number", True),  # the time may still follow
        ("30 days net", "Quote the number", False),
        ("30 days net", "2% within 8 days", True),
        ("30 days net", "2% discount at once", True),
    ],
)
def test_terms_go_on_until_they_are_whole_or_with_more_terms(said: str, below: str, *, may: bool) -> None:
    assert terms_may_go_on(said, below) is may
