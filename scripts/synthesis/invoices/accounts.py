"""Bank accounts as sellers print them: IBANs, and the domestic numbers of countries without."""

from collections.abc import Callable
from random import Random

from stdnum import iban

from synthesis.identifiers import random_digits, random_iban
from synthesis.parties import random_bic
from synthesis.record import Account

_WEIGHTS = (3, 7, 1)  # of the check digits of CLABE and ABA numbers


def random_account(rng: Random, country: str, bank: str) -> Account:
    """Return an account at the bank, with the number that a payer of the country needs."""
    if country == "CN":
        return Account(account=random_digits(rng, rng.choice((12, 16, 17, 19))), bank=bank)
    if country in _DOMESTIC:
        return Account(account=_DOMESTIC[country](rng), bank=bank, bic=random_bic(rng, country))
    number = _IBANS[country](rng) if country in _IBANS else random_iban(rng, country)
    return Account(account=number, bank=bank, bic=random_bic(rng, country))


def routing_number(rng: Random, country: str) -> tuple[str, str] | None:
    """Return what stands beside a domestic account, with its label: ("Sort code", "40-12-55")."""
    return _ROUTES[country](rng) if country in _ROUTES else None


def printed_account(account: str, *, is_grouped: bool) -> str:
    """Write an IBAN in groups of four, or as one word; anything else as it is."""
    if not (is_grouped and account[:2].isalpha() and account[2:4].isdigit()):
        return account
    return " ".join(account[start : start + 4] for start in range(0, len(account), 4))


def _with_check(country: str, body: str) -> str:
    return f"{country}{iban.calc_check_digits(country + '00' + body)}{body}"


def _belgian(rng: Random) -> str:
    body = rng.choice(("001", "068", "220", "320", "363")) + random_digits(rng, 7)
    return _with_check("BE", f"{body}{int(body) % 97 or 97:02}")


def _clabe(rng: Random) -> str:
    body = f"0{random_digits(rng, 16)}"
    total = sum(int(digit) * _WEIGHTS[index % 3] % 10 for index, digit in enumerate(body))
    return f"{body}{-total % 10}"


def _routing(rng: Random) -> str:
    body = f"0{random_digits(rng, 7)}"
    total = sum(int(digit) * _WEIGHTS[index % 3] for index, digit in enumerate(body))
    return f"{body}{-total % 10}"


_IBANS: dict[str, Callable[[Random], str]] = {
    "AT": lambda rng: _with_check("AT", random_digits(rng, 16)),
    "BE": _belgian,
    "CH": lambda rng: _with_check("CH", "0" + random_digits(rng, 16)),
    "IE": lambda rng: _with_check("IE", f"HBKX{random_digits(rng, 14)}"),
    "LU": lambda rng: _with_check("LU", random_digits(rng, 16)),
}
_DOMESTIC: dict[str, Callable[[Random], str]] = {
    "US": lambda rng: random_digits(rng, rng.choice((9, 10, 12))),
    "CA": lambda rng: random_digits(rng, 7),
    "AU": lambda rng: random_digits(rng, rng.choice((8, 9))),
    "NZ": lambda rng: f"{rng.randint(1, 38):02}-{random_digits(rng, 4)}-0{random_digits(rng, 6)}-00",
    "SG": lambda rng: f"{random_digits(rng, 3)}-{random_digits(rng, 6)}-{rng.randint(0, 9)}",
    "HK": lambda rng: f"{random_digits(rng, 3)}-{random_digits(rng, 6)}-{random_digits(rng, 3)}",
    "IN": lambda rng: random_digits(rng, rng.choice((11, 14, 16))),
    "MX": _clabe,
    "BR": lambda rng: f"{random_digits(rng, 5)}-{rng.randint(0, 9)}",
    "CL": lambda rng: random_digits(rng, 10),
    "CO": lambda rng: random_digits(rng, 11),
}
_ROUTES: dict[str, Callable[[Random], tuple[str, str]]] = {
    "GB": lambda rng: (
        "Sort code",
        f"{rng.randint(10, 99)}-{rng.randint(10, 99)}-{rng.randint(10, 99)}",
    ),
    "US": lambda rng: ("Routing No. (ABA)", _routing(rng)),
    "CA": lambda rng: ("Transit / Institution", f"{random_digits(rng, 5)}-{rng.randint(1, 889):03}"),
    "AU": lambda rng: ("BSB", f"{random_digits(rng, 3)}-{random_digits(rng, 3)}"),
    "SG": lambda rng: ("Bank / branch code", f"{rng.randint(7000, 7399)} / {random_digits(rng, 3)}"),
    "HK": lambda rng: ("Bank code", f"{rng.randint(3, 399):03}"),
    "IN": lambda rng: ("IFSC", f"HBKX0{random_digits(rng, 6)}"),
    "BR": lambda rng: ("Agência", f"{random_digits(rng, 4)}-{rng.randint(0, 9)}"),
}
