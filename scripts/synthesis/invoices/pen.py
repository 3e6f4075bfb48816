"""How one invoice writes numbers, money, rates and dates: chosen before anything is written."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random

from synthesis.chance import happens
from synthesis.invoices.markets import Market, number_style, places_of
from synthesis.notation import NumberStyle, money, number, rate, written_date

_GAPPED = frozenset({"de", "fr", "es"})  # "19 %", not "19%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes values as one supplier's program does."""

    language: str
    currency: str
    in_totals: NumberStyle
    in_cells: NumberStyle
    date_pattern: str
    rate_gap: str = ""
    has_full_rates: bool = False  # "19,00 %"

    @property
    def places(self) -> int:
        """Return the decimals of an amount."""
        return places_of(self.currency)

    def total(self, amount: Decimal) -> str:
        """Write an amount of the totals, with its currency where the style has one."""
        return money(amount, self.in_totals, self.currency, places=self.places)

    def bare(self, amount: Decimal) -> str:
        """Write an amount without its currency."""
        return number(amount, self.in_totals, places=self.places)

    def cell(self, amount: Decimal) -> str:
        """Write the amount of a line."""
        return money(amount, self.in_cells, self.currency, places=self.places)

    def price(self, amount: Decimal) -> str:
        """Write a price, with all the decimals that it has."""
        exponent = amount.normalize().as_tuple().exponent
        places = max(self.places, -exponent if isinstance(exponent, int) else 0)
        return money(amount, self.in_cells, self.currency, places=places)

    def count(self, quantity: Decimal, *, places: int | None) -> str:
        """Write a quantity; `places` None keeps those it has."""
        return number(quantity, self.in_totals, places=places)

    def rate(self, percent: Decimal) -> str:
        """Write a rate with its sign."""
        if self.has_full_rates and percent == percent.quantize(Decimal("0.01")):
            return f"{number(percent, self.in_totals)}{self.rate_gap}%"
        return rate(percent, self.in_totals, gap=self.rate_gap)

    def day(self, day: date) -> str:
        """Write a date."""
        return written_date(day, self.date_pattern, language=self.language)


def random_pen(rng: Random, market: Market) -> Pen:
    """Choose notations that are usual in the market."""
    form = rng.choice(market.currency_forms)
    minus = rng.choices(("before", "after", "brackets", "typographic"), (70, 12, 10, 8))[0]
    style = replace(number_style(rng.choice(market.numbers)), currency=form, minus=minus)
    gap = (
        rng.choice((" ", " ", "\u00a0", "")) if market.language in _GAPPED else rng.choice(("", "", "", " "))
    )
    return Pen(
        language=market.language,
        currency=rng.choice(market.currencies),
        in_totals=style,
        in_cells=style if happens(rng, 0.3) else replace(style, currency="none"),
        date_pattern=rng.choice(market.dates),
        rate_gap=gap,
        has_full_rates=happens(rng, 0.15),
    )
