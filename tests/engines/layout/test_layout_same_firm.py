"""A logo, an abbreviation and the registered name are one firm's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.layout.same_firm import is_same_firm

NAME = "Nordwind Lampen GmbH"


@pytest.mark.parametrize(
    "short", ["Nordwind", "NORDWIND", "nordwind+", "Nordwind Lampen", "nordwindlampen", "NL"]
)
def test_a_logo_is_the_firm_whose_name_it_begins(short: str) -> None:
    assert is_same_firm(short, NAME)


@pytest.mark.parametrize("other", ["Nord", "Lampen", "N", "Nordwind Getränke AG", "Südwind", "LN", ""])
def test_another_name_is_not(other: str) -> None:
    assert not is_same_firm(other, NAME)


def test_accents_play_no_part() -> None:
    assert is_same_firm("AGUAS DE VALE", "Águas de Vale Verde, S.A.")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert is_same_firm(one, other) in {True, False}
