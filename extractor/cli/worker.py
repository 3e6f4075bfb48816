"""`extractor worker`: read what is queued."""

from pathlib import Path

import click

from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH
from extractor.service.serving import work
from extractor.settings import load_settings


@click.command("worker", epilog="Example:  extractor worker --workers 4")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="How many processes read documents [default: one a processor].",
)
@click.option(
    "--settings",
    type=PATH,
    envvar="EXTRACTOR_SETTINGS_FILE",
    metavar="FILE.toml",
    help="Settings; see `extractor settings`.",
)
def worker_command(*, workers: int | None, settings: Path | None) -> ExitCode:
    """Read queued documents until stopped: as many workers as you like, on as many machines.

    Needs a PostgreSQL that all of them reach (EXTRACTOR_DATABASE_URL) and a store that they share
    (EXTRACTOR_BLOB_URL). What a worker had begun when it died is taken over by another.
    """
    chosen = load_settings(settings, workers=workers)
    work(chosen, on_start=lambda name: click.echo(f"reading as {name} (Ctrl-C stops)"))
    return ExitCode.CLEAN
