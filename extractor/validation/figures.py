"""The figures of one invoice as numbers, and how exactly they are printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from extractor.extraction.extraction import Extraction, Group, Leaf

CENT = Decimal("0.01")
_MOST_TAX = Decimal("0.5")  # of an amount; more is another column of the table
_MOST = Decimal(10) ** 15  # a larger figure is a misread one, not money


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFigures:
    """One line. `index` counts from 0 in the order printed; what is not printed is None."""

    index: int
    wording: str  # description and specification, as printed
    quantity: Decimal | None
    unit_price: Decimal | None
    net: Decimal | None
    tax_rate: Decimal | None
    tax: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxFigures:
    """One row of the tax breakdown. `rate` is in percent."""

    rate: Decimal | None
    base: Decimal | None
    tax: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that the sums of an invoice are made of."""

    net: Decimal | None
    tax: Decimal | None
    gross: Decimal | None
    due: Decimal | None
    lines: tuple[LineFigures, ...]
    breakdown: tuple[TaxFigures, ...]

    def lines_sum(self) -> Decimal | None:
        """Return the sum of the lines' net amounts; None unless every line has one."""
        amounts = [line.net for line in self.lines]
        return _sum_if_complete(amounts)

    def line_tax_sum(self) -> Decimal | None:
        """Return the sum of the lines' tax; None unless every line has it, and it can be tax."""
        can_be_tax = all(
            line.net is None or line.tax is None or abs(line.tax) <= abs(line.net) * _MOST_TAX
            for line in self.lines
        )
        total = _sum_if_complete([line.tax for line in self.lines])
        return total if can_be_tax and total not in (self.net, self.gross) else None

    def breakdown_tax_sum(self) -> Decimal | None:
        """Return the sum of the breakdown's tax; None where the breakdown cannot be relied on."""
        return _sum_if_complete([row.tax for row in self.reliable_breakdown()])

    def reliable_breakdown(self) -> tuple[TaxFigures, ...]:
        """Return the breakdown's rows if their bases make up the net amount, else none.

        A percentage with an amount beside it may be much else: a discount, a deposit.
        """
        based = tuple(row for row in self.breakdown if row.base is not None)
        total = sum((row.base for row in based if row.base is not None), Decimal(0))
        slack = CENT * max(1, len(based))
        whole = (self.net, self.gross)  # bases are printed with tax in places
        is_whole = any(amount is not None and abs(total - amount) <= slack for amount in whole)
        return based if based and is_whole else ()


def figures_of(extraction: Extraction) -> Figures:
    """Take the numbers out of an extraction; what is no number is None."""
    return Figures(
        net=number_of(extraction.leaf("net_amount")),
        tax=number_of(extraction.leaf("tax_amount")),
        gross=number_of(extraction.leaf("gross_amount")),
        due=number_of(extraction.leaf("amount_due")),
        lines=tuple(_line(index, row) for index, row in enumerate(extraction.rows("line_items"))),
        breakdown=tuple(_breakdown_row(row) for row in extraction.rows("tax_breakdown")),
    )


def number_of(leaf: Leaf | None) -> Decimal | None:
    """Return a leaf's number, None where it has none (or one that no invoice bears)."""
    if leaf is None or not isinstance(leaf.value, Decimal):
        return None
    return leaf.value if leaf.value.is_finite() and abs(leaf.value) < _MOST else None


def printed(leaf: Leaf | None, *, otherwise: str = "nothing") -> str:
    """Return what stands on the page, for a message."""
    if leaf is None or leaf.value is None:
        return (leaf.text if leaf is not None and leaf.text else None) or otherwise
    return leaf.text or str(leaf.value)


def half_last_digit(number: Decimal) -> Decimal:
    """Return half a unit of the last printed place: 0.005 for 4.39, 0.5 for 12."""
    exponent = number.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Decimal(5).scaleb(-places - 1)


def _line(index: int, row: Group) -> LineFigures:
    members = row.members
    return LineFigures(
        index=index,
        wording=" ".join(_texts(members, "description", "specification")),
        quantity=number_of(members.get("quantity")),
        unit_price=number_of(members.get("unit_price")),
        net=number_of(members.get("net_amount")),
        tax_rate=number_of(members.get("tax_rate")),
        tax=number_of(members.get("tax_amount")),
    )


def _breakdown_row(row: Group) -> TaxFigures:
    members = row.members
    return TaxFigures(
        rate=number_of(members.get("rate")),
        base=number_of(members.get("base")),
        tax=number_of(members.get("tax")),
    )


def _texts(members: Mapping[str, Leaf], *names: str) -> list[str]:
    leaves = (members.get(name) for name in names)
    return [leaf.text or str(leaf.value) for leaf in leaves if leaf is not None and leaf.value is not None]


def _sum_if_complete(amounts: list[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(amounts) else None
