"""Requests that may be repeated: with an Idempotency-Key, the second one gets the first one's answer.

A request is told from others by tenant, address and length. Its body is not compared: it
would have to be read whole first, and documents are known by their content anyway.
"""

import asyncio
import hashlib
from collections.abc import Iterable

from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import ClientException, HTTPException
from litestar.status_codes import HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from extractor.jobs.backend import Backend
from extractor.storage.access import Caller
from extractor.storage.idempotency import Answer, Claim, Claimed, claim_key, keep_answer, release_key

HEADER = "Idempotency-Key"
MAX_KEY = 255
_MAX_KEPT_BYTES = 4 * 1024 * 1024
_REFUSED = 400
_SERVER_ERROR = 500
_KEPT_HEADERS = (b"content-type", b"location", b"etag")


class Idempotency:
    """Answers repeated requests from what is kept."""

    def __init__(self, app: ASGIApp, backend: Backend) -> None:
        """Wrap an application; the caller must be known already."""
        self._app = app
        self._backend = backend

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer.

        Raises:
            HTTPException: 400 for a key that is none, 409 while the first request runs, 422 where the key
                was used for another one.
        """
        user = scope.get("user")
        if scope["type"] != ScopeType.HTTP or scope["method"] != "POST" or not isinstance(user, Caller):
            await self._app(scope, receive, send)
            return
        headers = Headers.from_scope(scope)
        key = headers.get(HEADER)
        if key is None:
            await self._app(scope, receive, send)
            return
        if not 0 < len(key) <= MAX_KEY or not (key.isascii() and key.isprintable()):
            raise ClientException(f"{HEADER} must have from 1 to {MAX_KEY} characters, printable ASCII")
        known = await asyncio.to_thread(self._claim, user, key, _fingerprint(scope, headers))
        if known.answer is not None:
            await _replay(known.answer, send)
        elif known.claim is Claim.RUNNING:
            raise HTTPException(
                f"the first request with this {HEADER} has not ended",
                status_code=HTTP_409_CONFLICT,
                headers={"Retry-After": "1"},
            )
        elif known.claim is Claim.DIFFERENT:
            raise HTTPException(
                f"this {HEADER} was used for another request", status_code=HTTP_422_UNPROCESSABLE_ENTITY
            )
        else:
            await self._first(scope, receive, send, user, key)

    async def _first(self, scope: Scope, receive: Receive, send: Send, user: Caller, key: str) -> None:
        """Answer for the first time, and keep the answer.

        What was refused or failed did nothing: it may be tried again, as after the Retry-After of a 429.
        """
        status = _SERVER_ERROR
        headers: dict[str, str] = {}
        kept = bytearray()

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers.update(_kept(message["headers"]))
            elif message["type"] == "http.response.body" and len(kept) <= _MAX_KEPT_BYTES:
                kept.extend(message["body"])
            await send(message)

        try:
            await self._app(scope, receive, told)
        finally:
            is_kept = status < _REFUSED and len(kept) <= _MAX_KEPT_BYTES
            answer = Answer(status=status, headers=headers, body=bytes(kept)) if is_kept else None
            await asyncio.to_thread(self._end, user, key, answer)

    def _claim(self, user: Caller, key: str, fingerprint: str) -> Claimed:
        with self._backend.database.transaction() as session:
            now = self._backend.clock()
            return claim_key(session, user.tenant_id, key, fingerprint=fingerprint, now=now)

    def _end(self, user: Caller, key: str, answer: Answer | None) -> None:
        with self._backend.database.transaction() as session:
            if answer is None:
                release_key(session, user.tenant_id, key)
            else:
                keep_answer(session, user.tenant_id, key, answer)


def _fingerprint(scope: Scope, headers: Headers) -> str:
    told = (
        scope["path"],
        scope["query_string"].decode("latin-1"),
        headers.get("content-length", ""),
    )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _kept(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the headers that say what the body is; the others are of one answer, as its request's id."""
    return {
        name.lower().decode("latin-1"): value.decode("latin-1")
        for name, value in headers
        if name.lower() in _KEPT_HEADERS
    }


async def _replay(answer: Answer, send: Send) -> None:
    start: Message = {"type": "http.response.start", "status": answer.status, "headers": []}
    headers = MutableScopeHeaders.from_message(start)
    headers.update(answer.headers)
    headers["Content-Length"] = str(len(answer.body))
    headers["Idempotent-Replayed"] = "true"
    await send(start)
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})
