"""Pair the rows that a person wrote down with those that were read: the best one-to-one assignment."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

_IN_ORDER = 1e-6  # what a place further off costs: of equal pairings, that in order is taken

_W = TypeVar("_W")
_R = TypeVar("_R")


def paired(
    wanted: Sequence[_W], read: Sequence[_R], agreement: Callable[[_W, _R], int]
) -> tuple[tuple[int, int], ...]:
    """Return the pairs of indices, in the order wanted, whose agreement is the largest in sum.

    Two that agree in nothing are no pair.
    """
    if not wanted or not read:
        return ()
    worth = np.array([[agreement(one, other) for other in read] for one in wanted], dtype=float)
    off = np.abs(np.subtract.outer(np.arange(len(wanted)), np.arange(len(read))))
    chosen = zip(*linear_sum_assignment(worth - _IN_ORDER * off, maximize=True), strict=True)
    return tuple((int(i), int(j)) for i, j in chosen if worth[i, j] > 0)
