"""Specs over HTTP: the shipped ones, and a tenant's own with all their versions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from litestar import Controller, get, post
from litestar.params import Parameter

from extractor.errors import UnknownSpec
from extractor.field_specs.load import parse_spec, shipped_specs
from extractor.field_specs.spec import Spec
from extractor.jobs.backend import Backend
from extractor.service.access import requires
from extractor.storage.access import Caller, Scope, note
from extractor.storage.specs import SHIPPED, choose_spec, keep_spec, specs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecShown:
    """A spec in one version; version 0 comes with the program."""

    name: str
    version: int
    title: dict[str, str]
    fields: dict[str, str]  # types by name
    created_at: datetime | None
    toml: str | None  # of a tenant's own


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecGiven:
    """A spec as TOML; docs/field_specs.md says how one is written."""

    toml: str


class Specs(Controller):
    """What fields documents are read into."""

    path = "/v1/specs"
    tags = ["specs"]  # noqa: RUF012 - Litestar's own declaration

    @get("/", guards=[requires(Scope.READ)], sync_to_thread=True, summary="List specs")
    def list_all(self, caller: Caller, backend: Backend) -> list[SpecShown]:
        """Answer with the shipped specs, and every version of the tenant's own."""
        with backend.database.snapshot() as session:
            own = [
                _shown(parse_spec(row.toml, source=row.name), row.version, row.created_at, row.toml)
                for row in specs_of(session, caller.tenant_id)
            ]
        return [*(_shown(spec, SHIPPED) for spec in shipped_specs().values()), *own]

    @get("/{name:str}", guards=[requires(Scope.READ)], sync_to_thread=True, summary="Look at a spec")
    def look_at(
        self,
        caller: Caller,
        backend: Backend,
        name: str,
        version: Annotated[
            int | None, Parameter(ge=1, le=2**31 - 1, description="the latest by default")
        ] = None,
    ) -> SpecShown:
        """Answer with one version of a spec."""
        if name in shipped_specs():
            if version is not None:
                raise UnknownSpec(f"{name} comes with the program, in one version: ask without `version`")
            return _shown(shipped_specs()[name], SHIPPED)
        with backend.database.snapshot() as session:
            chosen = choose_spec(session, caller.tenant_id, name, version)
        return _shown(parse_spec(chosen.toml or "", source=name), chosen.version, toml=chosen.toml)

    @post(
        "/",
        guards=[requires(Scope.ADMIN)],
        sync_to_thread=True,
        summary="Add a spec, or a new version of one",
    )
    def add(self, data: SpecGiven, caller: Caller, backend: Backend) -> SpecShown:
        """Keep it. Documents that were read by an earlier version stay as they are."""
        now = backend.clock()
        with backend.database.transaction() as session:
            row = keep_spec(session, caller, data.toml, now=now)
            note(session, caller.tenant_id, actor=caller.actor, action="spec.added", subject=row.id, now=now)
        return _shown(parse_spec(row.toml, source=row.name), row.version, row.created_at, row.toml)


def _shown(
    spec: Spec, version: int, created_at: datetime | None = None, toml: str | None = None
) -> SpecShown:
    return SpecShown(
        name=spec.name,
        version=version,
        title=dict(spec.title),
        fields={name: str(field.type) for name, field in spec.fields.items()},
        created_at=created_at,
        toml=toml,
    )
