"""The words of varied contracts, by language; they lie in `wording/`."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from synthesis.contract_wording import Section


class Lines(BaseModel):
    """Lines of a head or of the signatures. "#" begins a title, "*" bold, "|" parts label and value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lines: tuple[str, ...]
    plan: str = "prose"  # "letter": only in a letter


class Wording(BaseModel):
    """All that is said in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sections: tuple[Section, ...]
    heads: tuple[Lines, ...]
    signatures: tuple[Lines, ...]
    columns: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[str, ...]]


@cache
def wording(language: str) -> Wording:
    """Return the words of a language."""
    path = Path(__file__).with_name("wording") / f"{language}.toml"
    return Wording.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
