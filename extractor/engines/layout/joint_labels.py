"""Labels that share one value's place: "Number / Date" over "4711 / 05.03.2026"."""

import re
from collections.abc import Sequence

from extractor.engines.layout.lexicon import Hit
from extractor.values.dates import find_dates

_SLASH = re.compile(r"[\s.]*/\s*")
_AND = re.compile(r"[\s.]*(?:&|\+|,|\b(?:and|und|et|en|y|e)\b|[和及与])\s*")
_PARTS = re.compile(r"[^\s/](?:[^/]|/(?=\S)(?<=\S/))*")
_DATE = "_date"
_EDGES = " \t·|/,;-–—()"


def joint(text: str, hits: Sequence[Hit], hit: Hit) -> tuple[int, tuple[Hit, ...]] | None:
    """Return which of several labels in one a label is, and all of them; None if it stands alone.

    A slash joins any labels, "and" only a date with what is none.
    """
    first = last = hits.index(hit)
    while first > 0 and _joins(text, hits[first - 1], hits[first]):
        first -= 1
    while last + 1 < len(hits) and _joins(text, hits[last], hits[last + 1]):
        last += 1
    return (hits.index(hit) - first, tuple(hits[first : last + 1])) if last > first else None


def share(text: str, group: Sequence[Hit], index: int) -> tuple[int, int] | None:
    """Return the characters of a text that are the value of one of its joint labels.

    The parts go by order. Where they are not parted by signs, a date belongs to the
    label of a date, and what stands beside it to the other one.
    """
    parts = list(_PARTS.finditer(text))
    if len(parts) == len(group):
        return parts[index].span()
    dated = [_is_dated(each) for each in group]
    if len(group) != 2 or dated.count(True) != 1:  # noqa: PLR2004 - a date and another
        return None
    dates = find_dates(text, is_day_first=None)
    if len(dates) > 1:
        return None
    if dated[index]:
        return (dates[0].start, dates[0].end) if dates else None
    rest = ((0, dates[0].start), (dates[0].end, len(text))) if dates else ((0, len(text)),)
    return next(((start, end) for start, end in rest if text[start:end].strip(_EDGES)), None)


def _joins(text: str, left: Hit, right: Hit) -> bool:
    if _SLASH.fullmatch(text, left.end, right.start):
        return True
    return _is_dated(left) != _is_dated(right) and _AND.fullmatch(text, left.end, right.start) is not None


def _is_dated(hit: Hit) -> bool:
    return any(name.endswith(_DATE) for name in hit.names)
