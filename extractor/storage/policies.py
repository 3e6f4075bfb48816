"""A tenant's tolerance policies: every version is kept, and comparisons name the one that they went by."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.errors import ConfigurationError, NotFound
from extractor.reconciliation.policy import Policy
from extractor.reconciliation.policy_file import load_policy, policy_of
from extractor.storage.access import Caller
from extractor.storage.tables import StoredPolicy
from extractor.storage.tables.shape import new_id

_MAX_NAME = 100


def keep_policy(session: Session, caller: Caller, name: str, toml: str, *, now: datetime) -> StoredPolicy:
    """Keep a policy, or a new version of one. The same text again is the same version.

    Raises:
        ConfigurationError: the text is no policy (every wrong key is named), or the name is none.
    """
    if not 0 < len(name) <= _MAX_NAME or not name.isprintable():
        raise ConfigurationError(f"a policy's name has from 1 to {_MAX_NAME} characters")
    policy_of(toml, name=name, source=f"the policy {name}")
    latest = _latest(session, caller.tenant_id, name)
    if latest is not None and latest.toml == toml:
        return latest
    row = StoredPolicy(
        id=new_id("pol"),
        tenant_id=caller.tenant_id,
        name=name,
        version=1 if latest is None else latest.version + 1,
        toml=toml,
        created_at=now,
        actor=caller.actor,
    )
    session.add(row)
    session.flush()
    return row


def choose_policy(session: Session, tenant_id: str, name: str | None) -> StoredPolicy | None:
    """Return the latest version of the tenant's policy of that name; None for the shipped one.

    Raises:
        NotFound: there is none of that name.
    """
    if name is None:
        return None
    row = _latest(session, tenant_id, name)
    if row is None:
        raise NotFound(f"there is no policy {name!r}")
    return row


def policies_of(session: Session, tenant_id: str) -> list[StoredPolicy]:
    """Return all versions of the tenant's policies, by name, the newest first."""
    query = sa.select(StoredPolicy).where(StoredPolicy.tenant_id == tenant_id)
    return list(session.scalars(query.order_by(StoredPolicy.name, StoredPolicy.version.desc())))


def policy_in(row: StoredPolicy | None) -> Policy:
    """Return a stored policy; the shipped one for None."""
    return load_policy(None) if row is None else policy_of(row.toml, name=row.name, source=row.name)


def _latest(session: Session, tenant_id: str, name: str) -> StoredPolicy | None:
    query = sa.select(StoredPolicy).where(StoredPolicy.tenant_id == tenant_id, StoredPolicy.name == name)
    return session.scalar(query.order_by(StoredPolicy.version.desc()).limit(1))
