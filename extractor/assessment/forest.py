"""Small gradient-boosted trees, evaluated with numpy. Trained and written by `scripts/train_confidence.py`.

Friedman, Greedy function approximation: a gradient boosting machine (2001). The trees are
scikit-learn's; here they are only walked, all at once, for all values of a document.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forest:
    """Trees as arrays, one row a tree, one column a node (trees are padded to the largest).

    An inner node sends a value left where its feature is at most the threshold; a leaf's
    children are itself. `value` is what a leaf adds to the log-odds.
    """

    features: tuple[str, ...]
    baseline: float
    depth: int
    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probability of each row (values x features), 0..1."""
        trees = np.arange(len(self.value))[None, :]
        values = np.arange(len(rows))[:, None]
        node = np.zeros((len(rows), len(self.value)), dtype=np.int32)
        for _ in range(self.depth):
            is_left = rows[values, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(is_left, self.left[trees, node], self.right[trees, node])
        odds = self.baseline + self.value[trees, node].sum(axis=1, dtype=np.float64)
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


def forest_of(features: Sequence[str], baseline: float, trees: Sequence[Sequence[Sequence[float]]]) -> Forest:
    """Return the forest of trees whose nodes are [feature, threshold, left, right] or, leaves, [value]."""
    most = max(map(len, trees))
    shape = (len(trees), most)
    feature, left, right = (np.zeros(shape, dtype=np.int32) for _ in range(3))
    threshold, value = (np.zeros(shape, dtype=np.float32) for _ in range(2))
    depth = 0
    for tree, nodes in enumerate(trees):
        levels = {0: 0}
        for place, node in enumerate(nodes):
            if len(node) == 1:
                left[tree, place] = right[tree, place] = place
                value[tree, place] = node[0]
                continue
            feature[tree, place], threshold[tree, place] = int(node[0]), node[1]
            left[tree, place], right[tree, place] = int(node[2]), int(node[3])
            for child in (int(node[2]), int(node[3])):
                levels[child] = levels[place] + 1
        depth = max(depth, *levels.values())
    return Forest(
        features=tuple(features),
        baseline=baseline,
        depth=depth,
        feature=feature,
        threshold=threshold,
        left=left,
        right=right,
        value=value,
    )
