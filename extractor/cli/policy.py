"""`extractor policy`: the tolerances in force."""

from pathlib import Path

import click

from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH
from extractor.delivery.policy_text import policy_toml
from extractor.reconciliation.policy import load_policy


@click.command("policy", epilog="Example:  extractor policy > ours.toml")
@click.option(
    "--policy", type=PATH, metavar="FILE.toml", help="A policy of yours; it is laid over the shipped one."
)
def policy_command(*, policy: Path | None) -> ExitCode:
    """Print the tolerance policy in force as TOML: bounds, severities, what blocks."""
    click.echo(policy_toml(load_policy(policy)), nl=False)
    return ExitCode.CLEAN
