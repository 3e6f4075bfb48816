"""Parse XML that strangers wrote. No other module of the engine calls a parser.

Entities and document types are refused outright, nothing is fetched, and bounds are
checked while parsing, so that a hostile document costs little before it is refused.
"""

from collections.abc import Mapping
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from extractor.errors import DamagedDocument, DocumentTooLarge, UnsupportedDocument

MAX_BYTES: Final = 32 * 1024 * 1024  # inclusive; e-invoices may carry attachments in base64
MAX_DEPTH: Final = 64  # inclusive; CII and UBL stay below 20
MAX_ELEMENTS: Final = 200_000  # inclusive
MAX_ATTRIBUTES: Final = 64  # of one element, inclusive
MAX_TEXT: Final = 100_000  # characters in one element or attribute, inclusive; not for binary objects


def parse_xml(content: bytes) -> Element:
    """Return the root. Comments and processing instructions are dropped.

    The text of binary objects (elements with a `mimeCode`) is dropped too.

    Raises:
        UnsupportedDocument: it declares a DOCTYPE, the only place where entities can come from.
        DocumentTooLarge: it is over one of the bounds.
        DamagedDocument: it is not well-formed.
    """
    if len(content) > MAX_BYTES:
        raise DocumentTooLarge(f"the XML has {len(content):,} bytes, over the limit of {MAX_BYTES:,}")
    guard = _Guard()
    parser = etree.XMLParser(
        target=guard, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        etree.fromstring(content, parser)
        return guard.root()
    except etree.XMLSyntaxError as cause:
        reason = " ".join((cause.msg or "no reason given").split())
        raise DamagedDocument(f"the XML is not well-formed: {reason}") from cause


class _Guard:
    """Builds the tree and stops at the first thing that is not allowed."""

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()
        self._depth = 0
        self._elements = 0
        self._text_length = 0
        self._is_binary = False

    def doctype(self, name: str | None, public_id: str | None, system: str | None) -> None:
        del name, public_id, system
        raise UnsupportedDocument(
            "the XML declares a document type (DOCTYPE), which can define entities: this is refused"
        )

    def comment(self, data: str | bytes) -> None:
        """Drop it, so that it cannot split a text."""

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:
        self._depth += 1
        self._elements += 1
        self._text_length = 0
        if self._depth > MAX_DEPTH:
            raise DocumentTooLarge(f"the XML is nested deeper than {MAX_DEPTH} levels")
        if self._elements > MAX_ELEMENTS:
            raise DocumentTooLarge(f"the XML has more than {MAX_ELEMENTS:,} elements")
        if len(attrib) > MAX_ATTRIBUTES:
            raise DocumentTooLarge(f"the XML has an element of more than {MAX_ATTRIBUTES} attributes")
        for value in attrib.values():
            _check_length(len(value))
        self._is_binary = "mimeCode" in attrib
        self._builder.start(tag, dict(attrib))

    def end(self, tag: str | bytes) -> None:
        self._depth -= 1
        self._text_length = 0
        self._is_binary = False
        self._builder.end(tag)

    def data(self, data: str | bytes) -> None:
        if self._is_binary:
            return
        self._text_length += len(data)
        _check_length(self._text_length)
        self._builder.data(data)

    def close(self) -> None:
        """Do nothing: lxml calls this also after a fault, which must not be covered by another."""

    def root(self) -> Element:
        root: Element = self._builder.close()
        return root


def _check_length(length: int) -> None:
    if length > MAX_TEXT:
        raise DocumentTooLarge(f"the XML has a text of more than {MAX_TEXT:,} characters")
