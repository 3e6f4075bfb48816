"""The figures that stand on pages: by them a paper is known again in another picture."""

import re
from collections.abc import Sequence

from extractor.pages.page import Page
from extractor.values.text import fold

_FIGURE = re.compile(r"\d{2,}")  # a single digit is too easily made of a stain
_MOST = 5000  # more is no invoice


def printed_figures(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return every run of at least two digits as often as it is printed, sorted.

    Empty for more than 5,000. OCR cuts words otherwise than a text layer does, and misreads
    letters before digits; runs of digits come out the same.
    """
    figures = sorted(
        figure for page in pages for line in page.lines for figure in _FIGURE.findall(fold(line.text))
    )
    return tuple(figures) if len(figures) <= _MOST else ()
