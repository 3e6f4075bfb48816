import pytest

from extractor.engines.einvoice.safe_xml import parse_xml
from extractor.engines.einvoice.ubl_parties import read_parties
from extractor.engines.reading import Candidate


def _read(party: str, *, side: str = "Supplier") -> dict[str, tuple[Candidate, ...]]:
    name = f"Accounting{side}Party"
    return read_parties(parse_xml(f"<I><{name}><Party>{party}</Party></{name}></I>".encode()))


def _values(found: tuple[Candidate, ...]) -> list[object]:
    return [one.value for one in found]


def _registration(number: str, scheme: str | None = "VAT") -> str:
    said = "" if scheme is None else f"<TaxScheme><ID>{scheme}</ID></TaxScheme>"
    return f"<PartyTaxScheme><CompanyID>{number}</CompanyID>{said}</PartyTaxScheme>"


_TRADING = "<PartyName><Name>Trading as</Name></PartyName>"
_REGISTERED = "<PartyLegalEntity><RegistrationName>Registered Ltd</RegistrationName></PartyLegalEntity>"


@pytest.mark.parametrize(
    ("party", "name"),
    [
        (_TRADING + _REGISTERED, ["Registered Ltd"]),
        (_TRADING, ["Trading as"]),
        (_TRADING + "<PartyLegalEntity><RegistrationName/></PartyLegalEntity>", ["Trading as"]),
        ("", []),
    ],
)
@pytest.mark.parametrize(("side", "field"), [("Supplier", "seller_name"), ("Customer", "buyer_name")])
def test_the_registered_name_goes_before_the_trading_name(
    party: str, name: list[str], side: str, field: str
) -> None:
    assert _values(_read(party, side=side)[field]) == name


def test_the_vat_number_goes_before_the_local_tax_number() -> None:
    found = _read(_registration("12/345/67890", "FC") + _registration("DE135792460"))["seller_tax_id"]
    assert _values(found) == ["DE135792460", "1234567890"]
    assert found[0].score > found[1].score


def test_a_registration_without_a_scheme_goes_between() -> None:
    found = _read(_registration("1", "TAX") + _registration("2", None) + _registration("3", "GST"))
    assert _values(found["seller_tax_id"]) == ["3", "2", "1"]


@pytest.mark.parametrize("words", ["Foretaksregisteret", "Godkänd för F-skatt"])
def test_words_about_the_tax_register_are_no_tax_id(words: str) -> None:
    assert _read(_registration(words, "TAX"))["seller_tax_id"] == ()


def test_the_number_in_the_commercial_register_is_no_tax_id() -> None:
    party = "<PartyLegalEntity><CompanyID>HRB 1</CompanyID></PartyLegalEntity>"
    assert _read(party + "<EndpointID>9</EndpointID>")["seller_tax_id"] == ()


def test_an_address_is_one_line_in_postal_order() -> None:
    address = (
        "<PostalAddress><StreetName>Ring</StreetName><BuildingNumber>1</BuildingNumber>"
        "<AdditionalStreetName>Hof 2</AdditionalStreetName><CityName>Wien</CityName>"
        "<PostalZone>1010</PostalZone><CountrySubentity>Wien</CountrySubentity>"
        "<AddressLine><Line>Tür 3</Line></AddressLine><AddressLine><Line>Klingel 4</Line></AddressLine>"
        "<Country><IdentificationCode>AT</IdentificationCode></Country></PostalAddress>"
    )
    (found,) = _read(address)["seller_address"]
    assert found.value == "Ring 1, Hof 2, Tür 3, Klingel 4, 1010 Wien, Wien, AT"


def test_a_country_alone_is_no_address() -> None:
    address = "<PostalAddress><Country><IdentificationCode>AT</IdentificationCode></Country></PostalAddress>"
    assert _read(address)["seller_address"] == ()


def test_the_payee_and_the_tax_representative_are_not_the_seller() -> None:
    others = "".join(f"<{name}>{_TRADING}{_registration('DE1')}</{name}>" for name in ("PayeeParty", "T"))
    found = read_parties(parse_xml(f"<I>{others}</I>".encode()))
    assert set(found.values()) == {()}
