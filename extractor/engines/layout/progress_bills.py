"""Tell the count of a contract's bills from an invoice's number: "Situation n° 2", "3. Abschlagsrechnung"."""

import re
from typing import Final

COUNTED: Final = 0.4  # of the score: some sellers number nothing else
_PROGRESS = re.compile(
    r"situation|abschlag|teilrechnung|teilzahlung|akonto|acompte|application|progress|interim (?:bill"
    r"|invoice|valuation)"
    r"|medição|certificación|\bsal\b|avanzamento|termijn|deelfactuur|vorderingsstaat|进度",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d{1,2}")


def counts_bills(text: str, start: int, end: int) -> bool:
    """Say whether the number at a place is one or two digits behind a word of bills in instalments."""
    return _COUNT.fullmatch(text, start, end) is not None and _PROGRESS.search(text, 0, start) is not None
