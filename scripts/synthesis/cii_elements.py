"""Make the elements of CII documents: the namespaces of each version, amounts, dates, indicators."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

from lxml.etree import _Element as Element

from synthesis.xml_elements import XmlElements

_AGGREGATES: Final = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity"
_UNQUALIFIED: Final = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType"
_NAMESPACES: Final[Mapping[int, Mapping[str, str]]] = MappingProxyType(
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


class Elements(XmlElements):
    """Makes elements in the namespaces of one version of CII."""

    def __init__(self, version: Literal[1, 2]) -> None:
        """Take the namespaces of the version."""
        super().__init__(_NAMESPACES[version])
        self._are_amounts_all_marked = version == 1

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
