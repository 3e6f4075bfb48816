"""The countries that invoices come from: language, currency, taxes, and habits of writing."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from synthesis.notation import NumberStyle

_WHOLE_CURRENCIES = frozenset({"CLP", "COP"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """One tax on a base: its name as printed, and its rate in percent."""

    name: str
    rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """A country as one language writes it. `parts` are taxes that share a base, as CGST and SGST do."""

    key: str
    country: str  # ISO 3166-1 alpha-2
    language: str
    country_name: str
    currencies: tuple[str, ...]
    tax: tuple[str, ...]
    rates: tuple[Decimal, ...]  # the first is the usual one
    seller_tax_id: tuple[str, ...]
    numbers: tuple[str, ...]
    currency_forms: tuple[str, ...]
    dates: tuple[str, ...]
    weight: int = 1
    parts: tuple[Tax, ...] = ()
    parts_share: float = 0.0
    joint_tax: str = ""  # what the parts together are called
    register: tuple[str, ...] = ()
    withholding: Tax | None = None  # kept back by the buyer, on the net amount
    has_one_rate: bool = False
    is_on_letter_paper: bool = False
    needs_rupee: bool = False
    rounds_to_five: bool = False


def random_market(rng: Random, language: str) -> Market:
    """Return a country whose suppliers write in the language."""
    found = [market for market in markets().values() if market.language == language]
    return rng.choices(found, [market.weight for market in found])[0]


@cache
def markets() -> Mapping[str, Market]:
    """Return all countries by their key in `markets.toml`."""
    written = tomllib.loads(Path(__file__).with_name("markets.toml").read_text(encoding="utf-8"))
    return {key: _market(key, entry) for key, entry in written.items()}


def number_style(sample: str) -> NumberStyle:
    """Return the style in which the sample writes a thousand-odd with two places."""
    if sample.count(",") == 2:  # noqa: PLR2004 - 1,23,456.00
        return NumberStyle(is_indian=True)
    has_group = sample[1] != "2"
    return NumberStyle(decimal_mark=sample[-3], group_mark=sample[1] if has_group else "")


def places_of(currency: str) -> int:
    """Return how many decimals the currency's amounts have in print."""
    return 0 if currency in _WHOLE_CURRENCIES else 2


def _market(key: str, entry: Mapping[str, Any]) -> Market:
    withholding = entry.get("withholding")
    return Market(
        key=key,
        country=entry.get("country", key),
        language=entry["language"],
        country_name=entry["country_name"],
        currencies=tuple(entry["currencies"]),
        tax=tuple(entry["tax"]),
        rates=tuple(map(Decimal, entry["rates"])),
        seller_tax_id=tuple(entry["seller_tax_id"]),
        numbers=tuple(entry["numbers"]),
        currency_forms=tuple(entry["currency_forms"]),
        dates=tuple(entry["dates"]),
        weight=entry["weight"],
        parts=tuple(Tax(name=name, rate=Decimal(rate)) for name, rate in entry.get("parts", ())),
        parts_share=entry.get("parts_share", 0.0),
        joint_tax=entry.get("joint_tax", ""),
        register=tuple(entry.get("register", ())),
        withholding=Tax(name=withholding[0], rate=Decimal(withholding[1])) if withholding else None,
        has_one_rate=entry.get("one_rate", False),
        is_on_letter_paper=entry.get("paper") == "letter",
        needs_rupee=entry.get("needs_rupee", False),
        rounds_to_five=entry.get("rounds_to_five", False),
    )
