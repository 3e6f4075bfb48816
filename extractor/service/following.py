"""Follow something that changes as server-sent events, by looking at it again and again."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from litestar.datastructures import State
from litestar.response.sse import ServerSentEventMessage
from litestar.serialization import encode_json

_LOOK_SECONDS = 0.5
_HEARTBEAT_SECONDS = 15.0  # proxies close what is silent for a minute
_RETRY_MILLISECONDS = 2000  # how long a client that lost the stream waits before it connects again

ShownT = TypeVar("ShownT")


async def follow(
    first: ShownT,
    look: Callable[[], Awaitable[ShownT]],
    *,
    is_complete: Callable[[ShownT], bool],
    state: State,
    clock: Callable[[], float] = time.monotonic,
) -> AsyncIterator[ServerSentEventMessage]:
    """Yield `progress` with each change, and `complete` last; comments while nothing changes."""
    shown, told_at = first, clock()
    yield _message(shown, is_complete=is_complete(shown), retry=_RETRY_MILLISECONDS)
    while not is_complete(shown) and not state.is_stopping():
        await asyncio.sleep(_LOOK_SECONDS)
        before, shown = shown, await look()
        if shown != before:
            yield _message(shown, is_complete=is_complete(shown))
            told_at = clock()
        elif clock() - told_at >= _HEARTBEAT_SECONDS:
            yield ServerSentEventMessage(data=None, comment="still here")
            told_at = clock()


def _message(shown: object, *, is_complete: bool, retry: int | None = None) -> ServerSentEventMessage:
    event = "complete" if is_complete else "progress"
    return ServerSentEventMessage(data=encode_json(shown), event=event, retry=retry)
