"""What rounding can do to the figures of an invoice that is right."""

from decimal import Decimal

from extractor.validation.figures import CENT, half_last_digit

_PERCENT = Decimal(100)
_LARGEST_DISCOUNT = Decimal(75)  # percent; more is no usual discount
_DISCOUNT_STEP = Decimal("0.5")  # percent; agreed discounts are round figures
_PLACES_OF_A_ROUNDED_QUANTITY = 2  # 0.33 h stands for a third, 13.5 h for itself
_COIN = Decimal("0.05")  # the smallest coin where cash totals are rounded
_MONEY_PLACES = 2
_MOST_PLACES_SHOWN = 4


def line_rounding(quantity: Decimal, unit_price: Decimal, net: Decimal) -> Decimal:
    """Return what rounding can make of a line: its amount, its price and its quantity."""
    rounding = max(CENT, half_last_digit(net))
    rounding += abs(quantity) * half_last_digit(unit_price) if _has_places(unit_price, 1) else Decimal(0)
    if _has_places(quantity, _PLACES_OF_A_ROUNDED_QUANTITY):
        rounding += abs(unit_price) * half_last_digit(quantity)
    return rounding


def is_round_discount(full: Decimal, billed: Decimal) -> bool:
    """Say whether `billed` is `full` less a round percentage, to the cent."""
    if full <= 0 or not 0 < billed < full:
        return False
    percent = (full - billed) / full * _PERCENT
    step = (percent / _DISCOUNT_STEP).to_integral_value() * _DISCOUNT_STEP
    if not 0 < step <= _LARGEST_DISCOUNT:
        return False
    return abs(full * (1 - step / _PERCENT) - billed) <= CENT


def is_rounded_to_coins(exact: Decimal, rounded: Decimal) -> bool:
    """Say whether `rounded` is `exact` to the next coin of 0.05, or to a whole unit."""
    if rounded % _COIN == 0 and abs(exact - rounded) <= _COIN / 2:
        return True
    return rounded % 1 == 0 and exact % 1 != 0 and abs(exact - rounded) <= Decimal("0.5")


def plain(number: Decimal | None) -> str:
    """Write a number for a message: two places at least, no exponent."""
    if number is None:
        return "nothing"
    trimmed = number.normalize()
    exponent = trimmed.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return f"{trimmed:.{min(max(places, _MONEY_PLACES), _MOST_PLACES_SHOWN)}f}"


def _has_places(number: Decimal, places: int) -> bool:
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent <= -places
