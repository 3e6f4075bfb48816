"""A tenant's own specs: every version is kept, and results name the one that they were read by."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.errors import Conflict, UnknownSpec
from extractor.field_specs.load import parse_spec, shipped_specs
from extractor.field_specs.spec import Spec
from extractor.storage.access import Caller
from extractor.storage.tables import Run, StoredResult, StoredSpec
from extractor.storage.tables.shape import new_id

AUTO = "auto"
SHIPPED = 0  # the version of a spec that comes with the program


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenSpec:
    """A spec by name and version. `toml` is None for a shipped one, and for "auto"."""

    name: str
    version: int = SHIPPED
    toml: str | None = None


def keep_spec(session: Session, caller: Caller, toml: str, *, now: datetime) -> StoredSpec:
    """Keep a spec, or a new version of one. The same text again is the same version.

    Raises:
        InvalidSpec: the text is no spec; one line says where and why.
        Conflict: a shipped spec has that name.
    """
    spec = parse_spec(toml, source="the spec")
    if spec.name in shipped_specs() or spec.name == AUTO:
        raise Conflict(f'{spec.name} is a shipped spec: take another name, and extends = "{spec.name}"')
    latest = _latest(session, caller.tenant_id, spec.name)
    if latest is not None and latest.toml == toml:
        return latest
    row = StoredSpec(
        id=new_id("spc"),
        tenant_id=caller.tenant_id,
        name=spec.name,
        version=1 if latest is None else latest.version + 1,
        toml=toml,
        created_at=now,
        actor=caller.actor,
    )
    session.add(row)
    session.flush()
    return row


def choose_spec(session: Session, tenant_id: str, name: str, version: int | None = None) -> ChosenSpec:
    """Return the spec that a request names: a shipped one, "auto", or the tenant's own (the latest version).

    Raises:
        UnknownSpec: there is none of that name, or no such version.
    """
    shipped = shipped_specs()
    if name == AUTO or name in shipped:
        if name != AUTO and shipped[name].reading == "question":
            raise UnknownSpec(f"{name} is answered, not extracted")
        return ChosenSpec(name=name)
    query = _of(tenant_id, name)
    row = (
        _latest(session, tenant_id, name)
        if version is None
        else session.scalar(query.where(StoredSpec.version == version))
    )
    if row is None:
        own = session.scalars(sa.select(StoredSpec.name).where(StoredSpec.tenant_id == tenant_id).distinct())
        known = [AUTO, *shipped, *sorted(own)]
        raise UnknownSpec(f"there is no spec {name!r}; there are: {', '.join(known)}")
    return ChosenSpec(name=row.name, version=row.version, toml=row.toml)


def specs_of(session: Session, tenant_id: str, name: str | None = None) -> list[StoredSpec]:
    """Return all versions of the tenant's own specs, by name, the newest first."""
    query = sa.select(StoredSpec).where(StoredSpec.tenant_id == tenant_id)
    if name is not None:
        query = query.where(StoredSpec.name == name)
    return list(session.scalars(query.order_by(StoredSpec.name, StoredSpec.version.desc())))


def spec_of_run(session: Session, result: StoredResult) -> Spec:
    """Return the spec that a result was read by."""
    run = session.get_one(Run, result.run_id)
    if run.spec_version != SHIPPED:
        row = session.scalars(
            _of(run.tenant_id, run.spec).where(StoredSpec.version == run.spec_version)
        ).one()
        return parse_spec(row.toml, source=row.name)
    shipped = shipped_specs()
    if result.spec not in shipped:
        raise UnknownSpec(f"a result of the spec {result.spec!r} has no fields to review")
    return shipped[result.spec]


def _latest(session: Session, tenant_id: str, name: str) -> StoredSpec | None:
    return session.scalar(_of(tenant_id, name).order_by(StoredSpec.version.desc()).limit(1))


def _of(tenant_id: str, name: str) -> sa.Select[StoredSpec]:
    return sa.select(StoredSpec).where(StoredSpec.tenant_id == tenant_id, StoredSpec.name == name)
