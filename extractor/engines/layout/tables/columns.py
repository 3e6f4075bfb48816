"""Assign the words of a table's body to its columns.

Words are taken in runs (no wide gap inside). A run belongs to the column with which it
lines up best: at the left edge, the right edge or the middle, whichever is closest. Runs
keep the columns' order. A second pass adds where the first pass found each column's text.
"""

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from statistics import median
from typing import NamedTuple

import numpy as np

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.tables.column import Column
from extractor.engines.layout.tables.runs import Run, run_of, runs_of
from extractor.pages.geometry import Box

_WRONG_KIND = 60.0  # points: what a text in a column of numbers costs
_UNIT_UNDER = 20.0  # the same where the text stands right under the heading: a unit, mostly
_UNDER = 0.8  # of the narrower one's width
_UNLIKELY_KIND = 18.0  # points: what a bare number in a column of text costs
_SAME_EDGE = 1.5  # points
_JUST_BESIDE = 10.0  # points: a run that ends this close to the next column may reach into it
_UNIT_IN_FRONT = 3.0  # points: what a word in front of a column's number costs
_UNIT = 6  # letters more than digits, at most, beside a number
_SECOND_NUMBER = 15.0  # points: what a second run in one cell of a column of numbers costs
_OVERLAP_BONUS = 12.0  # points, for full overlap with the header
_NUMBERS = frozenset({"quantity", "unit_price", "net_amount", "tax_rate", "tax_amount", "amount", "share"})
_TEXTS = frozenset({"description", "specification"})
_BARE_NUMBER = re.compile(r"[-+(]?[^\w\s]{0,2}[\d.,'’ \u00a0]+[)%-]?")


Assignment = list[list[Run]]  # a list of runs a column


class _Target(NamedTuple):
    """A column as a run sees it: one or two places of its text, and which kind of text it wants."""

    places: tuple[Box, ...]
    wants_number: bool
    wants_text: bool


def assign(rows: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> list[Assignment]:
    """Return, for each row, the runs of each column."""
    all_runs = [_split_over(runs_of(row), columns) for row in rows]
    headers = [_Target((column.box,), _wants_number(column), _wants_text(column)) for column in columns]
    first = _fitted(all_runs, headers)
    learned = [
        header._replace(places=(*header.places, *_usual_place([row[index] for row in first])))
        for index, header in enumerate(headers)
    ]
    return _fitted(all_runs, learned)


def _split_over(runs: Sequence[Run], columns: Sequence[Column]) -> list[Run]:
    """Cut runs that lie under several headers, at the word gap nearest the headers' gap."""
    cut: list[Run] = []
    for run in runs:
        place = run.box._replace(x1=run.box.x1 + _JUST_BESIDE)
        others = [other.box for other in runs if other is not run and _has_digit(other)]
        under = [
            column
            for column in columns
            if column.box.overlap_x(place) > 0
            and (
                column.box.overlap_x(run.box) > 0 or not any(column.box.overlap_x(box) > 0 for box in others)
            )
        ]
        parts = [run]
        for left, right in pairwise(under):
            parts = parts[:-1] + _cut(parts[-1], left, right)
        cut += parts
    return cut


def _cut(run: Run, left: Column, right: Column) -> list[Run]:
    """Cut once between two columns, where the second part lines up best with its column.

    A word that begins exactly where the second header begins is the first of its column.
    """
    words = run.words
    for place in range(1, len(words)):
        if abs(words[place].box.x0 - right.box.x0) <= _SAME_EDGE:
            return [run_of(words[:place]), run_of(words[place:])]
    if len(words) < 2 or not (_wants_number(left) or _wants_number(right)):  # noqa: PLR2004
        return [run]
    border = (left.box.x1 + right.box.x0) / 2
    best: tuple[tuple[float, float], list[Run]] | None = None
    for place in range(1, len(words)):
        before, after = run_of(words[:place]), run_of(words[place:])
        if before.box.centre_x > border or after.box.centre_x < border:
            continue
        if any(
            _wants_number(column) and not is_figure(part.text)
            for column, part in ((left, before), (right, after))
        ):
            continue
        off = _misfit(after.box, right.box)
        if _wants_number(right) and not _has_digit(run_of(after.words[:1])) and _has_digit(before):
            off += _UNIT_IN_FRONT  # "7.50 h 128.00" is 7.50 h at 128.00
        gap = words[place].box.x0 - words[place - 1].box.x1
        rank = round(off / _SAME_EDGE), -gap  # all that end at one right edge line up as well
        if best is None or rank < best[0]:
            best = rank, [before, after]
    return best[1] if best is not None else [run]


def _has_digit(run: Run) -> bool:
    return any(map(str.isdigit, run.text))


def is_figure(text: str) -> bool:
    """Say whether a text is a number, perhaps with its unit, and no phrase with one in it."""
    letters, digits = letters_and_digits(text)
    return digits > 0 and letters <= _UNIT + digits


def letters_and_digits(text: str) -> tuple[int, int]:
    """Count the letters and the digits of a text."""
    return sum(map(str.isalpha, text)), sum(map(str.isdigit, text))


def _misfit(box: Box, place: Box) -> float:
    """Return how far a box is from lining up with a place: left, right or middle, in points."""
    left, right = box[0] - place[0], box[2] - place[2]
    return min(abs(left), abs(right), abs(left + right) / 2)


def _wants_number(column: Column) -> bool:
    return bool(column.names) and set(column.names) <= _NUMBERS


def _wants_text(column: Column) -> bool:
    return bool(column.names) and set(column.names) <= _TEXTS


def _usual_place(found: Sequence[Sequence[Run]]) -> list[Box]:
    """Return the median left and right edge of a column's runs, if there are any."""
    boxes = [run.box for runs in found for run in runs[:1]]
    if not boxes:
        return []
    return [Box(median(box.x0 for box in boxes), 0.0, median(box.x1 for box in boxes), 0.0)]


def _fitted(rows: Sequence[Sequence[Run]], targets: Sequence[_Target]) -> list[Assignment]:
    """Choose columns for the runs of each row."""
    costs = iter(_costs([run for runs in rows for run in runs], targets))
    return [_fit(runs, list(islice(costs, len(runs))), targets) for runs in rows]


def _fit(runs: Sequence[Run], costs: Sequence[Sequence[float]], targets: Sequence[_Target]) -> Assignment:
    """Choose columns in order, left to right, at the least total cost (dynamic programming)."""
    best: list[list[tuple[float, int]]] = []
    for run_costs in costs:
        before = best[-1] if best else [(0.0, 0)] * len(targets)
        line, least, origin = [], float("inf"), 0
        for index, (target, cost) in enumerate(zip(targets, run_costs, strict=True)):
            again = before[index][0] + (_SECOND_NUMBER if best and target.wants_number else 0.0)
            line.append(min((least + cost, origin), (again + cost, index)))
            if before[index][0] < least:
                least, origin = before[index][0], index
        best.append(line)
    assignment: Assignment = [[] for _ in targets]
    if runs:
        at = min(range(len(targets)), key=lambda index: best[-1][index][0])
        for run, line in zip(reversed(runs), reversed(best), strict=True):
            assignment[at].insert(0, run)
            at = line[at][1]
    return assignment


def _costs(runs: Sequence[Run], targets: Sequence[_Target]) -> list[list[float]]:
    """Return what each run costs in each column, in points: of its places the best one counts."""
    if not runs:
        return []
    x0, _, x1, _ = np.array([run.box for run in runs]).T[:, :, None, None]  # runs x columns x places
    place_x0, _, place_x1, _ = np.array([(t.places[0], t.places[-1]) for t in targets]).transpose(2, 0, 1)
    left, right = x0 - place_x0, x1 - place_x1
    misfit = np.minimum(np.minimum(abs(left), abs(right)), abs(left + right) / 2).min(axis=2)
    shared = np.minimum(x1, place_x1) - np.maximum(x0, place_x0)
    narrower = np.maximum(np.minimum(x1 - x0, place_x1 - place_x0), 1.0)
    costs = misfit - _OVERLAP_BONUS * np.maximum(shared / narrower, 0.0).max(axis=2)
    has_digit = [_has_digit(run) for run in runs]
    is_bare = [
        has and bool(_BARE_NUMBER.fullmatch(run.text)) for run, has in zip(runs, has_digit, strict=True)
    ]
    is_under = (shared / narrower).max(axis=2) >= _UNDER
    wrong = np.where(is_under, _UNIT_UNDER, _WRONG_KIND)
    costs += wrong * np.outer(np.logical_not(has_digit), [target.wants_number for target in targets])
    costs += _UNLIKELY_KIND * np.outer(is_bare, [target.wants_text for target in targets])
    return costs.tolist()  # type: ignore[no-any-return] # numpy does not say of what
