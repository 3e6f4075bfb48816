"""Rows are paired so that the most cells agree."""

from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluation.rows import paired

_ROWS = st.lists(st.frozensets(st.integers(0, 4), max_size=4), max_size=5)


def shared(wanted: frozenset[int], read: frozenset[int]) -> int:
    return len(wanted & read)


def rows(*cells: str) -> list[frozenset[int]]:
    return [frozenset(map(ord, each)) for each in cells]


def test_the_best_sum_counts_and_not_the_first_best_pair() -> None:
    wanted, read = rows("abcd", "abc"), rows("abc", "ab")
    assert (
        paired(wanted, read, shared) == ((0, 1), (1, 0))
        or sum(shared(wanted[i], read[j]) for i, j in paired(wanted, read, shared)) == 5
    )


def test_rows_that_agree_in_nothing_are_no_pair() -> None:
    assert paired(rows("ab", "c"), rows("xy", "c"), shared) == ((1, 1),)
    assert paired(rows("ab"), rows("xy"), shared) == ()


def test_of_equal_pairings_that_in_order_is_taken() -> None:
    assert paired(rows("a", "a", "a"), rows("a", "a", "a"), shared) == ((0, 0), (1, 1), (2, 2))


def test_nothing_is_paired_with_nothing() -> None:
    assert paired([], rows("a"), shared) == paired(rows("a"), [], shared) == ()


@given(wanted=_ROWS, read=_ROWS)
def test_no_row_is_used_twice_and_no_greedy_pairing_is_better(
    wanted: list[frozenset[int]], read: list[frozenset[int]]
) -> None:
    pairs = paired(wanted, read, shared)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(shared(wanted[i], read[j]) for i, j in pairs)
    in_order = sum(shared(one, other) for one, other in zip(wanted, read, strict=False))
    assert sum(shared(wanted[i], read[j]) for i, j in pairs) >= in_order
