"""Invented wares: what is sold, in which unit, for about how much."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Ware:
    """One thing to sell. `category` is the tax category that a fapiao prints before the name."""

    name: str
    specification: str | None
    unit: str
    price: Decimal
    category: str | None = None


@cache
def wares(language: str) -> tuple[Ware, ...]:
    """Return everything that is sold in the language."""
    return wares_in(Path(__file__).with_name("goods.toml"), language)


def wares_in(path: Path, language: str) -> tuple[Ware, ...]:
    """Return what a file of wares lists for the language."""
    return tuple(map(_ware, tomllib.loads(path.read_text(encoding="utf-8"))[language]))


def random_price(rng: Random, ware: Ware) -> Decimal:
    """Return a price within a third of the usual one, to the cent."""
    return (ware.price * rng.randint(67, 133) / 100).quantize(Decimal("0.01"))


def _ware(row: str) -> Ware:
    name, specification, unit, price, *category = row.split("|")
    return Ware(
        name=name,
        specification=specification or None,
        unit=unit,
        price=Decimal(price.replace(",", ".")),
        category=category[0] if category else None,
    )
