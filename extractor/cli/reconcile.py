"""`extractor reconcile`: compare invoices with their contract."""

import json
from pathlib import Path

import click

from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH
from extractor.cli.screen import screen, show_reconciliation
from extractor.cli.writing import require_writable
from extractor.delivery.annotate import annotate_reconciliation
from extractor.delivery.encoding import encode_reconciliation
from extractor.pipeline import reconcile
from extractor.reconciliation.check import Verdict


@click.command("reconcile", epilog="Example:  extractor reconcile may.pdf june.pdf --contract frame.pdf")
@click.argument("invoices", nargs=-1, required=True, type=PATH, metavar="INVOICE...")
@click.option(
    "--contract", required=True, type=PATH, metavar="FILE", help="The contract they are billed under."
)
@click.option(
    "--policy", type=PATH, metavar="FILE.toml", help="Tolerances and severities; see `extractor policy`."
)
@click.option(
    "--ledger",
    type=PATH,
    metavar="FILE.jsonl",
    help="What was approved before: it counts too, and what is approved now is appended.",
)
@click.option("--json", "is_json", is_flag=True, help="Print the reconciliation as one JSON object.")
@click.option(
    "--annotate",
    type=PATH,
    metavar="OUT.pdf",
    help="Write the invoices and the contract as one PDF with values and mismatches drawn.",
)
def reconcile_command(
    *,
    invoices: tuple[Path, ...],
    contract: Path,
    policy: Path | None,
    ledger: Path | None,
    is_json: bool,
    annotate: Path | None,
) -> ExitCode:
    """Compare what was billed with what was agreed; each mismatch cites the clause.

    Several invoices of one contract are added up where it caps a quantity or a total.
    """
    if annotate is not None:
        require_writable(annotate, "--annotate")
    if ledger is not None:
        require_writable(ledger, "--ledger")
    compared = reconcile(invoices, contract, policy=policy, ledger=ledger)
    if is_json:
        click.echo(json.dumps(encode_reconciliation(compared), ensure_ascii=False, indent=1))
    else:
        show_reconciliation(screen(), compared)
    if compared.ledger is not None and compared.ledger.is_recorded:
        click.echo(f"recorded in {ledger}", err=True)
    if annotate is not None:
        contents = {str(path): path.read_bytes() for path in (*invoices, contract)}
        annotate.write_bytes(annotate_reconciliation(compared, contents))
        click.echo(f"wrote {annotate}", err=True)
    return ExitCode.CLEAN if compared.verdict is Verdict.APPROVE else ExitCode.FLAGGED
