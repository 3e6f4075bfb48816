"""Which XML syntaxes there are, told by the root element. Adding one is adding one line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

from lxml import etree
from lxml.etree import _Element as Element

from extractor.engines.einvoice import cii
from extractor.engines.reading import Reading


class ReadSyntax(Protocol):
    """Reads a parsed document of one syntax."""

    def __call__(self, root: Element, *, engine: str) -> Reading:
        """Return everything that the fields have a place for."""
        ...


_READERS: Final[Mapping[str, ReadSyntax]] = MappingProxyType(
    {
        **dict.fromkeys(cii.ROOTS, cii.read),
    }
)
_KNOWN_OTHERS: Final = MappingProxyType(
    {
        "SCRDMCCBDACIOMessageStructure": "an order (Order-X), not an invoice",
        "Invoice": "a UBL invoice, which is not read in this version",
        "CreditNote": "a UBL credit note, which is not read in this version",
        "EInvoice": "a 数电票, which is not read as XML in this version: use its PDF",
    }
)


def sniff(root: Element) -> ReadSyntax | None:
    """Return the reader of the syntax that the root element is of, None if it is no known invoice."""
    return _READERS.get(root.tag)


def describe(root: Element) -> str:
    """Say what a root element that is not read is: "the XML is <order>, ..."."""
    name = etree.QName(root).localname
    return _KNOWN_OTHERS.get(name, f"<{name[:60]}>, which is no invoice in CII")
