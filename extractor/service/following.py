"""Follow something that changes, by looking at it again and again: what server-sent events tell of it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

_LOOK_SECONDS = 0.5
_HEARTBEAT_SECONDS = 15.0  # proxies close what is silent for a minute

ShownT = TypeVar("ShownT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Generic[ShownT]):
    """One event; None is the comment that comes while nothing changes."""

    shown: ShownT | None
    is_last: bool = False


async def follow(
    first: ShownT,
    look: Callable[[], Awaitable[ShownT]],
    *,
    is_complete: Callable[[ShownT], bool],
    is_stopping: Callable[[], bool],
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[Told[ShownT]]:
    """Yield what was seen first, then each change until it is complete, or the service stops."""
    shown, told_at = first, clock()
    yield Told(shown=shown, is_last=is_complete(shown))
    while not is_complete(shown) and not is_stopping():
        await asyncio.sleep(_LOOK_SECONDS)
        before, shown = shown, await look()
        if shown != before:
            yield Told(shown=shown, is_last=is_complete(shown))
            told_at = clock()
        elif clock() - told_at >= _HEARTBEAT_SECONDS:
            yield Told(shown=None)
            told_at = clock()
