"""Pages of lines set by hand, one below the other, as documents in prose have them."""

from collections.abc import Sequence

from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Word


def lined_pages(*texts: Sequence[str]) -> list[Page]:
    """Return a page for each sequence of lines, numbered from 1."""
    return [
        Page(
            number=number,
            width=600.0,
            height=840.0,
            words=tuple(
                Word(text=word, box=Box(50 + 30 * place, 30 + 20 * row, 78 + 30 * place, 40 + 20 * row))
                for row, line in enumerate(lines)
                for place, word in enumerate(line.split())
            ),
        )
        for number, lines in enumerate(texts, 1)
    ]
