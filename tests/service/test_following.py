"""Following something that changes: what is told when, with a clock of the test's."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import chain, count, repeat

from extractor.service.following import Told, follow

DONE = 3


def followed(
    looks: list[int], *, seconds_a_look: float = 0.0, is_stopping: Callable[[], bool] = lambda: False
) -> list[tuple[int | None, bool]]:
    first, *others = looks
    coming = chain(others, repeat(looks[-1]))
    clock = count(0, 1)

    async def look() -> int:
        return next(coming)

    async def collected(told: AsyncIterator[Told[int]]) -> list[tuple[int | None, bool]]:
        return [(one.shown, one.is_last) async for one in told]

    told = follow(
        first,
        look,
        is_complete=lambda shown: shown == DONE,
        is_stopping=is_stopping,
        clock=lambda: next(clock) * seconds_a_look,
    )
    return asyncio.run(collected(told))


def test_each_change_is_told_once_and_the_end_last() -> None:
    assert followed([1, 1, 2, DONE]) == [(1, False), (2, False), (DONE, True)]
    assert followed([DONE]) == [(DONE, True)]


def test_a_comment_comes_while_nothing_changes_for_long() -> None:
    assert followed([1, 1, DONE], seconds_a_look=15.0) == [(1, False), (None, False), (DONE, True)]
    assert followed([1, 1, DONE], seconds_a_look=14.9) == [(1, False), (DONE, True)]


def test_it_ends_when_the_service_stops() -> None:
    stops = iter([False, True])
    assert followed([1, 2, 1], is_stopping=lambda: next(stops)) == [(1, False), (2, False)]
