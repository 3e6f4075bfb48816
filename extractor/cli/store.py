"""`extractor store`: the whole store into one file, and back."""

from pathlib import Path

import click

from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH
from extractor.jobs.backend import open_backend
from extractor.jobs.copying import export_to, restore_from
from extractor.jobs.queue import Queue
from extractor.jobs.runtime import prepare_queue
from extractor.settings import load_settings
from extractor.storage.exporting import Copied

_SETTINGS = click.option(
    "--settings",
    type=PATH,
    envvar="EXTRACTOR_SETTINGS_FILE",
    metavar="FILE.toml",
    help="The service's settings.",
)
_FILE = click.argument("file", type=PATH, metavar="FILE.tar")


@click.group("store")
def store_command() -> None:
    """Export all that the service keeps, or fill an empty store from such a file (docs/operations.md)."""


@store_command.command("export", epilog="Example:  extractor store export backup.tar")
@_FILE
@_SETTINGS
def export_command(*, file: Path, settings: Path | None) -> ExitCode:
    """Write all tenants' rows and documents into a file; the service may go on meanwhile.

    The file holds documents, results and secrets of webhooks: keep it as you keep the store.
    """
    backend = open_backend(load_settings(settings))
    try:
        click.echo(f"wrote {_told(export_to(backend, file))} to {file}", err=True)
    finally:
        backend.close()
    return ExitCode.CLEAN


@store_command.command("restore", epilog="Example:  extractor store restore backup.tar")
@_FILE
@_SETTINGS
def restore_command(*, file: Path, settings: Path | None) -> ExitCode:
    """Fill an empty store from a file; what had not been read is queued again.

    The database may be another than before: SQLite and PostgreSQL write the same file.
    """
    chosen = load_settings(settings)
    backend = open_backend(chosen)
    queue = Queue(chosen.database)
    try:
        prepare_queue(chosen)
        click.echo(f"restored {_told(restore_from(backend, queue, file))}", err=True)
    finally:
        queue.close()
        backend.close()
    return ExitCode.CLEAN


def _told(copied: Copied) -> str:
    left = f", without {len(copied.deleted)} that were deleted meanwhile" if copied.deleted else ""
    return f"{sum(copied.rows.values())} rows and {copied.contents} documents{left}"
