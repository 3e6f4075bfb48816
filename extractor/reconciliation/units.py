"""What units of quantity have to do with each other."""

from decimal import Decimal

from extractor.values.units import canonical_unit

# (large, small): how many small ones make a large one
_CONVERSIONS = {
    ("tonne", "kilogram"): Decimal(1000),
    ("kilogram", "gram"): Decimal(1000),
    ("kilometre", "metre"): Decimal(1000),
    ("metre", "centimetre"): Decimal(100),
    ("metre", "millimetre"): Decimal(1000),
    ("cubic metre", "litre"): Decimal(1000),
    ("dozen", "piece"): Decimal(12),
    ("thousand", "piece"): Decimal(1000),
    ("hour", "minute"): Decimal(60),
    ("year", "month"): Decimal(12),
    ("quarter", "month"): Decimal(3),
    ("year", "quarter"): Decimal(4),
}


def factor_between(*, billed: str | None, agreed: str | None) -> Decimal | None:
    """Return how many agreed units a billed one is; None where nothing connects them.

    1 where they are the same, or where one is not printed. Hours and days are not
    connected: each contract says for itself how long a day is.
    """
    if not billed or not agreed:
        return Decimal(1)
    mine, theirs = canonical_unit(billed), canonical_unit(agreed)
    if mine == theirs:
        return Decimal(1)
    if (mine, theirs) in _CONVERSIONS:
        return _CONVERSIONS[mine, theirs]
    if (theirs, mine) in _CONVERSIONS:
        return 1 / _CONVERSIONS[theirs, mine]
    return None
