"""The flavours of UBL invoices: how each is named, and which values of a record it may carry."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from synthesis.record import Account, Address, InvoiceRecord, Line

_PEPPOL_PROCESS: Final = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_ADDRESS_LINES: Final = 3


class Flavour(StrEnum):
    """Two usages of EN 16931, and UBL as OASIS publishes it, which has a place for more."""

    PEPPOL = "peppol"
    XRECHNUNG = "xrechnung"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlavourFacts:
    """What sets a flavour apart."""

    customization: str | None  # BT-24
    process: str | None  # BT-23
    has_bank_names: bool = False
    has_line_taxes: bool = False


FACTS: Final[Mapping[Flavour, FlavourFacts]] = MappingProxyType(
    {
        Flavour.PEPPOL: FlavourFacts(
            customization="urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
            process=_PEPPOL_PROCESS,
        ),
        Flavour.XRECHNUNG: FlavourFacts(
            customization="urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
            process=_PEPPOL_PROCESS,
        ),
        Flavour.PLAIN: FlavourFacts(
            customization=None, process=None, has_bank_names=True, has_line_taxes=True
        ),
    }
)


def carried(record: InvoiceRecord, flavour: Flavour) -> InvoiceRecord:
    """Return what is left of the record when it is written in this flavour."""
    facts = FACTS[flavour]
    return replace(
        record,
        invoice_code=None,
        amount_in_words=None,
        seller_address=_address(record.seller_address),
        seller_bank_account=_account(record.seller_bank_account, facts),
        line_items=tuple(_line(line, facts) for line in record.line_items),
        buyer_address=_address(record.buyer_address),
    )


def _address(address: Address | None) -> Address | None:
    return None if address is None else replace(address, lines=address.lines[:_ADDRESS_LINES])


def _account(account: Account | None, facts: FlavourFacts) -> Account | None:
    return account if account is None or facts.has_bank_names else replace(account, bank=None)


def _line(line: Line, facts: FlavourFacts) -> Line:
    return line if facts.has_line_taxes else replace(line, tax_amount=None)
