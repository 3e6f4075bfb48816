"""Send one message to one receiver, to addresses that were checked."""

import asyncio
import contextlib
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network

import httpx

from extractor.settings import ServiceSettings
from extractor.webhooks.addresses import Guard, Target, TargetRefused

_READ_BYTES = 4096  # of an answer's body: so that short answers end well, and long ones cost nothing
_READ_SECONDS = 2.0
_MAX_ADDRESSES = 4  # of one host that are tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of sending: a status, or why there is none. Nothing of the body is kept."""

    status: int | None
    error: str | None = None
    retry_after: str | None = None
    took_ms: int = 0

    @property
    def is_taken(self) -> bool:
        """Say whether the receiver took the message: 2xx, and nothing else (no redirect is followed)."""
        return self.status is not None and 200 <= self.status <= 299  # noqa: PLR2004 - the class of success

    @property
    def is_gone(self) -> bool:
        """Say whether the receiver wants nothing any more (410)."""
        return self.status == httpx.codes.GONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Sends messages; each takes `seconds` at most, from the look-up of the name to the status."""

    guard: Guard
    seconds: float
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context)

    async def send(self, url: str, content: bytes, headers: Mapping[str, str]) -> Answer:
        """Send and return how it went; whatever goes wrong is an answer, not an error."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self.seconds) as deadline:
                target = await self.guard.check(url)
                status, retry_after = await self._posted(target, content, headers, deadline)
        except TimeoutError:
            return Answer(status=None, error=f"no answer within {self.seconds:g} s", took_ms=_since(began))
        except TargetRefused as refusal:
            return Answer(status=None, error=str(refusal), took_ms=_since(began))
        except httpx.HTTPError as error:
            return Answer(status=None, error=_told(error), took_ms=_since(began))
        return Answer(status=status, retry_after=retry_after, took_ms=_since(began))

    async def _posted(
        self, target: Target, content: bytes, headers: Mapping[str, str], deadline: asyncio.Timeout
    ) -> tuple[int, str | None]:
        """Post to the first of the addresses that can be connected to."""
        addresses = target.addresses[:_MAX_ADDRESSES]
        for address in addresses[:-1]:
            with contextlib.suppress(httpx.ConnectError, httpx.ConnectTimeout):
                seconds = self.seconds / len(addresses)
                return await self._post(address, target, content, headers, deadline, connect_seconds=seconds)
        return await self._post(
            addresses[-1], target, content, headers, deadline, connect_seconds=self.seconds
        )

    async def _post(
        self,
        address: str,
        target: Target,
        content: bytes,
        headers: Mapping[str, str],
        deadline: asyncio.Timeout,
        *,
        connect_seconds: float,
    ) -> tuple[int, str | None]:
        """Post to one address, under the host's name: in `Host`, and for its certificate."""
        timeout = httpx.Timeout(None, connect=connect_seconds)  # the rest is the deadline's
        # A client for each message, and no proxy of the environment: a connection is never another host's.
        async with httpx.AsyncClient(
            verify=self.tls, trust_env=False, follow_redirects=False, timeout=timeout
        ) as client:
            request = client.build_request(
                "POST",
                target.url.copy_with(host=address, fragment=None),
                content=content,
                headers={**headers, "host": target.url.netloc.decode("ascii"), "accept-encoding": "identity"},
                extensions={"sni_hostname": target.host},
            )
            response = await client.send(request, stream=True)
            deadline.reschedule(None)  # it has answered
            try:
                await _read_a_little(response)
                return response.status_code, response.headers.get("retry-after")
            finally:
                await response.aclose()


def sender_of(settings: ServiceSettings) -> Sender:
    """Return the sender that an operator's settings ask for."""
    guard = Guard(allowed=tuple(ip_network(network) for network in settings.webhook_networks))
    return Sender(guard=guard, seconds=settings.webhook_seconds)


async def _read_a_little(response: httpx.Response) -> None:
    """Let a short answer end; how the body ends decides nothing, for the status is there."""
    read = 0
    with contextlib.suppress(httpx.HTTPError, TimeoutError):
        async with asyncio.timeout(_READ_SECONDS):
            async for part in response.aiter_raw():
                read += len(part)
                if read >= _READ_BYTES:
                    return


def _told(error: httpx.HTTPError) -> str:
    """Say in words of ours what went wrong: what the libraries say may name addresses inside."""
    if _is_of_tls(error):
        return "the connection cannot be secured: check the host's certificate"
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return "the host cannot be connected to"
    if isinstance(error, httpx.ProtocolError):
        return "the connection ended without an answer that is HTTP"
    return "the connection broke off"


def _is_of_tls(error: BaseException) -> bool:
    """Say whether an error comes of TLS, at whatever depth."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
