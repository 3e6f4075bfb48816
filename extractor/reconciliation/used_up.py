"""What earlier invoices have used up of a cap, and how that is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.engines.reading import Evidence
from extractor.extraction.extraction import Leaf
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.check import Side

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedUp:
    """How much of a cap one bill has used up (below 0: a credit note's), and where it says so."""

    bill: Bill
    amount: Decimal
    evidence: Evidence | None = None


def used_up(bill: Bill, amount: Decimal, leaf: Leaf) -> UsedUp:
    """Return what a bill uses up; only what is given here has a place to show."""
    return UsedUp(bill=bill, amount=amount, evidence=leaf.evidence)


def total_of(parts: Iterable[UsedUp]) -> Decimal:
    """Add up."""
    return sum((part.amount for part in parts), Decimal(0))


def earlier_sides(parts: Sequence[UsedUp], bill: Bill) -> tuple[Side, ...]:
    """Return what others than `bill` have used up: one side a bill, in order."""
    amounts: dict[int, UsedUp] = {}
    for part in parts:
        position = part.bill.position
        if position == bill.position:
            continue
        before = amounts.get(position)
        amounts[position] = UsedUp(
            bill=part.bill,
            amount=part.amount + (before.amount if before else 0),
            evidence=before.evidence if before else part.evidence,
        )
    return tuple(
        Side(
            value=part.amount,
            text=part.bill.text("invoice_number") or None,
            evidence=part.evidence,
            source=part.bill.assessment.source,
        )
        for part in amounts.values()
    )


def told(sides: Sequence[Side]) -> str:
    """Name the earlier invoices for a message: " with R-1 (march.pdf) and R-2 (april.pdf)"."""
    if not sides:
        return ""
    names = [f"{side.text} ({side.source})" if side.text else f"{side.source}" for side in sides]
    shown = names[:_MOST_NAMED]
    if len(names) > len(shown):
        shown.append(f"{len(names) - len(shown)} more")
    return f" with {', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else f" with {shown[0]}"
