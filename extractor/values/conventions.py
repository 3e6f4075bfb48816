"""How a document writes numbers and dates, where a single value cannot tell."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What `1.234` and `03/04/2026` mean in one document. None: nothing tells."""

    decimal_mark: Literal[".", ","] | None = None
    is_day_first: bool | None = None
    language: str | None = None  # ISO 639-1
