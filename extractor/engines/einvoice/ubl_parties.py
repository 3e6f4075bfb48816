"""Read who sells and who buys in a UBL document: names, tax ids, the seller's address."""

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import each, tax_id, written
from extractor.engines.einvoice.parties import address_text, ranked_ids
from extractor.engines.einvoice.rows import joined
from extractor.engines.einvoice.tree import find, find_all, first_text, texts
from extractor.engines.reading import Candidate

_SCHEMES: Final = {"VAT": 0, "GST": 0, "FC": 2, "TAX": 2}  # the last two: BT-32, the local tax number


def read_parties(root: Element) -> dict[str, tuple[Candidate, ...]]:
    """Return what is said of seller and buyer, each value in the order of trust."""
    seller = find(root, "AccountingSupplierParty/Party")
    buyer = find(root, "AccountingCustomerParty/Party")
    return {
        "seller_name": each(_name(seller), written),
        "seller_tax_id": each(_tax_ids(seller), tax_id),
        "seller_address": each(_address(find(seller, "PostalAddress")), written),
        "buyer_name": each(_name(buyer), written),
        "buyer_tax_id": each(_tax_ids(buyer), tax_id),
    }


def _name(party: Element | None) -> list[str]:
    """Return the registered name (BT-27, BT-44); the trading name (BT-28) where there is none."""
    return texts(party, "PartyLegalEntity/RegistrationName")[:1] or texts(party, "PartyName/Name")[:1]


def _tax_ids(party: Element | None) -> list[str]:
    return ranked_ids(_registrations(party), _SCHEMES)


def _registrations(party: Element | None) -> Iterator[tuple[str, str]]:
    """Yield scheme and id. Nordic invoices also write "Foretaksregisteret" and the like there."""
    for registration in find_all(party, "PartyTaxScheme"):
        number = first_text(registration, "CompanyID")
        if number is not None and any(character.isdigit() for character in number):
            yield (first_text(registration, "TaxScheme/ID") or "").upper(), number


def _address(address: Element | None) -> list[str]:
    house = [first_text(address, name) for name in ("StreetName", "BuildingNumber")]
    return address_text(
        (
            joined(part for part in house if part),
            first_text(address, "AdditionalStreetName"),
            first_text(address, "Postbox"),
            *texts(address, "AddressLine/Line"),
        ),
        postcode=first_text(address, "PostalZone"),
        city=first_text(address, "CityName"),
        region=first_text(address, "CountrySubentity"),
        country=first_text(address, "Country/IdentificationCode"),
    )
