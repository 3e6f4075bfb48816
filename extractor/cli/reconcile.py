"""`extractor reconcile`: compare invoices with their contract."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from extractor import __version__
from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH
from extractor.cli.screen import screen, show_reconciliation
from extractor.cli.writing import SURROGATES, require_writable
from extractor.delivery.annotate import annotate_reconciliation
from extractor.delivery.encoding import encode_reconciliation
from extractor.delivery.report.language import Language
from extractor.delivery.report.page import report_html, report_pdf
from extractor.delivery.report.writing import report_of
from extractor.pipeline import reconcile
from extractor.reconciliation.check import Verdict
from extractor.reconciliation.policy_file import load_policy
from extractor.reconciliation.reconcile import policy_for

_REPORTS = (".html", ".htm", ".pdf")


@click.command("reconcile", epilog="Example:  extractor reconcile may.pdf june.pdf --contract frame.pdf")
@click.argument("invoices", nargs=-1, required=True, type=PATH, metavar="INVOICE...")
@click.option(
    "--contract",
    "contracts",
    required=True,
    multiple=True,
    type=PATH,
    metavar="FILE",
    help="The contract they are billed under; again for each of its amendments.",
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
@click.option(
    "--report",
    type=PATH,
    metavar="OUT.html|OUT.pdf",
    help="Write a page for people: the verdict, and both places of every mismatch side by side.",
)
@click.option(
    "--language",
    type=click.Choice([language.value for language in Language]),
    default=Language.ENGLISH.value,
    show_default=True,
    help="The language of the report.",
)
def reconcile_command(
    *,
    invoices: tuple[Path, ...],
    contracts: tuple[Path, ...],
    policy: Path | None,
    ledger: Path | None,
    is_json: bool,
    annotate: Path | None,
    report: Path | None,
    language: str,
) -> ExitCode:
    """Compare what was billed with what was agreed; each mismatch cites the clause.

    Several invoices of one contract are added up where it caps a quantity or a total. Its amendments
    hold from their first days on, in whatever order the files are given.
    """
    if annotate is not None:
        require_writable(annotate, "--annotate")
    if ledger is not None:
        require_writable(ledger, "--ledger")
    if report is not None:
        _require_report(report)
    whole = load_policy(policy)
    compared = reconcile(invoices, contracts, policy=whole, ledger=ledger)
    if is_json:
        click.echo(json.dumps(encode_reconciliation(compared), ensure_ascii=False, indent=1))
    else:
        show_reconciliation(screen(), compared)
    if compared.ledger is not None and compared.ledger.is_recorded:
        click.echo(f"recorded in {ledger}", err=True)
    contents: dict[str, bytes] = {}
    if annotate is not None or report is not None:
        contents = {str(path): path.read_bytes() for path in (*invoices, *contracts)}
    if annotate is not None:
        annotate.write_bytes(annotate_reconciliation(compared, contents))
        click.echo(f"wrote {annotate}", err=True)
    if report is not None:
        written = report_of(
            compared,
            contents,
            policy=policy_for(compared.contract, whole).policy,
            language=Language(language),
            made_on=datetime.now(UTC).astimezone().date(),
            version=__version__,
        )
        if report.suffix.lower() == ".pdf":
            report.write_bytes(report_pdf(written))
        else:
            report.write_text(report_html(written), encoding="utf-8", errors=SURROGATES)
        click.echo(f"wrote {report}", err=True)
    return ExitCode.CLEAN if compared.verdict is Verdict.APPROVE else ExitCode.FLAGGED


def _require_report(path: Path) -> None:
    """Refuse a report that is neither HTML nor PDF, or cannot be written, before any work."""
    if path.suffix.lower() not in _REPORTS:
        raise click.BadParameter(f"{path} ends neither with .html nor with .pdf", param_hint="--report")
    require_writable(path, "--report")
