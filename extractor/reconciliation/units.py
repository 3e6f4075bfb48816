"""What units of quantity have to do with each other."""

from decimal import Decimal
from itertools import product

from extractor.values.measures import measures_of

_MEASURES: tuple[dict[str, Decimal], ...] = (  # of each kind, how many of the smallest a unit is
    {"gram": Decimal(1), "kilogram": Decimal(1000), "tonne": Decimal(1_000_000)},
    {
        "millimetre": Decimal(1),
        "centimetre": Decimal(10),
        "metre": Decimal(1000),
        "kilometre": Decimal(1_000_000),
    },
    {"millilitre": Decimal(1), "litre": Decimal(1000), "cubic metre": Decimal(1_000_000)},
    {"square metre": Decimal(1), "hectare": Decimal(10_000)},
    {
        "piece": Decimal(1),
        "dozen": Decimal(12),
        "hundred": Decimal(100),
        "thousand": Decimal(1000),
        "ten thousand": Decimal(10_000),
    },
    {"minute": Decimal(1), "hour": Decimal(60)},
    {"month": Decimal(1), "quarter": Decimal(3), "year": Decimal(12)},
    {"kilowatt hour": Decimal(1), "megawatt hour": Decimal(1000)},
)
_HOUR, _DAY = "hour", "day"


def factor_between(
    *, billed: str | None, agreed: str | None, hours_per_day: Decimal | None = None
) -> Decimal | None:
    """Return how many agreed units a billed one is; None where nothing connects them.

    1 where they are the same, or where one is not printed. Hours and days are connected
    by `hours_per_day` only: each contract says for itself how long a day is.
    """
    if not billed or not agreed:
        return Decimal(1)
    for mine, theirs in product(measures_of(billed), measures_of(agreed)):
        factor = _between(mine.unit, theirs.unit, hours_per_day)
        if factor is not None:
            return factor * mine.count / theirs.count
    return None


def are_same_unit(one: str | None, other: str | None) -> bool:
    """Say whether both units are printed and are one, whatever their spelling."""
    return bool(one and other) and factor_between(billed=one, agreed=other) == 1


def units_in_one(unit: str | None, *, hours_per_day: Decimal | None = None) -> frozenset[Decimal]:
    """Return of how many smaller ones a unit may be made: 1000 for a tonne, 100 and 1000 for a metre."""
    counts: set[Decimal] = set()
    for mine in measures_of(unit or ""):
        for measure in _MEASURES:
            if mine.unit in measure:
                counts |= {measure[mine.unit] / each for each in measure.values()}
        if mine.unit == _DAY and hours_per_day:
            counts.add(hours_per_day)
    return frozenset(count for count in counts if count > 1)


def _between(mine: str, theirs: str, hours_per_day: Decimal | None) -> Decimal | None:
    if mine == theirs:
        return Decimal(1)
    for measure in _MEASURES:
        if mine in measure and theirs in measure:
            return measure[mine] / measure[theirs]
    if hours_per_day and _DAY in (mine, theirs):
        if mine == _DAY:
            part = _between(_HOUR, theirs, None)
            return None if part is None else hours_per_day * part
        part = _between(mine, _HOUR, None)
        return None if part is None else part / hours_per_day
    return None
