# SPDX-License-Identifier: Apache-2.0
"""What both clients send, and how they take answers."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import httpx

from extractor.client.errors import Refused
from extractor.client.operations import Call

ATTEMPTS = 4
TIMEOUT = httpx.Timeout(10.0, read=120.0, write=120.0)
_RETRIED = frozenset({429, 502, 503, 504})
_LONGEST_WAIT_SECONDS = 60.0

Part: TypeAlias = tuple[str, tuple[str, BinaryIO | bytes]]


def headers(key: str | None) -> dict[str, str]:
    """Return what every request carries."""
    return {"Authorization": f"Bearer {key}"} if key else {}


def opened(call: Call, stack: ExitStack) -> list[Part] | None:
    """Return the files of a call, open until the stack is closed; they are streamed, not read whole."""
    if not call.files:
        return None
    parts: list[Part] = []
    for file in call.files:
        if isinstance(file, tuple):
            parts.append(("file", file))
        else:
            path = Path(file)
            parts.append(("file", (path.name, stack.enter_context(path.open("rb")))))
    return parts


def delay_before(attempt: int, answer: httpx.Response | None) -> float | None:
    """Return how long to wait before trying again (attempts count from 1); None if it is of no use."""
    if attempt >= ATTEMPTS or (answer is not None and answer.status_code not in _RETRIED):
        return None
    told = None if answer is None else answer.headers.get("Retry-After", "")
    asked = float(told) if told and told.isdecimal() else 2.0 ** (attempt - 1)
    return min(asked, _LONGEST_WAIT_SECONDS)


def content_of(answer: httpx.Response) -> Any:  # noqa: ANN401 - whatever JSON it is
    """Return an answer's JSON; None if it has no content.

    Raises:
        Refused: the service refused.
    """
    if answer.is_success:
        return answer.json() if answer.content else None
    try:
        problem = answer.json()
    except ValueError:  # not of the service: a proxy's page
        problem = {}
    known = problem if isinstance(problem, dict) else {}
    raise Refused(
        status=answer.status_code,
        code=str(known.get("code") or "HttpError"),
        detail=str(known.get("detail") or answer.reason_phrase),
    )
