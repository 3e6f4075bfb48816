"""The words of varied invoices: every label in one chosen spelling, every sentence drawn at random."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeAlias

from synthesis.chance import happens
from synthesis.invoices.markets import Market
from synthesis.wording import LABELS

Wording: TypeAlias = Mapping[str, str]


@cache
def spellings(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return every spelling of every label and sentence of the language."""
    path = Path(__file__).parent / "wording" / f"{language}.toml"
    more = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        **LABELS[language],
        **{name: (found,) if isinstance(found, str) else tuple(found) for name, found in more.items()},
    }


def random_wording(rng: Random, market: Market, *, tax: str) -> Wording:
    """Choose one spelling of each label, with the tax by its name; labels of one place never coincide."""
    chosen: dict[str, str] = {}
    for name, found in spellings(market.language).items():
        written = [text.replace("{tax}", tax) for text in found]
        taken = {chosen[other] for other in _DISTINCT.get(name, ()) if other in chosen}
        free = [text for text in written if text not in taken]
        if free:
            chosen[name] = rng.choice(free)
    chosen["seller_tax_id"] = rng.choice(market.seller_tax_id)
    if market.key not in _WITH_OWN_LABEL or happens(rng, 0.4):
        chosen["buyer_tax_id"] = chosen["seller_tax_id"].rstrip(":")
    return chosen


_WITH_OWN_LABEL = frozenset({"GB", "IE", "DE", "FR", "NL", "ES", "IT", "PT", "CN"})  # for the buyer's tax id
_DISTINCT = {
    "amount_due": ("gross_total", "untaxed_total", "net_total"),
    "untaxed_total": ("net_total", "net_amount"),
    "gross_total": ("net_total", "net_amount", "line_gross"),
    "line_gross": ("net_amount",),
    "net_total": ("net_amount",),
    "base": ("net_total",),
    "tax_total": ("tax_rate",),
    "tax_amount": ("tax_rate", "tax_total"),
    "goods_total": ("net_total", "gross_total"),
    "due_date": ("issue_date",),
    "prepaid": ("amount_due",),
    "your_reference": ("our_reference",),
    "quotation": ("purchase_order_number",),
}
