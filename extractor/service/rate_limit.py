"""How many requests a caller may make: a window of a minute, counted in this process."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from litestar.enums import ScopeType
from litestar.exceptions import TooManyRequestsException
from litestar.types import ASGIApp, Receive, Scope, Send

from extractor.storage.access import Caller

_WINDOW_SECONDS = 60.0
_CALLERS_KEPT = 10_000


@dataclass(slots=True)
class _Window:
    since: float
    count: int


class Allowance:
    """What callers have used of their minute. Shared by all routes."""

    def __init__(self, requests_per_minute: int, *, clock: Callable[[], float] = monotonic) -> None:
        """Allow so many requests in a minute."""
        self._limit = requests_per_minute
        self._clock = clock
        self._windows: OrderedDict[str, _Window] = OrderedDict()

    def use(self, who: str) -> None:
        """Count one request.

        Raises:
            TooManyRequestsException: the caller is over the limit; Retry-After says when it may go on.
        """
        now = self._clock()
        window = self._windows.get(who)
        if window is None or now - window.since >= _WINDOW_SECONDS:
            window = self._windows[who] = _Window(since=now, count=0)
            self._windows.move_to_end(who)
            if len(self._windows) > _CALLERS_KEPT:
                self._windows.popitem(last=False)
        window.count += 1
        if window.count > self._limit:
            wait = _WINDOW_SECONDS - (now - window.since)
            raise TooManyRequestsException(
                f"over {self._limit} requests in a minute", headers={"Retry-After": str(int(wait) + 1)}
            )


class RateLimit:
    """Refuses with 429 what is over the limit. Several API processes each count for themselves."""

    def __init__(self, app: ASGIApp, allowance: Allowance) -> None:
        """Wrap a route; the caller must be known already."""
        self._app = app
        self._allowance = allowance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, if the caller has not used up its minute."""
        user = scope.get("user")
        if scope["type"] == ScopeType.HTTP and isinstance(user, Caller):
            self._allowance.use(user.key_id or user.tenant_id)
        await self._app(scope, receive, send)
