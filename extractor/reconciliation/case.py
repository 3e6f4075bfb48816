"""The case: one contract, the invoices billed under it, and the policy. What rules see."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from extractor.extraction.extraction import Leaf
from extractor.reconciliation.agreement import Agreement, side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.check import Check, CheckCode, CheckState, Side
from extractor.reconciliation.ledger_entry import LedgerEntry
from extractor.reconciliation.matching import Match
from extractor.reconciliation.policy import CheckPolicy, Policy
from extractor.reconciliation.reason import Reason, Why
from extractor.reconciliation.units import factor_between
from extractor.validation.finding import FindingCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`bills` are in the order given, `matches` by bill position and line index; so are `steps`, by name.

    `entries` are the bills as a ledger would keep them, by position. `remembered` are the
    contract's bills in the ledger, in the order approved, at negative positions; `known` what the
    ledger has that the given bills may repeat; `cancelled` the positions of bills that credit
    notes undo, and of these credit notes; `recounted` of files that the ledger has already.
    """

    agreement: Agreement
    bills: tuple[Bill, ...]
    matches: Mapping[int, Mapping[int, Match]]
    policy: Policy
    entries: Mapping[int, LedgerEntry]
    steps: Mapping[int, Mapping[int, str | None]] = field(default_factory=dict)
    remembered: tuple[Bill, ...] = ()
    known: tuple[LedgerEntry, ...] = ()
    cancelled: frozenset[int] = frozenset()
    recounted: frozenset[int] = frozenset()
    has_ledger: bool = False

    def in_order(self) -> list[Bill]:
        """Return all bills in the order in which they use up a cap.

        What was approved comes first, whatever its date; then credit notes, which make room;
        then invoices by date, then number.
        """
        given = sorted(
            self.bills,
            key=lambda bill: (
                bill.sign > 0,
                bill.issue_date or date.max,
                bill.text("invoice_number"),
                bill.position,
            ),
        )
        return [*self.remembered, *given]

    def uses_up(self, bill: Bill) -> bool:
        """Say whether a bill counts against caps."""
        return self.why_uncounted(bill) is None

    def why_uncounted(self, bill: Bill) -> Why | None:
        """Return why a bill does not count against caps, None where it does."""
        if not bill.counts:
            return Reason.PROFORMA, "A proforma invoice bills nothing."
        if bill.position in self.cancelled:
            return Reason.UNDONE, "Invoice and credit note undo each other."
        if bill.position in self.recounted:
            return Reason.COUNTED_BEFORE, "The ledger has counted this file already; it is not counted again."
        return None

    def is_in_another_currency(self, remembered: Bill, bill: Bill) -> bool:
        """Say whether the amounts of a bill of the ledger cannot be added to those of `bill`."""
        currencies = remembered.text("currency"), bill.text("currency")
        return all(currencies) and currencies[0] != currencies[1] and self.uses_up(remembered)

    def match(self, bill: Bill, line_index: int) -> Match | None:
        """Return the price-list row that a line surely is."""
        found = self.matches[bill.position].get(line_index)
        return found if found is not None and found.score >= self.policy.matching.sure else None

    def question(self, bill: Bill, line_index: int) -> Match | None:
        """Return the row that a line may be: near enough to ask, too far to compare."""
        found = self.matches[bill.position].get(line_index)
        return found if found is not None and found.score < self.policy.matching.sure else None

    def factor(self, billed: str | None, agreed: str | None) -> Decimal | None:
        """Return how many agreed units a billed one is, None where nothing connects them."""
        return factor_between(billed=billed, agreed=agreed, hours_per_day=self.agreement.hours_per_day)

    def limits(self, code: CheckCode) -> CheckPolicy:
        """Return a check's bounds."""
        return self.policy.checks[code]

    def mismatch(
        self,
        code: CheckCode,
        bill: Bill,
        message: str,
        *,
        field: str | None,
        agreed: Side | None,
        billed: Side | None,
        difference: Decimal | None = None,
        consequence_of: CheckCode | FindingCode | None = None,
        earlier: tuple[Side, ...] = (),
    ) -> Check:
        """Return a deviation, with the severity that the policy gives it."""
        return Check(
            code=code,
            state=CheckState.MISMATCH,
            message=_sentence(message),
            severity=self.limits(code).severity,
            invoice=bill.position,
            field=field,
            difference=difference,
            agreed=agreed,
            billed=billed,
            consequence_of=consequence_of,
            earlier=earlier,
        )

    def compared(
        self,
        code: CheckCode,
        bill: Bill,
        field: str,
        *,
        agreed: Leaf,
        billed: Leaf,
        is_same: bool,
        same: str,
        other: str,
    ) -> Check:
        """Return how a field and its term compare: `same` or `other` is said."""
        theirs, ours = side_of(agreed), side_of(billed)
        if is_same:
            return passed(code, bill, same, field=field, agreed=theirs, billed=ours)
        return self.mismatch(code, bill, other, field=field, agreed=theirs, billed=ours)


Rule: TypeAlias = Callable[[Case, Sequence[Check]], Iterator[Check]]
"""A rule is given the case and what the rules before it said."""


def passed(
    code: CheckCode,
    bill: Bill,
    message: str,
    *,
    field: str | None = None,
    agreed: Side | None = None,
    billed: Side | None = None,
) -> Check:
    """Return a comparison that came out well."""
    return Check(
        code=code,
        state=CheckState.PASSED,
        message=_sentence(message),
        invoice=bill.position,
        field=field,
        agreed=agreed,
        billed=billed,
    )


def not_checkable(code: CheckCode, bill: Bill, reason: Reason, message: str) -> Check:
    """Return a comparison that could not be made, with the reason."""
    return Check(
        code=code,
        state=CheckState.NOT_CHECKABLE,
        message=_sentence(message),
        reason=reason,
        invoice=bill.position,
    )


def asks(
    code: CheckCode,
    bill: Bill,
    reason: Reason,
    message: str,
    *,
    field: str | None = None,
    agreed: Side | None = None,
    billed: Side | None = None,
) -> Check:
    """Return a question for a person: neither passed nor a deviation."""
    return Check(
        code=code,
        state=CheckState.NOT_CHECKABLE,
        message=_sentence(message),
        reason=reason,
        invoice=bill.position,
        field=field,
        agreed=agreed,
        billed=billed,
        is_unsure=True,
    )


def most_doubtful(checks: Sequence[Check]) -> Check:
    """Return which of several passed checks is told: one whose term contradicts itself, else the first."""
    return next((check for check in checks if check.agreed is not None and check.agreed.also), checks[0])


def mismatches(checks: Sequence[Check], code: CheckCode, bill: Bill) -> list[Check]:
    """Return the deviations of one code that earlier rules saw in one bill."""
    return [
        check
        for check in checks
        if check.code is code and check.state is CheckState.MISMATCH and check.invoice == bill.position
    ]


def is_duplicate(checks: Sequence[Check], bill: Bill) -> bool:
    """Say whether an earlier rule took the bill for a duplicate."""
    return bool(mismatches(checks, CheckCode.DUPLICATE_INVOICE, bill))


def found(bill: Bill, code: FindingCode) -> bool:
    """Say whether the invoice contradicts itself in this way."""
    return any(finding.code is code for finding in bill.assessment.findings)


def _sentence(message: str) -> str:
    """Return the message with one full stop, also behind a name that ends with one."""
    return f"{message.rstrip('.')}." if message.endswith("..") else message
