"""The words of the report: one table, `wording.toml`, in every language of the report."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

_TABLE = "wording.toml"


class Language(StrEnum):
    """A language that the report is written in."""

    ENGLISH = "en"
    CHINESE = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """All texts of one language, by their path in the table: `head.invoices`."""

    language: Language
    texts: Mapping[str, str]

    def say(self, path: str, /, **values: object) -> str:
        """Return the text with its values filled in."""
        return self.texts[path].format(**values)

    def count(self, path: str, number: int) -> str:
        """Return the text for a number of things: `.one` and `.more` below the path."""
        return self.say(f"{path}.{'one' if number == 1 else 'more'}", count=number)

    def has(self, path: str) -> bool:
        """Say whether the table has such a text."""
        return path in self.texts

    def name(self, group: str, key: str) -> str:
        """Return what something is called; its own name where the table has none."""
        return self.texts.get(f"{group}.{key}", key)


@cache
def wording(language: Language) -> Wording:
    """Return the texts of a language."""
    table = tomllib.loads(resources.files(__package__).joinpath(_TABLE).read_text(encoding="utf-8"))
    return Wording(language=language, texts=dict(_flat("", table, language)))


def _flat(path: str, table: Mapping[str, object], language: Language) -> list[tuple[str, str]]:
    """Return the paths and texts below a table; one that holds languages is a text."""
    texts: list[tuple[str, str]] = []
    for key, value in table.items():
        below = f"{path}.{key}" if path else key
        if not isinstance(value, Mapping):
            continue
        text = value.get(language.value)
        if isinstance(text, str):
            texts.append((below, text))
        else:
            texts += _flat(below, value, language)
    return texts
