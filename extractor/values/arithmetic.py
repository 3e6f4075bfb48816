"""The identities that an invoice's amounts obey. Pure functions on Decimal, never rounded twice.

The rules are those of EN 16931 where it has one; their names stand in the docstrings.
Two amounts agree if they differ by at most `within`, the bound included.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

CENT: Final = Decimal("0.01")
_HUNDRED: Final = Decimal(100)


def agrees(one: Decimal, other: Decimal, *, within: Decimal = CENT) -> bool:
    """Say whether two amounts differ by at most `within`, the bound included."""
    return abs(one - other) <= within


def rounded(amount: Decimal, *, places: int = 2) -> Decimal:
    """Return the amount with `places` decimals, halves away from zero."""
    return amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def rounding_bound(lines: int) -> Decimal:
    """Return how far a sum of so many rounded amounts may be off: 0.01 each, at least 0.01."""
    return CENT * max(1, lines)


def line_net(
    quantity: Decimal,
    unit_price: Decimal,
    *,
    discount: Decimal = Decimal(0),
    discount_percent: Decimal = Decimal(0),
    charge: Decimal = Decimal(0),
    price_base: Decimal = Decimal(1),
) -> Decimal:
    """Return what a line costs without tax, unrounded (the rule behind BT-131).

    `unit_price` is for `price_base` units (BT-149), which must not be 0.
    """
    gross = quantity * unit_price / price_base
    return gross - discounted(gross, discount_percent) - discount + charge


def discounted(amount: Decimal, percent: Decimal) -> Decimal:
    """Return the discount of so many percent, unrounded."""
    return amount * percent / _HUNDRED


def tax_on(base: Decimal, rate: Decimal) -> Decimal:
    """Return the tax on a net amount at a rate in percent, rounded to 0.01 (BR-CO-17)."""
    return rounded(base * rate / _HUNDRED)


def net_of(gross: Decimal, rate: Decimal) -> Decimal | None:
    """Return the net amount inside a gross one, rounded to 0.01; None for a rate of -100."""
    divisor = 1 + rate / _HUNDRED
    return rounded(gross / divisor) if divisor else None


def gross_of(net: Decimal, rate: Decimal) -> Decimal:
    """Return net and tax at a rate in percent, rounded to 0.01."""
    return rounded(net + net * rate / _HUNDRED)


def rate_of(net: Decimal, tax: Decimal) -> Decimal | None:
    """Return the rate in percent, to 0.01, that makes this tax on this net amount."""
    return rounded(tax / net * _HUNDRED) if net else None


def line_agrees(quantity: Decimal, unit_price: Decimal, net: Decimal, *, within: Decimal = CENT) -> bool:
    """Say whether quantity × price is the line's net amount."""
    return agrees(rounded(quantity * unit_price), net, within=within)


def tax_agrees(base: Decimal, rate: Decimal, tax: Decimal, *, within: Decimal = CENT) -> bool:
    """Say whether the tax is the rate of the base (BR-CO-17)."""
    return agrees(tax_on(base, rate), tax, within=within)


def lines_agree(line_nets: Iterable[Decimal], total: Decimal) -> bool:
    """Say whether the lines add up to their total, within 0.01 a line (BR-CO-10)."""
    return _add_up(tuple(line_nets), total)


def net_agrees(
    lines_total: Decimal,
    net: Decimal,
    *,
    allowances: Decimal = Decimal(0),
    charges: Decimal = Decimal(0),
    within: Decimal = CENT,
) -> bool:
    """Say whether lines less allowances plus charges are the net amount (BR-CO-13)."""
    return agrees(lines_total - allowances + charges, net, within=within)


def taxes_agree(taxes: Iterable[Decimal], total: Decimal) -> bool:
    """Say whether the taxes of all rates add up to the tax amount (BR-CO-14)."""
    return _add_up(tuple(taxes), total)


def gross_agrees(net: Decimal, tax: Decimal, gross: Decimal, *, within: Decimal = CENT) -> bool:
    """Say whether net and tax make the gross amount (BR-CO-15)."""
    return agrees(net + tax, gross, within=within)


def due_agrees(
    gross: Decimal,
    due: Decimal,
    *,
    prepaid: Decimal = Decimal(0),
    rounding: Decimal = Decimal(0),
    within: Decimal = CENT,
) -> bool:
    """Say whether gross less what is prepaid, plus rounding, is due (BR-CO-16)."""
    return agrees(gross - prepaid + rounding, due, within=within)


def _add_up(parts: tuple[Decimal, ...], total: Decimal) -> bool:
    return agrees(sum(parts, Decimal(0)), total, within=rounding_bound(len(parts)))
