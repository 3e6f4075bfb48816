"""Settings of an engine from the variables of the environment that begin with its prefix."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from extractor.errors import ConfigurationError

Settings = TypeVar("Settings", bound=BaseModel)


def settings_of(kind: type[Settings], *, prefix: str, environment: Mapping[str, str]) -> Settings:
    """Read the settings; what no variable sets keeps its default.

    Raises:
        ConfigurationError: a variable has no such meaning, or its value is out of bounds.
    """
    given = {
        name.removeprefix(prefix).lower(): value
        for name, value in environment.items()
        if name.startswith(prefix)
    }
    try:
        return kind.model_validate(given)
    except ValidationError as cause:
        wrong = "; ".join(
            f"{prefix}{str(fault['loc'][0]).upper() if fault['loc'] else '…'}: {fault['msg']}"
            for fault in cause.errors(include_url=False, include_input=False)
        )
        raise ConfigurationError(wrong) from cause
