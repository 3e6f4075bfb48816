"""Invented companies: names that no register has, tax ids and accounts with valid check digits."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from stdnum import iban
from stdnum.cn import uscc
from stdnum.fr import siren
from stdnum.iso7064 import mod_11_10

from synthesis.record import Account, Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a deal."""

    name: str
    tax_id: str
    address: Address
    account: Account
    phone: str = ""
    email: str = ""


COUNTRY_OF = {"en": "GB", "de": "DE", "fr": "FR", "zh": "CN"}
_DIALLING = {"en": 44, "de": 49, "fr": 33}
_MAILBOX = {"en": "accounts", "de": "rechnung", "fr": "compta"}


@cache
def _words(language: str) -> dict[str, list[str]]:
    written = tomllib.loads(Path(__file__).with_name("parties.toml").read_text(encoding="utf-8"))
    words: dict[str, list[str]] = written[language]
    return words


def random_party(rng: Random, language: str) -> Party:
    """Return a company of the language's country."""
    parts = ("first", "second", "form", "street", "city", "bank")
    first, second, form, street, city, bank = (rng.choice(_words(language)[part]) for part in parts)
    if language == "zh":
        place, region, _province = city.split()
        name = f"{place[:-1]}{first}{second}{form}"
        address = Address(
            lines=(f"{place}{rng.choice('东西南北')}区{street}{rng.randint(1, 399)}号",),
        )
        branch = f"{bank}{place[:-1]}{rng.choice('东南西北新')}{rng.choice('城湖江山')}支行"
        account = Account(account=random_digits(rng, rng.choice((12, 16, 17, 19))), bank=branch)
        phone = f"0{rng.randint(21, 29)}-{rng.randint(20_000_000, 89_999_999)}"
        return Party(
            name=name,
            tax_id=chinese_tax_id(rng, region=region),
            address=address,
            account=account,
            phone=phone,
        )
    number = rng.randint(1, 140)
    if language == "en":
        town, _, postcode = city.partition(" ")
        address = Address(lines=(f"{number} {street}",), postcode=postcode, city=town, country="GB")
    else:
        postcode, _, town = city.partition(" ")
        line = f"{number} {street}" if language == "fr" else f"{street} {number}"
        address = Address(lines=(line,), postcode=postcode, city=town, country=COUNTRY_OF[language])
    host = "".join(letter for letter in first.casefold() if letter.isascii() and letter.isalpha())
    return Party(
        name=f"{first} {second} {form}",
        tax_id=vat_id(rng, language),
        address=address,
        account=Account(
            account=random_iban(rng, COUNTRY_OF[language]),
            bank=bank,
            bic=random_bic(rng, COUNTRY_OF[language]),
        ),
        phone=f"+{_DIALLING[language]} {rng.randint(20, 999)} {rng.randint(100_000, 9_999_999)}",
        email=f"{_MAILBOX[language]}@{host}.example",
    )


def random_digits(rng: Random, count: int) -> str:
    """Return `count` digits, the first not 0."""
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(count - 1))


def chinese_tax_id(rng: Random, *, region: str = "320100") -> str:
    """Return a unified social credit code of 18 characters."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    body = "MA" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(6))
    rest = (
        11
        - sum(weight * alphabet.index(character) for weight, character in zip(weights, body, strict=True))
        % 11
    )
    first = f"91{region}{body}{'0' if rest == 11 else 'X' if rest == 10 else rest}"  # noqa: PLR2004 - of the standard
    return first + str(uscc.calc_check_digit(first))


def vat_id(rng: Random, language: str) -> str:
    """Return a VAT number of the language's country."""
    if language == "de":
        body = random_digits(rng, 8)
        return f"DE{body}{mod_11_10.calc_check_digit(body)}"
    if language == "fr":
        stem = random_digits(rng, 8)
        number = next(stem + str(last) for last in range(10) if siren.is_valid(stem + str(last)))
        return f"FR{_french_key(number)}{number}"
    body = random_digits(rng, 7)
    total = sum(weight * int(digit) for weight, digit in zip(range(8, 1, -1), body, strict=True))
    return f"GB{body}{97 - total % 97:02}"


def _french_key(number: str) -> str:
    return f"{(12 + 3 * (int(number) % 97)) % 97:02}"


def random_iban(rng: Random, country: str) -> str:
    """Return an IBAN with right check digits (its bank code is invented)."""
    bodies = {
        "DE": lambda: random_digits(rng, 18),
        "GB": lambda: "HBKX" + random_digits(rng, 14),
        "FR": lambda: _french_account(rng),
    }
    body = bodies[country]()
    return f"{country}{iban.calc_check_digits(country + '00' + body)}{body}"


def _french_account(rng: Random) -> str:
    bank, branch, account = random_digits(rng, 5), random_digits(rng, 5), random_digits(rng, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    return f"{bank}{branch}{account}{key:02}"


def random_bic(rng: Random, country: str) -> str:
    """Return a BIC of eight or eleven characters."""
    letters = "".join(rng.choice("ABCDEFGHKLMNPRSTVWXZ") for _ in range(4))
    return f"{letters}{country}{rng.choice('2M')}{rng.choice('ABCX')}{rng.choice(('', 'XXX'))}"
