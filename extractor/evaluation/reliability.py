"""Whether confidence can be relied on: of values read with so much confidence, how many are right."""

from collections.abc import Iterable
from dataclasses import dataclass

from scipy.special import betaincinv

from extractor.evaluation.judging import Judgement, Outcome
from extractor.evaluation.scores import share

SURE = 0.90  # the confidence from which on the claim is made, inclusive
_BINS = 10  # of equal width; a bin holds its lower bound, the last one 1 as well
_DOUBT = 0.05  # how often the lower bound may be too high


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Values with a confidence from `low` (inclusive) to `high` (exclusive, but for 1)."""

    low: float
    high: float
    count: int
    right: int
    mean_confidence: float | None

    @property
    def share_right(self) -> float | None:
        """Return the share that is right; None where there is no value."""
        return share(self.right, self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Bins by confidence, and the values that are at least `SURE`.

    `error` is the expected calibration error (Naeini, Cooper and Hauskrecht 2015): how far
    a bin's share of right values is from its mean confidence, weighted by its count.
    `sure_at_least` is the lower end of the one-sided 95 % interval of Clopper and Pearson
    (1934) for the share that is right of values as sure as that, taken as independent.
    """

    bins: tuple[Bin, ...]
    error: float | None
    sure: int
    sure_right: int
    sure_at_least: float | None

    @property
    def count(self) -> int:
        """Return how many values have a confidence."""
        return sum(each.count for each in self.bins)

    @property
    def sure_share(self) -> float | None:
        """Return the share of the sure values that is right."""
        return share(self.sure_right, self.sure)


def reliability_of(judgements: Iterable[Judgement]) -> Reliability:
    """Put every value that was read with a confidence into its bin."""
    read = [
        (each.leaf.confidence, each.outcome is Outcome.RIGHT)
        for each in judgements
        if each.leaf is not None and each.is_given and each.leaf.confidence is not None
    ]
    binned: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, is_right in read:
        binned[min(int(confidence * _BINS), _BINS - 1)].append((confidence, is_right))
    bins = tuple(_bin(number, found) for number, found in enumerate(binned))
    sure = [is_right for confidence, is_right in read if confidence >= SURE]
    return Reliability(
        bins=bins,
        error=_calibration_error(bins, len(read)),
        sure=len(sure),
        sure_right=sum(sure),
        sure_at_least=_lower_bound(sum(sure), len(sure)),
    )


def _bin(number: int, found: list[tuple[float, bool]]) -> Bin:
    total = sum(confidence for confidence, _ in found)
    return Bin(
        low=number / _BINS,
        high=(number + 1) / _BINS,
        count=len(found),
        right=sum(is_right for _, is_right in found),
        mean_confidence=total / len(found) if found else None,
    )


def _calibration_error(bins: Iterable[Bin], count: int) -> float | None:
    gaps = (
        each.count * abs(each.share_right - each.mean_confidence)
        for each in bins
        if each.share_right is not None and each.mean_confidence is not None
    )
    return sum(gaps) / count if count else None


def _lower_bound(right: int, count: int) -> float | None:
    if not count:
        return None
    return float(betaincinv(right, count - right + 1, _DOUBT)) if right else 0.0
