import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.einvoice.safe_xml import (
    MAX_ATTRIBUTES,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_TEXT,
    parse_xml,
)
from extractor.errors import DamagedDocument, DocumentError, DocumentTooLarge, UnsupportedDocument

_SECONDS_TO_REFUSE = 3.0  # far above what it takes (below 0.5 s), so that a busy machine does not fail it


@contextmanager
def _quickly() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < _SECONDS_TO_REFUSE


def test_a_document_is_parsed_whatever_its_encoding() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "iso-8859-1"):
        declared = encoding.removesuffix("-sig")
        content = f'<?xml version="1.0" encoding="{declared}"?><a><b>für</b></a>'.encode(encoding)
        assert parse_xml(content).findtext("b") == "für"


def test_comments_and_instructions_do_not_split_a_text() -> None:
    assert parse_xml(b"<a>RE<!-- 1 -->-<?x y?>7</a>").text == "RE-7"


def test_predefined_and_numeric_references_are_resolved() -> None:
    assert parse_xml(b"<a>&lt;&amp;&#8222;</a>").text == "<&„"


def test_the_content_of_binary_objects_is_dropped() -> None:
    root = parse_xml(b'<a><b mimeCode="text/csv">' + b"QUJD" * MAX_TEXT + b"</b><c>1</c></a>")
    assert root.findtext("b") == ""
    assert root.findtext("c") == "1"


_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 12))


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY l0 "lol">' + _LAUGHS + b"]><a>&l11;</a>",
        b'<!DOCTYPE a [<!ENTITY l0 "lol">' + _LAUGHS + b']><a b="&l11;"/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><a/>',
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
        b'<!DOCTYPE a PUBLIC "-//x//y" "http://127.0.0.1:9/x.dtd"><a/>',
        b"<!DOCTYPE a><a/>",
        b"<!DOCTYPE a [" + b'<!ENTITY x "y">' * 100_000 + b"]><a/>",
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
    ],
)
def test_document_types_are_refused_at_once(content: bytes) -> None:
    with _quickly(), pytest.raises(UnsupportedDocument, match="DOCTYPE"):
        parse_xml(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"no markup",
        b"<a>",
        b"<a><b></a>",
        b"<a/><b/>",
        b"<a>&undefined;</a>",
        b"<a>\x00</a>",
        b"<a>\xff</a>",
        b'<?xml version="1.0" encoding="KLINGON"?><a/>',
        b'<a b="1" b="2"/>',
        b'<a b="' + b"x" * 11_000_000 + b'"/>',
        b"<a><!--" + b"x" * 11_000_000 + b"--></a>",
    ],
)
def test_what_is_not_well_formed_is_damaged(content: bytes) -> None:
    with _quickly(), pytest.raises(DamagedDocument, match="not well-formed") as caught:
        parse_xml(content)
    assert "\n" not in str(caught.value)


def _nested(depth: int) -> bytes:
    return b"<a>" * depth + b"</a>" * depth


def _flat(elements: int) -> bytes:
    return b"<a>" + b"<b/>" * (elements - 1) + b"</a>"


def _long(characters: int) -> bytes:
    return b"<a>" + b"x" * characters + b"</a>"


def _long_attribute(characters: int) -> bytes:
    return b'<a b="' + b"x" * characters + b'"/>'


def _attributes(count: int) -> bytes:
    return b"<a " + b" ".join(b'a%d=""' % number for number in range(count)) + b"/>"


def _padded(size: int) -> bytes:
    element = b"<b>" + b"x" * MAX_TEXT + b"</b>"
    count, rest = divmod(size - len(b"<a></a>"), len(element))
    return b"<a>" + element * count + b"y" * rest + b"</a>"


_BOUNDS = [
    (_nested, MAX_DEPTH),
    (_flat, MAX_ELEMENTS),
    (_long, MAX_TEXT),
    (_long_attribute, MAX_TEXT),
    (_attributes, MAX_ATTRIBUTES),
    (_padded, MAX_BYTES),
]


@pytest.mark.parametrize(("make", "bound"), _BOUNDS)
def test_what_is_at_a_bound_is_parsed(make: Callable[[int], bytes], bound: int) -> None:
    assert parse_xml(make(bound)).tag == "a"


@pytest.mark.parametrize(("make", "bound"), _BOUNDS)
def test_what_is_over_a_bound_is_refused(make: Callable[[int], bytes], bound: int) -> None:
    with _quickly(), pytest.raises(DocumentTooLarge):
        parse_xml(make(bound + 1))


@pytest.mark.parametrize(
    "content",
    [b"<a>" * 1_000_000, b"<a>" + b"<b/>" * 2_000_000, b"<a>" + b"x" * 20_000_000, _attributes(200_000)],
)
def test_hostile_sizes_are_refused_quickly(content: bytes) -> None:
    with _quickly(), pytest.raises(DocumentTooLarge):
        parse_xml(content)


def test_text_is_counted_over_comments() -> None:
    half = b"x" * (MAX_TEXT // 2)
    with pytest.raises(DocumentTooLarge):
        parse_xml(b"<a>" + half + b"<!-- -->" + half + b"<!-- -->y</a>")


@given(st.binary(max_size=200) | st.text(alphabet='<>a/!="&;[]?- x', max_size=60).map(str.encode))
def test_any_bytes_are_parsed_or_refused_with_an_error_of_ours(content: bytes) -> None:
    with suppress(DocumentError):
        parse_xml(content)
