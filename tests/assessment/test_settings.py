"""Review's settings: defaults, the environment, and clear errors."""

import pytest

from extractor.assessment.settings import ReviewSettings, review_settings
from extractor.errors import ConfigurationError


def test_without_variables_the_defaults_hold() -> None:
    assert review_settings({"PATH": "/bin"}) == ReviewSettings()


def test_variables_set_the_bounds() -> None:
    settings = review_settings(
        {"EXTRACTOR_REVIEW_KEY_FIELD": "0.97", "EXTRACTOR_REVIEW_TAX_ID": "check_digit"}
    )
    assert settings.key_field == pytest.approx(0.97)
    assert settings.tax_id == "check_digit"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KEY_FIELD", "1.01"),
        ("KEY_FIELD", "-0.01"),
        ("ANY_VALUE", "much"),
        ("TAX_ID", "none"),
        ("KEYFIELD", "0.9"),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"EXTRACTOR_REVIEW_{name}"):
        review_settings({f"EXTRACTOR_REVIEW_{name}": value})


@pytest.mark.parametrize("value", ["0", "1"])
def test_the_ends_of_the_range_are_allowed(value: str) -> None:
    assert review_settings({"EXTRACTOR_REVIEW_KEY_FIELD": value}).key_field == float(value)
