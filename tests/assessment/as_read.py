"""A calibration that takes the engine's word: a value is as sure as its score, and a proof adds to it."""

import numpy as np
from numpy.typing import NDArray

from extractor.assessment.features import NAMES
from extractor.validation.proofs import Proof

_SCORE = NAMES.index("score")
_PROOFS = [NAMES.index(f"proof.{proof}") for proof in Proof]
_LEFT_BY_A_PROOF = 0.2  # of the doubt


class AsRead:
    """Says the score, with a fifth of the doubt left where something proves the value."""

    def confidences(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return one confidence a row."""
        doubt = 1 - rows[:, _SCORE].astype(np.float64)
        is_proven = rows[:, _PROOFS].any(axis=1)
        return np.asarray(
            1 - np.round(doubt, 6) * np.where(is_proven, _LEFT_BY_A_PROOF, 1.0), dtype=np.float64
        )
