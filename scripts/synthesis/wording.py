"""The words of commercial invoices, read from `wording.toml`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

Spellings: TypeAlias = Mapping[str, tuple[str, ...]]


def _read() -> Mapping[str, Spellings]:
    written = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))
    return {
        language: {name: tuple(spellings) for name, spellings in labels.items()}
        for language, labels in written.items()
    }


LABELS: Mapping[str, Spellings] = _read()  # language -> label -> spellings
