"""Put what is approved into the ledger that it was compared with."""

from dataclasses import replace
from datetime import datetime

from extractor.reconciliation.check import Reconciliation
from extractor.reconciliation.ledger import Ledger


def recorded(compared: Reconciliation, ledger: Ledger, *, now: datetime) -> Reconciliation:
    """Return the comparison with its invoices appended to the ledger; proformas are not owed, and left out.

    Raises:
        Conflict: the ledger has changed since; compare again.
    """
    if compared.ledger is None:
        return compared
    entries = [replace(entry, recorded=now) for entry in compared.entries if entry.counts]
    ledger.append(entries, at=compared.ledger.revision)
    return replace(compared, ledger=replace(compared.ledger, is_recorded=bool(entries)))
