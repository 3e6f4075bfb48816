"""The same tests on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from postgres_server import missing_postgres, new_database, running_postgres
from webhook_receiver import Receiver, running_receiver

from extractor.storage.database import Database


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    missing = missing_postgres()
    if missing is not None:
        pytest.skip(missing)
    with running_postgres() as server:
        yield new_database(server, "webhooks")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'extractor.db'}"
    server: str = request.getfixturevalue("postgres")
    return server


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url)
    database.migrate()
    if not url.startswith("sqlite"):  # one database for all tests: emptied, because it is slow to make
        with database.transaction() as session:
            session.execute(sa.text("TRUNCATE tenants CASCADE"))
    yield database
    database.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver
