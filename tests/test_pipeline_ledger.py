"""Reconciling with a ledger: what is approved is appended once, what is not is not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import extractor
from extractor.errors import Conflict, LedgerDamaged
from extractor.reconciliation.check import CheckCode, CheckState, Reconciliation, Verdict
from extractor.reconciliation.ledger import MemoryLedger
from extractor.reconciliation.ledger_entry import LedgerEntry

FIXTURES = Path(__file__).parents[1] / "fixtures"
INVOICE, CONTRACT = FIXTURES / "en_clean_invoice.pdf", FIXTURES / "en_clean_contract.pdf"


class OvertakenLedger(MemoryLedger):
    """A ledger to which somebody else appends just before each of the first `times` appends."""

    def __init__(self, others: Sequence[LedgerEntry], *, times: int) -> None:
        super().__init__()
        self._others = others
        self.left = times

    def append(self, entries: Sequence[LedgerEntry], *, at: int) -> None:
        if self.left:
            self.left -= 1
            super().append(self._others, at=self.revision())
        super().append(entries, at=at)


def flagged(outcome: Reconciliation) -> list[CheckCode]:
    return [check.code for check in outcome.checks if check.state is CheckState.MISMATCH]


def test_what_is_approved_is_appended_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    began = datetime.now(tz=UTC)
    first = extractor.reconcile(INVOICE, CONTRACT, ledger=path)
    assert first.verdict is Verdict.APPROVE
    assert first.ledger is not None
    assert first.ledger.is_recorded
    (kept,) = extractor.FileLedger(path).look_alikes(first.entries[0])
    assert replace(kept, recorded=None) == first.entries[0]
    assert kept.recorded is not None
    assert began <= kept.recorded <= datetime.now(tz=UTC)
    content = path.read_bytes()
    again = extractor.reconcile(INVOICE, CONTRACT, ledger=str(path))
    assert flagged(again) == [CheckCode.DUPLICATE_INVOICE]
    assert again.ledger is not None
    assert (again.ledger.remembered, again.ledger.is_recorded) == (1, False)
    assert path.read_bytes() == content


def test_what_is_not_approved_is_not_appended(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    invoice, contract = FIXTURES / "en_deviating_invoice.pdf", FIXTURES / "en_deviating_contract.pdf"
    outcome = extractor.reconcile(invoice, contract, ledger=path)
    assert outcome.verdict is Verdict.BLOCK
    assert outcome.ledger is not None
    assert not outcome.ledger.is_recorded
    assert not path.exists()


def test_one_that_is_not_approved_keeps_the_others_out(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    outcome = extractor.reconcile([INVOICE, FIXTURES / "en_deviating_invoice.pdf"], CONTRACT, ledger=path)
    assert outcome.verdict is Verdict.BLOCK
    assert not path.exists()


def test_who_is_overtaken_by_the_same_invoice_compares_again() -> None:
    (assessment,) = extractor.extract(INVOICE)
    entries = extractor.reconcile(assessment, CONTRACT).entries
    ledger = OvertakenLedger(entries, times=1)
    outcome = extractor.reconcile(assessment, CONTRACT, ledger=ledger)
    assert flagged(outcome) == [CheckCode.DUPLICATE_INVOICE]
    assert list(ledger.look_alikes(entries[0])) == list(entries)


def test_who_is_overtaken_by_another_contracts_invoice_appends_after_it() -> None:
    (assessment,) = extractor.extract(INVOICE)
    (entry,) = extractor.reconcile(assessment, CONTRACT).entries
    strange = LedgerEntry(
        contract=replace(entry.contract, document="sha256:k9", number="K-9"), source="x", document="sha256:x"
    )
    ledger = OvertakenLedger([strange], times=4)
    outcome = extractor.reconcile(assessment, CONTRACT, ledger=ledger)
    assert outcome.ledger is not None
    assert outcome.ledger.is_recorded
    assert ledger.revision() == 5
    with pytest.raises(Conflict):
        extractor.reconcile(assessment, CONTRACT, ledger=OvertakenLedger([strange], times=5))


def test_a_damaged_ledger_is_refused_before_anything_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text("no ledger\n")
    with pytest.raises(LedgerDamaged, match="line 1"):
        extractor.reconcile(INVOICE, CONTRACT, ledger=path)
