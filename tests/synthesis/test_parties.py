from types import ModuleType

import pytest
from stdnum import bic, iban
from stdnum.cn import uscc
from stdnum.de import vat as german
from stdnum.es import nif as spanish
from stdnum.fr import tva as french
from stdnum.gb import vat as british
from stdnum.it import iva as italian
from stdnum.nl import btw as dutch
from stdnum.pt import nif as portuguese
from synthesis.chance import seeded
from synthesis.identifiers import random_iban, vat_id
from synthesis.parties import COUNTRY_OF, chinese_tax_id, random_bic, random_party

_SEEDS = range(30)
_CHECKERS = {
    "en": british,
    "de": german,
    "fr": french,
    "es": spanish,
    "it": italian,
    "nl": dutch,
    "pt": portuguese,
}


@pytest.mark.parametrize(("language", "checker"), _CHECKERS.items())
def test_tax_numbers_have_valid_check_digits(language: str, checker: ModuleType) -> None:
    numbers = [vat_id(seeded(str(seed)), language) for seed in _SEEDS]
    assert [number for number in numbers if not checker.is_valid(number)] == []


def test_credit_codes_have_valid_check_digits() -> None:
    codes = [chinese_tax_id(seeded(str(seed)), region="330100") for seed in _SEEDS]
    assert [code for code in codes if not uscc.is_valid(code)] == []


@pytest.mark.parametrize("country", sorted(set(COUNTRY_OF.values()) - {"CN"}))
def test_accounts_have_valid_check_digits(country: str) -> None:
    accounts = [random_iban(seeded(str(seed)), country) for seed in _SEEDS]
    assert [account for account in accounts if not iban.is_valid(account)] == []


def test_bics_are_of_eight_or_eleven_characters() -> None:
    codes = [random_bic(seeded(str(seed)), "FR") for seed in _SEEDS]
    assert {len(code) for code in codes} == {8, 11}
    assert all(bic.is_valid(code) for code in codes)


@pytest.mark.parametrize("language", COUNTRY_OF)
def test_the_same_seed_makes_the_same_party(language: str) -> None:
    assert random_party(seeded("x"), language) == random_party(seeded("x"), language)
