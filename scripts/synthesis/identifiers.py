"""Tax numbers and bank accounts drawn at random, each with right check digits."""

from random import Random

from stdnum import iban, luhn
from stdnum.es import ccc, cif
from stdnum.fr import siren
from stdnum.iso7064 import mod_11_10
from stdnum.nl import bsn
from stdnum.pt import nif


def random_digits(rng: Random, count: int) -> str:
    """Return `count` digits, the first not 0."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


def vat_id(rng: Random, language: str) -> str:
    """Return a VAT number of the language's country."""
    return _VAT_IDS[language](rng)


def random_iban(rng: Random, country: str) -> str:
    """Return an IBAN with right check digits (its bank code is invented)."""
    body = _ACCOUNTS[country](rng)
    return f"{country}{iban.calc_check_digits(country + '00' + body)}{body}"


def _british_vat(rng: Random) -> str:
    body = random_digits(rng, 7)
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), body, strict=True))
    return f"GB{body}{97 - total % 97:02}"


def _german_vat(rng: Random) -> str:
    body = random_digits(rng, 8)
    return f"DE{body}{mod_11_10.calc_check_digit(body)}"


def _french_vat(rng: Random) -> str:
    stem = random_digits(rng, 8)
    number = next(stem + str(last) for last in range(10) if siren.is_valid(stem + str(last)))
    return f"FR{(12 + 3 * (int(number) % 97)) % 97:02}{number}"


def _dutch_vat(rng: Random) -> str:
    while not bsn.is_valid(number := random_digits(rng, 9)):
        pass
    return f"NL{number}B01"


def _spanish_vat(rng: Random) -> str:
    body = f"B{random_digits(rng, 7)}"
    return f"ES{body}{cif.calc_check_digits(body)[0]}"


def _italian_vat(rng: Random) -> str:
    body = f"{random_digits(rng, 7)}{rng.randint(1, 100):03}"
    return f"IT{body}{luhn.calc_check_digit(body)}"


def _portuguese_vat(rng: Random) -> str:
    body = f"5{random_digits(rng, 7)}"
    return f"PT{body}{nif.calc_check_digit(body)}"


def _french_account(rng: Random) -> str:
    bank, branch, account = random_digits(rng, 5), random_digits(rng, 5), random_digits(rng, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    return f"{bank}{branch}{account}{key:02}"


def _spanish_account(rng: Random) -> str:
    bank, account = random_digits(rng, 8), random_digits(rng, 10)
    return f"{bank}{ccc.calc_check_digits(bank + '00' + account)}{account}"


def _portuguese_account(rng: Random) -> str:
    body = random_digits(rng, 19)
    return f"{body}{98 - int(body + '00') % 97:02}"


_VAT_IDS = {
    "en": _british_vat,
    "de": _german_vat,
    "fr": _french_vat,
    "nl": _dutch_vat,
    "es": _spanish_vat,
    "it": _italian_vat,
    "pt": _portuguese_vat,
}
_ACCOUNTS = {
    "DE": lambda rng: random_digits(rng, 18),
    "GB": lambda rng: f"HBKX{random_digits(rng, 14)}",
    "FR": _french_account,
    "NL": lambda rng: f"HBKX{random_digits(rng, 10)}",
    "ES": _spanish_account,
    "IT": lambda rng: f"X{random_digits(rng, 22)}",
    "PT": _portuguese_account,
}
