"""A backend on SQLite, with a clock that the test sets."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractor.jobs.backend import Backend
from extractor.settings import load_settings
from extractor.storage.access import Caller, Scope, ensure_tenant
from extractor.storage.blobs import Blobs
from extractor.storage.database import Database


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 5, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def backend(tmp_path: Path, clock: Clock) -> Iterator[Backend]:
    settings = load_settings(
        data_dir=tmp_path, retention_days=30, attempts=2, max_waiting=3, dead_after_seconds=30.0
    )
    database = Database(settings.database)
    database.migrate()
    yield Backend(settings=settings, database=database, blobs=Blobs(settings.blobs), clock=clock)
    database.close()


@pytest.fixture
def caller(backend: Backend) -> Caller:
    with backend.database.transaction() as session:
        tenant = ensure_tenant(session, "acme", now=backend.clock())
    return Caller(tenant_id=tenant.id, scopes=frozenset(Scope))
