"""Make the elements of CII documents: names with prefixes, decimals, dates, amounts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

from lxml import etree
from lxml.etree import _Element as Element

_AGGREGATES: Final = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity"
_UNQUALIFIED: Final = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType"
_NAMESPACES: Final[Mapping[int, dict[str, str]]] = MappingProxyType(
    {
        1: {
            "rsm": "urn:ferd:CrossIndustryDocument:invoice:1p0",
            "ram": f"{_AGGREGATES}:12",
            "udt": f"{_UNQUALIFIED}:15",
        },
        2: {
            "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
            "ram": f"{_AGGREGATES}:100",
            "udt": f"{_UNQUALIFIED}:100",
        },
    }
)


class Elements:
    """Makes elements in the namespaces of one version of CII."""

    def __init__(self, version: Literal[1, 2]) -> None:
        """Take the namespaces of the version."""
        self._namespaces = _NAMESPACES[version]
        self._are_amounts_all_marked = version == 1

    def make(self, name: str, *children: Element | None) -> Element:
        """Return an element ("ram:Name") with those of the children that there are."""
        prefix, local = name.split(":")
        element = etree.Element(f"{{{self._namespaces[prefix]}}}{local}", nsmap=self._namespaces)
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

    def amount(
        self, name: str, amount: Decimal | None, currency: str, *, is_marked: bool = False
    ) -> Element | None:
        """Return an amount; ZUGFeRD 1 marks each with its currency, later versions where asked to."""
        if is_marked or self._are_amounts_all_marked:
            return self.number(name, amount, currencyID=currency)
        return self.number(name, amount)

    def day(self, name: str, day: date | None) -> Element | None:
        """Return a date in format 102: 20260305."""
        if day is None:
            return None
        return self.make(name, self.text("udt:DateTimeString", f"{day:%Y%m%d}", format="102"))

    def flag(self, name: str, *, is_true: bool) -> Element:
        """Return an indicator."""
        return self.make(name, self.text("udt:Indicator", "true" if is_true else "false"))
