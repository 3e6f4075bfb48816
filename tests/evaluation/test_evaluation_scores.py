"""Counts and shares, and means that every group weighs the same in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluation.judging import Judgement, Outcome
from extractor.evaluation.scores import Count, count_of, mean, score_of, share
from extractor.evaluation.wording import percent, seconds


def right() -> Judgement:
    return Judgement(field="a", path="a", outcome=Outcome.RIGHT, wanted="1", read="1")


def wrong() -> Judgement:
    return Judgement(field="a", path="a", outcome=Outcome.WRONG, wanted="1", read="2")


def surplus() -> Judgement:
    return Judgement(field="a", path="a", outcome=Outcome.WRONG, read="2")


def implied() -> Judgement:
    return Judgement(field="a", path="a", outcome=Outcome.WRONG, wanted="1", read="2", is_implied=True)


def missed() -> Judgement:
    return Judgement(field="a", path="a", outcome=Outcome.MISSED, wanted="1")


def test_what_is_counted() -> None:
    count = count_of([right(), right(), wrong(), surplus(), implied(), missed()])
    assert count == Count(shown=4, given=5, right=2, wrong=3, missed=1)
    assert (count.recall, count.precision) == (0.5, 0.4)


def test_a_value_where_none_is_shown_lowers_precision_alone() -> None:
    count = count_of([right(), surplus()])
    assert (count.recall, count.precision) == (1.0, 0.5)


def test_nothing_has_no_share() -> None:
    assert (Count().recall, Count().precision, share(0, 0), mean([]), mean([None])) == (None,) * 5


def test_every_group_weighs_the_same() -> None:
    score = score_of({"large": [right()] * 9 + [missed()], "small": [missed()], "silent": []})
    assert score.count.recall == pytest.approx(9 / 11)
    assert score.mean_recall == pytest.approx(0.45)
    assert score.mean_precision == 1.0


@given(
    made=st.lists(st.sampled_from([right, wrong, surplus, implied, missed])),
)
def test_counts_add_up(made: list[type[Judgement]]) -> None:
    count = count_of(make() for make in made)  # type: ignore[call-arg]  # functions that make one
    assert count.given == count.right + count.wrong
    assert count.right + count.wrong + count.missed == len(made)
    assert count.right <= count.shown


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        (0.0, "0.0 %"),
        (0.0001, "0.1 %"),
        (0.973, "97.3 %"),
        (0.9999, "99.9 %"),
        (1.0, "100.0 %"),
    ],
)
def test_only_all_is_said_to_be_all_and_only_none_to_be_none(value: float | None, said: str) -> None:
    assert percent(value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(None, "–"), (0.0421, "42 ms"), (1.0, "1.0 s"), (61.26, "61.3 s")]
)
def test_short_times_are_told_in_milliseconds(value: float | None, said: str) -> None:
    assert seconds(value) == said
