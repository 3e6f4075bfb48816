"""Runs of words in a row of a table: words that no wide gap parts."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractor.engines.layout.cells import Cell
from extractor.pages.geometry import Box, union
from extractor.pages.word import Word

_RUN_GAP = 0.55  # of the word's height


class Run(NamedTuple):
    """Words that no wide gap parts, one space between them in `text`."""

    words: tuple[Word, ...]
    text: str
    box: Box


def run_of(words: Sequence[Word]) -> Run:
    """Make a run of at least one word."""
    return Run(tuple(words), " ".join(word.text for word in words), union(word.box for word in words))


def are_apart(left: Run | Word, right: Run | Word) -> bool:
    """Say whether a wide gap parts two words or runs of a row."""
    return right.box.x0 - left.box.x1 > _RUN_GAP * max(left.box.height, right.box.height)


def runs_of(row: Sequence[Cell]) -> list[Run]:
    """Return the row's words in runs that no wide gap parts."""
    words = [word for cell in row for word in cell.words]
    runs: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if are_apart(before, word):
            runs.append([])
        runs[-1].append(word)
    return [run_of(run) for run in runs]
