import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.countries import is_country


@pytest.mark.parametrize(
    "text",
    ["AUSTRALIA", "Deutschland", "United Kingdom", "France ", "中国", "U.A.E.", "UK", "The Netherlands"],
)
def test_a_country_is_known_by_its_name_in_any_case(text: str) -> None:
    assert is_country(text)


@pytest.mark.parametrize("text", ["", "Deutschland GmbH", "Germany Trade Ltd", "001", "Europe Foods"])
def test_more_than_the_name_is_no_country(text: str) -> None:
    assert not is_country(text)


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    is_country(text)
