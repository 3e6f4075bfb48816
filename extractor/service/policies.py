"""Tolerance policies over HTTP: a tenant's own, with all their versions."""

from dataclasses import dataclass
from datetime import datetime

from litestar import Controller, get, post

from extractor.delivery.policy_text import policy_toml
from extractor.jobs.backend import Backend
from extractor.service.access import requires
from extractor.storage.access import Caller, Scope, note
from extractor.storage.policies import choose_policy, keep_policy, policies_of, policy_in


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyGiven:
    """A policy as TOML: what it leaves out is taken from the shipped one (docs/reconciliation.md)."""

    name: str
    toml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyShown:
    """A policy in one version, as it was given."""

    name: str
    version: int
    created_at: datetime
    toml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyWhole:
    """A policy with all that it takes from the shipped one."""

    name: str
    toml: str


class Policies(Controller):
    """What may differ between invoices and contracts."""

    path = "/v1/policies"
    tags = ["policies"]  # noqa: RUF012 - Litestar's own declaration

    @get("/", guards=[requires(Scope.READ)], sync_to_thread=True, summary="List policies")
    def list_all(self, caller: Caller, backend: Backend) -> list[PolicyShown]:
        """Answer with every version of the tenant's own."""
        with backend.database.snapshot() as session:
            return [
                PolicyShown(name=row.name, version=row.version, created_at=row.created_at, toml=row.toml)
                for row in policies_of(session, caller.tenant_id)
            ]

    @get("/shipped", guards=[requires(Scope.READ)], sync_to_thread=True, summary="Return the shipped policy")
    def shipped(self) -> PolicyWhole:
        """Answer with the one that holds where none is named."""
        policy = policy_in(None)
        return PolicyWhole(name=policy.name, toml=policy_toml(policy))

    @get(
        "/own/{name:str}",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        summary="Return a policy in force",
    )
    def look_at(self, caller: Caller, backend: Backend, name: str) -> PolicyWhole:
        """Answer with the latest version, whole."""
        with backend.database.snapshot() as session:
            policy = policy_in(choose_policy(session, caller.tenant_id, name))
        return PolicyWhole(name=name, toml=policy_toml(policy))

    @post(
        "/",
        guards=[requires(Scope.ADMIN)],
        sync_to_thread=True,
        summary="Add a policy, or a new version of one",
    )
    def add(self, data: PolicyGiven, caller: Caller, backend: Backend) -> PolicyShown:
        """Keep it. Comparisons that were made by an earlier version stay as they are."""
        now = backend.clock()
        with backend.database.transaction() as session:
            row = keep_policy(session, caller, data.name, data.toml, now=now)
            note(
                session, caller.tenant_id, actor=caller.actor, action="policy.added", subject=row.id, now=now
            )
        return PolicyShown(name=row.name, version=row.version, created_at=row.created_at, toml=row.toml)
