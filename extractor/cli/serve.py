"""`extractor serve`: the HTTP API on this machine."""

from pathlib import Path

import click

from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH
from extractor.service.serving import serve
from extractor.settings import load_settings


@click.command("serve", epilog="Example:  extractor serve --port 8000")
@click.option("--host", metavar="ADDRESS", help="Where to listen [default: 127.0.0.1, this machine only].")
@click.option("--port", type=click.IntRange(0, 65535), help="[default: 8000; 0: a free one]")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="How many processes read documents [default: one a processor].",
)
@click.option("--data-dir", type=PATH, metavar="FOLDER", help="Where documents and results are kept.")
@click.option(
    "--no-worker",
    is_flag=True,
    help="Only the API; documents are read by `extractor worker` (needs PostgreSQL).",
)
@click.option(
    "--settings",
    type=PATH,
    envvar="EXTRACTOR_SETTINGS_FILE",
    metavar="FILE.toml",
    help="Settings; see `extractor settings`.",
)
@click.option(
    "--source-url",
    metavar="URL",
    help="Where users get the source of what you run, if not from the service itself (AGPL, section 13).",
)
def serve_command(
    *,
    host: str | None,
    port: int | None,
    workers: int | None,
    data_dir: Path | None,
    no_worker: bool,
    settings: Path | None,
    source_url: str | None,
) -> ExitCode:
    """Serve the HTTP API, and read what is uploaded.

    POST /v1/documents (files) keeps them and queues them to be read; GET /v1/extractions/ID has what
    they say. The OpenAPI document is at /schema. Everything is kept in one folder, until you name a
    database and a store: `extractor settings` shows what can be set.
    """
    chosen = load_settings(
        settings, host=host, port=port, workers=workers, data_dir=data_dir, source_url=source_url
    )
    serve(
        chosen,
        with_worker=not no_worker,
        on_start=lambda address: click.echo(f"serving on {address} (Ctrl-C stops)"),
    )
    return ExitCode.CLEAN
