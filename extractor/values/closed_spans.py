"""The stretches of a line whose digits count nothing: dates, IBANs, phone numbers."""

import re
from collections.abc import Sequence
from typing import Final

from extractor.values.dates import find_dates

_PHONE_CUE = r"\b(?:tel|fax|phone|mobile?|telefon|telefax|tél|fon|cell)\b|电话|传真|手机"
_CLOSED: Final = re.compile(
    r"(?<![A-Za-z\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?(?![A-Za-z\d])"  # an IBAN
    rf"|(?i:{_PHONE_CUE})[^\d+(]{{0,12}}[\d+(][\d ()/.-]*"
    r"|\+\d{1,3}[ (/-][\d ()/.-]*"
    r"|\d{4} ?年(?: ?\d{1,2} ?月)?(?: ?\d{1,2} ?[日号])?|\d{1,2}月(?:\d{1,2}[日号])?"
)
_HAS_CLOSED: Final = re.compile(
    r"[A-Z]{2}\d\d|\+\d|年|月|(?i:tel|fax|phone|mobil|tél|fon|cell)|电话|传真|手机"
)


def closed_spans(even: str) -> Sequence[tuple[int, int]]:
    """Return start and end of each, in a text that `text.plain` evened out."""
    spans = [(one.start, one.end) for one in find_dates(even)]
    if _HAS_CLOSED.search(even):
        spans += [match.span() for match in _CLOSED.finditer(even)]
    return spans


def is_inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether the stretch touches one of the spans."""
    return any(low < end and start < high for low, high in spans)
