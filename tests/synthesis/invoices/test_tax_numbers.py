from types import ModuleType

import pytest
from stdnum.at import uid as austrian
from stdnum.au import abn
from stdnum.be import vat as belgian
from stdnum.br import cnpj
from stdnum.ca import bn
from stdnum.ch import vat as swiss
from stdnum.cl import rut
from stdnum.cn import uscc
from stdnum.co import nit
from stdnum.de import vat as german
from stdnum.es import nif as spanish
from stdnum.fr import siret, tva
from stdnum.gb import vat as british
from stdnum.ie import vat as irish
from stdnum.in_ import gstin
from stdnum.it import iva as italian
from stdnum.lu import tva as luxembourgish
from stdnum.mx import rfc
from stdnum.nl import btw as dutch
from stdnum.nz import ird
from stdnum.pt import nif as portuguese
from stdnum.sg import uen
from stdnum.us import ein
from synthesis.chance import seeded
from synthesis.invoices.markets import markets
from synthesis.invoices.tax_numbers import register_number, tax_id_label, tax_number

_CHECKERS: dict[str, ModuleType] = {
    "AT": austrian,
    "AU": abn,
    "BE": belgian,
    "BR": cnpj,
    "CA": bn,
    "CH": swiss,
    "CL": rut,
    "CN": uscc,
    "CO": nit,
    "DE": german,
    "ES": spanish,
    "FR": tva,
    "GB": british,
    "IE": irish,
    "IN": gstin,
    "IT": italian,
    "LU": luxembourgish,
    "MX": rfc,
    "NL": dutch,
    "NZ": ird,
    "PT": portuguese,
    "SG": uen,
    "US": ein,
}


@pytest.mark.parametrize(("country", "checker"), _CHECKERS.items())
def test_tax_numbers_have_valid_check_digits(country: str, checker: ModuleType) -> None:
    numbers = [tax_number(seeded(f"{country}{seed}"), country, language="de") for seed in range(60)]
    numbers = [number for number in numbers if tax_id_label(number) == "seller_tax_id"]
    assert [number for number in numbers if not checker.is_valid(number)] == []


def test_some_german_sellers_have_a_number_of_their_tax_office_instead() -> None:
    numbers = [tax_number(seeded(f"DE{seed}"), "DE", language="de") for seed in range(60)]
    of_office = [number for number in numbers if tax_id_label(number) == "tax_office_number"]
    assert 0 < len(of_office) < 20


def test_only_hong_kong_numbers_have_none_to_check() -> None:
    assert {market.country for market in markets().values()} - set(_CHECKERS) == {"HK"}


@pytest.mark.parametrize(("language", "tax"), [("de", "MWST"), ("fr", "TVA"), ("it", "IVA")])
def test_swiss_numbers_end_in_the_tax_of_the_language(language: str, tax: str) -> None:
    assert tax_number(seeded("1"), "CH", language=language).endswith(f" {tax}")


def test_french_companies_are_registered_under_a_valid_siret() -> None:
    numbers = [register_number(seeded(str(seed)), "FR") or "" for seed in range(40)]
    assert [number for number in numbers if not siret.is_valid(number)] == []


def test_where_the_tax_number_is_all_there_is_no_register_number() -> None:
    assert register_number(seeded("1"), "BR") is None
