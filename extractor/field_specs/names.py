"""The small types that specs are written in: names, languages, spellings."""

from typing import Annotated, TypeAlias

from pydantic import StringConstraints

Name: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Language: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]  # ISO 639-1
Spelling: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=400)]
