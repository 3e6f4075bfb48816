"""Confidence against what came out: bins, the calibration error, the claim about sure values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged_documents import leaf

from extractor.evaluation.judging import Judgement, Outcome
from extractor.evaluation.reliability import reliability_of


def read(confidence: float, *, is_right: bool) -> Judgement:
    outcome = Outcome.RIGHT if is_right else Outcome.WRONG
    return Judgement(
        field="a", path="a", outcome=outcome, wanted="1", read="1", leaf=leaf("1", confidence=confidence)
    )


def test_a_bin_holds_its_lower_bound_and_the_last_one_all() -> None:
    bins = reliability_of(read(each, is_right=True) for each in (0.0, 0.0999, 0.1, 0.8999, 0.9, 1.0)).bins
    assert [each.count for each in bins] == [2, 1, 0, 0, 0, 0, 0, 0, 1, 2]


def test_a_bin_tells_its_share_and_mean() -> None:
    found = reliability_of([read(0.72, is_right=True), read(0.78, is_right=False), read(0.75, is_right=True)])
    chosen = found.bins[7]
    assert (chosen.low, chosen.high, chosen.count, chosen.right) == (0.7, 0.8, 3, 2)
    assert chosen.share_right == pytest.approx(2 / 3)
    assert chosen.mean_confidence == pytest.approx(0.75)
    assert found.bins[0].share_right is None


def test_the_calibration_error_is_the_weighted_gap() -> None:
    made = [read(0.95, is_right=True)] * 3 + [read(0.5, is_right=False)]
    assert reliability_of(made).error == pytest.approx((3 * 0.05 + 1 * 0.5) / 4)


def test_perfect_confidence_has_no_error() -> None:
    made = [read(0.75, is_right=True)] * 3 + [read(0.75, is_right=False)]
    assert reliability_of(made).error == pytest.approx(0)


def test_values_are_sure_from_the_bound_on() -> None:
    found = reliability_of(
        [read(0.9, is_right=True), read(0.8999, is_right=False), read(0.99, is_right=False)]
    )
    assert (found.sure, found.sure_right, found.sure_share) == (2, 1, 0.5)


@pytest.mark.parametrize(
    ("right", "count", "bound"),
    [(59, 59, 0.9505), (58, 58, 0.9497), (10, 10, 0.7411), (9, 10, 0.6058), (0, 5, 0.0)],
)
def test_the_lower_bound_is_that_of_clopper_and_pearson(right: int, count: int, bound: float) -> None:
    made = [read(0.95, is_right=number < right) for number in range(count)]
    assert reliability_of(made).sure_at_least == pytest.approx(bound, abs=1e-4)


def test_without_values_there_is_nothing_to_say() -> None:
    found = reliability_of([Judgement(field="a", path="a", outcome=Outcome.MISSED, wanted="1")])
    assert (found.count, found.error, found.sure_share, found.sure_at_least) == (0, None, None, None)


def test_what_has_no_confidence_is_left_out() -> None:
    judgement = Judgement(field="a", path="a", outcome=Outcome.RIGHT, wanted="1", read="1", leaf=None)
    assert reliability_of([judgement]).count == 0


@given(made=st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_every_value_is_in_one_bin_and_all_shares_are_shares(made: list[tuple[float, bool]]) -> None:
    found = reliability_of(read(confidence, is_right=is_right) for confidence, is_right in made)
    assert found.count == len(made)
    assert all(each.low <= (each.mean_confidence or each.low) <= each.high for each in found.bins)
    for share in (found.error, found.sure_share, found.sure_at_least):
        assert share is None or 0 <= share <= 1
    if found.sure_at_least is not None and found.sure_share is not None:
        assert found.sure_at_least <= found.sure_share
