"""Which XML syntaxes there are, told by the root element. Adding one is adding one line."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

from lxml import etree
from lxml.etree import _Element as Element

from extractor.engines.einvoice import cii, fapiao, ubl
from extractor.engines.reading import Reading


class ReadSyntax(Protocol):
    """Reads a parsed document of one syntax."""

    def __call__(self, root: Element, *, engine: str) -> Reading:
        """Return everything that the fields have a place for."""
        ...


_READERS: Final[Mapping[str, ReadSyntax]] = MappingProxyType(
    {
        **dict.fromkeys(cii.ROOTS, cii.read),
        **dict.fromkeys(ubl.ROOTS, ubl.read),
    }
)
_ENVELOPE: Final = (
    "{http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader}StandardBusinessDocument"
)
_KNOWN_OTHERS: Final = MappingProxyType(
    {
        "SCRDMCCBDACIOMessageStructure": "an order (Order-X), not an invoice",
        "xbrl": "an XBRL record, not the invoice itself",
    }
)


def sniff(root: Element) -> ReadSyntax | None:
    """Return the reader of the syntax that the root element is of, None if it is no known invoice."""
    if etree.QName(root).localname == fapiao.ROOT and fapiao.is_fapiao(root):
        return fapiao.read  # whatever its namespace
    return _READERS.get(root.tag)


def unwrapped(root: Element) -> Element:
    """Return the document in an envelope as Peppol sends it (SBDH); any other root is itself."""
    if root.tag != _ENVELOPE:
        return root
    return next((child for child in root if sniff(child) is not None), root)


def describe(root: Element) -> str:
    """Say what a root element that is not read is: "the XML is <order>, ..."."""
    name = etree.QName(root)
    if (name.namespace or "").startswith(ubl.NAMESPACE):
        return f"a UBL {name.localname[:60]}, not an Invoice or CreditNote of version 2"
    unknown = f"<{name.localname[:60]}>, which is no invoice in CII, UBL or 数电票"
    return _KNOWN_OTHERS.get(name.localname, unknown)
