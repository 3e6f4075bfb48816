"""The ledger in memory."""

import pytest
from reconciliation.ledger_conformance import LedgerConformance, entry

from extractor.reconciliation.ledger import Ledger, MemoryLedger


class TestMemoryLedger(LedgerConformance):
    """The ledger in memory does what every ledger does."""

    @pytest.fixture
    def ledger(self) -> Ledger:
        """Return an empty one."""
        return MemoryLedger()


def test_it_can_begin_with_what_was_approved_before() -> None:
    assert list(MemoryLedger([entry()]).look_alikes(entry())) == [entry()]
