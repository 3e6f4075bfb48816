import os
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa
from jobs.conftest import Clock
from jobs.test_reading import queued

from extractor.jobs.backend import Backend
from extractor.jobs.retention import delete_expired, delete_left_over
from extractor.settings import load_settings
from extractor.storage.access import Caller
from extractor.storage.blobs import content_name
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


def test_contents_that_an_intake_left_behind_are_deleted_after_a_day(
    backend: Backend, caller: Caller, clock: Clock
) -> None:
    queued(backend, caller, b"%PDF-1.7")
    folder = backend.settings.data_dir / "blobs"
    a_day = timedelta(days=1)
    has_document = next(backend.blobs.names())
    left_behind, too_new = content_name("ten_1", "ab" * 32), content_name("ten_1", "cd" * 32)
    not_ours = "ten_1/ab/readme"
    for name in (left_behind, too_new, not_ours):
        backend.blobs.put(name, b"%PDF")
    for name, age in (
        (has_document, 2 * a_day),
        (left_behind, a_day + timedelta(seconds=1)),
        (too_new, a_day),
        (not_ours, 2 * a_day),
    ):
        moment = (clock.now - age).timestamp()
        os.utime(folder / name, (moment, moment))
    assert delete_left_over(backend) == 1
    assert set(backend.blobs.names()) == {has_document, too_new, not_ours}
