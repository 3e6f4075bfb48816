"""What is billed: random lines, with the arithmetic of quantity, price, discount and tax."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, partial
from pathlib import Path
from random import Random

from synthesis.chance import happens
from synthesis.goods import Ware, wares, wares_in
from synthesis.identifiers import random_digits
from synthesis.invoices.pen import Pen
from synthesis.invoices.words import spellings
from synthesis.record import Line

_WORTH = {"INR": 80, "MXN": 18, "CLP": 900, "COP": 4000, "HKD": 8, "BRL": 5}  # of the currency, for one euro
_COUNTS = (1, 2, 3, 4, 5, 6, 7, 9, 12, 16, 24, 40)
_COUNT_WEIGHTS = (18, 14, 14, 12, 10, 8, 7, 6, 4, 3, 2, 2)
_DAY = date(2025, 3, 1)  # some month that details mention
_TIMED = frozenset({"hour", "hrs", "h", "Std.", "heure", "uur", "hora", "ora", "小时", "工时"})
_MEASURED = frozenset({"m", "metre", "ml", "m²", "m³", "mq", "mc", "qm", "t", "米", "吨", "立方米"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHabits:
    """What one supplier's lines have in common."""

    has_discounts: bool
    has_details: bool
    has_groups: bool
    has_fees: bool
    has_credits: bool
    price_base: Decimal
    code_pattern: str
    is_gross: bool  # prices with tax, as shops print them


def random_habits(rng: Random, *, is_gross: bool) -> LineHabits:
    """Choose a supplier's habits."""
    return LineHabits(
        has_discounts=happens(rng, 0.16) and not is_gross,
        has_details=happens(rng, 0.3),
        has_groups=happens(rng, 0.12),
        has_fees=happens(rng, 0.2),
        has_credits=happens(rng, 0.06) and not is_gross,
        price_base=Decimal(100) if happens(rng, 0.05) and not is_gross else Decimal(1),
        code_pattern=rng.choice(
            ("LL-#####", "######", "L####", "##.###.##", "####-##-L", "LLL###", "#############")
        ),
        is_gross=is_gross,
    )


def random_lines(
    rng: Random, pen: Pen, habits: LineHabits, *, rates: tuple[Decimal, ...], sign: int
) -> tuple[Line, ...]:
    """Return the lines of an invoice; with `sign` -1 every quantity is negative."""
    count = rng.choices(_COUNTS, _COUNT_WEIGHTS)[0]
    found = _some_wares(rng, pen.language, count)
    lines = [_ware_line(rng, pen, habits, ware, rate=rng.choice(rates)) for ware in found]
    if habits.has_groups and count > 3:  # noqa: PLR2004 - two groups of two
        lines = _grouped(rng, lines, pen.language)
    words = spellings(pen.language)
    fee = partial(_fee, rng, pen, rate=rates[0], group=lines[-1].group, is_gross=habits.is_gross)
    if habits.has_fees and count > 1:
        lines.append(fee(rng.choice(words["charge_lines"])))
    if habits.has_credits and count > 2:  # noqa: PLR2004 - so that something is left to pay
        taken = -min(entry.net_amount for entry in lines) / 2
        lines.append(fee(rng.choice(words["credit_lines"]), price=taken))
    if sign < 0:
        lines = [_negative(entry) for entry in lines]
    return tuple(lines)


def taxed(amount: Decimal, percent: Decimal, places: int) -> Decimal:
    """Return the tax on a net amount."""
    return rounded(amount * percent / 100, places)


def rounded(amount: Decimal, places: int) -> Decimal:
    """Round as bookkeepers do."""
    return amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def worth(currency: str) -> int:
    """Return roughly how much of the currency a euro is."""
    return _WORTH.get(currency, 1)


@cache
def _all_wares(language: str) -> tuple[Ware, ...]:
    return wares(language) + wares_in(Path(__file__).with_name("goods.toml"), language)


def _some_wares(rng: Random, language: str, count: int) -> list[Ware]:
    """Return different wares as far as there are; after that the same in other makes."""
    found: list[Ware] = []
    while len(found) < count:
        once = list(_all_wares(language))
        rng.shuffle(once)
        if found:
            once = [
                replace(ware, name=f"{ware.name} {rng.choice('BCDEFGH')}{rng.randint(2, 9)}") for ware in once
            ]
        found += once
    return found[:count]


def _ware_line(rng: Random, pen: Pen, habits: LineHabits, ware: Ware, *, rate: Decimal) -> Line:
    scale = 1 if pen.language == "zh" and pen.currency == "CNY" else worth(pen.currency)
    price = ware.price * scale * rng.randint(67, 133) / 100
    places = pen.places
    base = habits.price_base if ware.price < 5 else Decimal(1)  # noqa: PLR2004 - small wares are sold by the hundred
    if places and ware.price < 1 and happens(rng, 0.4):
        places = rng.choice((3, 4))
    return _line(
        pen,
        habits,
        ware,
        quantity=_quantity(rng, ware) * base,
        price=max(rounded(price * base, places), Decimal(1).scaleb(-places)),
        rate=rate,
        base=base,
        discount=Decimal(rng.choice(("5", "10", "12.5", "15", "3")))
        if habits.has_discounts and happens(rng, 0.6)
        else None,
        code=_code(rng, habits.code_pattern),
        details=_details(rng, pen) if habits.has_details and happens(rng, 0.6) else (),
    )


def _line(
    pen: Pen,
    habits: LineHabits,
    ware: Ware,
    *,
    quantity: Decimal,
    price: Decimal,
    rate: Decimal,
    base: Decimal,
    discount: Decimal | None,
    code: str,
    details: tuple[str, ...],
) -> Line:
    amount = rounded(quantity * price / base * (100 - (discount or 0)) / 100, pen.places)
    net, tax = _split(amount, rate, pen.places, is_gross=habits.is_gross)
    return Line(
        description=ware.name,
        specification=ware.specification,
        product_code=code,
        quantity=quantity,
        unit=ware.unit,
        unit_price=price,
        price_base=base,
        discount=discount,
        net_amount=net,
        tax_rate=rate,
        tax_amount=tax,
        gross_amount=net + tax,
        details=details,
    )


def _fee(
    rng: Random,
    pen: Pen,
    name: str,
    *,
    rate: Decimal,
    group: str | None,
    is_gross: bool,
    price: Decimal | None = None,
) -> Line:
    amount = price if price is not None else Decimal(rng.randint(400, 9500)) / 100 * worth(pen.currency)
    amount = rounded(amount, pen.places)
    net, tax = _split(amount, rate, pen.places, is_gross=is_gross)
    return Line(
        description=name,
        quantity=Decimal(1),
        unit_price=amount,
        net_amount=net,
        tax_rate=rate,
        tax_amount=tax,
        gross_amount=net + tax,
        group=group,
    )


def _split(amount: Decimal, rate: Decimal, places: int, *, is_gross: bool) -> tuple[Decimal, Decimal]:
    """Return the net amount and the tax of an amount that is either net or gross."""
    if is_gross:
        tax = rounded(amount * rate / (100 + rate), places)
        return amount - tax, tax
    return amount, taxed(amount, rate, places)


def _negative(entry: Line) -> Line:
    return replace(
        entry,
        quantity=-entry.quantity,
        net_amount=-entry.net_amount,
        tax_amount=-(entry.tax_amount or Decimal(0)),
        gross_amount=-(entry.gross_amount or Decimal(0)),
    )


def _quantity(rng: Random, ware: Ware) -> Decimal:
    if ware.unit in _TIMED:
        return Decimal(rng.choice(("0.5", "1", "1.25", "2", "3.5", "4.75", "8", "12", "16.5")))
    if ware.unit in _MEASURED:
        return Decimal(rng.choice(("2.4", "5", "7.35", "12", "18.6", "25", "40", "63.25", "120")))
    if ware.price < 1:
        return Decimal(rng.choice((50, 100, 200, 250, 500, 1000, 2500)))
    return Decimal(rng.choice((1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 36, 60, 120)))


def _code(rng: Random, pattern: str) -> str:
    made = {"#": lambda: str(rng.randint(0, 9)), "L": lambda: rng.choice("ABCDEFGHKMNPRSTVWX")}
    first = pattern.replace("#", str(rng.randint(1, 9)), 1) if pattern[0] == "#" else pattern
    return "".join(made[mark]() if mark in made else mark for mark in first)


def _details(rng: Random, pen: Pen) -> tuple[str, ...]:
    found = rng.sample(spellings(pen.language)["details"], k=rng.choice((1, 1, 2)))
    day = rng.randrange(1, 27)
    return tuple(
        text.format(
            serial=random_digits(rng, rng.choice((6, 8))),
            **{"from": pen.day(_DAY.replace(day=day)), "to": pen.day(_DAY.replace(year=2026, day=day + 1))},
        )
        for text in found
    )


def _grouped(rng: Random, lines: list[Line], language: str) -> list[Line]:
    names = rng.sample(spellings(language)["groups"], k=2 if len(lines) < 8 else 3)  # noqa: PLR2004
    size = -(-len(lines) // len(names))
    return [replace(entry, group=names[index // size]) for index, entry in enumerate(lines)]
