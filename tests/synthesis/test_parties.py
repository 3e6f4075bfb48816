import pytest
from stdnum import iban
from stdnum.cn import uscc
from stdnum.de import vat as german_vat
from stdnum.fr import tva
from stdnum.gb import vat as british_vat
from synthesis.chance import seeded
from synthesis.parties import chinese_tax_id, random_bic, random_iban, random_party, vat_id

_SEEDS = range(40)


@pytest.mark.parametrize("seed", _SEEDS)
def test_tax_ids_have_valid_check_digits(seed: int) -> None:
    rng = seeded(str(seed))
    assert british_vat.is_valid(vat_id(rng, "en"))
    assert german_vat.is_valid(vat_id(rng, "de"))
    assert tva.is_valid(vat_id(rng, "fr"))
    assert uscc.is_valid(chinese_tax_id(rng, region="330100"))


@pytest.mark.parametrize("country", ["DE", "GB", "FR"])
@pytest.mark.parametrize("seed", _SEEDS)
def test_accounts_have_valid_check_digits(seed: int, country: str) -> None:
    account = random_iban(seeded(str(seed)), country)
    assert account.startswith(country)
    assert iban.is_valid(account, check_country=False)


def test_a_bic_has_eight_or_eleven_characters() -> None:
    assert {len(random_bic(seeded(str(seed)), "FR")) for seed in _SEEDS} == {8, 11}


@pytest.mark.parametrize("language", ["en", "de", "fr", "zh"])
def test_the_same_seed_makes_the_same_party(language: str) -> None:
    assert random_party(seeded("x"), language) == random_party(seeded("x"), language)
