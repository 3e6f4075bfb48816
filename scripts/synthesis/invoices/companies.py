"""Invented companies, persons and bodies of a market, with ids and accounts whose check digits are right."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Literal

from synthesis.chance import happens
from synthesis.identifiers import random_digits
from synthesis.invoices.accounts import random_account, routing_number
from synthesis.invoices.markets import Market
from synthesis.invoices.tax_numbers import register_number, tax_number
from synthesis.record import Account

_NUMBER = re.compile(r"(?<![A-Za-z])N(?![A-Za-z.])")  # where the house number goes


Kind = Literal["firm", "bare", "person", "body"]  # bare: a firm that is written without its legal form


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """One side of a deal. `address` holds the lines as they are printed under the name."""

    name: str
    trade_name: str  # what the logo says
    address: tuple[str, ...]
    town: str
    country_name: str
    tax_id: str
    register: str | None
    account: Account
    routing: tuple[str, str] | None  # label and number beside a domestic account
    other_account: Account
    phone: str
    fax: str
    email: str
    web: str


def random_company(rng: Random, market: Market, *, kind: Kind = "firm") -> Company:
    """Return a company, a person or a public body that sits in the market."""
    words, local = _table()["words"][market.language], _table()[market.key]
    first, second = rng.choice(words["first"]), rng.choice(words["second"])
    place, _, town = rng.choice(local["place"]).partition("|")
    street = _NUMBER.sub(str(rng.randint(1, 98)), rng.choice(local["street"]))
    is_chinese = market.language == "zh"
    if kind == "person":
        first, second = rng.choice(words["given"]), rng.choice(words["family"])
    name = _name(rng, kind, first, second, town, is_chinese=is_chinese, market=market)
    host = _host(first) if not is_chinese else "".join(rng.choice("abcdefghklmnorstuy") for _ in range(6))
    banks = rng.sample(local["bank"], k=min(2, len(local["bank"])))
    account = random_account(rng, market.country, _branch(rng, banks[0], town, is_chinese=is_chinese))
    return Company(
        name=name,
        trade_name=_trade_name(rng, first, second),
        address=(f"{place}{street}",) if is_chinese else _address(rng, market, street, place),
        town=town,
        country_name=market.country_name,
        tax_id=tax_number(rng, market.country, language=market.language),
        register=register_number(rng, market.country),
        account=account,
        routing=routing_number(rng, market.country),
        other_account=random_account(rng, market.country, banks[-1]),
        phone=_phone(rng, local["dialling"]),
        fax=_phone(rng, local["dialling"]),
        email=f"{rng.choice(('info', 'office', 'accounts', 'mail'))}@{host}.example",
        web=f"www.{host}.example",
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("companies.toml").read_text(encoding="utf-8"))


def _name(
    rng: Random, kind: Kind, first: str, second: str, town: str, *, is_chinese: bool, market: Market
) -> str:
    if kind == "body":
        body: str = rng.choice(_table()["words"][market.language]["bodies"])
        return body.format(town=town)
    if kind == "person":
        return f"{first}{second}" if is_chinese else f"{first} {second}"
    form = "" if kind == "bare" else rng.choice(_table()[market.key]["form"])
    return f"{town}{first}{second}{form}" if is_chinese else f"{first} {second} {form}".rstrip()


def _trade_name(rng: Random, first: str, second: str) -> str:
    short = first.rsplit(" ", maxsplit=1)[-1]
    forms = (
        first,
        first.upper(),
        f"{short} {second}",
        short.casefold(),
        f"{first}+",
        f"{short[0]}{second[0]}",
    )
    return rng.choice(forms)


def _address(rng: Random, market: Market, street: str, place: str) -> tuple[str, ...]:
    if market.country in {"GB", "HK"} and happens(rng, 0.4):  # town and postcode on lines of their own
        return (street, *place.split(", "))
    return (street, place)


def _branch(rng: Random, bank: str, town: str, *, is_chinese: bool) -> str:
    return f"{bank}{town}{rng.choice('东南西北')}{rng.choice('城湖江山')}支行" if is_chinese else bank


def _host(name: str) -> str:
    letters = "".join(letter for letter in name.casefold() if letter.isascii() and letter.isalpha())
    return letters or "office"


def _phone(rng: Random, dialling: str) -> str:
    area, rest = str(rng.randint(20, 999)), random_digits(rng, rng.choice((6, 7)))
    if dialling == "+86":
        return f"0{rng.randint(21, 29)}-{random_digits(rng, 8)}"
    forms = (
        f"{dialling} {area} {rest}",
        f"{dialling} ({area}) {rest[:3]}-{rest[3:]}",
        f"0{area} / {rest[:3]} {rest[3:]}",
        f"0{area}-{rest}",
        f"{dialling}.{area}.{rest}",
    )
    return rng.choice(forms)
