"""What the invoices of a contract have kept back so far, and what of it was paid out."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from extractor.extraction.extraction import Leaf
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case
from extractor.reconciliation.milestones import billed_steps
from extractor.reconciliation.standing import is_release
from extractor.reconciliation.used_up import UsedUp, total_of, used_up


@dataclass(slots=True, kw_only=True)
class Held:
    """A running account over the bills of a contract, in the order in which they count.

    `is_whole` is False where a bill does not show what is kept back when it is paid. `first_billed` is
    when each milestone was first billed, `last_day` the last day on which something was kept back.
    """

    kept: list[UsedUp] = field(default_factory=list)
    released: list[UsedUp] = field(default_factory=list)
    is_whole: bool = True
    first_billed: dict[int, date | None] = field(default_factory=dict)
    last_day: date | None = None
    _owed: Decimal = Decimal(0)
    _in_lines: Decimal = Decimal(0)

    @property
    def amount(self) -> Decimal:
        """Return what is kept back and not paid out yet."""
        return total_of(self.kept) - total_of(self.released)

    @property
    def surplus(self) -> Decimal:
        """Return how much more the lines of the bills have kept back than was owed; below 0: less.

        Of bills that only ask for less than they bill, nothing is known beyond what is owed.
        """
        return self._in_lines - self._owed

    def keep(self, bill: Bill, amount: Decimal, *, owed: Decimal, in_lines: Decimal, leaf: Leaf) -> None:
        """Add what a bill keeps back; `in_lines` is what its lines say of it, 0 where they say nothing."""
        self.kept.append(used_up(bill, amount, leaf))
        if bill.issue_date is not None:
            self.last_day = max(self.last_day or bill.issue_date, bill.issue_date)
        if in_lines:
            self._owed += owed
            self._in_lines += in_lines

    def reach(self, case: Case, bill: Bill) -> None:
        """Add the milestones that a bill shows to be reached."""
        if bill.sign > 0 and case.uses_up(bill):
            for step, _ in billed_steps(case, bill):
                self.first_billed.setdefault(step.index, bill.issue_date)


def released_by(case: Case, bill: Bill) -> Decimal:
    """Return how much a bill asks to be paid out of what was kept back before."""
    nets = (line.net for line in bill.lines if line.net is not None and is_release(case, bill, line))
    return sum(nets, Decimal(0))
