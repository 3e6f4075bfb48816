from dataclasses import replace

import sqlalchemy as sa
from jobs.conftest import Clock
from jobs.test_reading import queued

from extractor.jobs.backend import Backend
from extractor.jobs.retention import delete_expired
from extractor.settings import load_settings
from extractor.storage.access import Caller
from extractor.storage.tables import AuditEntry, Deletion, StoredDocument


def test_documents_are_deleted_when_their_days_are_over_and_not_before(
    backend: Backend, caller: Caller, clock: Clock
) -> None:
    queued(backend, caller, b"%PDF-1.7")
    clock.pass_by(days=30)
    assert delete_expired(backend) == 0
    clock.pass_by(seconds=1)
    assert delete_expired(backend) == 1
    with backend.database.snapshot() as session:
        assert session.scalars(sa.select(StoredDocument)).all() == []
        assert [record.reason for record in session.scalars(sa.select(Deletion))] == ["retention"]
        assert [entry.actor for entry in session.scalars(sa.select(AuditEntry))] == ["service"]
    assert list(backend.blobs.names()) == []


def test_without_a_rule_nothing_is_deleted(backend: Backend, caller: Caller, clock: Clock) -> None:
    queued(backend, caller, b"%PDF-1.7")
    clock.pass_by(days=10_000)
    for_ever = replace(backend, settings=load_settings(data_dir=backend.settings.data_dir))
    assert delete_expired(for_ever) == 0
