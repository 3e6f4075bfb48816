"""Settings of review: how sure is sure enough. The environment sets them."""

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.errors import ConfigurationError

PREFIX = "EXTRACTOR_REVIEW_"


class ReviewSettings(BaseModel):
    """From which confidence on a value passes without a person. Bounds are inclusive, shares of 1.

    `key_field` holds for fields that the spec requires (but for the buyer, whom the reader
    knows) and those that a payment goes wrong by, `any_value` for the others and for cells.
    `tax_id` says what is enough for a tax id: "form", that it is printed in a form that is
    one country's alone (a wrong check digit is still a finding), or "check_digit".
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key_field: float = Field(default=0.90, ge=0, le=1)
    any_value: float = Field(default=0.60, ge=0, le=1)
    tax_id: Literal["form", "check_digit"] = "form"


@lru_cache(maxsize=8)
def _settings(given: tuple[tuple[str, str], ...]) -> ReviewSettings:
    try:
        return ReviewSettings.model_validate(dict(given))
    except ValidationError as cause:
        wrong = "; ".join(
            f"{PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in cause.errors()
        )
        raise ConfigurationError(wrong) from cause


def review_settings(environment: Mapping[str, str] = os.environ) -> ReviewSettings:
    """Read the settings from variables such as EXTRACTOR_REVIEW_KEY_FIELD; the rest keep their defaults.

    Raises:
        ConfigurationError: a variable has no such meaning, or its value is out of bounds.
    """
    given = (
        (name.removeprefix(PREFIX).lower(), environment[name])
        for name in environment
        if name.startswith(PREFIX)
    )
    return _settings(tuple(sorted(given)))
