"""Small gradient-boosted trees, evaluated with numpy. Trained and written by `scripts/train_confidence.py`.

Friedman, Greedy function approximation: a gradient boosting machine (2001). The trees are
scikit-learn's; here they are only walked, all at once, for all values of a document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forest:
    """Trees as arrays of their nodes, the deepest tree first; `roots` are their first nodes.

    `deeper` says for each level how many trees go on below it.

    An inner node sends a value to `child` where its feature is at most the threshold, and
    to the node behind `child` elsewhere. A leaf's child is itself, its threshold is
    infinite; `value` is what it adds to the log-odds.
    """

    features: tuple[str, ...]
    baseline: float
    deeper: tuple[int, ...]
    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: NDArray[np.float32]
    child: NDArray[np.intp]
    value: NDArray[np.float32]

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probability of each row (values x features), 0..1."""
        cells = rows.ravel()
        begins = np.arange(len(rows))[:, None] * len(self.features)  # of each row's cells
        node = np.repeat(self.roots[None, :], len(rows), axis=0)
        for count in self.deeper:
            at = node[:, :count]
            is_right = cells.take(self.feature.take(at) + begins) > self.threshold.take(at)
            node[:, :count] = self.child.take(at) + is_right
        odds = self.baseline + self.value.take(node).sum(axis=1, dtype=np.float64)
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


def forest_of(features: Sequence[str], baseline: float, trees: Sequence[Sequence[Sequence[float]]]) -> Forest:
    """Return the forest of trees whose nodes are [feature, threshold, left, right] or, leaves, [value]."""
    roots: list[int] = []
    nodes: list[tuple[int, float, int, float]] = []  # feature, threshold, child, value
    depths = [_depth(tree) for tree in trees]
    for _, tree in sorted(zip(depths, trees, strict=True), key=itemgetter(0), reverse=True):
        roots.append(len(nodes))
        level = [tree[0]]
        while level:
            below: list[Sequence[float]] = []  # the next level: two children lie side by side
            begin = len(nodes) + len(level)
            for node in level:
                if len(node) == 1:
                    nodes.append((0, np.inf, len(nodes), node[0]))
                else:
                    nodes.append((int(node[0]), node[1], begin + len(below), 0.0))
                    below += [tree[int(node[2])], tree[int(node[3])]]
            level = below
    feature, threshold, child, value = zip(*nodes, strict=True)
    return Forest(
        features=tuple(features),
        baseline=baseline,
        deeper=tuple(sum(depth > level for depth in depths) for level in range(max(depths, default=0))),
        roots=np.array(roots, dtype=np.intp),
        feature=np.array(feature, dtype=np.intp),
        threshold=np.array(threshold, dtype=np.float32),
        child=np.array(child, dtype=np.intp),
        value=np.array(value, dtype=np.float32),
    )


def _depth(tree: Sequence[Sequence[float]], at: int = 0) -> int:
    """Return how many levels of nodes lie below a node."""
    node = tree[at]
    if len(node) == 1:
        return 0
    return 1 + max(_depth(tree, int(node[2])), _depth(tree, int(node[3])))
