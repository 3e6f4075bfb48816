"""The same tests on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from postgres_server import missing_postgres, new_database, running_postgres
from webhook_receiver import Receiver, running_receiver

from extractor.storage.database import Database

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    missing = missing_postgres()
    if missing is not None:
        pytest.skip(missing)
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'extractor.db'}"
    return new_database(request.getfixturevalue("postgres"), f"webhooks{next(_NUMBERS)}")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url)
    database.migrate()
    yield database
    database.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver
