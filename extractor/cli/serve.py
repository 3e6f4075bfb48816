"""`extractor serve`: the HTTP API on this machine."""

import click

from extractor.cli.exits import ExitCode
from extractor.service.serving import serve
from extractor.workers import default_worker_count

_DEFAULT_PORT = 8000


@click.command("serve", epilog="Example:  extractor serve --port 8000")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=_DEFAULT_PORT, show_default=True, help="0: a free one."
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=default_worker_count,
    show_default="one a processor",
    help="How many processes read documents.",
)
@click.option(
    "--source-url",
    envvar="EXTRACTOR_SOURCE_URL",
    metavar="URL",
    help="Where users get the source of what you run, if not from the service itself (AGPL, section 13).",
)
def serve_command(*, port: int, workers: int, source_url: str | None) -> ExitCode:
    """Serve the HTTP API to this machine only: no access control, nothing is kept.

    POST /v1/extract (file), POST /v1/reconcile (invoices, contract), GET /health;
    the OpenAPI document is at /schema.
    """
    serve(
        port=port,
        workers=workers,
        source_url=source_url,
        on_start=lambda address: click.echo(f"serving on {address} (Ctrl-C stops)"),
    )
    return ExitCode.CLEAN
