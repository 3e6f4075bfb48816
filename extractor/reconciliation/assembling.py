"""Assemble the case: bills, what their lines are in the contract, and what the ledger has of it."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.reconciliation.agreement import Agreement
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case
from extractor.reconciliation.credits import undoing_of
from extractor.reconciliation.ledger import Ledger
from extractor.reconciliation.ledger_bills import entry_of, remembered, remembered_matches
from extractor.reconciliation.ledger_contract import ContractIdentity
from extractor.reconciliation.ledger_entry import LedgerEntry
from extractor.reconciliation.matching import match_lines
from extractor.reconciliation.policy import Policy
from extractor.reconciliation.wording import LineKind


def case_of(
    bills: tuple[Bill, ...],
    agreement: Agreement,
    contract: ContractIdentity,
    *,
    approved: Sequence[LedgerEntry],
    policy: Policy,
    ledger: Ledger | None,
) -> Case:
    """Return what rules see: the bills, what their lines are, and what the ledger has of the contract.

    `approved` are the ledger's entries of the contract; the ledger itself is asked for look-alikes.
    """
    earlier = tuple(
        remembered(entry, position=position) for position, entry in enumerate(approved, -len(approved))
    )
    matches = {
        bill.position: match_lines(
            [line for line in bill.lines if line.kind in (LineKind.GOODS, LineKind.FEE)],
            agreement.prices,
            policy=policy.matching,
        )
        for bill in bills
    }
    for bill, entry in zip(earlier, approved, strict=True):
        matches[bill.position] = remembered_matches(bill, entry, agreement.prices, policy=policy.matching)
    entries = {
        bill.position: entry_of(bill, matches[bill.position], agreement=agreement, contract=contract)
        for bill in bills
    }
    every_entry = [*approved, *(entries[bill.position] for bill in bills)]
    steps = {bill.position: _steps(bill, entries[bill.position]) for bill in bills}
    for bill, entry in zip(earlier, approved, strict=True):
        steps[bill.position] = {line.index: entry.lines[line.index].step for line in bill.lines}
    cancelled = undoing_of(every_entry).cancelled
    files = {(entry.document, entry.part) for entry in approved}
    case = Case(
        agreement=agreement,
        bills=bills,
        matches=matches,
        policy=policy,
        entries=entries,
        steps=steps,
        remembered=earlier,
        cancelled=frozenset(index - len(approved) for index in cancelled),
        recounted=frozenset(
            position for position, entry in entries.items() if (entry.document, entry.part) in files
        ),
    )
    if ledger is None:
        return case
    return replace(case, known=_known(case, approved, ledger), has_ledger=True)


def by_own_version(
    cases: Sequence[tuple[Case, frozenset[int]]],
) -> list[tuple[Case, frozenset[int]]]:
    """Let each case, one version of the terms, know each bill's lines as what they are under its own.

    The positions are those of the bills issued under that version. Caps count all bills: what a line
    is does not change with the version that another bill was issued under.
    """
    owners = {position: case for case, positions in cases for position in positions}
    return [
        (
            replace(
                case,
                matches={**case.matches, **{each: own.matches[each] for each, own in owners.items()}},
                entries={each: own.entries[each] for each, own in owners.items()},
                steps={**case.steps, **{each: own.steps[each] for each, own in owners.items()}},
            ),
            positions,
        )
        for case, positions in cases
    ]


def _steps(bill: Bill, entry: LedgerEntry) -> dict[int, str | None]:
    return {line.index: kept.step for line, kept in zip(bill.lines, entry.lines, strict=True)}


def _known(case: Case, approved: Sequence[LedgerEntry], ledger: Ledger) -> tuple[LedgerEntry, ...]:
    """Return each entry once that a given invoice may repeat, and the contract's own."""
    found = [*approved, *(other for entry in case.entries.values() for other in ledger.look_alikes(entry))]
    return tuple(dict.fromkeys(found))
