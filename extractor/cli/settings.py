"""`extractor settings`: what the service would run with."""

import json
from pathlib import Path

import click
from pydantic import SecretStr

from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH
from extractor.settings import PREFIX, load_settings


@click.command("settings", epilog="Example:  extractor settings > extractor.toml")
@click.option(
    "--settings", type=PATH, envvar="EXTRACTOR_SETTINGS_FILE", metavar="FILE.toml", help="A file of settings."
)
def settings_command(*, settings: Path | None) -> ExitCode:
    """Print the service's settings in force as TOML; secrets are masked, what is unset is a comment.

    Each is a key of the file, or a variable of the environment: port is EXTRACTOR_PORT.
    """
    chosen = load_settings(settings)
    click.echo(f"# Each can be set by the environment too: {PREFIX}PORT=8000")
    for name, value in chosen:
        click.echo(f"# {name} =" if value is None else f"{name} = {_toml(value)}")
    return ExitCode.CLEAN


def _toml(value: object) -> str:
    """Return a value as TOML writes it: strings, numbers, truths and lists of strings as JSON does."""
    if isinstance(value, SecretStr | Path):
        return json.dumps(str(value))
    return json.dumps(value, ensure_ascii=False)
