"""Units with a number in them: "100 pcs", 千只, "box of 50", "day (8 hours)"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from extractor.values.text import fold
from extractor.values.units import canonical_unit, is_known_unit

_MOST_SIGNS: Final = 60  # of a unit; longer texts are descriptions
_COUNTED = re.compile(r"^(?:(?:per|pro|je|par)\b\s*|每|/\s*)?(\d{1,3}(?:[., ]\d{3})+|\d+)\s*(\D.*)?$")
_CONTENT = re.compile(
    r"^(?P<whole>[^\d(=]+?)\s*(?:\(|=|\bof\b|\bà|\bzu\b|\bmit\b|\bwith\b)\s*(?:of|à|zu|每\w+)?\s*"
    r"(?P<count>\d+(?:[.,]\d{1,2})?)\s*(?P<part>[^\d()/]*?)\s*(?:/\s*[^)]*)?\)?$"
)
_SCALES: Final = (("ten thousand", 10_000), ("thousand", 1_000), ("hundred", 100))
_SCALE_WORD = re.compile(r"^((?:tsd|thousand|hundred|hundert|mille)\b|[百千万])\.?\s*(\S.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number of one unit. `unit` is canonical."""

    count: Decimal
    unit: str


@lru_cache(maxsize=1024)  # a price list has few units, and each is read often
def measures_of(text: str) -> tuple[Measure, ...]:
    """Return what one of a unit is, the plainest first: a box, then what is in it.

    A unit that says no number is one of itself.
    """
    folded = fold(text)
    if is_known_unit(folded) or len(folded) > _MOST_SIGNS:
        return (Measure(count=Decimal(1), unit=canonical_unit(folded)),)
    content = _CONTENT.fullmatch(folded)
    if content is not None and is_known_unit(content["whole"]):
        inside = Measure(
            count=Decimal(content["count"].replace(",", ".")), unit=canonical_unit(content["part"] or "piece")
        )
        return (Measure(count=Decimal(1), unit=canonical_unit(content["whole"])), inside)
    counted = _COUNTED.fullmatch(folded)
    if counted is not None:
        count = Decimal(re.sub(r"[., ]", "", counted[1]))
        unit = canonical_unit(counted[2]) if counted[2] else "piece"
        return (Measure(count=count, unit=unit),) if count else ()
    scaled = _SCALE_WORD.fullmatch(folded)
    if scaled is not None and is_known_unit(scaled[2]):
        name = canonical_unit(scaled[1])
        return (Measure(count=Decimal(dict(_SCALES)[name]), unit=canonical_unit(scaled[2])),)
    return (Measure(count=Decimal(1), unit=canonical_unit(folded)),)
