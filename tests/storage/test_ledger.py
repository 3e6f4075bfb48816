"""A tenant's ledger in the database does what every ledger does, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest
from reconciliation.ledger_conformance import CONTRACT, LedgerConformance, entry
from storage.conftest import make_caller

from extractor.reconciliation.ledger import Ledger
from extractor.storage.access import Caller
from extractor.storage.database import Database
from extractor.storage.ledger import DatabaseLedger


class TestDatabaseLedger(LedgerConformance):
    @pytest.fixture
    def ledger(self, database: Database, caller: Caller) -> Iterator[Ledger]:
        with database.transaction() as session:
            yield DatabaseLedger(session, caller.tenant_id)


def appended(database: Database, caller: Caller, *numbers: str, reconciliation_id: str | None = None) -> None:
    with database.transaction() as session:
        ledger = DatabaseLedger(session, caller.tenant_id, reconciliation_id=reconciliation_id)
        ledger.append([entry(number) for number in numbers], at=ledger.revision())


def numbers(database: Database, caller: Caller, *, reconciliation_id: str | None = None) -> list[str]:
    with database.snapshot() as session:
        ledger = DatabaseLedger(session, caller.tenant_id, reconciliation_id=reconciliation_id)
        return [each.number for each in ledger.invoices(CONTRACT)]


def test_what_one_transaction_appended_the_next_one_finds(database: Database, caller: Caller) -> None:
    many = [f"R-{number}" for number in range(50)]
    appended(database, caller, *many)
    appended(database, caller, "R-a")
    assert numbers(database, caller) == [*many, "R-a"]


def test_tenants_have_ledgers_of_their_own(database: Database, caller: Caller) -> None:
    other = make_caller(database, "other")
    appended(database, caller, "R-1")
    assert numbers(database, other) == []
    with database.snapshot() as session:
        ledger = DatabaseLedger(session, other.tenant_id)
        assert ledger.revision() == 0
        assert list(ledger.look_alikes(entry("R-1"))) == []


def test_a_comparison_does_not_see_what_it_had_appended_itself(database: Database, caller: Caller) -> None:
    appended(database, caller, "R-1")
    appended(database, caller, "R-2", reconciliation_id="rec_1")
    assert numbers(database, caller, reconciliation_id="rec_1") == ["R-1"]
    assert numbers(database, caller, reconciliation_id="rec_2") == ["R-1", "R-2"]


def test_a_comparison_that_is_made_anew_replaces_what_it_had_appended(
    database: Database, caller: Caller
) -> None:
    appended(database, caller, "R-1", reconciliation_id="rec_1")
    appended(database, caller, "R-1b", reconciliation_id="rec_1")
    assert numbers(database, caller) == ["R-1b"]


def test_a_comparison_can_withdraw_what_it_had_appended(database: Database, caller: Caller) -> None:
    appended(database, caller, "R-1", reconciliation_id="rec_1")
    appended(database, caller, "R-2", reconciliation_id="rec_2")
    with database.transaction() as session:
        DatabaseLedger(session, caller.tenant_id, reconciliation_id="rec_1").withdraw()
    assert numbers(database, caller) == ["R-2"]
