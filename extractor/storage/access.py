"""Tenants, their keys, and the record of who did what.

A key is `xt_<id>_<secret>` with a secret of 256 random bits. That many cannot be guessed, so its
SHA-256 is kept, not a slow hash: it is compared on every request.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.errors import ConfigurationError, Conflict
from extractor.storage.owned import owned
from extractor.storage.paging import Listed, listed
from extractor.storage.tables import ApiKey, AuditEntry, Tenant
from extractor.storage.tables.shape import new_id

DEFAULT_TENANT = "default"
OPERATOR = "operator"
_MARK = "xt"
_SECRET_BYTES = 32
_USE_NOTED_EVERY = timedelta(minutes=1)


class Scope(StrEnum):
    """What a key may be used for."""

    READ = "read"
    WRITE = "write"  # upload, extract, reconcile, delete
    REVIEW = "review"  # correct and confirm
    ADMIN = "admin"  # webhooks, specs, policies, keys, the audit log


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Whoever made a request: one tenant, and what the key allows. `key_id` is None with open access."""

    tenant_id: str
    scopes: frozenset[Scope]
    key_id: str | None = None

    @property
    def actor(self) -> str:
        """Return what the audit log calls the caller."""
        return self.key_id or OPERATOR


def find_tenant(session: Session, name: str) -> Tenant | None:
    """Return the tenant of that name."""
    return session.scalar(sa.select(Tenant).where(Tenant.name == name))


def ensure_tenant(session: Session, name: str, *, now: datetime) -> Tenant:
    """Return the tenant of that name, made if there is none."""
    tenant = find_tenant(session, name)
    if tenant is None:
        tenant = Tenant(id=new_id("ten"), name=name, created_at=now)
        session.add(tenant)
        session.flush()
    return tenant


def create_key(
    session: Session,
    tenant: Tenant,
    *,
    name: str,
    scopes: Sequence[Scope],
    now: datetime,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Return a new key's row and the key itself, which is not kept and cannot be shown again.

    Raises:
        ConfigurationError: it would allow nothing, or be expired already.
    """
    if not scopes:
        raise ConfigurationError("a key needs at least one scope")
    if expires_at is not None and expires_at <= now:
        raise ConfigurationError("the key would be expired already")
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    row = ApiKey(
        id=new_id("key"),
        tenant_id=tenant.id,
        name=name,
        secret_hash=_hash(secret),
        scopes=[str(scope) for scope in dict.fromkeys(scopes)],
        created_at=now,
        expires_at=expires_at,
    )
    session.add(row)
    session.flush()
    return row, f"{_MARK}_{row.id.removeprefix('key_')}_{secret}"


def caller_of(session: Session, key: str, *, now: datetime) -> tuple[Caller, bool] | None:
    """Return who a key belongs to, and whether its use is to be noted; None if it opens nothing.

    A key opens nothing if it is wrong, expired or revoked. Its use is noted once a minute.
    """
    mark, _, rest = key.partition("_")
    number, _, secret = rest.partition("_")
    row = session.get(ApiKey, f"key_{number}") if mark == _MARK else None
    if row is None or not hmac.compare_digest(row.secret_hash, _hash(secret)):
        return None
    if row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
        return None
    scopes = frozenset(Scope(scope) for scope in row.scopes)
    is_stale = row.last_used_at is None or row.last_used_at <= now - _USE_NOTED_EVERY
    return Caller(tenant_id=row.tenant_id, scopes=scopes, key_id=row.id), is_stale


def note_use(session: Session, key_id: str, *, now: datetime) -> None:
    """Keep when a key was last used."""
    session.execute(sa.update(ApiKey).where(ApiKey.id == key_id).values(last_used_at=now))


def keys_of(session: Session, tenant_id: str) -> list[ApiKey]:
    """Return a tenant's keys, the oldest first."""
    return list(session.scalars(sa.select(ApiKey).where(ApiKey.tenant_id == tenant_id).order_by(ApiKey.id)))


def revoke_key(session: Session, tenant_id: str, key_id: str, *, now: datetime) -> ApiKey:
    """End a key, at once and for good.

    Raises:
        NotFound: the tenant has no such key.
        Conflict: it is revoked already.
    """
    row = owned(session, ApiKey, tenant_id, key_id, called="key")
    if row.revoked_at is not None:
        raise Conflict(f"{key_id} is revoked already")
    row.revoked_at = now
    return row


def note(
    session: Session,
    tenant_id: str,
    *,
    actor: str,
    action: str,
    subject: str,
    now: datetime,
    detail: str | None = None,
) -> None:
    """Write who did what to the audit log; `detail` must not hold a document's contents."""
    session.add(
        AuditEntry(
            id=new_id("aud"),
            tenant_id=tenant_id,
            at=now,
            actor=actor,
            action=action,
            subject=subject,
            detail=detail,
        )
    )


def audit_of(
    session: Session, tenant_id: str, *, subject: str | None, cursor: str | None, limit: int
) -> Listed[AuditEntry]:
    """Return a page of the tenant's audit log, the newest first."""
    query = sa.select(AuditEntry).where(AuditEntry.tenant_id == tenant_id)
    if subject is not None:
        query = query.where(AuditEntry.subject == subject)
    return listed(session, query, by=AuditEntry.id, cursor=cursor, limit=limit)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
