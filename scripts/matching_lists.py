"""A long price list and an invoice that bills all of it in words of its own, for the benchmark."""

from decimal import Decimal
from itertools import product

from synthesis.chance import seeded

from extractor.extraction.extraction import Group, State
from extractor.reconciliation.agreement import AgreedPrice
from extractor.reconciliation.bill import BilledLine
from extractor.reconciliation.check import Side
from extractor.reconciliation.wording import LineKind

_NAMES = ("Hose clip", "Cable gland", "Ball valve", "Pipe bracket", "Wall anchor", "Relay socket",
          "Kabelverschraubung", "Schlauchschelle", "不锈钢球阀", "热镀锌角钢")  # fmt: skip
_MAKES = ("zinc plated", "stainless", "brass", "PVC grey", "heavy duty")
_SIZES = ("12 mm", "16 mm", "20 mm", "25 mm", "32 mm", "40 mm", "50 mm", "63 mm", "75 mm", "90 mm")
_UNITS = (("pc", "Stk."), ("box", "Boxes"), ("m", "metre"), ("h", "Std."))


def price_list(count: int) -> tuple[AgreedPrice, ...]:
    """Return so many rows, at most 500, each of them alike to many."""
    rows = list(product(_NAMES, _MAKES, _SIZES))[:count]
    return tuple(
        AgreedPrice(
            index=index,
            description=f"{name}, {make}",
            specification=size,
            unit=_UNITS[index % len(_UNITS)][0],
            price=(price := Decimal(100 + 37 * index) / 100),
            quantity=None,
            tax_rate=None,
            is_tax_included=False,
            price_side=Side(value=price),
            quantity_side=Side(value=None),
        )
        for index, (name, make, size) in enumerate(rows)
    )


def lines_of(prices: tuple[AgreedPrice, ...]) -> tuple[BilledLine, ...]:
    """Return a line a row, in another order and other words: size in front, make behind, other units."""
    shuffled = list(prices)
    seeded("matching").shuffle(shuffled)
    return tuple(
        BilledLine(
            index=price.index,  # so that whoever looks can tell which row a line is
            kind=LineKind.GOODS,
            description=f"{name} {price.specification} {make}",
            specification="",
            code="",
            unit=_UNITS[price.index % len(_UNITS)][1],
            quantity=Decimal(1),
            unit_price=price.price,
            net=price.price,
            tax_rate=None,
            cells=Group(members={}, state=State.FOUND),
        )
        for price in shuffled
        for name, _, make in [price.description.partition(", ")]
    )
