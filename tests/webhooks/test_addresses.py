import asyncio
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.webhooks.addresses import Guard, Target, TargetRefused, is_public

PUBLIC = "93.184.215.14"


def check(url: str, *, allowed: Sequence[str] = (), resolver: object = None) -> Target:
    networks = tuple(ip_network(network) for network in allowed)
    guard = Guard(allowed=networks)
    if resolver is not None:
        guard = Guard(allowed=networks, resolver=resolver)  # type: ignore[arg-type]  # a test's own
    return asyncio.run(guard.check(url))


def names(*addresses: str) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    async def resolver(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return resolver


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost.",
        "127.0.0.1",
        "127.1",
        "127.255.255.254",
        "2130706433",  # 127.0.0.1 as one number
        "0x7f000001",
        "0x7f.1",
        "0x7f.0.0.0x1",
        "017700000001",  # and in octal
        "127。0。0。1",  # full stops of other scripts
        "１２７.0.0.1",
        "0.0.0.0",  # noqa: S104 - refused
        "0",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::10.0.0.1]",
        "[64:ff9b:1::10.0.0.1]",
        "[2002:7f00:1::]",  # 127.0.0.1 by 6to4
        "[2001:0:7f00:1::]",  # Teredo
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",  # of carriers
        "100.100.100.200",  # metadata of one cloud
        "169.254.169.254",  # of most
        "2852039166",  # the same as one number
        "[::ffff:169.254.169.254]",
        "168.63.129.16",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fec0::1]",
        "[fc00::1]",
        "[ff02::1]",
        "[2001:db8::1]",
        "[3fff::1]",
        "[100::1]",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
    ],
)
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_addresses_that_are_not_public_are_refused_however_they_are_written(host: str, scheme: str) -> None:
    with pytest.raises(TargetRefused):
        check(f"{scheme}://{host}/hook")


@pytest.mark.parametrize(
    "host", [PUBLIC, "8.8.8.8", "172.15.255.255", "172.32.0.1", "11.0.0.1", "[2606:4700::1111]"]
)
def test_public_addresses_pass_with_https_only(host: str) -> None:
    assert check(f"https://{host}/hook").addresses == (host.strip("[]"),)
    with pytest.raises(TargetRefused, match="https"):
        check(f"http://{host}/hook")


@pytest.mark.parametrize("spelling", ["[::ffff:8.8.8.8]", "[64:ff9b::8.8.8.8]"])
def test_a_public_address_in_ipv6_s_clothes_is_public(spelling: str) -> None:
    assert check(f"https://{spelling}/").addresses


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hook",
        "/hook",
        "//example.com/hook",
        "https:///hook",
        "https://",
        "ftp://93.184.215.14/",
        "file:///etc/passwd",
        "gopher://93.184.215.14/",
        "https://name:secret@93.184.215.14/",
        "https://name@93.184.215.14/",
        "https://93.184.215.14:0/",
        "https://93.184.215.14:99999/",
        "https://93.184.215.14:port/",
        "https://[::1/",
        "https://a..b/",
        "https://" + "a" * 64 + ".example/",
        "https://\x00/",
        "https://ⓛocalhost/",
        "https://93.184.215.14/" + "a" * 2000,
    ],
)
def test_what_is_no_url_of_a_receiver_is_refused(url: str) -> None:
    with pytest.raises(TargetRefused):
        check(url)


def test_a_name_is_judged_by_all_that_it_resolves_to() -> None:
    assert check("https://shop.example/", resolver=names(PUBLIC)).addresses == (PUBLIC,)
    with pytest.raises(TargetRefused):
        check("https://shop.example/", resolver=names("10.0.0.1"))
    with pytest.raises(TargetRefused):
        check("https://shop.example/", resolver=names(PUBLIC, "10.0.0.1"))
    with pytest.raises(TargetRefused, match="no address"):
        check("https://shop.example/", resolver=names())


def test_the_refusal_does_not_tell_what_a_name_inside_resolves_to() -> None:
    with pytest.raises(TargetRefused) as refused:
        check("https://intranet.example/", resolver=names("10.20.30.40"))
    assert "10.20" not in str(refused.value)


def test_a_name_without_an_address_is_refused() -> None:
    async def unknown(_host: str, _port: int) -> Sequence[str]:
        raise OSError(-2, "Name or service not known")

    with pytest.raises(TargetRefused, match="no address"):
        check("https://nowhere.example/", resolver=unknown)


def test_the_resolver_is_asked_once_and_by_the_name_in_ascii() -> None:
    asked: list[tuple[str, int]] = []

    async def resolver(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    target = check("https://bücher.example:8443/hook", resolver=resolver)
    assert target.host == "xn--bcher-kva.example"
    assert asked == [("xn--bcher-kva.example", 8443)]
    assert target.addresses == (PUBLIC,)


@pytest.mark.parametrize("address", ["10.1.0.0", "10.1.255.255", "::ffff:10.1.2.3"])
def test_networks_that_the_operator_allows_may_be_reached_without_https(address: str) -> None:
    for scheme in ("http", "https"):
        target = check(f"{scheme}://erp.example/", allowed=["10.1.0.0/16"], resolver=names(address))
        assert [ip_address(reached) for reached in target.addresses] == [ip_address(address)]


@pytest.mark.parametrize("address", ["10.0.255.255", "10.2.0.0", "127.0.0.1", "::1"])
def test_one_allowed_network_allows_no_other(address: str) -> None:
    with pytest.raises(TargetRefused):
        check("https://erp.example/", allowed=["10.1.0.0/16"], resolver=names(address))


def test_http_needs_every_address_to_be_in_an_allowed_network() -> None:
    mixed = names("10.1.0.1", PUBLIC)
    assert check("https://erp.example/", allowed=["10.1.0.0/16"], resolver=mixed)
    with pytest.raises(TargetRefused, match="https"):
        check("http://erp.example/", allowed=["10.1.0.0/16"], resolver=mixed)


def test_an_address_of_one_cable_of_this_machine_is_never_reached() -> None:
    with pytest.raises(TargetRefused):
        check("https://erp.example/", allowed=["fe80::/10"], resolver=names("fe80::1%eth0"))


@settings(deadline=None)  # the time of a busy machine is no fault
@given(number=st.integers(0, 2**32 - 1))
def test_an_ipv4_address_is_as_public_as_it_is_in_ipv6(number: int) -> None:
    plain = IPv4Address(number)
    mapped, translated = (ip_address(f"{prefix}{plain}") for prefix in ("::ffff:", "64:ff9b::"))
    assert is_public(mapped) == is_public(translated) == is_public(plain)


@settings(deadline=None)  # as above
@given(number=st.integers(0, 2**128 - 1))
def test_no_ipv6_address_outside_of_what_is_given_out_is_public(number: int) -> None:
    address = IPv6Address(number)
    is_inside = address in ip_network("2000::/3")
    is_clothed = address.ipv4_mapped is not None or address in ip_network("64:ff9b::/96")
    assert is_inside or is_clothed or not is_public(address)


@settings(deadline=None)  # as above
@given(url=st.text() | st.text().map("https://{}".format) | st.text().map("https://a.example/{}".format))
def test_whatever_is_given_as_a_url_is_refused_or_has_a_host(url: str) -> None:
    try:
        target = check(url, resolver=names(PUBLIC))
    except TargetRefused:
        return
    assert target.host
    assert target.url.scheme == "https"
