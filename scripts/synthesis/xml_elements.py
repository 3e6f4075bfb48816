"""Make elements of any XML syntax: names with prefixes, texts, decimals; what is not there is left out."""

from collections.abc import Mapping
from decimal import Decimal

from lxml import etree
from lxml.etree import _Element as Element


class XmlElements:
    """Makes elements in the namespaces given by prefix. A name without a prefix is in none."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        """Take the namespaces by prefix."""
        self._namespaces = dict(namespaces)

    def make(self, name: str, *children: Element | None) -> Element:
        """Return an element ("ram:Name") with those of the children that there are."""
        prefix, _, local = name.rpartition(":")
        namespace = self._namespaces[prefix] if prefix else None
        element = etree.Element(etree.QName(namespace, local), nsmap=self._namespaces)
        element.extend([child for child in children if child is not None])
        return element

    def wrapped(self, name: str, *children: Element | None) -> Element | None:
        """Return the same, but None where there is no child."""
        return self.make(name, *children) if any(child is not None for child in children) else None

    def text(self, name: str, text: str | None, **attributes: str) -> Element | None:
        """Return an element with the text, None where there is none."""
        if text is None:
            return None
        element = self.make(name)
        element.text = text
        for attribute, value in attributes.items():
            element.set(attribute, value)
        return element

    def number(self, name: str, number: Decimal | None, **attributes: str) -> Element | None:
        """Return a number as XML Schema writes it: never with an exponent."""
        return None if number is None else self.text(name, f"{number:f}", **attributes)


def encoded(root: Element) -> bytes:
    """Return the document, UTF-8."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
