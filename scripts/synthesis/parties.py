"""Invented companies: names that no register has, tax ids and accounts with valid check digits."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from stdnum.cn import uscc

from synthesis.identifiers import random_digits, random_iban, vat_id
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


COUNTRY_OF = {
    "en": "GB",
    "de": "DE",
    "fr": "FR",
    "zh": "CN",
    "nl": "NL",
    "es": "ES",
    "it": "IT",
    "pt": "PT",
}
_NUMBER_FIRST = frozenset({"en", "fr"})
_DIALLING = {"en": 44, "de": 49, "fr": 33, "nl": 31, "es": 34, "it": 39, "pt": 351}
_MAILBOX = {"en": "accounts", "de": "rechnung", "fr": "compta"}  # "info" elsewhere


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
        postcode, town = city.rsplit(" ", 1)
        line = f"{number} {street}" if language in _NUMBER_FIRST else f"{street} {number}"
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
        email=f"{_MAILBOX.get(language, 'info')}@{host}.example",
    )


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


def random_bic(rng: Random, country: str) -> str:
    """Return a BIC of eight or eleven characters."""
    letters = "".join(rng.choice("ABCDEFGHKLMNPRSTVWXZ") for _ in range(4))
    return f"{letters}{country}{rng.choice('2M')}{rng.choice('ABCX')}{rng.choice(('', 'XXX'))}"
