"""What stands on the pages of a generated PDF, for the tests that look at it."""

from dataclasses import dataclass

import pymupdf


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedWord:
    """One word with its box in points."""

    text: str
    page: int
    box: tuple[float, float, float, float]


def printed_words(content: bytes) -> list[PrintedWord]:
    """Return every word of the file."""
    with pymupdf.open(stream=content, filetype="pdf") as file:  # type: ignore[no-untyped-call]  # not annotated
        return [
            PrintedWord(text=word[4], page=number, box=word[:4])
            for number, page in enumerate(file, start=1)
            for word in page.get_text("words")
        ]


def paper_of(content: bytes) -> tuple[float, float]:
    """Return the width and height of the first page."""
    with pymupdf.open(stream=content, filetype="pdf") as file:  # type: ignore[no-untyped-call]  # not annotated
        return file[0].rect.width, file[0].rect.height


def overlaps(words: list[PrintedWord]) -> list[tuple[str, str]]:
    """Return the pairs of words whose ink overlaps: the middle of one's height lies within the other's."""
    found = []
    ordered = sorted(words, key=lambda word: (word.page, word.box[1]))
    for index, first in enumerate(ordered):
        for second in ordered[index + 1 :]:
            if second.page != first.page or second.box[1] > first.box[3]:
                break
            across = min(first.box[2], second.box[2]) - max(first.box[0], second.box[0])
            down = min(first.box[3], second.box[3]) - max(first.box[1], second.box[1])
            height = min(first.box[3] - first.box[1], second.box[3] - second.box[1])
            if across > 0.5 and down > 0.45 * height:
                found.append((first.text, second.text))
    return found
