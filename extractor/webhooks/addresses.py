"""Where webhooks may go: to public addresses, and to networks that the operator allows.

Whoever may set a webhook's URL could otherwise have this service knock on doors that only it can
reach: itself, its neighbours, a cloud's metadata. So names are resolved once, here, what they resolve
to is checked, and `sending` connects to those addresses and nothing else: a name that answers
differently the second time (DNS rebinding) has no second time. How an address is spelled (2130706433,
0x7f.1, ::ffff:127.0.0.1) does not matter either, because it is read by what connects.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

import httpx

from extractor.errors import ConfigurationError

Address: TypeAlias = IPv4Address | IPv6Address
Resolver: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]

MAX_URL_LENGTH = 2000
_PORTS = {"https": 443, "http": 80}
_MAX_PORT = 65535
_HTTPS_ONLY = "the URL must begin with https:// (http:// only into a network that the operator allows)"

_UNICAST = IPv6Network("2000::/3")  # all of IPv6 that is given out; whatever else there is, is not public
_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: IPv4 behind a translator
_NEVER = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's metadata and host agent: a public address that is not
        "192.0.0.0/24",  # RFC 6890: for protocols; some clouds' metadata. Older Pythons know parts of it
        "192.88.99.0/24",  # RFC 7526: relays of 6to4
        "2001::/23",  # RFC 2928: for protocols, Teredo among them
        "2002::/16",  # RFC 3056: 6to4, any IPv4 address inside
        "3fff::/20",  # RFC 9637: examples
    )
)


class TargetRefused(ConfigurationError):
    """A webhook's URL leads where webhooks may not go, or nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL, and the addresses that it may be reached at; `host` is in ASCII."""

    url: httpx.URL
    host: str
    addresses: tuple[str, ...]


async def resolve(host: str, port: int) -> Sequence[str]:
    """Return a host's addresses, in the order to try them, as the system resolves names.

    Raises:
        OSError: it has none.
        UnicodeError: it cannot be a name.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Lets URLs pass that lead to public addresses, or into the `allowed` networks."""

    allowed: tuple[IPv4Network | IPv6Network, ...] = ()
    resolver: Resolver = resolve

    async def check(self, url: str) -> Target:
        """Resolve a URL's host and return where to connect.

        Raises:
            TargetRefused: it may not be sent to; the message does not tell what the host resolves to.
        """
        parsed = _parsed(url)
        host = parsed.raw_host.decode("ascii")
        try:
            found = await self.resolver(host, parsed.port or _PORTS[parsed.scheme])
        except (OSError, UnicodeError) as cause:
            raise TargetRefused("the host of the URL has no address") from cause
        addresses = [ip_address(address) for address in found]
        if not addresses:
            raise TargetRefused("the host of the URL has no address")
        are_allowed = all(self._allows(address) for address in addresses)
        if not are_allowed and not all(self._allows(a) or is_public(a) for a in addresses):
            raise TargetRefused("the host of the URL is in a network that webhooks may not reach")
        if parsed.scheme != "https" and not are_allowed:
            raise TargetRefused(_HTTPS_ONLY)
        return Target(url=parsed, host=host, addresses=tuple(str(address) for address in addresses))

    def _allows(self, address: Address) -> bool:
        if isinstance(address, IPv6Address) and address.scope_id is not None:
            return False  # of one cable of this machine: no URL can say which
        plain = _plain(address)
        return any(plain in network or address in network for network in self.allowed)


def is_public(address: Address) -> bool:
    """Say whether an address is one that anybody on the internet could reach."""
    plain = _plain(address)
    if any(plain in network for network in _NEVER):
        return False
    if isinstance(plain, IPv6Address) and plain not in _UNICAST:
        return False
    return plain.is_global and not plain.is_multicast and not plain.is_reserved


def _plain(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for, else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _parsed(url: str) -> httpx.URL:
    """Read a URL with the reader of the client that connects, so that both see the same host.

    Raises:
        TargetRefused: it is none, or has something that a webhook's URL must not have.
    """
    if len(url) > MAX_URL_LENGTH:
        raise TargetRefused(f"the URL is longer than {MAX_URL_LENGTH} characters")
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as cause:
        raise TargetRefused("the URL cannot be read") from cause
    if parsed.scheme not in _PORTS:
        raise TargetRefused(_HTTPS_ONLY)
    if not parsed.host:
        raise TargetRefused("the URL has no host")
    if parsed.userinfo:
        raise TargetRefused("the URL must hold no name and password: check the signature instead")
    if parsed.port is not None and not 0 < parsed.port <= _MAX_PORT:
        raise TargetRefused("the URL's port is none")
    return parsed
