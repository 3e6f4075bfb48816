"""Counts of values and the shares made of them: recall and precision, over all and as means over groups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from extractor.evaluation.judging import Judgement, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many values are shown, were read (given), are right; what went wrong adds up to the rest.

    given = right + wrong; shown = right + missed + the wrong ones that stand where a value is shown.
    """

    shown: int = 0
    given: int = 0
    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def recall(self) -> float | None:
        """Return the share of the shown values that were read right; None where none is shown."""
        return share(self.right, self.shown)

    @property
    def precision(self) -> float | None:
        """Return the share of the read values that are right; None where none was read."""
        return share(self.right, self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One kind of value: its count over all documents, and in each group."""

    count: Count
    by_group: Mapping[str, Count]

    @property
    def mean_recall(self) -> float | None:
        """Return the mean of the groups' recalls: every group weighs the same."""
        return mean(count.recall for count in self.by_group.values())

    @property
    def mean_precision(self) -> float | None:
        """Return the mean of the groups' precisions: every group weighs the same."""
        return mean(count.precision for count in self.by_group.values())


def count_of(judgements: Iterable[Judgement]) -> Count:
    """Count judgements."""
    counted = tuple(judgements)
    return Count(
        shown=sum(each.is_shown for each in counted),
        given=sum(each.is_given for each in counted),
        right=sum(each.outcome is Outcome.RIGHT for each in counted),
        wrong=sum(each.outcome is Outcome.WRONG for each in counted),
        missed=sum(each.outcome is Outcome.MISSED for each in counted),
    )


def score_of(judgements: Mapping[str, Iterable[Judgement]]) -> Score:
    """Score judgements that are given by group."""
    by_group = {group: tuple(found) for group, found in judgements.items()}
    return Score(
        count=count_of(each for found in by_group.values() for each in found),
        by_group={group: count_of(found) for group, found in by_group.items()},
    )


def share(part: int, whole: int) -> float | None:
    """Return a share of 1; None where there is no whole."""
    return part / whole if whole else None


def mean(shares: Iterable[float | None]) -> float | None:
    """Return the mean of the shares that there are; None where there is none."""
    known = [each for each in shares if each is not None]
    return fmean(known) if known else None
