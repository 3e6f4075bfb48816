"""`extractor keys`: who may use the service."""

from datetime import timedelta
from pathlib import Path

import click

from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH
from extractor.errors import NotFound
from extractor.jobs.backend import open_backend
from extractor.settings import load_settings
from extractor.storage.access import (
    DEFAULT_TENANT,
    OPERATOR,
    Scope,
    create_key,
    ensure_tenant,
    find_tenant,
    keys_of,
    note,
    revoke_key,
)

_SETTINGS = click.option(
    "--settings",
    type=PATH,
    envvar="EXTRACTOR_SETTINGS_FILE",
    metavar="FILE.toml",
    help="The service's settings.",
)
_TENANT = click.option("--tenant", default=DEFAULT_TENANT, show_default=True, help="Whose key it is.")


@click.group("keys", epilog="Example:  extractor keys create --tenant acme --name erp --scope write")
def keys_command() -> None:
    """Make, list and revoke the keys of tenants (needed with EXTRACTOR_ACCESS=keys)."""


@keys_command.command(
    "create", epilog="Example:  extractor keys create --tenant acme --name erp --scope write"
)
@_TENANT
@click.option("--name", default="key", show_default=True, help="What it is for.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([str(scope) for scope in Scope]),
    help="What it allows; may be repeated [default: all].",
)
@click.option("--days", type=click.IntRange(min=1), help="How long it is valid [default: until revoked].")
@_SETTINGS
def create_command(
    *, tenant: str, name: str, scopes: tuple[str, ...], days: int | None, settings: Path | None
) -> ExitCode:
    """Make a key and print it. It is not kept, and cannot be shown again."""
    backend = open_backend(load_settings(settings))
    now = backend.clock()
    with backend.database.transaction() as session:
        owner = ensure_tenant(session, tenant, now=now)
        row, key = create_key(
            session,
            owner,
            name=name,
            scopes=[Scope(scope) for scope in scopes] or list(Scope),
            now=now,
            expires_at=now + timedelta(days=days) if days else None,
        )
        note(session, owner.id, actor=OPERATOR, action="key.created", subject=row.id, now=now)
    backend.close()
    click.echo(key)
    click.echo(f"{row.id} of {tenant}: {', '.join(row.scopes)}; keep it, it is not shown again", err=True)
    return ExitCode.CLEAN


@keys_command.command("list", epilog="Example:  extractor keys list --tenant acme")
@_TENANT
@_SETTINGS
def list_command(*, tenant: str, settings: Path | None) -> ExitCode:
    """List a tenant's keys: what they allow, until when, and when they were last used."""
    backend = open_backend(load_settings(settings))
    now = backend.clock()
    with backend.database.snapshot() as session:
        owner = find_tenant(session, tenant)
        rows = [] if owner is None else keys_of(session, owner.id)
    backend.close()
    if owner is None:
        raise NotFound(f"there is no tenant {tenant!r}")
    for row in rows:
        state = (
            "revoked"
            if row.revoked_at
            else "expired"
            if row.expires_at and row.expires_at <= now
            else "valid"
        )
        used = f"{row.last_used_at:%Y-%m-%d %H:%M}" if row.last_used_at else "never"
        until = f" until {row.expires_at:%Y-%m-%d}" if row.expires_at else ""
        click.echo(f"{row.id}  {row.name}  {', '.join(row.scopes)}  {state}{until}, last used {used}")
    return ExitCode.CLEAN


@keys_command.command("revoke", epilog="Example:  extractor keys revoke key_0190… --tenant acme")
@click.argument("key_id")
@_TENANT
@_SETTINGS
def revoke_command(*, key_id: str, tenant: str, settings: Path | None) -> ExitCode:
    """End a key, at once and for good."""
    backend = open_backend(load_settings(settings))
    now = backend.clock()
    with backend.database.transaction() as session:
        owner = find_tenant(session, tenant)
        if owner is None:
            raise NotFound(f"there is no tenant {tenant!r}")
        revoke_key(session, owner.id, key_id, now=now)
        note(session, owner.id, actor=OPERATOR, action="key.revoked", subject=key_id, now=now)
    backend.close()
    click.echo(f"{key_id} is revoked", err=True)
    return ExitCode.CLEAN
