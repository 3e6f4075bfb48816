"""Bound what a server may send: how much, and for how long. For clients that are made of httpx.

httpx bounds each silence and no whole: a server that sends a byte now and then is read for ever,
and one that sends without end until there is no memory left. openai brings httpx2 where ollama
brings httpx; what a response is of says which of the two, and both have the same names.
"""

from collections.abc import Iterator
from importlib import import_module
from time import monotonic
from typing import Any, Final

MAX_BYTES = 64 * 2**20  # of one response: many times the longest answer with its tokens
PLAIN: Final = {"Accept-Encoding": "identity"}  # a compressed body has no bound


class UnboundedResponse(ValueError):
    """The response is larger than any answer is, or can be made so."""


def bound(response: Any) -> None:  # noqa: ANN401 - httpx's Response, or httpx2's
    """Hold a response to the bounds, as a hook of httpx: its body must come within the time of one silence.

    Raises:
        UnboundedResponse: the body is compressed, which was not asked for.
    """
    coding = response.headers.get("Content-Encoding", "identity")
    if coding.strip().lower() != "identity":
        raise UnboundedResponse(f"it is compressed ({coding})")
    library = import_module(type(response).__module__.partition(".")[0])
    stream, request = response.stream, response.request

    class Bounded(library.SyncByteStream):  # type: ignore[misc, name-defined]  # known at run time only
        """The body, given up when it is too long or takes too long."""

        def __iter__(self) -> Iterator[bytes]:
            slow = library.ReadTimeout("the body comes too slowly", request=request)
            yield from _bounded(stream, seconds=request.extensions.get("timeout", {}).get("read"), slow=slow)

        def close(self) -> None:
            stream.close()

    response.stream = Bounded()


def _bounded(pieces: Any, *, seconds: float | None, slow: Exception) -> Iterator[bytes]:  # noqa: ANN401 - as above
    started, length = monotonic(), 0
    for piece in pieces:
        length += len(piece)
        if length > MAX_BYTES:
            raise UnboundedResponse(f"it is longer than {MAX_BYTES} bytes")
        if seconds is not None and monotonic() - started > seconds:
            raise slow
        yield piece
