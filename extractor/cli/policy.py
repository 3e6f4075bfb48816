"""`extractor policy`: the tolerances in force."""

from pathlib import Path

import click

from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH
from extractor.delivery.policy_text import policy_in_force_toml, policy_toml
from extractor.reconciliation.policy_file import load_policy


@click.command("policy", epilog="Example:  extractor policy > ours.toml")
@click.option(
    "--policy", type=PATH, metavar="FILE.toml", help="A policy of yours; it is laid over the shipped one."
)
@click.option("--seller", metavar="NAME", help="Print what holds for a supplier's contracts.")
@click.option("--tax-id", metavar="ID", help="The supplier by its tax id.")
@click.option("--contract", metavar="NUMBER", help="Print what holds for the contract of that number.")
def policy_command(
    *, policy: Path | None, seller: str | None, tax_id: str | None, contract: str | None
) -> ExitCode:
    """Print the tolerance policy in force as TOML: bounds, severities, what blocks.

    With a supplier or a contract, the overrides that hold for it are laid on.
    """
    loaded = load_policy(policy)
    if seller is None and tax_id is None and contract is None:
        click.echo(policy_toml(loaded), nl=False)
        return ExitCode.CLEAN
    in_force = loaded.in_force(
        seller_name=seller or "", seller_tax_id=tax_id or "", contract_number=contract or ""
    )
    click.echo(policy_in_force_toml(in_force), nl=False)
    return ExitCode.CLEAN
