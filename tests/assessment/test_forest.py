"""Trees are walked as they are written, all rows at once."""

import math

import numpy as np
import pytest

from extractor.assessment.forest import forest_of

# left where "a" is at most 0.5; there, by "b"
TREE = [[0, 0.5, 1, 4], [1, 2.0, 2, 3], [-1.0], [0.5], [2.0]]


def sigmoid(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


@pytest.mark.parametrize(
    ("row", "odds"), [((0.5, 2.0), -1.0), ((0.5, 2.1), 0.5), ((0.6, 0.0), 2.0), ((0.0, 0.0), -1.0)]
)
def test_a_value_at_the_threshold_goes_left(row: tuple[float, float], odds: float) -> None:
    forest = forest_of(("a", "b"), 0.0, [TREE])
    assert forest.probabilities(np.array([row], dtype=np.float32)) == pytest.approx([sigmoid(odds)])


def test_trees_of_different_sizes_and_the_baseline_add_up() -> None:
    forest = forest_of(("a", "b"), 0.25, [TREE, [[0.5]], [[1, 0.0, 1, 2], [1.0], [-3.0]]])
    rows = np.array([(0.6, 0.0), (0.6, 1.0)], dtype=np.float32)
    assert forest.probabilities(rows) == pytest.approx([sigmoid(3.75), sigmoid(-0.25)])


def test_no_rows_have_no_probabilities() -> None:
    assert forest_of(("a",), 0.0, [[[1.0]]]).probabilities(np.zeros((0, 1), dtype=np.float32)).shape == (0,)
