from datetime import timedelta

import pytest
from storage.conftest import NOW, make_caller

from extractor.errors import ConfigurationError, Conflict, NotFound
from extractor.storage.access import (
    Caller,
    Scope,
    audit_of,
    caller_of,
    create_key,
    ensure_tenant,
    keys_of,
    note,
    note_use,
    revoke_key,
)
from extractor.storage.database import Database
from extractor.storage.tables import ApiKey


def made(
    database: Database, *, scopes: tuple[Scope, ...] = (Scope.READ,), hours: float | None = None
) -> tuple[ApiKey, str]:
    with database.transaction() as session:
        tenant = ensure_tenant(session, "acme", now=NOW)
        expires = None if hours is None else NOW + timedelta(hours=hours)
        return create_key(session, tenant, name="erp", scopes=scopes, now=NOW, expires_at=expires)


def known(database: Database, key: str, *, hours: float = 0) -> Caller | None:
    with database.snapshot() as session:
        found = caller_of(session, key, now=NOW + timedelta(hours=hours))
    return None if found is None else found[0]


def test_a_key_opens_its_tenant_with_its_scopes(database: Database) -> None:
    row, key = made(database, scopes=(Scope.READ, Scope.REVIEW))
    caller = known(database, key)
    assert caller == Caller(
        tenant_id=row.tenant_id, scopes=frozenset({Scope.READ, Scope.REVIEW}), key_id=row.id
    )


def test_the_secret_is_not_kept(database: Database) -> None:
    row, key = made(database)
    secret = key.rpartition("_")[2]
    assert secret not in row.secret_hash
    assert len(row.secret_hash) == 64


@pytest.mark.parametrize(
    "change", [lambda key: key[:-1], lambda key: key + "x", lambda _: "", lambda _: "xt__"]
)
def test_a_wrong_key_opens_nothing(database: Database, change) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    _, key = made(database)
    assert known(database, change(key)) is None


def test_a_key_ends_at_the_moment_it_expires(database: Database) -> None:
    _, key = made(database, hours=2)
    assert known(database, key, hours=1.99) is not None
    assert known(database, key, hours=2) is None


def test_a_revoked_key_opens_nothing_and_cannot_be_revoked_again(database: Database) -> None:
    row, key = made(database)
    with database.transaction() as session:
        revoke_key(session, row.tenant_id, row.id, now=NOW)
    assert known(database, key) is None
    with pytest.raises(Conflict), database.transaction() as session:
        revoke_key(session, row.tenant_id, row.id, now=NOW)


def test_another_tenants_key_cannot_be_revoked(database: Database) -> None:
    row, key = made(database)
    other = make_caller(database, "other")
    with pytest.raises(NotFound), database.transaction() as session:
        revoke_key(session, other.tenant_id, row.id, now=NOW)
    assert known(database, key) is not None


def test_the_use_of_a_key_is_noted_once_a_minute(database: Database) -> None:
    row, key = made(database)
    for seconds, is_due in ((0, True), (59, False), (60, True)):
        now = NOW + timedelta(seconds=seconds)
        with database.transaction() as session:
            found = caller_of(session, key, now=now)
            assert found is not None
            assert found[1] is is_due
            if is_due:
                note_use(session, row.id, now=now)


def test_a_key_must_allow_something_and_last(database: Database) -> None:
    with pytest.raises(ConfigurationError, match="at least one scope"):
        made(database, scopes=())
    with pytest.raises(ConfigurationError, match="expired already"):
        made(database, hours=0)


def test_keys_are_listed_by_tenant(database: Database) -> None:
    row, _ = made(database)
    other = make_caller(database, "other")
    with database.snapshot() as session:
        assert [each.id for each in keys_of(session, row.tenant_id)] == [row.id]
        assert keys_of(session, other.tenant_id) == []


def test_the_audit_log_is_paged_newest_first_and_by_tenant(database: Database, caller: Caller) -> None:
    other = make_caller(database, "other")
    with database.transaction() as session:
        for number in range(5):
            note(session, caller.tenant_id, actor="key_1", action="a", subject=f"doc_{number}", now=NOW)
        note(session, other.tenant_id, actor="key_2", action="a", subject="doc_0", now=NOW)
    with database.snapshot() as session:
        first = audit_of(session, caller.tenant_id, subject=None, cursor=None, limit=3)
        rest = audit_of(session, caller.tenant_id, subject=None, cursor=first.next_cursor, limit=3)
        one = audit_of(session, caller.tenant_id, subject="doc_0", cursor=None, limit=3)
    assert [row.subject for row in (*first.rows, *rest.rows)] == [f"doc_{n}" for n in (4, 3, 2, 1, 0)]
    assert rest.next_cursor is None
    assert [row.actor for row in one.rows] == ["key_1"]
