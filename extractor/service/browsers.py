"""What a browser may ask of a service without keys: only what pages of the service itself make it ask.

Whoever reaches the port of such a service is its tenant, and so is any page that somebody on this machine
looks at. Two ways are closed: a request that changes something and comes from a page of another site
(its `Origin` says so, or `Sec-Fetch-Site`), and a site whose name is made to lead here (DNS rebinding): its
requests come from a page of "the same site", but under a name that is none of ours. With keys neither is
possible, for a page of another site has none.
"""

from collections.abc import Collection, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from litestar.exceptions import PermissionDeniedException

_READING = ("GET", "HEAD", "OPTIONS")
_OF_NO_OTHER_SITE = ("same-origin", "none")  # none: the user asked for it
_LOCAL = "localhost"


def refuse_other_sites(headers: Mapping[str, str], *, method: str, hosts: Collection[str]) -> None:
    """Let pass what programs send, and browsers for pages of this service. Addresses are names of ours, too.

    `hosts` are names beside localhost, in lower case. Headers are in lower case.

    Raises:
        PermissionDeniedException: another site may have sent it.
    """
    host = headers.get("host", "")
    name = _name(host)
    if host and not (_is_address(name) or name == _LOCAL or name in hosts):
        raise PermissionDeniedException(
            f"the service is not known as {name[:100]!r}: add it to EXTRACTOR_ALLOWED_HOSTS, or use keys"
        )
    if method in _READING:
        return
    origin = headers.get("origin")
    is_ours = (
        headers.get("sec-fetch-site", "none") in _OF_NO_OTHER_SITE
        if origin is None
        else urlsplit(origin).netloc.lower() == host.lower() != ""
    )
    if not is_ours:
        raise PermissionDeniedException("a page of another site sent this; without keys only our own may")


def _name(host: str) -> str:
    """Return the name or address of a Host header, without its port; of a broken one nothing."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    """Say whether it is an address, which nobody else can make lead here."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
