import pytest
from stdnum import bic, iban
from stdnum.us import rtn
from synthesis.chance import seeded
from synthesis.invoices.accounts import printed_account, random_account, routing_number
from synthesis.invoices.markets import markets

_SEEDS = range(40)
_WITH_IBAN = {"AT", "BE", "CH", "DE", "ES", "FR", "GB", "IE", "IT", "LU", "NL", "PT"}


@pytest.mark.parametrize("country", sorted(_WITH_IBAN))
def test_accounts_have_valid_check_digits(country: str) -> None:
    accounts = [random_account(seeded(str(seed)), country, "bank") for seed in _SEEDS]
    assert [each.account for each in accounts if not iban.is_valid(each.account)] == []
    assert all(each.bic and bic.is_valid(each.bic) for each in accounts)


def test_elsewhere_accounts_are_domestic() -> None:
    others = {market.country for market in markets().values()} - _WITH_IBAN
    accounts = {country: random_account(seeded("1"), country, "bank").account for country in others}
    assert [country for country, account in accounts.items() if account[:2].isalpha()] == []


def test_the_digits_of_a_mexican_account_add_up() -> None:
    for seed in _SEEDS:
        digits = random_account(seeded(str(seed)), "MX", "bank").account
        weights = (3, 7, 1) * 5 + (3, 7, 1)
        weighted = sum(int(digit) * weights[index] % 10 for index, digit in enumerate(digits[:17]))
        assert len(digits) == 18
        assert (weighted + int(digits[17])) % 10 == 0


def test_american_routing_numbers_have_valid_check_digits() -> None:
    numbers = [(routing_number(seeded(str(seed)), "US") or ("", ""))[1] for seed in _SEEDS]
    assert [number for number in numbers if not rtn.is_valid(number)] == []


def test_an_iban_needs_no_routing_number() -> None:
    assert routing_number(seeded("1"), "FR") is None


@pytest.mark.parametrize(
    ("account", "is_grouped", "printed"),
    [
        ("DE02120300000000202051", True, "DE02 1203 0000 0000 2020 51"),
        ("DE02120300000000202051", False, "DE02120300000000202051"),
        ("12-3456-7890123-00", True, "12-3456-7890123-00"),
    ],
)
def test_only_ibans_are_written_in_groups(account: str, *, is_grouped: bool, printed: str) -> None:
    assert printed_account(account, is_grouped=is_grouped) == printed
