"""The ledger: what was approved before. Owned by reconciliation, kept by whoever implements it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from extractor.errors import Conflict
from extractor.reconciliation.ledger_contract import ContractIdentity
from extractor.reconciliation.ledger_entry import LedgerEntry


class Ledger(Protocol):
    """Approved invoices, in the order in which they were approved; nothing is ever changed.

    `tests/reconciliation/ledger_conformance.py` says what every ledger must do.
    """

    def revision(self) -> int:
        """Return a number that rises with every append, and never else."""
        ...

    def invoices(self, contract: ContractIdentity, *, before: date | None = None) -> Sequence[LedgerEntry]:
        """Return a contract's invoices and credit notes, in the order approved.

        With `before`, only those issued before that day; one without a date is among them.
        """
        ...

    def look_alikes(self, entry: LedgerEntry) -> Sequence[LedgerEntry]:
        """Return the entries, of any contract, that share a key with one, in the order approved.

        What they have to do with each other is for reconciliation to say (`copies.py`).
        """
        ...

    def append(self, entries: Sequence[LedgerEntry], *, at: int) -> None:
        """Keep entries that were compared with the ledger as it was at revision `at`: all or none.

        Raises:
            Conflict: the ledger has changed since; compare again.
        """
        ...


class MemoryLedger:
    """A ledger that lasts as long as the object: for one run over many invoices, and for tests."""

    def __init__(self, entries: Iterable[LedgerEntry] = ()) -> None:
        """Begin with entries that were approved before."""
        self._entries = list(entries)
        self._revision = 0

    def revision(self) -> int:
        """Return how often something was appended."""
        return self._revision

    def invoices(self, contract: ContractIdentity, *, before: date | None = None) -> Sequence[LedgerEntry]:
        """Return a contract's entries, in the order approved."""
        return invoices_among(self._entries, contract, before=before)

    def look_alikes(self, entry: LedgerEntry) -> Sequence[LedgerEntry]:
        """Return the entries that share a key with one."""
        return look_alikes_among(self._entries, entry)

    def append(self, entries: Sequence[LedgerEntry], *, at: int) -> None:
        """Keep entries that were compared with revision `at`.

        Raises:
            Conflict: something was appended since.
        """
        require_revision(at=at, now=self._revision)
        if entries:
            self._entries.extend(entries)
            self._revision += 1


def invoices_among(
    entries: Iterable[LedgerEntry], contract: ContractIdentity, *, before: date | None
) -> tuple[LedgerEntry, ...]:
    """Return those of one contract; with `before`, those issued before that day."""
    return tuple(
        entry
        for entry in entries
        if contract.is_same_as(entry.contract)
        and (before is None or entry.issue_date is None or entry.issue_date < before)
    )


def look_alikes_among(entries: Iterable[LedgerEntry], entry: LedgerEntry) -> tuple[LedgerEntry, ...]:
    """Return those that share a key with `entry`."""
    keys = entry.keys
    return tuple(other for other in entries if keys & other.keys)


def require_revision(*, at: int, now: int) -> None:
    """Refuse an append to another ledger than the one that was compared with.

    Raises:
        Conflict: the revisions differ.
    """
    if at != now:
        raise Conflict("the ledger has changed since it was compared with; compare again")
