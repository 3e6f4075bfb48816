"""Every test of storage runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from postgres_server import missing_postgres, new_database, running_postgres

from extractor.storage.access import Caller, Scope, ensure_tenant
from extractor.storage.blobs import Blobs
from extractor.storage.database import Database

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
_NUMBERS = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    if reason := missing_postgres():
        pytest.skip(reason)
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{tmp_path / 'tests.db'}")
    else:
        opened = Database(new_database(request.getfixturevalue("postgres"), f"storage{next(_NUMBERS)}"))
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def caller(database: Database) -> Caller:
    return make_caller(database, "acme")


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs((tmp_path / "blobs").as_uri())


def make_caller(database: Database, tenant: str) -> Caller:
    with database.transaction() as session:
        return Caller(tenant_id=ensure_tenant(session, tenant, now=NOW).id, scopes=frozenset(Scope))
