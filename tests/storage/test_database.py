import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from storage.conftest import NOW

from extractor.errors import ConfigurationError
from extractor.storage.access import ensure_tenant, find_tenant
from extractor.storage.database import Database
from extractor.storage.tables import Row, Tenant


def test_the_migrations_make_the_tables_that_the_program_knows(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.transaction() as session:
        ensure_tenant(session, "acme", now=NOW)
    database.migrate()
    with database.snapshot() as session:
        assert find_tenant(session, "acme") is not None


_MIGRATE = "import sys; from extractor.storage.database import Database; Database(sys.argv[1]).migrate()"


def test_processes_that_migrate_at_the_same_time_wait_for_one_another(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _MIGRATE, f"sqlite:///{tmp_path / 'together.db'}"]
    processes = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]


def _break_off(database: Database) -> None:
    with database.transaction() as session:
        ensure_tenant(session, "acme", now=NOW)
        raise ZeroDivisionError


def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        _break_off(database)
    with database.snapshot() as session:
        assert find_tenant(session, "acme") is None


def test_a_reader_waits_for_no_writer(database: Database) -> None:
    with database.transaction() as writing:
        ensure_tenant(writing, "acme", now=NOW)
        with database.snapshot() as reading:
            assert reading.scalars(sa.select(Tenant)).all() == []


def test_times_come_back_with_their_zone(database: Database) -> None:
    with database.transaction() as session:
        ensure_tenant(session, "acme", now=NOW)
    with database.snapshot() as session:
        assert session.scalars(sa.select(Tenant.created_at)).one() == NOW


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with (
        pytest.raises(sa.exc.StatementError, match="a moment needs a zone"),
        database.transaction() as session,
    ):
        ensure_tenant(session, "acme", now=NOW.replace(tzinfo=None))


@pytest.mark.parametrize("url", ["mysql://db/x", "nonsense", "redis://x"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="postgresql://"):
        Database(url)


def test_a_database_that_cannot_be_reached_is_said_in_one_line() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none")
    assert not database.is_reachable()
    with pytest.raises(ConfigurationError, match="the database cannot be used") as caught:
        database.migrate()
    assert "\n" not in str(caught.value)
